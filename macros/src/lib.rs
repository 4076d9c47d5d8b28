//! The macros of [`errtable`](https://docs.rs/errtable), which re-exports and documents them.
//!
//! Depend on `errtable`, not on this crate: the generated code calls into it.
//!
//! - [`macro@error_table`] generates an enum from a table of error codes.
//! - [`macro@ErrorCode`] derives the same for an enum that you write by hand.
//!
//! # Stages
//!
//! - `input` parses `#[error_table(…)]` and its enum.
//! - `handwritten` parses the enum of a derive, `attributes` its `#[error_code(…)]`.
//! - `syntax` parses what both attributes share, `runtime_path` finds the path of the runtime.
//! - `load` reads a table from a file, `inline` builds one from variants, `subset` selects rows.
//! - `expand` generates the code. It cannot fail.

#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used))]
#![forbid(unsafe_code)]

mod attributes;
mod errors;
mod expand;
mod handwritten;
mod inline;
mod input;
mod load;
mod rename;
mod runtime_path;
mod subset;
mod syntax;
#[cfg(test)]
mod tests;

use errtable_spec::Loaded;
use proc_macro2::TokenStream;
use syn::Error;

use crate::errors::with_errors;
use crate::expand::{Form, expand, unreadable};
use crate::handwritten::Handwritten;
use crate::inline::inline;
use crate::input::{Arguments, Target};
use crate::load::load;
use crate::rename::check_renames;
use crate::subset::subset;

#[expect(missing_docs, reason = "documented where `errtable` re-exports it")]
#[proc_macro_attribute]
pub fn error_table(arguments: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_attribute(arguments.into(), item.into()).into()
}

#[expect(missing_docs, reason = "documented where `errtable` re-exports it")]
#[proc_macro_derive(ErrorCode, attributes(error_code))]
pub fn derive_error_code(item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_derive(item.into()).into()
}

/// Expands `#[error_table(…)]`, even after an error: without the enum, each of its uses would be
/// another one.
fn expand_attribute(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Vec::new();
    let target = Target::parse(item.clone(), &mut errors);
    let arguments = Arguments::parse(arguments, &mut errors);
    let krate = runtime_path::resolve(arguments.krate, "error_table", &mut errors);
    let loaded = arguments.source.map(|source| load(&source, &mut errors)).unwrap_or_default();
    if let Some(target) = &target {
        check_renames(target, &loaded.table, &mut errors);
    }
    match target {
        Some(target) if !loaded.is_complete => unreadable(&target, &krate, &loaded.files, &errors),
        Some(target) => with_errors(&errors, expand(&target, &krate, &loaded, Form::Generated)),
        None => with_errors(&errors, item),
    }
}

/// Expands `#[derive(ErrorCode)]`.
fn expand_derive(item: TokenStream) -> TokenStream {
    let mut errors = Vec::new();
    let Some(handwritten) = Handwritten::parse(item, &mut errors) else {
        return with_errors(&errors, TokenStream::new());
    };
    let krate = runtime_path::resolve(handwritten.attributes.krate.clone(), "error_code", &mut errors);
    let loaded = handwritten_table(&handwritten, &mut errors);
    let expansion = handwritten.is_valid.then(|| expand(&handwritten.target, &krate, &loaded, Form::Handwritten));
    with_errors(&errors, expansion.unwrap_or_default())
}

/// Returns the table of a hand-written enum: a subset of another, or the codes on the variants.
fn handwritten_table(handwritten: &Handwritten, errors: &mut Vec<Error>) -> Loaded {
    match &handwritten.attributes.source {
        Some(source) => subset(handwritten, load(source, errors), errors),
        None => inline(handwritten, errors),
    }
}

/// Lexes source text that the expansion has checked and escaped.
///
/// rustc lexes the code that is generated once per row, because cargo does not optimize macros.
fn lex(source: &str) -> TokenStream {
    // `proc_macro2` would lex the text itself before it calls rustc.
    if proc_macro::is_available() {
        source.parse().map(|tokens: proc_macro::TokenStream| tokens.into()).unwrap_or_default()
    } else {
        source.parse().unwrap_or_default()
    }
}
