//! The lookups of codes by the integers of unique columns.

use errtable_spec::__private::{PackedHash, PackedUnique, pack_unique};
use errtable_spec::Table;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::expand::tokens::{identifier, packed};
use crate::input::Target;

/// The maximum number of rows whose variants are stored in slot order.
///
/// In a larger table, the load of a row costs less than rustc takes for another list of variants.
const MAX_SORTED: usize = 256;

/// Generates the data of a lookup by the integers of all rows.
pub(super) fn unique_ints(
    name: &Ident,
    target: &Target,
    table: &Table,
    ints: impl IntoIterator<Item = Option<u64>>,
) -> TokenStream {
    let packed_unique = pack_unique(ints);
    let slot_count = packed_unique.slot_count();
    let PackedUnique { first, hashed, rows } = &packed_unique;
    let [last, slot_count] = [slot_count - 1, slot_count].map(Literal::usize_unsuffixed);
    let hashed = match hashed {
        None => quote!(__core::option::Option::None),
        Some(PackedHash { factor, displacements, offsets }) => {
            let (displacements, offsets) = (Literal::byte_string(displacements), packed(offsets));
            quote! {
                __core::option::Option::Some(__errtable::HashedInts {
                    factor: #factor,
                    displacements: #displacements,
                    offsets: #offsets,
                })
            }
        }
    };
    let (values, ident, rows) = (values_name(name), &target.ident, Literal::byte_string(rows));
    let values = if is_sorted(table) {
        quote! {
            static #values: [__core::option::Option<#ident>; #slot_count] =
                __errtable::by_slot_or_none(&VARIANTS, #rows);
        }
    } else {
        quote!(const #values: __errtable::PackedInts = __errtable::PackedInts::new(2, #rows);)
    };
    quote! {
        const #name: __errtable::UniqueInts = __errtable::UniqueInts::new(#first, #last, #hashed);
        #values
    }
}

/// Generates the lookup of an integer.
pub(super) fn find(name: &Ident, table: &Table, int: &TokenStream) -> TokenStream {
    call("from_number", name, table, int)
}

/// Generates the lookup of the digits of a `text`, unless `code` was found already.
pub(super) fn find_digits(name: &Ident, table: &Table, code: &TokenStream, text: &TokenStream) -> TokenStream {
    call("or_digits", name, table, &quote!(#code, #text))
}

/// Generates a call with the data of a lookup. Each function has a twin for large tables.
fn call(function: &str, name: &Ident, table: &Table, arguments: &TokenStream) -> TokenStream {
    let values = values_name(name);
    if is_sorted(table) {
        let function = identifier(function);
        quote!(__errtable::column::#function(&#name, &#values, #arguments))
    } else {
        let function = format_ident!("{function}_by_row");
        quote!(__errtable::column::#function(&#name, &#values, &VARIANTS, #arguments))
    }
}

/// Returns the name of the data of each slot: the variant, or in a large table the row.
fn values_name(lookup: &Ident) -> Ident {
    format_ident!("{lookup}_VALUES")
}

fn is_sorted(table: &Table) -> bool {
    table.rows.len() <= MAX_SORTED
}
