//! The tokens of an expansion, and the messages about what stands around a table.

mod arguments;
mod shape;

use errtable_spec::{Directory, Loaded, Table};
use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::{Form, expand};
use crate::input::Target;

fn load(table: &str) -> Loaded {
    let tables = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/tables");
    let loaded = Table::load(&Directory::new(tables), table);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded
}

/// The expansion of an enum over a table, without the attribute's own errors.
fn expansion(table: &str, item: TokenStream) -> TokenStream {
    expanded(item, &load(table))
}

fn expanded(item: TokenStream, loaded: &Loaded) -> TokenStream {
    let mut errors = Vec::new();
    let target = Target::parse(item, &mut errors).unwrap();
    assert!(errors.is_empty());
    expand(&target, &syn::parse_quote!(::errtable), loaded, Form::Declared)
}

/// Tokens as people read them.
fn pretty(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

fn target() -> TokenStream {
    quote! {
        /// What the service can answer.
        pub enum ServiceError {}
    }
}
