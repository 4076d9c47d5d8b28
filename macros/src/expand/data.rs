//! The statics of an expansion: the variants and the columns.
//!
//! Each column is a static, so that the linker removes the columns that a program does not read.

use std::fmt::Write as _;

use errtable_spec::__private::{pack_dictionary, pack_strs};
use errtable_spec::{Column, ColumnType, Row, Table, Value};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::expand::Form;
use crate::expand::index::index;
use crate::expand::tokens::{identifier, literal, packed};
use crate::expand::unique::unique_ints;
use crate::input::Target;
use crate::lex;

/// Generates the statics of a table. A table without rows has no columns.
pub(super) fn data(target: &Target, table: &Table, form: Form) -> TokenStream {
    let variants = variant_list(target, table);
    let index = index(target, table);
    let codes = codes(table);
    let lookups: TokenStream = table
        .columns
        .iter()
        .enumerate()
        .filter_map(|(position, column)| lookup(target, table, position, column))
        .collect();
    let numbers = table.is_numeric().then(|| numbers(target, table));
    if table.rows.is_empty() {
        return quote!(#variants #index #codes #lookups);
    }
    let descriptions = str_column("DESCRIPTIONS", table.rows.iter().map(|row| row.description.as_str()));
    // Only the generated `Debug` reads the names.
    let names = (form == Form::Generated).then(|| optional_str_column("NAMES", table.rows.iter().map(irregular_name)));
    let retry = int_column("RETRY", table.rows.iter().map(|row| row.retry as u64));
    let fault = int_column("FAULT", table.rows.iter().map(|row| row.fault as u64));
    let retry_after = optional_int_column("RETRY_AFTER", table.rows.iter().map(|row| row.retry_after_ms));
    // A row without a value belongs to `Self::NAME`.
    let base_names = table.rows.iter().map(|row| Some(row.table.as_str()).filter(|name| *name != table.name));
    let tables = optional_str_column("TABLE", base_names);
    let columns: TokenStream =
        table.columns.iter().enumerate().map(|(position, column)| user_column(table, position, column)).collect();
    quote!(#variants #index #codes #descriptions #names #retry #fault #retry_after #tables #columns #lookups #numbers)
}

/// Generates the list of variants in the order of the rows.
///
/// A static, because rustc evaluates a constant again for each constant that refers to it.
fn variant_list(target: &Target, table: &Table) -> TokenStream {
    let ident = &target.ident;
    let count = Literal::usize_unsuffixed(table.rows.len());
    let allow_deprecated = table.rows.iter().any(Row::is_deprecated).then(|| quote!(#[allow(deprecated)]));
    let mut list = String::new();
    for row in &table.rows {
        let _ = write!(list, "{ident}::{},", row.variant);
    }
    let list = lex(&list);
    quote! {
        #allow_deprecated
        static VARIANTS: [#ident; #count] = [#list];
    }
}

/// Returns the name of a variant unless it is the code without dots: `AB` for `A.B`.
fn irregular_name(row: &Row) -> Option<&str> {
    let rest = row.code.split('.').try_fold(row.variant.as_str(), |rest, segment| rest.strip_prefix(segment));
    (rest != Some("")).then_some(&row.variant)
}

/// Returns the name of a column's static. Column names may be equal in upper case, positions not.
pub(super) fn column_name(position: usize) -> Ident {
    format_ident!("COLUMN_{position}")
}

/// Generates the static of a column that the table declares.
fn user_column(table: &Table, position: usize, column: &Column) -> TokenStream {
    let name = column_name(position).to_string();
    let values = || table.rows.iter().map(|row| row.values.get(position).and_then(Option::as_ref));
    let texts = || values().map(|value| value.and_then(text));
    let numbers = || values().map(|value| value.and_then(Value::number));
    match (&column.ty, column.required) {
        (ColumnType::Str, true) => str_column(&name, texts().map(Option::unwrap_or_default)),
        (ColumnType::Str, false) => optional_str_column(&name, texts()),
        // An enum has no value to return for a number that is out of range.
        (ColumnType::Enum(_), _) | (_, false) => optional_int_column(&name, numbers()),
        (_, true) => int_column(&name, numbers().map(Option::unwrap_or_default)),
    }
}

/// Returns the name of a unique column's lookup.
pub(super) fn lookup_name(position: usize) -> Ident {
    format_ident!("LOOKUP_{position}")
}

/// Generates the data of a unique column's lookup.
fn lookup(target: &Target, table: &Table, position: usize, column: &Column) -> Option<TokenStream> {
    let ints = table.rows.iter().map(|row| row.values.get(position)?.as_ref().and_then(Value::number));
    column.unique.then(|| unique_ints(&lookup_name(position), target, table, ints))
}

/// The name of the lookup of numbers.
pub(super) const LOOKUP_NUMBERS: &str = "LOOKUP_NUMBERS";

/// Generates the numbers and their lookup.
fn numbers(target: &Target, table: &Table) -> TokenStream {
    let numbers = || table.rows.iter().map(|row| row.number.and_then(|number| Value::Signed(number).number()));
    // A row without a number is an error.
    let column = int_column("NUMBERS", numbers().map(Option::unwrap_or_default));
    let lookup = unique_ints(&identifier(LOOKUP_NUMBERS), target, table, numbers());
    quote!(#column #lookup)
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Str(text) => Some(text),
        _ => None,
    }
}

/// Generates the column of the codes.
fn codes(table: &Table) -> TokenStream {
    // The text of the index starts with the codes in table order.
    let (_, offsets) = pack_strs(table.rows.iter().map(|row| row.code.as_str()));
    let offsets = packed(&offsets);
    quote!(static CODES: __errtable::PackedStrs = __errtable::PackedStrs::new(JOINED, #offsets);)
}

fn str_column<'a>(name: &str, rows: impl Iterator<Item = &'a str>) -> TokenStream {
    let name = identifier(name);
    let (joined, offsets) = pack_strs(rows);
    let (joined, offsets) = (literal(&joined), packed(&offsets));
    quote!(static #name: __errtable::PackedStrs = __errtable::PackedStrs::new(#joined, #offsets);)
}

fn int_column(name: &str, rows: impl Iterator<Item = u64>) -> TokenStream {
    let name = identifier(name);
    let column = packed(&rows.collect::<Vec<_>>());
    quote!(static #name: __errtable::PackedInts = #column;)
}

fn optional_int_column(name: &str, rows: impl Iterator<Item = Option<u64>>) -> TokenStream {
    let name = identifier(name);
    let (indices, values) = pack_dictionary(rows);
    let (indices, values) = (packed(&indices), packed(&values));
    quote!(static #name: __errtable::OptionalInts = __errtable::OptionalInts::new(#indices, #values);)
}

fn optional_str_column<'a>(name: &str, rows: impl Iterator<Item = Option<&'a str>>) -> TokenStream {
    let name = identifier(name);
    let (indices, values) = pack_dictionary(rows);
    let (joined, offsets) = pack_strs(values);
    let (indices, joined, offsets) = (packed(&indices), literal(&joined), packed(&offsets));
    quote! {
        static #name: __errtable::OptionalStrs =
            __errtable::OptionalStrs::new(#indices, __errtable::PackedStrs::new(#joined, #offsets));
    }
}

#[cfg(test)]
mod tests {
    use errtable_spec::Row;

    use super::irregular_name;

    #[test]
    fn name_without_dots_is_regular() {
        for (code, variant, is_irregular) in [
            ("A.B", "AB", false),
            ("A.", "A", false),
            ("A", "A", false),
            ("A.B", "ABC", true),
            ("A.B", "A", true),
            ("a.b", "AB", true),
        ] {
            let row = Row::new(code.to_owned(), variant.to_owned());
            assert_eq!(irregular_name(&row), is_irregular.then_some(variant), "{code} {variant}");
        }
    }
}
