//! The tokens of the enum. Nothing here can fail: the input is parsed, the table checked.
//!
//! The expansion is data and calls into the runtime. It names each variant twice, where it is declared
//! and in `VARIANTS`: what a compiler pays grows with the square of how often variants are named.

mod columns;
mod data;
mod docs;
mod inherent;
mod traits;

use std::fmt::Write as _;

use errtable_spec::{Loaded, Table};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Path;

use self::columns::{column_enums, column_words};
use self::data::data;
use self::docs::{enum_docs, variant_docs, visible};
use self::inherent::inherent;
use self::traits::{debug, traits};
use crate::input::Target;
use crate::tokens;

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
    let data = data(target, table, form);
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
            use #krate::__private as __errtable;
            use __errtable::core as __core;

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
    let variants = tokens(&variant_declarations(table));
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
            #variants
        }
    }
}

/// The declarations of the variants, as source text.
fn variant_declarations(table: &Table) -> String {
    let mut source = String::new();
    for row in &table.rows {
        for line in variant_docs(row, &table.columns).lines() {
            let _ = writeln!(source, "///{line}");
        }
        if let Some(note) = &row.deprecated {
            let _ = writeln!(source, "#[deprecated(note = {:?})]", visible(note));
        }
        let _ = writeln!(source, "{},", row.variant);
    }
    source
}

/// An identifier from a text that has been checked to be one.
fn identifier(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Makes the next build notice a change of any file that was read; the paths are relative, so that the same
/// package expands to the same tokens wherever it lies.
fn tracked(files: &[String]) -> TokenStream {
    let paths = files.iter().map(|path| format!("/{path}"));
    quote! {
        #(const _: &[__core::primitive::u8] = __core::include_bytes!(__core::concat!(__core::env!("CARGO_MANIFEST_DIR"), #paths));)*
    }
}
