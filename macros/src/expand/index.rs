//! The code indexes of an expansion.

use errtable_spec::__private::{HashScope, Hasher, PackedIndex, Windows, build_index, build_index_ignore_case};
use errtable_spec::Table;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::expand::tokens::{identifier, literal};
use crate::input::Target;

/// The maximum number of codes and aliases whose variants are also stored in slot order.
///
/// rustc searches all variants of an enum for each value in a static.
const MAX_SORTED: usize = 4096;

/// Generates the indexes over codes and aliases.
pub(super) fn index(target: &Target, table: &Table) -> TokenStream {
    let codes = || {
        let codes = table.rows.iter().zip(0..).map(|(row, number)| (row.code.as_str(), number));
        let aliases = table.rows.iter().zip(0..).flat_map(|(row, number)| {
            let aliases = row.aliases.iter();
            aliases.map(move |alias| (alias.as_str(), number))
        });
        codes.chain(aliases)
    };
    let exact = build_index(codes());
    let joined = literal(&exact.joined);
    let exact = index_data("INDEX", target, table, &exact);
    let ignore_case =
        table.ignore_case.then(|| index_data("INDEX_IGNORE_CASE", target, table, &build_index_ignore_case(codes())));
    quote! {
        const JOINED: &__core::primitive::str = #joined;
        #exact
        #ignore_case
    }
}

/// Returns the name of the static with the variants of an index.
pub(super) fn values_name(index: &str, table: &Table) -> Ident {
    if is_sorted(table) { format_ident!("{index}_VARIANTS") } else { identifier("VARIANTS") }
}

fn is_sorted(table: &Table) -> bool {
    let aliases: usize = table.rows.iter().map(|row| row.aliases.len()).sum();
    !table.rows.is_empty() && table.rows.len() + aliases <= MAX_SORTED
}

/// Generates an index, and its variants unless they are those of the table.
fn index_data(name: &str, target: &Target, table: &Table, index: &PackedIndex) -> TokenStream {
    let rows = Literal::byte_string(&index.rows);
    if !is_sorted(table) {
        return index_const(name, index, &rows);
    }
    let (Target { ident, .. }, values) = (target, values_name(name, table));
    let slot_count = Literal::usize_unsuffixed(index.slot_count());
    let index = index_const(name, index, &Literal::byte_string(&[]));
    quote! {
        static #values: [#ident; #slot_count] = __errtable::by_slot(&VARIANTS, #rows);
        #index
    }
}

/// Generates the constant of an index. A lookup is only fast if it knows the sizes and the windows.
///
/// The constant does not refer to the variants, because rustc would check them again.
fn index_const(name: &str, index: &PackedIndex, rows: &Literal) -> TokenStream {
    let name = identifier(name);
    let Hasher { seed, windows: Windows { width, count, hashed }, scope } = index.hasher;
    let scope = match scope {
        HashScope::Sums => quote!(Sums),
        HashScope::Whole => quote!(Whole),
    };
    let displacements = Literal::byte_string(&index.displacements);
    let slots = Literal::byte_string(&index.slots);
    quote! {
        const #name: __errtable::Index = __errtable::Index::new(
            __errtable::Hasher {
                seed: #seed,
                windows: __errtable::Windows { width: #width, count: #count, hashed: #hashed },
                scope: __errtable::HashScope::#scope,
            },
            JOINED,
            #displacements,
            #slots,
            #rows,
        );
    }
}
