//! The columns of a table as statics: one each, so that the linker drops those that a program never reads.

use errtable_spec::{Table, build_index, pack_choices, pack_numbers, pack_texts};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The statics of a table. One without rows has an index, which finds nothing, and no columns.
pub(super) fn data(table: &Table) -> TokenStream {
    let index = index(table);
    if table.rows.is_empty() {
        return index;
    }
    let codes = codes(table);
    let descriptions = texts("DESCRIPTIONS", table.rows.iter().map(|row| row.description.as_str()));
    let names = texts("NAMES", table.rows.iter().map(|row| row.variant.as_str()));
    let retry = numbers("RETRY", table.rows.iter().map(|row| row.retry as u64));
    let fault = numbers("FAULT", table.rows.iter().map(|row| row.fault as u64));
    let retry_after = column("RETRY_AFTER", table.rows.iter().map(|row| row.retry_after_ms));
    // A row that names no table is of the enum's own.
    let other_tables = table.rows.iter().map(|row| Some(row.table.as_str()).filter(|name| *name != table.name));
    let tables = text_column("TABLE", other_tables);
    quote!(#index #codes #descriptions #names #retry #fault #retry_after #tables)
}

/// The index over the codes in table order and the aliases after them.
fn index(table: &Table) -> TokenStream {
    let codes = table.rows.iter().zip(0..).map(|(row, number)| (row.code.as_str(), number));
    let aliases = table.rows.iter().zip(0..).flat_map(|(row, number)| {
        let aliases = row.aliases.iter();
        aliases.map(move |alias| (alias.as_str(), number))
    });
    let index = build_index(codes.chain(aliases));
    let (seed, joined) = (index.seed, &index.joined);
    let displacements = Literal::byte_string(&index.displacements);
    let slots = Literal::byte_string(&index.slots);
    quote! {
        const JOINED: &core::primitive::str = #joined;
        static INDEX: __private::Index = __private::Index::new(#seed, JOINED, #displacements, #slots);
    }
}

/// The column of the codes, over the text that the index has already.
fn codes(table: &Table) -> TokenStream {
    let (_, offsets) = pack_texts(table.rows.iter().map(|row| row.code.as_str()));
    let offsets = packed(&offsets);
    quote!(static CODES: __private::Texts = __private::Texts::new(JOINED, #offsets);)
}

/// A static column of texts.
fn texts<'a>(name: &str, texts: impl Iterator<Item = &'a str>) -> TokenStream {
    let name = super::variant(name);
    let (joined, offsets) = pack_texts(texts);
    let offsets = packed(&offsets);
    quote!(static #name: __private::Texts = __private::Texts::new(#joined, #offsets);)
}

/// A static column of numbers.
fn numbers(name: &str, numbers: impl Iterator<Item = u64>) -> TokenStream {
    let name = super::variant(name);
    let column = packed(&numbers.collect::<Vec<_>>());
    quote!(static #name: __private::Numbers = #column;)
}

/// A static column of numbers that not every row has.
fn column(name: &str, rows: impl Iterator<Item = Option<u64>>) -> TokenStream {
    let name = super::variant(name);
    let (choices, values) = pack_choices(rows);
    let (choices, values) = (packed(&choices), packed(&values));
    quote!(static #name: __private::NumberColumn = __private::NumberColumn::new(#choices, #values);)
}

/// A static column of texts that not every row has.
fn text_column<'a>(name: &str, rows: impl Iterator<Item = Option<&'a str>>) -> TokenStream {
    let name = super::variant(name);
    let (choices, values) = pack_choices(rows);
    let (joined, offsets) = pack_texts(values);
    let (choices, offsets) = (packed(&choices), packed(&offsets));
    quote! {
        static #name: __private::TextColumn =
            __private::TextColumn::new(#choices, __private::Texts::new(#joined, #offsets));
    }
}

fn packed(numbers: &[u64]) -> TokenStream {
    let (width, bytes) = pack_numbers(numbers);
    let bytes = Literal::byte_string(&bytes);
    quote!(__private::Numbers::new(#width, #bytes))
}
