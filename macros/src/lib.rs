//! The macros of [`errtable`](https://docs.rs/errtable), which re-exports and documents them.
//!
//! The way of the data: attribute and enum are parsed (`input`, or `handwritten` for a derive), the table is loaded
//! (`load`, or `inline` where the codes stand on the variants) and both are expanded (`expand`), which cannot fail.

#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used))]
#![forbid(unsafe_code)]

mod attributes;
mod derive;
mod error_table;
mod expand;
mod handwritten;
mod inline;
mod input;
mod load;
mod subset;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

#[expect(missing_docs, reason = "documented where `errtable` re-exports it")]
#[proc_macro_attribute]
pub fn error_table(arguments: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    error_table::error_table(arguments.into(), item.into()).into()
}

#[expect(missing_docs, reason = "documented where `errtable` re-exports it")]
#[proc_macro_derive(ErrorCode, attributes(error_code))]
pub fn derive_error_code(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    derive::derive_error_code(item.into()).into()
}

/// The tokens of source text. What an expansion holds once for each row is written as text: rustc's lexer is optimised, and cargo optimises
/// no macro. `proc_macro2` would read the text by itself first.
///
/// The text is ours, of names that were checked and texts that were escaped: no lexer refuses it.
fn tokens(source: &str) -> TokenStream {
    if proc_macro::is_available() {
        source.parse().map(|tokens: proc_macro::TokenStream| tokens.into()).unwrap_or_default()
    } else {
        source.parse().unwrap_or_default()
    }
}
