//! The tokens of the enum. Nothing here can fail: the input is parsed, the table checked.
//!
//! The expansion is data and calls into the runtime. It names each variant twice, where it is declared
//! and in `ALL`: what a compiler pays grows with the square of how often variants are named.

mod columns;
mod data;
mod docs;

use errtable_spec::{Loaded, Table};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{Path, Visibility};

use self::columns::{column_enums, column_methods, column_words};
use self::data::data;
use self::docs::{enum_docs, variant_docs};
use crate::input::Target;

/// Who wrote the enum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The macro declares it, with its std derives.
    Declared,
    /// It stands in the user's source, with std derives of the user's own.
    Derived,
}

/// The enum with all that belongs to it.
pub(crate) fn expand(target: &Target, krate: &Path, loaded: &Loaded, form: Form) -> TokenStream {
    let table = &loaded.table;
    let declaration = match form {
        Form::Declared => declaration(target, krate, table),
        Form::Derived => std_derives(target, krate),
    };
    let data = data(table);
    let inherent = inherent(target, table);
    let debug = (form == Form::Declared).then(|| debug(target, table));
    let traits = traits(target);
    let tracked = tracked(&loaded.files);
    let enums = column_enums(target, krate, table);
    let words = column_words(target, table);
    quote! {
        #declaration
        #enums

        const _: () = {
            use #krate::__private;
            use __private::core;

            #data
            #inherent
            #debug
            #traits
            #words
            #tracked
        };
    }
}

/// Asks for the derives that the user's line must have, before anything else does: the first error names that line.
fn std_derives(target: &Target, krate: &Path) -> TokenStream {
    let ident = &target.ident;
    quote! {
        #[automatically_derived]
        impl #krate::__private::Handwritten for #ident {}
    }
}

