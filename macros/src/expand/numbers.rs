//! The items of a numeric table: the numbers of codes, and the codes of numbers.

use errtable_spec::Table;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Visibility;
use syn::ext::IdentExt as _;

use crate::expand::data::LOOKUP_NUMBERS;
use crate::expand::tokens::identifier;
use crate::expand::unique::{find, find_digits};
use crate::input::Target;

/// Generates the inherent methods.
pub(super) fn number_methods(visibility: &Visibility, table: &Table) -> TokenStream {
    let find = find(&identifier(LOOKUP_NUMBERS), table, &quote!(number as __core::primitive::u64));
    quote! {
        /// Returns the number that is sent instead of the code.
        ///
        /// `as i64` returns another integer: the position of the row in the table.
        #[inline]
        #[must_use]
        #visibility const fn number(self) -> __core::primitive::i64 {
            __errtable::column::required::i64(NUMBERS.get(self as __core::primitive::usize))
        }

        /// Looks up a code by its number.
        #[inline]
        #[must_use]
        #visibility const fn from_number(number: __core::primitive::i64) -> __core::option::Option<Self> {
            #find
        }
    }
}

/// Adds the digits of numbers to a lookup of `code`.
pub(super) fn or_digits(table: &Table, lookup: TokenStream) -> TokenStream {
    if !table.is_numeric() {
        return lookup;
    }
    find_digits(&identifier(LOOKUP_NUMBERS), table, &lookup, &quote!(code))
}

/// Generates the methods of `ErrorCode` for numbers. Their defaults are for tables without numbers.
pub(super) fn error_code_methods() -> TokenStream {
    quote! {
        #[inline]
        fn number(self) -> __core::option::Option<__core::primitive::i64> {
            __core::option::Option::Some(Self::number(self))
        }

        #[inline]
        fn from_number(number: __core::primitive::i64) -> __core::option::Option<Self> {
            Self::from_number(number)
        }
    }
}

/// Generates the conversions between codes and numbers.
pub(super) fn number_conversions(target: &Target) -> TokenStream {
    let ident = &target.ident;
    let enum_name = ident.unraw().to_string();
    quote! {
        #[automatically_derived]
        impl __core::convert::From<#ident> for __core::primitive::i64 {
            #[inline]
            fn from(code: #ident) -> Self {
                #ident::number(code)
            }
        }

        #[automatically_derived]
        impl __core::convert::TryFrom<__core::primitive::i64> for #ident {
            type Error = __errtable::UnknownCode;

            #[inline]
            fn try_from(number: __core::primitive::i64) -> __core::result::Result<Self, __errtable::UnknownCode> {
                __errtable::parse_number(#enum_name, number)
            }
        }
    }
}
