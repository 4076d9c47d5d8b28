//! The syntax that both attributes share: lists of arguments, `crate = path`, and the table.

use std::path;

use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Error, Ident, LitStr, Path, Result, Token};

use crate::errors::error;

/// The source of a table.
pub(crate) enum TableSource {
    /// A path relative to the directory of the package.
    Path(LitStr),
    /// The name of a bundled table.
    Bundled(LitStr),
}

impl TableSource {
    /// Returns the bundled table of a name. `write_path` returns the argument of a path instead.
    pub(crate) fn bundled(name: LitStr, write_path: fn(&str) -> String) -> Result<Self> {
        let text = name.value();
        if is_path(&text) {
            let message = "expected the name of a bundled table, found a path";
            return Err(error(name.span(), message, format!("write `{}`", write_path(&text))));
        }
        if let Some(rest) = text.strip_prefix("bundled:") {
            let help = format!("write `bundled = {rest:?}`");
            return Err(error(name.span(), "unexpected prefix `bundled:`", help));
        }
        Ok(Self::Bundled(name))
    }

    /// Returns the span at which diagnostics of the table are reported.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Path(literal) | Self::Bundled(literal) => literal.span(),
        }
    }
}

/// Returns whether a text is probably the path of a table.
pub(crate) fn is_path(text: &str) -> bool {
    text.contains('/') || path::Path::new(text).extension().is_some_and(|extension| extension == "json")
}

/// Parses arguments that are separated by commas. Invalid ones are reported and skipped.
pub(crate) fn separated<T>(
    input: ParseStream<'_>,
    parse: impl Fn(ParseStream<'_>) -> Result<T>,
    errors: &mut Vec<Error>,
) -> Result<Vec<T>> {
    let mut arguments = Vec::new();
    while !input.is_empty() {
        match parse(input) {
            Ok(argument) => {
                arguments.push(argument);
                if !input.is_empty() && !input.peek(Token![,]) {
                    errors.push(error(input.span(), "expected `,`", "separate arguments with `,`"));
                }
            }
            Err(error) => errors.push(error),
        }
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(arguments)
}

/// Parses `crate = path` to its key and value.
pub(crate) fn parse_crate(input: ParseStream<'_>) -> Result<(Ident, Path)> {
    let key = input.call(Ident::parse_any)?;
    let path = input.parse::<Token![=]>().and_then(|_| {
        if input.peek(LitStr) {
            return Err(input.error("expected a path, found a string literal"));
        }
        input.call(Path::parse_mod_style)
    });
    match path {
        Ok(path) => Ok((key, path)),
        Err(found) => Err(error(found.span(), found, "write `crate = my_errtable`")),
    }
}
