//! `#[error_table]`: parse, load, expand.

use proc_macro2::TokenStream;

use crate::expand::{Form, expand};
use crate::input::{Arguments, Target, with_errors};
use crate::load::load;

/// The expansion, after every error that was met on the way: what is right still exists, so that one error stays one.
pub(crate) fn error_table(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Vec::new();
    let target = Target::parse(item.clone(), &mut errors);
    let arguments = Arguments::parse(arguments, &mut errors);
    let loaded = arguments.source.map(|source| load(&source, &mut errors)).unwrap_or_default();
    let item = match target {
        Some(target) => expand(&target, &arguments.krate, &loaded, Form::Declared),
        None => item,
    };
    with_errors(&errors, item)
}
