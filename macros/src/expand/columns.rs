//! The columns of a table: one method per column, and one enum per enum column.

use errtable_spec::{Column, ColumnType, EnumValue, Table, Value};
use heck::ToUpperCamelCase as _;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::Path;

use crate::expand::data::column_name;
use crate::expand::docs::{column_docs, column_enum_docs, value_docs};
use crate::expand::tokens::{body, identifier};
use crate::input::Target;

/// Generates the methods that read the columns.
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

/// Returns the type of a column's values.
fn value_type(target: &Target, column: &Column) -> TokenStream {
    match &column.ty {
        ColumnType::Bool => quote!(__core::primitive::bool),
        ColumnType::U16 => quote!(__core::primitive::u16),
        ColumnType::U32 => quote!(__core::primitive::u32),
        ColumnType::U64 => quote!(__core::primitive::u64),
        ColumnType::I64 => quote!(__core::primitive::i64),
        ColumnType::F64 => quote!(__core::primitive::f64),
        ColumnType::Str => quote!(&'static __core::primitive::str),
        ColumnType::DurationMs => quote!(__core::time::Duration),
        ColumnType::Enum(_) => {
            let name = enum_name(target, column);
            quote!(#name)
        }
    }
}

/// Generates the call that reads a column.
fn read(target: &Target, position: usize, column: &Column, row: &TokenStream) -> TokenStream {
    let data = column_name(position);
    let reader = match &column.ty {
        ColumnType::Bool => "bool",
        ColumnType::U16 => "u16",
        ColumnType::U32 => "u32",
        ColumnType::U64 => "u64",
        ColumnType::I64 => "i64",
        ColumnType::F64 => "f64",
        ColumnType::DurationMs => "duration",
        ColumnType::Str => return quote!(#data.get(#row)),
        ColumnType::Enum(_) => {
            let name = enum_name(target, column);
            return quote!(__errtable::column::enum_value(&#data, #name::ALL, #row));
        }
    };
    let reader = identifier(reader);
    quote!(__errtable::column::#reader(&#data, #row))
}

/// Generates the default of a column.
fn default_value(target: &Target, column: &Column, value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::DurationMs(milliseconds) => quote!(__core::time::Duration::from_millis(#milliseconds)),
        Value::Unsigned(value) => Literal::u64_unsuffixed(*value).into_token_stream(),
        Value::Signed(value) => quote!(#value),
        Value::Float(value) => quote!(#value),
        Value::Str(text) => quote!(#text),
        Value::Enum(value) => {
            let name = enum_name(target, column);
            let variant = identifier(&value.variant);
            quote!(#name::#variant)
        }
    }
}

/// Returns the enum columns with their values.
fn enum_columns(table: &Table) -> impl Iterator<Item = (&Column, &[EnumValue])> {
    table.columns.iter().filter_map(|column| match &column.ty {
        ColumnType::Enum(values) => Some((column, values.as_slice())),
        _ => None,
    })
}

/// Returns the type of an enum column, such as `ClsErrorSeverity` for column `severity`.
fn enum_name(target: &Target, column: &Column) -> Ident {
    format_ident!("{}{}", target.ident, column.name.to_upper_camel_case())
}

/// Generates the enums of enum columns.
pub(super) fn column_enums(target: &Target, krate: &Path, table: &Table) -> TokenStream {
    let visibility = &target.visibility;
    let core = quote!(#krate::__private::core);
    let declaration = |(column, values): (&Column, &[EnumValue])| {
        let name = enum_name(target, column);
        let docs = column_enum_docs(target, column);
        let variants = values.iter().map(|value| identifier(&value.variant));
        let value_docs = values.iter().map(value_docs);
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
    enum_columns(table).map(declaration).collect()
}

/// Generates the items and implementations of the enums of enum columns.
pub(super) fn column_enum_impls(target: &Target, table: &Table) -> TokenStream {
    let visibility = &target.visibility;
    let implementation = |(number, (column, values)): (usize, (&Column, &[EnumValue]))| {
        let name = enum_name(target, column);
        let list = format_ident!("VALUES_{number}");
        let variants = values.iter().map(|value| identifier(&value.variant));
        let texts = values.iter().map(|value| &value.text);
        quote! {
            static #list: &[&__core::primitive::str] = &[#(#texts),*];

            impl #name {
                /// All values, in table order.
                #visibility const ALL: &'static [Self] = &[#(#name::#variants),*];

                /// Returns the value as written in the table.
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
    enum_columns(table).enumerate().map(implementation).collect()
}
