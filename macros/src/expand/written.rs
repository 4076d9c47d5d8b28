//! The columns that a failure is written with: the HTTP status, and those that its first sample
//! names.

use errtable_spec::__private::{Writable, Written};
use errtable_spec::{Column, ColumnType, Table};
use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::columns::{http_status, written_value};
use crate::expand::tokens::literal;
use crate::input::Target;

/// Generates the functions of `EnvelopeData` that read columns.
pub(super) fn written_columns(target: &Target, table: &Table, failure: &Written) -> TokenStream {
    let mut values = Vec::new();
    collect(failure, &mut values);
    let status = table.columns.iter().find(|column| column.ty == ColumnType::HttpStatus);
    let status = status.map(|column| {
        let value = http_status(column);
        quote! {
            #[inline]
            fn http_status(code: Self) -> __core::option::Option<__core::primitive::u16> {
                #value
            }
        }
    });
    let is_written =
        |column: &&Column| values.iter().any(|it| matches!(it, Writable::Column(name) if *name == column.name));
    let mut arms = table.columns.iter().filter(is_written).map(|column| {
        let (name, value) = (literal(&column.name), written_value(target, column));
        quote!(#name => #value,)
    });
    let columns = arms.next().map(|first| {
        quote! {
            #[inline]
            fn column(
                code: Self,
                name: &__core::primitive::str,
            ) -> __core::option::Option<__errtable::ColumnValue> {
                match name { #first #(#arms)* _ => __core::option::Option::None }
            }
        }
    });
    quote!(#status #columns)
}

/// Collects the values of a sample.
fn collect(written: &Written, values: &mut Vec<Writable>) {
    match written {
        Written::Value(value, ..) => values.push(*value),
        Written::Array(elements) => elements.iter().for_each(|element| collect(element, values)),
        Written::Object(members) => members.iter().for_each(|(_, member)| collect(member, values)),
        Written::Constant(_) | Written::Data | Written::Rest => {}
    }
}
