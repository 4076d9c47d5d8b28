//! The columns of a table owner's own: a method for each, and an enum for each that is a list of words.

use errtable_spec::{Column, ColumnKind, EnumValue, Table, Value};
use heck::ToUpperCamelCase as _;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::Path;

use super::data::column_name;
use super::docs::{column_docs, column_enum_docs, value_docs};
use super::identifier;
use super::inherent::body;
use crate::input::Target;

/// The methods that read the columns.
pub(super) fn column_methods(target: &Target, table: &Table) -> TokenStream {
    table.columns.iter().enumerate().map(|(position, column)| column_method(target, table, position, column)).collect()
}

fn column_method(target: &Target, table: &Table, position: usize, column: &Column) -> TokenStream {
    let visibility = &target.visibility;
    let name = identifier(&column.name);
    let docs = column_docs(column);
    let value_type = value_type(target, column);
    let read = |row| read(target, position, column, &row);
    let (result, body) = match &column.default {
        None => (quote!(__core::option::Option<#value_type>), body(table, read)),
        Some(default) => {
            let default = default_value(target, column, default);
            let read = |row| {
                let read = read(row);
                quote!(__errtable::or(#read, #default))
            };
            (value_type, body(table, read))
        }
    };
    quote! {
        #[doc = #docs]
        #[inline]
        #[must_use]
        #visibility const fn #name(self) -> #result {
            #body
        }
    }
}

/// The type of a column's values.
fn value_type(target: &Target, column: &Column) -> TokenStream {
    match &column.kind {
        ColumnKind::Bool => quote!(__core::primitive::bool),
        ColumnKind::U16 => quote!(__core::primitive::u16),
        ColumnKind::U32 => quote!(__core::primitive::u32),
        ColumnKind::U64 => quote!(__core::primitive::u64),
        ColumnKind::I64 => quote!(__core::primitive::i64),
        ColumnKind::F64 => quote!(__core::primitive::f64),
        ColumnKind::Str => quote!(&'static __core::primitive::str),
        ColumnKind::DurationMs => quote!(__core::time::Duration),
        ColumnKind::Enum(_) => {
            let name = enum_name(target, column);
            quote!(#name)
        }
    }
}

/// The call that reads a column.
fn read(target: &Target, position: usize, column: &Column, row: &TokenStream) -> TokenStream {
    let data = column_name(position);
    let reader = match &column.kind {
        ColumnKind::Bool => "bool",
        ColumnKind::U16 => "u16",
        ColumnKind::U32 => "u32",
        ColumnKind::U64 => "u64",
        ColumnKind::I64 => "i64",
        ColumnKind::F64 => "f64",
        ColumnKind::DurationMs => "duration",
        ColumnKind::Str => return quote!(#data.get(#row)),
        ColumnKind::Enum(_) => {
            let name = enum_name(target, column);
            return quote!(__errtable::column::enum_value(&#data, #name::ALL, #row));
        }
    };
    let reader = identifier(reader);
    quote!(__errtable::column::#reader(&#data, #row))
}

/// The tokens of a column's default.
fn default_value(target: &Target, column: &Column, value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::DurationMs(milliseconds) => quote!(__core::time::Duration::from_millis(#milliseconds)),
        Value::Unsigned(value) => Literal::u64_unsuffixed(*value).into_token_stream(),
        Value::Signed(value) => quote!(#value),
        Value::Float(value) => quote!(#value),
        Value::Text(text) => quote!(#text),
        Value::Enum(value) => {
            let name = enum_name(target, column);
            let variant = identifier(&value.variant);
            quote!(#name::#variant)
        }
    }
}

/// The columns that are a list of words.
fn enums(table: &Table) -> impl Iterator<Item = (&Column, &[EnumValue])> {
    table.columns.iter().filter_map(|column| match &column.kind {
        ColumnKind::Enum(words) => Some((column, words.as_slice())),
        _ => None,
    })
}

/// `ClsErrorSeverity` of column `severity`.
fn enum_name(target: &Target, column: &Column) -> Ident {
    format_ident!("{}{}", target.ident, column.name.to_upper_camel_case())
}

/// The declarations of the enums, beside that of the codes.
pub(super) fn column_enums(target: &Target, krate: &Path, table: &Table) -> TokenStream {
    let visibility = &target.visibility;
    let core = quote!(#krate::__private::core);
    let declaration = |(column, words): (&Column, &[EnumValue])| {
        let name = enum_name(target, column);
        let docs = column_enum_docs(target, column);
        let (variants, value_docs) = (words.iter().map(|word| identifier(&word.variant)), words.iter().map(value_docs));
        quote! {
            #[doc = #docs]
            #[derive(
                #core::clone::Clone,
                #core::marker::Copy,
                #core::fmt::Debug,
                #core::cmp::PartialEq,
                #core::cmp::Eq,
                #core::cmp::PartialOrd,
                #core::cmp::Ord,
                #core::hash::Hash,
            )]
            #visibility enum #name {
                #(#[doc = #value_docs] #variants,)*
            }
        }
    };
    enums(table).map(declaration).collect()
}

/// The implementations of the enums.
pub(super) fn column_words(target: &Target, table: &Table) -> TokenStream {
    let visibility = &target.visibility;
    let implementation = |(number, (column, words)): (usize, (&Column, &[EnumValue]))| {
        let name = enum_name(target, column);
        let list = format_ident!("WORDS_{number}");
        let (variants, texts) =
            (words.iter().map(|word| identifier(&word.variant)), words.iter().map(|word| &word.text));
        quote! {
            static #list: &[&__core::primitive::str] = &[#(#texts),*];

            impl #name {
                /// Every word, in the order of the table.
                #visibility const ALL: &'static [Self] = &[#(#name::#variants),*];

                /// The word as it stands in the table.
                #[inline]
                #[must_use]
                #visibility const fn as_str(self) -> &'static __core::primitive::str {
                    __errtable::column::enum_text(#list, self as __core::primitive::usize)
                }
            }

            #[automatically_derived]
            impl __core::fmt::Display for #name {
                #[inline]
                fn fmt(&self, f: &mut __core::fmt::Formatter<'_>) -> __core::fmt::Result {
                    __errtable::column::display_enum(Self::as_str(*self), f)
                }
            }

            #[automatically_derived]
            impl __core::str::FromStr for #name {
                type Err = __errtable::ParseValueError;

                #[inline]
                fn from_str(text: &__core::primitive::str) -> __core::result::Result<Self, __errtable::ParseValueError> {
                    __errtable::column::parse_enum(#list, Self::ALL, text)
                }
            }
        }
    };
    enums(table).enumerate().map(implementation).collect()
}
