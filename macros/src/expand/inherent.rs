//! The inherent items of the enum. Each function is one call into the runtime.
//!
//! All functions but the lookups are `#[inline]`, so that a crate compiles only the ones it calls.
//! A lookup is faster in the crate of the table, where the compiler knows the hasher and the size.

use std::fmt::Write as _;

use errtable_spec::Table;
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::Visibility;

use crate::expand::columns::column_methods;
use crate::expand::index::values_name;
use crate::expand::numbers::{number_methods, or_digits};
use crate::expand::tokens::body;
use crate::input::Target;
use crate::lex;

/// Generates the inherent items of the enum.
pub(super) fn inherent(target: &Target, table: &Table) -> TokenStream {
    let Target { visibility, ident, .. } = target;
    let name = &table.name;
    let as_str = body(table, |row| quote!(CODES.get(#row)));
    let meaning = body(table, |row| quote!(DESCRIPTIONS.get(#row)));
    let retry = body(table, |row| quote!(__errtable::retry(&RETRY, #row)));
    let fault = body(table, |row| quote!(__errtable::fault(&FAULT, #row)));
    let retry_after = body(table, |row| quote!(__errtable::column::duration(&RETRY_AFTER, #row)));
    let ignore_case = table.ignore_case.then(|| from_code_ignore_case(visibility, table));
    let values = values_name("INDEX", table);
    let from_code = or_digits(table, quote!(__errtable::from_code(&INDEX, &#values, code)));
    let (from_code_docs, as_str_docs) = if table.is_numeric() {
        (" Looks up a code, an alias, or the digits of a number. The match is exact.", " Returns the name of the code.")
    } else {
        (" Looks up a code or alias. The match is exact.", " Returns the code as sent on the wire.")
    };
    let numbers = table.is_numeric().then(|| number_methods(visibility, table));
    let columns = column_methods(target, table);
    let former_variants = lex(&former_variants(target, table));
    let first_table = body(table, |row| quote!(__errtable::or(TABLE.get(#row), Self::NAME)));
    quote! {
        impl #ident {
            /// The name of the table.
            #visibility const NAME: &'static __core::primitive::str = #name;

            /// All codes, in table order.
            #visibility const ALL: &'static [Self] = &VARIANTS;

            #[doc = #from_code_docs]
            #[must_use]
            #visibility const fn from_code(code: &__core::primitive::str) -> __core::option::Option<Self> {
                #from_code
            }

            #[doc = #as_str_docs]
            #[inline]
            #[must_use]
            #visibility const fn as_str(self) -> &'static __core::primitive::str {
                #as_str
            }

            /// Returns the description, or `""` if the table has none.
            #[inline]
            #[must_use]
            #visibility const fn meaning(self) -> &'static __core::primitive::str {
                #meaning
            }

            /// Returns how a request that failed with this code may be retried.
            #[inline]
            #[must_use]
            #visibility const fn retry(self) -> __errtable::Retry {
                #retry
            }

            /// Returns who has to fix the error: the client or the server.
            #[inline]
            #[must_use]
            #visibility const fn fault(self) -> __errtable::Fault {
                #fault
            }

            /// Returns how long to wait before the next attempt, if the table specifies it.
            #[inline]
            #[must_use]
            #visibility const fn retry_after(self) -> __core::option::Option<__core::time::Duration> {
                #retry_after
            }

            /// Returns whether and how to retry the request.
            #[inline]
            #[must_use]
            #visibility const fn retry_action(&self, idempotent: __core::primitive::bool) -> __errtable::RetryAction {
                Self::retry(__errtable::copy(self)).retry_action(idempotent)
            }

            /// Returns whether an idempotent request can be retried with the same parameters.
            #[inline]
            #[must_use]
            #visibility const fn is_retryable(&self) -> __core::primitive::bool {
                Self::retry(__errtable::copy(self)).is_retryable()
            }

            /// Returns the first segment of the code: `AuthFailure` for `AuthFailure.TokenFailure`.
            #[inline]
            #[must_use]
            #visibility const fn family(self) -> &'static __core::primitive::str {
                __errtable::family(Self::as_str(self))
            }

            /// Returns the name of the first table that contains the code.
            #[inline]
            #[must_use]
            #visibility const fn table(self) -> &'static __core::primitive::str {
                #first_table
            }

            #ignore_case
            #numbers
            #columns
            #former_variants

            /// Returns the code with the most similar spelling, for error messages.
            #[inline]
            #[must_use]
            #visibility fn nearest(text: &__core::primitive::str) -> __core::option::Option<Self> {
                __errtable::nearest(&CODES, &VARIANTS, text)
            }
        }
    }
}

/// Returns the constants of former variants as source text.
fn former_variants(target: &Target, table: &Table) -> String {
    let mut source = String::new();
    let visibility = target.visibility.to_token_stream();
    for row in table.rows.iter().filter(|row| !row.former_variants.is_empty()) {
        let variant = &row.variant;
        // The constant names the variant, which may be deprecated itself.
        let allow = if row.is_deprecated() { "#[allow(deprecated)]" } else { "" };
        for former in &row.former_variants {
            let _ = writeln!(
                source,
                "/// The former name of [`{variant}`](Self::{variant}).
                #[deprecated(note = \"use `{variant}`\")] {allow}
                {visibility} const {former}: Self = Self::{variant};"
            );
        }
    }
    source
}

fn from_code_ignore_case(visibility: &Visibility, table: &Table) -> TokenStream {
    let values = values_name("INDEX_IGNORE_CASE", table);
    let lookup = or_digits(table, quote!(__errtable::from_code_ignore_case(&INDEX_IGNORE_CASE, &#values, code)));
    quote! {
        /// Looks up a code or alias, ignoring ASCII case.
        #[must_use]
        #visibility const fn from_code_ignore_case(code: &__core::primitive::str) -> __core::option::Option<Self> {
            #lookup
        }
    }
}
