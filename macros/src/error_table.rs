//! `#[error_table]`: parse, load, expand.

use proc_macro2::TokenStream;

use crate::expand::{Form, expand};
use crate::input::{Arguments, Target, with_errors};
use crate::load::load;

/// The expansion, after every error that was met on the way: what is right still exists, so that one error stays one.
pub(crate) fn error_table(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Vec::new();
    let target = Target::parse(item.clone(), &mut errors);
    let arguments = syn::parse2::<Arguments>(arguments).map_err(|error| errors.push(error)).ok();
    let loaded = arguments.as_ref().map(|arguments| load(&arguments.source, &mut errors));
    let item = match (target, arguments, loaded) {
        (Some(target), Some(arguments), Some(loaded)) => expand(&target, &arguments.krate, &loaded, Form::Declared),
        _ => item,
    };
    with_errors(&errors, item)
}
