//! The traits of the enum. Each function calls the inherent one, or the runtime.

use errtable_spec::Table;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;

use crate::expand::numbers::error_code_methods;
use crate::input::Target;

/// Generates `Debug`, which reads the name from a column. A derive generates an arm per variant.
pub(super) fn debug(target: &Target, table: &Table) -> TokenStream {
    let ident = &target.ident;
    let (formatter, debug) = match table.rows.len() {
        0 => (quote!(_), quote!(match *self {})),
        _ => (quote!(f), quote!(__errtable::debug(&NAMES, &CODES, *self as __core::primitive::usize, f))),
    };
    quote! {
        #[automatically_derived]
        impl __core::fmt::Debug for #ident {
            #[inline]
            fn fmt(&self, #formatter: &mut __core::fmt::Formatter<'_>) -> __core::fmt::Result {
                #debug
            }
        }
    }
}

/// Generates the traits other than `Debug`.
pub(super) fn traits(target: &Target, table: &Table) -> TokenStream {
    let ident = &target.ident;
    let enum_name = ident.unraw().to_string();
    let error_code = error_code(ident, table);
    let from_text = from_text(ident, &enum_name);
    quote! {
        #error_code
        #from_text

        #[automatically_derived]
        impl __core::fmt::Display for #ident {
            #[inline]
            fn fmt(&self, f: &mut __core::fmt::Formatter<'_>) -> __core::fmt::Result {
                __errtable::display(__errtable::copy(self), f)
            }
        }

        #[automatically_derived]
        impl __core::error::Error for #ident {
            #[inline]
            fn description(&self) -> &__core::primitive::str {
                Self::meaning(__errtable::copy(self))
            }
        }

        #[automatically_derived]
        impl __core::convert::AsRef<__core::primitive::str> for #ident {
            #[inline]
            fn as_ref(&self) -> &__core::primitive::str {
                Self::as_str(__errtable::copy(self))
            }
        }

        #[automatically_derived]
        impl __core::cmp::PartialEq<__core::primitive::str> for #ident {
            #[inline]
            fn eq(&self, other: &__core::primitive::str) -> __core::primitive::bool {
                Self::as_str(__errtable::copy(self)) == other
            }
        }

        #[automatically_derived]
        impl __core::cmp::PartialEq<&__core::primitive::str> for #ident {
            #[inline]
            fn eq(&self, other: &&__core::primitive::str) -> __core::primitive::bool {
                Self::as_str(__errtable::copy(self)) == *other
            }
        }

        __errtable::impl_serde!(#ident);
    }
}

/// Generates the conversions between codes and text.
fn from_text(ident: &Ident, enum_name: &str) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl __core::str::FromStr for #ident {
            type Err = __errtable::UnknownCode;

            #[inline]
            fn from_str(text: &__core::primitive::str) -> __core::result::Result<Self, __errtable::UnknownCode> {
                __errtable::parse(#enum_name, text)
            }
        }

        #[automatically_derived]
        impl __core::convert::TryFrom<&__core::primitive::str> for #ident {
            type Error = __errtable::UnknownCode;

            #[inline]
            fn try_from(text: &__core::primitive::str) -> __core::result::Result<Self, __errtable::UnknownCode> {
                __errtable::parse(#enum_name, text)
            }
        }

        #[automatically_derived]
        impl __core::convert::From<#ident> for &'static __core::primitive::str {
            #[inline]
            fn from(code: #ident) -> Self {
                #ident::as_str(code)
            }
        }
    }
}

/// Generates the implementation of `ErrorCode`.
fn error_code(ident: &Ident, table: &Table) -> TokenStream {
    let numbers = table.is_numeric().then(error_code_methods);
    quote! {
        #[automatically_derived]
        impl __errtable::ErrorCode for #ident {
            const NAME: &'static __core::primitive::str = Self::NAME;
            const ALL: &'static [Self] = &VARIANTS;

            #[inline]
            fn from_code(code: &__core::primitive::str) -> __core::option::Option<Self> {
                Self::from_code(code)
            }

            #[inline]
            fn as_str(self) -> &'static __core::primitive::str {
                Self::as_str(self)
            }

            #[inline]
            fn meaning(self) -> &'static __core::primitive::str {
                Self::meaning(self)
            }

            #[inline]
            fn retry(self) -> __errtable::Retry {
                Self::retry(self)
            }

            #[inline]
            fn fault(self) -> __errtable::Fault {
                Self::fault(self)
            }

            #[inline]
            fn retry_after(self) -> __core::option::Option<__core::time::Duration> {
                Self::retry_after(self)
            }

            #[inline]
            fn family(self) -> &'static __core::primitive::str {
                Self::family(self)
            }

            #[inline]
            fn table(self) -> &'static __core::primitive::str {
                Self::table(self)
            }

            #[inline]
            fn nearest(text: &__core::primitive::str) -> __core::option::Option<Self> {
                Self::nearest(text)
            }

            #numbers
        }
    }
}
