//! The traits of the enum, each item by the inherent one or by one call into the runtime.

use errtable_spec::Table;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;

use crate::input::Target;

/// `Debug` by the table: derived, it would be a match arm for each row.
pub(super) fn debug(target: &Target, table: &Table) -> TokenStream {
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

/// The traits that need no more than the inherent items.
pub(super) fn traits(target: &Target) -> TokenStream {
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
