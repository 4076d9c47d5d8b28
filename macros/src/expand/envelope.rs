//! The envelope of a table: its samples as data, and the lookup of their keys.
//!
//! ```text
//! "failure": { "error": { "code": "{code}" } }
//!
//! const SHAPE: Shape = …;                     // node 0 is the body, 1 is `error`, 2 is `code`
//! match (node, key) { (0, "error") => 1, (1, "code") => 2, _ => 0 }
//! ```
//!
//! The lookup is more than a call, unlike most functions of an expansion: the keys of a body are
//! compared with constants, which takes less time than a search in a list of keys. The columns that
//! a failure is written with are a second `match`.

use errtable_spec::__private::{
    Constant, Element, Failure, Header, Layout, Node, Place, Role, Shape, Slot, Writable, Written,
};
use errtable_spec::Table;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};

use crate::expand::tokens::literal;
use crate::expand::written::written_columns;
use crate::input::Target;

/// Generates the implementation of `EnvelopeData`, and so of `Enveloped`, for a table with an
/// envelope.
pub(super) fn envelope(target: &Target, table: &Table) -> Option<TokenStream> {
    let envelope = table.envelope.as_ref()?;
    let layout = Layout::new(envelope);
    Some(samples(&target.ident, &layout, &written_columns(target, table, &layout.shape.failure)))
}

/// Generates the samples of an envelope, and the implementation of `EnvelopeData`.
pub(crate) fn samples(ident: &Ident, layout: &Layout, written_columns: &TokenStream) -> TokenStream {
    let shape = shape(&layout.shape);
    let child = child(layout);
    // A constant, because only the crate of the enum sees the value of a static: `from_response` is
    // compiled where it is called. The block is for the import, whose names may be the enum's.
    quote! {
        const SHAPE: __errtable::envelope::Shape = {
            use __errtable::envelope::*;
            #shape
        };

        #[automatically_derived]
        impl __errtable::EnvelopeData for #ident {
            #[inline]
            fn shape() -> &'static __errtable::envelope::Shape {
                &SHAPE
            }

            #child
            #written_columns
        }
    }
}

/// Generates the lookup of a member.
fn child(layout: &Layout) -> TokenStream {
    let arms = layout.members.iter().map(|(parent, key, member)| {
        let (parent, key, member) = (number(*parent), literal(key), number(*member));
        quote!((#parent, #key) => #member,)
    });
    let (node, key, child) = match layout.members.len() {
        0 => (quote!(_), quote!(_), quote!(0)),
        _ => (quote!(node), quote!(key), quote!(match (node, key) { #(#arms)* _ => 0 })),
    };
    quote! {
        #[inline]
        fn child(#node: __core::primitive::u16, #key: &__core::primitive::str) -> __core::primitive::u16 {
            #child
        }
    }
}

fn shape(shape: &Shape) -> TokenStream {
    // Without `..`, a new field is an error here.
    let Shape { nodes, data, is_mixed, constants, success_ids, failures, elements, headers, success, failure } = shape;
    let (data, constants) = (number(*data), number(*constants));
    let (nodes, success_ids) = (list(nodes, node), list(success_ids, place));
    let (failures, elements, headers) = (list(failures, reported), list(elements, element), list(headers, header));
    let (success, failure) = (written(success), written(failure));
    quote! {
        Shape {
            nodes: #nodes,
            data: #data,
            is_mixed: #is_mixed,
            constants: #constants,
            success_ids: #success_ids,
            failures: #failures,
            elements: #elements,
            headers: #headers,
            success: #success,
            failure: #failure,
        }
    }
}

fn node(Node { role, has_children }: &Node) -> TokenStream {
    let role = match role {
        Role::Unnamed => quote!(Unnamed),
        Role::Constant(value) => {
            let value = constant(value);
            quote!(Constant(#value))
        }
        Role::RequestId => quote!(RequestId),
        Role::Other => quote!(Other),
    };
    quote!(Node { role: Role::#role, has_children: #has_children })
}

fn constant(constant: &Constant) -> TokenStream {
    let value = match constant {
        Constant::Nothing => quote!(Nothing),
        Constant::Bool(value) => quote!(Bool(#value)),
        Constant::Number(digits) => {
            let digits = literal(digits);
            quote!(Number(#digits))
        }
        Constant::Str(text) => {
            let text = literal(text);
            quote!(Str(#text))
        }
    };
    quote!(Constant::#value)
}

fn reported(Failure { places, required }: &Failure) -> TokenStream {
    let (places, required) = (list(places, place), numbers(required));
    quote!(Failure { places: #places, required: #required })
}

fn element(Element { array, node, constants, places, required }: &Element) -> TokenStream {
    let (array, node) = (number(*array), number(*node));
    let constants = list(constants, |(node, value)| {
        let (node, value) = (number(*node), constant(value));
        quote!((#node, #value))
    });
    let (places, required) = (list(places, place), numbers(required));
    quote! {
        Element { array: #array, node: #node, constants: #constants, places: #places, required: #required }
    }
}

fn place(Place { node, slot: value }: &Place) -> TokenStream {
    let (node, slot) = (number(*node), slot(value));
    quote!(Place { node: #node, slot: #slot })
}

fn header(Header { name, slot: value }: &Header) -> TokenStream {
    let (name, slot) = (literal(name), slot(value));
    quote!(Header { name: #name, slot: #slot })
}

fn slot(Slot { field, is_second_choice, before, after }: &Slot) -> TokenStream {
    // `Debug` of an enum without data writes the name of the variant.
    let field = format_ident!("{field:?}");
    let (before, after) = (literal(before), literal(after));
    quote! {
        Slot { field: Field::#field, is_second_choice: #is_second_choice, before: #before, after: #after }
    }
}

fn written(value: &Written) -> TokenStream {
    let value = match value {
        Written::Constant(value) => {
            let value = constant(value);
            quote!(Constant(#value))
        }
        Written::Data => quote!(Data),
        Written::Rest => quote!(Rest),
        Written::Value(value, before, after) => {
            let value = match value {
                Writable::Column(name) => {
                    let name = literal(name);
                    quote!(Column(#name))
                }
                value => format_ident!("{value:?}").into_token_stream(),
            };
            let (before, after) = (literal(before), literal(after));
            quote!(Value(Writable::#value, #before, #after))
        }
        Written::Array(elements) => {
            let elements = list(elements, written);
            quote!(Array(#elements))
        }
        Written::Object(members) => {
            let members = list(members, |(key, member)| {
                let (key, member) = (literal(key), written(member));
                quote!((#key, #member))
            });
            quote!(Object(#members))
        }
    };
    quote!(Written::#value)
}

/// Generates a reference to an array.
fn list<T>(items: &[T], tokens: impl Fn(&T) -> TokenStream) -> TokenStream {
    let items = items.iter().map(tokens);
    quote!(&[#(#items),*])
}

fn numbers(numbers: &[u16]) -> TokenStream {
    list(numbers, |node| number(*node).into_token_stream())
}

fn number(number: u16) -> Literal {
    Literal::u16_unsuffixed(number)
}
