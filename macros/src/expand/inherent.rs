//! The items of the enum: constants, look-ups and readers of columns, each one call into the runtime.
//!
//! The look-ups by text alone are not `#[inline]`: only the table's own crate knows how its index is hashed and how large it is.
//! All else is, here and in the traits, so that a library compiles only what it calls.

use errtable_spec::Table;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Visibility;

use super::columns::column_methods;
use crate::input::Target;

/// The body of a method that reads a column at the row of `self`. An enum without variants has no row, and no columns.
pub(super) fn body(table: &Table, read: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    if table.rows.is_empty() { quote!(match self {}) } else { read(quote!(self as __core::primitive::usize)) }
}

/// The items of the enum itself.
pub(super) fn inherent(target: &Target, table: &Table) -> TokenStream {
    let Target { visibility, ident, .. } = target;
    let name = &table.name;
    let as_str = body(table, |row| quote!(CODES.get(#row)));
    let description = body(table, |row| quote!(DESCRIPTIONS.get(#row)));
    let retry = body(table, |row| quote!(__errtable::retry(&RETRY, #row)));
    let fault = body(table, |row| quote!(__errtable::fault(&FAULT, #row)));
    let retry_after = body(table, |row| quote!(__errtable::column::duration(&RETRY_AFTER, #row)));
    let ignore_case = table.ignore_case.then(|| from_code_ignore_case(visibility));
    let columns = column_methods(target, table);
    let first_table = body(table, |row| quote!(__errtable::or(TABLE.get(#row), Self::NAME)));
    quote! {
        impl #ident {
            /// The name of the table.
            #visibility const NAME: &'static __core::primitive::str = #name;

            /// Every code, in table order.
            #visibility const ALL: &'static [Self] = &VARIANTS;

            /// The code with exactly this text, or with this alias.
            #[must_use]
            #visibility const fn from_code(code: &__core::primitive::str) -> __core::option::Option<Self> {
                __errtable::from_code(&INDEX, &VARIANTS, code)
            }

            /// The code as it stands on the wire.
            #[inline]
            #[must_use]
            #visibility const fn as_str(self) -> &'static __core::primitive::str {
                #as_str
            }

            /// What the table says of the code; "" where it is silent.
            #[inline]
            #[must_use]
            #visibility const fn description(self) -> &'static __core::primitive::str {
                #description
            }

            /// What resending a request that met this code needs.
            #[inline]
            #[must_use]
            #visibility const fn retry(self) -> __errtable::Retry {
                #retry
            }

            /// Who has to act on it.
            #[inline]
            #[must_use]
            #visibility const fn fault(self) -> __errtable::Fault {
                #fault
            }

            /// How long to wait before the next attempt, where the table says so.
            #[inline]
            #[must_use]
            #visibility const fn retry_after(self) -> __core::option::Option<__core::time::Duration> {
                #retry_after
            }

            /// Whether an idempotent request may be sent again: `may_resend(true)`.
            #[inline]
            #[must_use]
            #visibility const fn is_retryable(&self) -> __core::primitive::bool {
                Self::retry(*self).is_retryable()
            }

            /// Whether a new attempt may be sent without doing the work twice.
            #[inline]
            #[must_use]
            #visibility const fn may_resend(&self, idempotent: __core::primitive::bool) -> __core::primitive::bool {
                Self::retry(*self).may_resend(idempotent)
            }

            /// The first segment of the code.
            #[inline]
            #[must_use]
            #visibility const fn family(self) -> &'static __core::primitive::str {
                __errtable::family(Self::as_str(self))
            }

            /// The name of the first table that holds the code.
            #[inline]
            #[must_use]
            #visibility const fn table(self) -> &'static __core::primitive::str {
                #first_table
            }

            #ignore_case
            #columns

            /// The code nearest to `text` by spelling, for messages; `None` where nothing is near.
            #[inline]
            #[must_use]
            #visibility fn nearest(text: &__core::primitive::str) -> __core::option::Option<Self> {
                __errtable::nearest(&CODES, &VARIANTS, text)
            }
        }
    }
}

fn from_code_ignore_case(visibility: &Visibility) -> TokenStream {
    quote! {
        /// The code with this text, or with this alias, without regard to ASCII case.
        #[must_use]
        #visibility const fn from_code_ignore_case(code: &__core::primitive::str) -> __core::option::Option<Self> {
            __errtable::from_code_ignore_case(&INDEX_IGNORE_CASE, &VARIANTS, code)
        }
    }
}
