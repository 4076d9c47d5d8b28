//! The expansion of a valid enum and a valid table. It cannot fail.
//!
//! An expansion is data and calls into the runtime, to which `envelope` and `written` each add a
//! `match`. It names each variant only twice, in the declaration and in `VARIANTS`: compile time
//! grows with the square of such uses.
//!
//! A parameter is a pattern, so a constant of the user changes its meaning: `const text: () = ();`.
//! Each parameter has a name from `__private::parameters`, which hides such a constant.

mod columns;
mod data;
pub(crate) mod docs;
pub(crate) mod envelope;
mod index;
mod inherent;
mod numbers;
mod tokens;
mod traits;
mod unique;
mod written;

use std::fmt::Write as _;

use errtable_spec::__private::visible;
use errtable_spec::{Loaded, Table};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::{Error, Path};

use self::columns::{column_enum_impls, column_enums};
use self::data::data;
use self::docs::{enum_docs, variant_docs};
use self::envelope::envelope;
use self::inherent::inherent;
use self::numbers::number_conversions;
use self::traits::{debug, traits};
use crate::errors::with_errors;
use crate::input::Target;
use crate::lex;
use crate::rename::renames;

/// The origin of the enum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// The expansion declares the enum and its std derives.
    Generated,
    /// The user declares the enum and its std derives.
    Handwritten,
}

/// Generates the enum, its items and its implementations.
pub(crate) fn expand(target: &Target, krate: &Path, loaded: &Loaded, form: Form) -> TokenStream {
    let table = &loaded.table;
    let declaration = (form == Form::Generated).then(|| declaration(target, krate, table));
    let data = data(target, table, form);
    let inherent = inherent(target, table);
    let debug = (form == Form::Generated).then(|| debug(target, table));
    let traits = traits(target, table);
    let number_conversions = table.is_numeric().then(|| number_conversions(target));
    let envelope = envelope(target, table);
    let tracked = tracked(&loaded.files);
    let column_enums = column_enums(target, krate, table);
    let column_enum_impls = column_enum_impls(target, table);
    quote! {
        #declaration
        #column_enums

        const _: () = {
            use #krate::__private as __errtable;
            use __errtable::core as __core;
            use __errtable::parameters::*;

            #data
            #inherent
            #debug
            #traits
            #number_conversions
            #envelope
            #column_enum_impls
            #tracked
        };
    }
}

/// Generates a type instead of an enum that would lack variants or columns. rustc does not report
/// uses of the type, because its argument contains an error:
///
/// ```text
/// type ServiceError = __ServiceError<{ compile_error! { "…" } 0 }>;
/// ```
pub(crate) fn unreadable(target: &Target, krate: &Path, files: &[String], errors: &[Error]) -> TokenStream {
    let Target { visibility, ident, .. } = target;
    let unreadable = format_ident!("__{}", ident.unraw());
    let size = with_errors(errors, quote!(0));
    let tracked = (!files.is_empty()).then(|| {
        let tracked = tracked(files);
        quote!(const _: () = { use #krate::__private::core as __core; #tracked };)
    });
    quote! {
        #[doc(hidden)]
        #visibility struct #unreadable<const N: #krate::__private::core::primitive::usize>;
        #visibility type #ident = #unreadable<{ #size }>;
        #tracked
    }
}

/// Generates the declaration of the enum.
fn declaration(target: &Target, krate: &Path, table: &Table) -> TokenStream {
    let Target { attributes, visibility, ident } = target;
    let docs = enum_docs(table);
    // rustdoc shows the discriminants of an enum with `repr`. `cfg_attr` is above the derives,
    // because rustc parses an item again if a derive sees `cfg_attr`.
    let repr = match table.rows.len() {
        0 => None,
        1..=256 => Some(quote!(#[cfg_attr(not(doc), repr(u8))])),
        _ => Some(quote!(#[cfg_attr(not(doc), repr(u16))])),
    };
    let core = quote!(#krate::__private::core);
    let variants = lex(&variant_declarations(target, table));
    // A paragraph follows the docs of the user.
    let has_docs = attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
    let separator = has_docs.then(|| quote!(#[doc = ""]));
    quote! {
        #repr
        #(#attributes)*
        #separator
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
        #visibility enum #ident {
            #variants
        }
    }
}

/// Returns the declarations of the variants as source text.
fn variant_declarations(target: &Target, table: &Table) -> String {
    let renames = renames(target);
    let mut source = String::new();
    for row in &table.rows {
        for line in variant_docs(row, &table.columns).lines() {
            let _ = writeln!(source, "///{line}");
        }
        if let Some(note) = row.deprecation() {
            let _ = writeln!(source, "#[deprecated(note = {:?})]", visible(&note));
        }
        for rename in &renames {
            let _ = writeln!(source, "{}", rename.attribute(&row.code));
        }
        let _ = writeln!(source, "{},", row.variant);
    }
    source
}

/// Generates items that make cargo track the files of the table.
///
/// The paths are relative, so that an expansion does not depend on the directory of the package.
fn tracked(files: &[String]) -> TokenStream {
    let paths = files.iter().map(|path| format!("/{path}"));
    quote! {
        #(const _: &[__core::primitive::u8] = __core::include_bytes!(__core::concat!(__core::env!("CARGO_MANIFEST_DIR"), #paths));)*
    }
}
