//! Constructors of errors, and their conversion to tokens.

use std::fmt::Display;

use errtable_spec::__private::visible;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Error;

/// Returns an error at `span`, with a help as in the diagnostics of a table.
pub(crate) fn error(span: Span, message: impl Display, help: impl Display) -> Error {
    Error::new(span, with_help(message, help))
}

/// Returns an error that underlines all of `tokens`.
pub(crate) fn error_spanned(tokens: impl ToTokens, message: impl Display, help: impl Display) -> Error {
    Error::new_spanned(tokens, with_help(message, help))
}

fn with_help(message: impl Display, help: impl Display) -> String {
    format!("{}\n  = help: {}", visible(&message.to_string()), visible(&help.to_string()))
}

/// Returns the expansion with the errors in front of it.
pub(crate) fn with_errors(errors: &[Error], expansion: TokenStream) -> TokenStream {
    errors.iter().map(Error::to_compile_error).chain([expansion]).collect()
}