fn declaration(target: &Target, krate: &Path, table: &Table) -> TokenStream {
    let Target { attributes, visibility, ident } = target;
    let docs = enum_docs(table);
    let repr = match table.rows.len() {
        0 => None,
        1..=256 => Some(quote!(#[repr(u8)])),
        _ => Some(quote!(#[repr(u16)])),
    };
    let core = quote!(#krate::__private::core);
    let variants = table.rows.iter().map(|row| {
        let docs = variant_docs(row, &table.columns);
        let deprecated = row.deprecated.as_ref().map(|note| quote!(#[deprecated(note = #note)]));
        let variant = variant(&row.variant);
        quote!(#[doc = #docs] #deprecated #variant,)
    });
    quote! {
        #(#attributes)*
        #[doc = ""]
        #[doc = #docs]
        #[derive(
            #core::clone::Clone,
            #core::marker::Copy,
            #core::cmp::PartialEq,
            #core::cmp::Eq,
            #core::cmp::PartialOrd,
            #core::cmp::Ord,
            #core::hash::Hash,
        )]
        #[non_exhaustive]
        #repr
        #visibility enum #ident {
            #(#variants)*
        }
    }
}

/// An identifier from a text that has been checked to be one.
fn variant(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// The body of a method that reads a column at the row of `self`. An enum without variants has no row, and no columns.
fn body(table: &Table, read: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    if table.rows.is_empty() { quote!(match self {}) } else { read(quote!(self as core::primitive::usize)) }
}

fn inherent(target: &Target, table: &Table) -> TokenStream {
    let Target { visibility, ident, .. } = target;
    let name = &table.name;
    let variants = table.rows.iter().map(|row| variant(&row.variant));
    let allow_deprecated = table.rows.iter().any(|row| row.deprecated.is_some()).then(|| quote!(#[allow(deprecated)]));
    let as_str = body(table, |row| quote!(CODES.get(#row)));
    let description = body(table, |row| quote!(DESCRIPTIONS.get(#row)));
    let retry = body(table, |row| quote!(__private::retry(&RETRY, #row)));
    let fault = body(table, |row| quote!(__private::fault(&FAULT, #row)));
    let retry_after = body(table, |row| quote!(__private::column::duration(&RETRY_AFTER, #row)));
    let ignore_case = table.ignore_case.then(|| from_code_ignore_case(visibility));
    let columns = column_methods(target, table);
    let first_table = body(table, |row| quote!(__private::or(TABLE.get(#row), Self::NAME)));
    quote! {
        impl #ident {
            /// The name of the table.
            #visibility const NAME: &'static core::primitive::str = #name;

            /// Every code, in table order.
            #allow_deprecated
            #visibility const ALL: &'static [Self] = &[#(#ident::#variants),*];

            /// The code with exactly this text, or with this alias.
            #[must_use]
            #visibility const fn from_code(code: &core::primitive::str) -> core::option::Option<Self> {
                __private::from_code(&INDEX, Self::ALL, code)
            }

            /// The code as it stands on the wire.
            #[must_use]
            #visibility const fn as_str(self) -> &'static core::primitive::str {
                #as_str
            }

            /// What the table says of the code; "" where it is silent.
            #[must_use]
            #visibility const fn description(self) -> &'static core::primitive::str {
                #description
            }

            /// What resending a request that met this code needs.
            #[must_use]
            #visibility const fn retry(self) -> __private::Retry {
                #retry
            }

            /// Who has to act on it.
            #[must_use]
            #visibility const fn fault(self) -> __private::Fault {
                #fault
            }

            /// How long to wait before the next attempt, where the table says so.
            #[must_use]
            #visibility const fn retry_after(self) -> core::option::Option<core::time::Duration> {
                #retry_after
            }

            /// Whether an idempotent request may be sent again: `may_resend(true)`.
            #[must_use]
            #visibility const fn is_retryable(&self) -> core::primitive::bool {
                Self::retry(*self).is_retryable()
            }

            /// Whether a new attempt may be sent without doing the work twice.
            #[must_use]
            #visibility const fn may_resend(&self, idempotent: core::primitive::bool) -> core::primitive::bool {
                Self::retry(*self).may_resend(idempotent)
            }

            /// The first segment of the code.
            #[must_use]
            #visibility const fn family(self) -> &'static core::primitive::str {
                __private::family(Self::as_str(self))
            }

            /// The name of the first table that holds the code.
            #[must_use]
            #visibility const fn table(self) -> &'static core::primitive::str {
                #first_table
            }

            #ignore_case
            #columns

            /// The code nearest to `text` by spelling, for messages; `None` where nothing is near.
            #[must_use]
            #visibility fn nearest(text: &core::primitive::str) -> core::option::Option<Self> {
                __private::nearest(text)
            }
        }
    }
}

fn from_code_ignore_case(visibility: &Visibility) -> TokenStream {
    quote! {
        /// The code with this text, or with this alias, without regard to ASCII case.
        #[must_use]
        #visibility const fn from_code_ignore_case(code: &core::primitive::str) -> core::option::Option<Self> {
            __private::from_code_ignore_case(&INDEX_IGNORE_CASE, Self::ALL, code)
        }
    }
}

/// `Debug` by the table: derived, it would be a match arm for each row.
fn debug(target: &Target, table: &Table) -> TokenStream {
    let ident = &target.ident;
    let (formatter, debug) = match table.rows.len() {
        0 => (quote!(_), quote!(match *self {})),
        _ => (quote!(f), quote!(__private::debug(&NAMES, *self as core::primitive::usize, f))),
    };
    quote! {
        #[automatically_derived]
        impl core::fmt::Debug for #ident {
            fn fmt(&self, #formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                #debug
            }
        }
    }
}

fn traits(target: &Target) -> TokenStream {
    let ident = &target.ident;
    let enum_name = ident.unraw().to_string();
    let error_code = error_code(ident);
    let from_text = from_text(ident, &enum_name);
    quote! {
        #error_code
        #from_text

        #[automatically_derived]
        impl core::fmt::Display for #ident {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                __private::display(*self, f)
            }
        }

        #[automatically_derived]
        impl core::error::Error for #ident {}

        #[automatically_derived]
        impl core::convert::AsRef<core::primitive::str> for #ident {
            fn as_ref(&self) -> &core::primitive::str {
                Self::as_str(*self)
            }
        }

        #[automatically_derived]
        impl core::cmp::PartialEq<core::primitive::str> for #ident {
            fn eq(&self, other: &core::primitive::str) -> core::primitive::bool {
                Self::as_str(*self) == other
            }
        }

        #[automatically_derived]
        impl core::cmp::PartialEq<&core::primitive::str> for #ident {
            fn eq(&self, other: &&core::primitive::str) -> core::primitive::bool {
                Self::as_str(*self) == *other
            }
        }

        __private::impl_serde!(#ident);
    }
}

/// The conversions between codes and text.
fn from_text(ident: &Ident, enum_name: &str) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl core::str::FromStr for #ident {
            type Err = __private::UnknownCode;

            fn from_str(text: &core::primitive::str) -> core::result::Result<Self, __private::UnknownCode> {
                __private::parse(#enum_name, text)
            }
        }

        #[automatically_derived]
        impl core::convert::TryFrom<&core::primitive::str> for #ident {
            type Error = __private::UnknownCode;

            fn try_from(text: &core::primitive::str) -> core::result::Result<Self, __private::UnknownCode> {
                __private::parse(#enum_name, text)
            }
        }

        #[automatically_derived]
        impl core::convert::From<#ident> for &'static core::primitive::str {
            fn from(code: #ident) -> Self {
                #ident::as_str(code)
            }
        }
    }
}

/// The trait, each item by the inherent one.
fn error_code(ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl __private::ErrorCode for #ident {
            const NAME: &'static core::primitive::str = Self::NAME;
            const ALL: &'static [Self] = Self::ALL;

            fn from_code(code: &core::primitive::str) -> core::option::Option<Self> {
                Self::from_code(code)
            }

            fn as_str(self) -> &'static core::primitive::str {
                Self::as_str(self)
            }

            fn description(self) -> &'static core::primitive::str {
                Self::description(self)
            }

            fn retry(self) -> __private::Retry {
                Self::retry(self)
            }

            fn fault(self) -> __private::Fault {
                Self::fault(self)
            }

            fn retry_after(self) -> core::option::Option<core::time::Duration> {
                Self::retry_after(self)
            }

            fn family(self) -> &'static core::primitive::str {
                Self::family(self)
            }

            fn table(self) -> &'static core::primitive::str {
                Self::table(self)
            }

            fn nearest(text: &core::primitive::str) -> core::option::Option<Self> {
                Self::nearest(text)
            }

            fn is_retryable(&self) -> core::primitive::bool {
                Self::is_retryable(self)
            }

            fn may_resend(&self, idempotent: core::primitive::bool) -> core::primitive::bool {
                Self::may_resend(self, idempotent)
            }
        }
    }
}

/// Makes the next build notice a change of any file that was read; the paths are relative, so that the same
/// package expands to the same tokens wherever it lies.
fn tracked(files: &[String]) -> TokenStream {
    let paths = files.iter().map(|path| format!("/{path}"));
    quote! {
        #(const _: &[core::primitive::u8] = core::include_bytes!(core::concat!(core::env!("CARGO_MANIFEST_DIR"), #paths));)*
    }
}
