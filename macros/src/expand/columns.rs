//! The columns of a table: one method per column, a lookup per unique column, and one enum per enum
//! column.

use errtable_spec::{Column, ColumnType, EnumValue, Table, Value};
use heck::ToUpperCamelCase as _;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::Path;

use crate::expand::data::{column_name, lookup_name};
use crate::expand::docs::{column_docs, column_enum_docs, lookup_docs, value_docs};
use crate::expand::tokens::{body, identifier};
use crate::expand::unique::find;
use crate::input::Target;

/// Generates the methods that read the columns, and those that look up unique values.
pub(super) fn column_methods(target: &Target, table: &Table) -> TokenStream {
    let methods = |(position, column)| {
        let method = column_method(target, table, position, column);
        let lookup = column.unique.then(|| lookup_method(target, table, position, column));
        quote!(#method #lookup)
    };
    table.columns.iter().enumerate().map(methods).collect()
}

fn column_method(target: &Target, table: &Table, position: usize, column: &Column) -> TokenStream {
    let visibility = &target.visibility;
    let name = identifier(&column.name);
    let docs = column_docs(column);
    let value_type = value_type(target, column);
    let result = if is_optional(column) { quote!(__core::option::Option<#value_type>) } else { value_type };
    let body = body(table, |row| match &column.default {
        None if column.required => read_required(target, position, column, &row),
        None => read(target, position, column, &row),
        Some(default) => {
            let read = read(target, position, column, &row);
            let default = default_value(target, column, default);
            quote!(__errtable::or(#read, #default))
        }
    });
    quote! {
        #[doc = #docs]
        #[inline]
        #[must_use]
        #visibility const fn #name(self) -> #result {
            #body
        }
    }
}

/// Generates the value of a column for an envelope that is written. The code is `code`.
pub(super) fn written_value(target: &Target, column: &Column) -> TokenStream {
    let name = identifier(&column.name);
    let read = quote!(Self::#name(code));
    let value = match (&column.ty, is_optional(column)) {
        (ColumnType::Enum(_), is_optional) => {
            let name = enum_name(target, column);
            if is_optional {
                quote!(__core::option::Option::map(#read, #name::as_str))
            } else {
                quote!(#name::as_str(#read))
            }
        }
        _ => read,
    };
    quote!(__errtable::column::ToColumnValue::value(#value))
}

/// Generates the HTTP status of a code, from the column of this type.
pub(super) fn http_status(column: &Column) -> TokenStream {
    let name = identifier(&column.name);
    let read = quote!(Self::#name(code));
    if is_optional(column) { read } else { quote!(__core::option::Option::Some(#read)) }
}

/// Returns whether the method of a column returns an `Option`.
fn is_optional(column: &Column) -> bool {
    column.default.is_none() && !column.required
}

/// Generates the lookup of a unique column.
fn lookup_method(target: &Target, table: &Table, position: usize, column: &Column) -> TokenStream {
    let visibility = &target.visibility;
    let name = format_ident!("from_{}", column.name);
    let docs = lookup_docs(column);
    let value_type = value_type(target, column);
    let find = find(&lookup_name(position), table, &quote!(value as __core::primitive::u64));
    quote! {
        #[doc = #docs]
        #[inline]
        #[must_use]
        #visibility const fn #name(value: #value_type) -> __core::option::Option<Self> {
            #find
        }
    }
}

/// Returns the type of a column's values.
fn value_type(target: &Target, column: &Column) -> TokenStream {
    match &column.ty {
        ColumnType::Bool => quote!(__core::primitive::bool),
        ColumnType::U16 | ColumnType::HttpStatus => quote!(__core::primitive::u16),
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

/// Generates the call that reads an optional column.
fn read(target: &Target, position: usize, column: &Column, row: &TokenStream) -> TokenStream {
    let data = column_name(position);
    match (&column.ty, reader(&column.ty)) {
        (_, Some(reader)) => quote!(__errtable::column::#reader(&#data, #row)),
        (ColumnType::Enum(_), None) => {
            let name = enum_name(target, column);
            quote!(__errtable::column::enum_value(&#data, #name::ALL, #row))
        }
        (_, None) => quote!(#data.get(#row)),
    }
}

/// Generates the call that reads a required column.
fn read_required(target: &Target, position: usize, column: &Column, row: &TokenStream) -> TokenStream {
    let data = column_name(position);
    match (&column.ty, reader(&column.ty)) {
        (_, Some(reader)) => quote!(__errtable::column::required::#reader(#data.get(#row))),
        (ColumnType::Enum(values), None) => {
            let read = read(target, position, column, row);
            let first = values.first().map(|value| default_value(target, column, &Value::Enum(value.clone())));
            quote!(__errtable::or(#read, #first))
        }
        (_, None) => quote!(#data.get(#row)),
    }
}

/// Returns the name of the function that converts a packed number.
fn reader(ty: &ColumnType) -> Option<Ident> {
    let name = match ty {
        ColumnType::Bool => "bool",
        ColumnType::U16 | ColumnType::HttpStatus => "u16",
        ColumnType::U32 => "u32",
        ColumnType::U64 => "u64",
        ColumnType::I64 => "i64",
        ColumnType::F64 => "f64",
        ColumnType::DurationMs => "duration",
        ColumnType::Str | ColumnType::Enum(_) => return None,
    };
    Some(identifier(name))
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
        // Located at the enum, so that rustc reports another type of the same name there. The
        // hygiene of the macro silences lints about a column that is never used.
        let at_enum = Span::call_site().located_at(target.ident.span());
        quote_spanned! {at_enum=>
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
