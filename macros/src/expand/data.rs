//! What an expansion holds as statics: the list of the variants, the index, and the columns of the table, each for itself, so that the
//! linker drops those that a program never reads.

use std::fmt::Write as _;

use errtable_spec::{
    Column, ColumnKind, HashScope, Hasher, PackedIndex, Row, Table, Value, build_index, build_index_ignore_case,
    pack_dictionary, pack_ints, pack_strs,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::Form;
use crate::input::Target;
use crate::tokens;

/// The statics of a table. One without rows has no more than a list, an index and codes, all empty.
pub(super) fn data(target: &Target, table: &Table, form: Form) -> TokenStream {
    let variants = variant_list(target, table);
    let index = index(table);
    let codes = codes(table);
    if table.rows.is_empty() {
        return quote!(#variants #index #codes);
    }
    let descriptions = texts("DESCRIPTIONS", table.rows.iter().map(|row| row.description.as_str()));
    // Only our own `Debug` reads the names, and makes most of them of the codes.
    let names = (form == Form::Declared).then(|| text_column("NAMES", table.rows.iter().map(other_name)));
    let retry = numbers("RETRY", table.rows.iter().map(|row| row.retry as u64));
    let fault = numbers("FAULT", table.rows.iter().map(|row| row.fault as u64));
    let retry_after = column("RETRY_AFTER", table.rows.iter().map(|row| row.retry_after_ms));
    // A row that names no table is of the enum's own.
    let other_tables = table.rows.iter().map(|row| Some(row.table.as_str()).filter(|name| *name != table.name));
    let tables = text_column("TABLE", other_tables);
    let columns: TokenStream =
        table.columns.iter().enumerate().map(|(position, column)| values(table, position, column)).collect();
    quote!(#variants #index #codes #descriptions #names #retry #fault #retry_after #tables #columns)
}

/// The variants in the order of the rows. A static: a compiler looks at each value of a constant, one variant after the other, for each
/// constant that refers to it.
fn variant_list(target: &Target, table: &Table) -> TokenStream {
    let ident = &target.ident;
    let count = Literal::usize_unsuffixed(table.rows.len());
    let allow_deprecated = table.rows.iter().any(|row| row.deprecated.is_some()).then(|| quote!(#[allow(deprecated)]));
    let mut list = String::new();
    for row in &table.rows {
        let _ = write!(list, "{ident}::{},", row.variant);
    }
    let list = tokens(&list);
    quote! {
        #allow_deprecated
        static VARIANTS: [#ident; #count] = [#list];
    }
}

/// The name of a variant that is more than the code without its dots.
fn other_name(row: &Row) -> Option<&str> {
    let rest = row.code.split('.').try_fold(row.variant.as_str(), |rest, segment| rest.strip_prefix(segment));
    (rest != Some("")).then_some(&row.variant)
}

/// The index over the codes in table order and the aliases after them.
fn index(table: &Table) -> TokenStream {
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
    let exact = index_static("INDEX", &exact);
    let ignore_case = table.ignore_case.then(|| index_static("INDEX_IGNORE_CASE", &build_index_ignore_case(codes())));
    quote! {
        const JOINED: &__core::primitive::str = #joined;
        #exact
        #ignore_case
    }
}

fn index_static(name: &str, index: &PackedIndex) -> TokenStream {
    let name = super::identifier(name);
    let Hasher { seed, scope } = index.hasher;
    let scope = match scope {
        HashScope::Ends => quote!(Ends),
        HashScope::Windows => quote!(Windows),
        HashScope::Whole => quote!(Whole),
    };
    let displacements = Literal::byte_string(&index.displacements);
    let slots = Literal::byte_string(&index.slots);
    quote! {
        static #name: __errtable::Index = __errtable::Index::new(
            __errtable::Hasher { seed: #seed, scope: __errtable::HashScope::#scope },
            JOINED,
            #displacements,
            #slots,
        );
    }
}

/// The static of a column of the owner's own: by position, because names that differ may be one in upper case.
pub(super) fn column_name(position: usize) -> Ident {
    format_ident!("COLUMN_{position}")
}

/// The values of a column of the owner's own.
fn values(table: &Table, position: usize, declared: &Column) -> TokenStream {
    let name = column_name(position).to_string();
    let values = || table.rows.iter().map(|row| row.values.get(position).and_then(Option::as_ref));
    if declared.kind == ColumnKind::Str {
        return text_column(&name, values().map(|value| value.and_then(text)));
    }
    column(&name, values().map(|value| value.and_then(number)))
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// A value as the number that the runtime reads it from.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Bool(value) => Some(u64::from(*value)),
        Value::Unsigned(value) | Value::DurationMs(value) => Some(*value),
        Value::Signed(value) => Some(u64::from_le_bytes(value.to_le_bytes())),
        Value::Float(value) => Some(value.to_bits()),
        Value::Enum(value) => Some(value.index as u64),
        Value::Text(_) => None,
    }
}

/// The column of the codes, over the text that the index has already.
fn codes(table: &Table) -> TokenStream {
    let (_, offsets) = pack_strs(table.rows.iter().map(|row| row.code.as_str()));
    let offsets = packed(&offsets);
    quote!(static CODES: __errtable::PackedStrs = __errtable::PackedStrs::new(JOINED, #offsets);)
}

/// A static column of texts.
fn texts<'a>(name: &str, texts: impl Iterator<Item = &'a str>) -> TokenStream {
    let name = super::identifier(name);
    let (joined, offsets) = pack_strs(texts);
    let (joined, offsets) = (literal(&joined), packed(&offsets));
    quote!(static #name: __errtable::PackedStrs = __errtable::PackedStrs::new(#joined, #offsets);)
}

/// A static column of numbers.
fn numbers(name: &str, numbers: impl Iterator<Item = u64>) -> TokenStream {
    let name = super::identifier(name);
    let column = packed(&numbers.collect::<Vec<_>>());
    quote!(static #name: __errtable::PackedInts = #column;)
}

/// A static column of numbers that not every row has.
fn column(name: &str, rows: impl Iterator<Item = Option<u64>>) -> TokenStream {
    let name = super::identifier(name);
    let (choices, values) = pack_dictionary(rows);
    let (choices, values) = (packed(&choices), packed(&values));
    quote!(static #name: __errtable::OptionalInts = __errtable::OptionalInts::new(#choices, #values);)
}

/// A static column of texts that not every row has.
fn text_column<'a>(name: &str, rows: impl Iterator<Item = Option<&'a str>>) -> TokenStream {
    let name = super::identifier(name);
    let (choices, values) = pack_dictionary(rows);
    let (joined, offsets) = pack_strs(values);
    let (choices, joined, offsets) = (packed(&choices), literal(&joined), packed(&offsets));
    quote! {
        static #name: __errtable::OptionalStrs =
            __errtable::OptionalStrs::new(#choices, __errtable::PackedStrs::new(#joined, #offsets));
    }
}

/// A string literal. Plain ASCII goes as source text: to escape it, character by character, takes a macro that is not optimised long.
/// Other characters are escaped where need be, because rustc denies those that turn the text around them.
fn literal(text: &str) -> TokenStream {
    if text.is_ascii() && !text.contains('"') && !text.contains('\\') && !text.contains('\r') {
        tokens(&format!("\"{text}\""))
    } else {
        quote!(#text)
    }
}

fn packed(numbers: &[u64]) -> TokenStream {
    let (width, bytes) = pack_ints(numbers);
    let bytes = Literal::byte_string(&bytes);
    quote!(__errtable::PackedInts::new(#width, #bytes))
}

#[cfg(test)]
mod tests {
    use errtable_spec::Row;

    use super::other_name;

    #[test]
    fn a_name_that_is_the_code_without_its_dots_is_no_other() {
        for (code, variant, is_other) in [
            ("A.B", "AB", false),
            ("A.", "A", false),
            ("A", "A", false),
            ("A.B", "ABC", true),
            ("A.B", "A", true),
            ("a.b", "AB", true),
        ] {
            let row = Row::new(code.to_owned(), variant.to_owned());
            assert_eq!(other_name(&row), is_other.then_some(variant), "{code} {variant}");
        }
    }
}
