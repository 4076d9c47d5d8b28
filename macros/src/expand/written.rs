//! The columns that a failure is written with: those that its first sample names.

use errtable_spec::{ColumnType, Envelope, Part, Placeholder, Sample, Table};
use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::columns::{http_status, written_value};
use crate::expand::tokens::literal;
use crate::input::Target;

/// Generates the functions of `EnvelopeData` that read columns. One that no sample needs is left
/// out.
pub(super) fn written_columns(target: &Target, table: &Table, envelope: &Envelope) -> TokenStream {
    let mut placeholders = Vec::new();
    envelope.failures.first().into_iter().for_each(|sample| collect(sample, &mut placeholders));
    let status = table.columns.iter().find(|column| column.ty == ColumnType::HttpStatus);
    let status = status.filter(|_| placeholders.contains(&&Placeholder::Status)).map(|column| {
        let value = http_status(column);
        quote! {
            #[inline]
            fn http_status(code: Self) -> __core::option::Option<__core::primitive::u16> {
                #value
            }
        }
    });
    let is_written =
        |name: &str| placeholders.iter().any(|it| matches!(it, Placeholder::Column(column) if column == name));
    let mut arms = table.columns.iter().filter(|column| is_written(&column.name)).map(|column| {
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

/// Collects the placeholders of a sample that are written. A second choice never is.
fn collect<'s>(sample: &'s Sample, placeholders: &mut Vec<&'s Placeholder>) {
    match sample {
        Sample::Text(parts) => placeholders.extend(parts.iter().filter_map(|part| match part {
            Part::Placeholder(placeholder, false) => Some(placeholder),
            _ => None,
        })),
        Sample::Array(elements) => elements.iter().for_each(|element| collect(element, placeholders)),
        Sample::Object(members) => members.iter().for_each(|(_, member)| collect(member, placeholders)),
        Sample::Null | Sample::Bool(_) | Sample::Number(_) => {}
    }
}
