//! `#[derive(ErrorCode)]`: parse, find the rows, expand.

use errtable_spec::Loaded;
use proc_macro2::TokenStream;
use syn::Error;

use crate::expand::{Form, expand};
use crate::handwritten::Handwritten;
use crate::inline::inline;
use crate::input::{default_crate, with_errors};
use crate::load::load;
use crate::subset::subset;

/// The expansion, after every error that was met on the way.
pub(crate) fn derive_error_code(item: TokenStream) -> TokenStream {
    let mut errors = Vec::new();
    let expansion = Handwritten::parse(item, &mut errors).and_then(|handwritten| {
        let loaded = rows(&handwritten, &mut errors);
        let krate = handwritten.attributes.krate.clone().unwrap_or_else(default_crate);
        handwritten.is_code.then(|| expand(&handwritten.target, &krate, &loaded, Form::Derived))
    });
    with_errors(&errors, expansion.unwrap_or_default())
}

/// The rows of the variants: of a table, or of the variants' own attributes.
fn rows(handwritten: &Handwritten, errors: &mut Vec<Error>) -> Loaded {
    match &handwritten.attributes.source {
        Some(source) => {
            let loaded = load(source, errors);
            subset(handwritten, loaded, errors)
        }
        None => Loaded { table: inline(handwritten, errors), ..Loaded::default() },
    }
}
