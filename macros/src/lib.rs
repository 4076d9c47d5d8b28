//! The macros of [`errtable`](https://docs.rs/errtable), which re-exports and documents them.
//!
//! The way of the data: attribute and enum are parsed (`input`), the table is loaded (`load`), and both
//! are expanded (`expand`), which cannot fail.

#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used))]
#![forbid(unsafe_code)]

mod error_table;
mod expand;
mod input;
mod load;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

#[expect(missing_docs, reason = "documented where `errtable` re-exports it")]
#[proc_macro_attribute]
pub fn error_table(arguments: TokenStream, item: TokenStream) -> TokenStream {
    error_table::error_table(arguments.into(), item.into()).into()
}
