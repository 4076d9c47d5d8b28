//! The path of the runtime.

use std::env;

use proc_macro2::Span;
use syn::{Error, Ident, Path, parse_quote};

use crate::errors::error;

/// Returns the path that `crate = …` gives, or `::errtable`.
///
/// A renamed dependency without `crate = …` is an error, and its name is used for the path.
pub(crate) fn resolve(explicit: Option<Path>, attribute: &str, errors: &mut Vec<Error>) -> Path {
    if let Some(path) = explicit {
        return path;
    }
    // Only rustc's arguments contain the names of dependencies, and a macro runs inside rustc.
    // Without this check, a renamed dependency causes dozens of errors about `::errtable`.
    let arguments = env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    let name = renamed_dependency(arguments).and_then(|name| syn::parse_str::<Ident>(&name).ok());
    let Some(name) = name else { return parse_quote!(::errtable) };
    // The macro cannot see `extern crate codes as errtable;`, so that is also an error.
    let message = format!("the dependency `errtable` is renamed to `{name}`");
    let help = format!("add `crate = {name}` to `#[{attribute}(…)]`");
    errors.push(error(Span::call_site(), message, help));
    parse_quote!(::#name)
}

/// Returns the name of the runtime in rustc's arguments, unless it is `errtable`.
fn renamed_dependency(arguments: impl IntoIterator<Item = String>) -> Option<String> {
    let mut arguments = arguments.into_iter();
    let mut renamed = None;
    while let Some(argument) = arguments.next() {
        // `@path` is a file with more arguments.
        if argument.starts_with('@') {
            return None;
        }
        let value = match argument.strip_prefix("--extern") {
            Some("") => arguments.next()?,
            Some(value) => value.strip_prefix('=').unwrap_or_default().to_owned(),
            None => continue,
        };
        let (name, path) = parse_extern(&value);
        if name == "errtable" {
            return None;
        }
        if is_runtime(path) {
            renamed.get_or_insert_with(|| name.to_owned());
        }
    }
    renamed
}

/// Splits `options:name=path` into name and path. The options and the path are optional.
fn parse_extern(value: &str) -> (&str, &str) {
    let (name, path) = value.split_once('=').unwrap_or((value, ""));
    (name.rsplit(':').next().unwrap_or(name), path)
}

/// Returns whether a path is that of the runtime: `…/liberrtable-0123456789abcdef.rlib`.
fn is_runtime(path: &str) -> bool {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    file.starts_with("liberrtable-") || file == "liberrtable.rlib" || file == "liberrtable.rmeta"
}

#[cfg(test)]
mod tests {
    use super::renamed_dependency;

    fn renamed(arguments: &str) -> Option<String> {
        renamed_dependency(arguments.split(' ').map(str::to_owned))
    }

    #[test]
    fn renamed_dependency_is_found_in_every_form() {
        for argument in [
            "--extern codes=/target/debug/deps/liberrtable-0123.rmeta",
            "--extern=codes=/target/debug/deps/liberrtable-0123.rlib",
            "--extern priv:codes=/deps/liberrtable-0123.rlib",
            "--extern=noprelude,priv:codes=/deps/liberrtable.rlib",
            "--extern codes=liberrtable.rmeta",
            r"--extern codes=C:\deps\liberrtable-0123.rlib",
            "--extern a=/deps/liba.rlib --extern codes=/deps/liberrtable-1.rlib --extern b=/deps/liberrtable-1.rlib",
        ] {
            assert_eq!(renamed(&format!("rustc --crate-name x {argument} -C opt-level=3")).as_deref(), Some("codes"));
        }
    }

    #[test]
    fn other_arguments_are_ignored() {
        for arguments in [
            "rustc",
            "rustc --extern",
            "rustc --extern=",
            "rustc --externs codes=/deps/liberrtable-0123.rlib",
            "rustc --extern errtable=/deps/liberrtable-0123.rlib",
            "rustc --extern codes=/deps/liberrtable-0123.rlib --extern errtable",
            "rustc --extern codes=/deps/liberrtable-0123.rlib --extern=noprelude:errtable=/deps/liberrtable-0.rlib",
            "rustc --extern codes=/deps/liberrtable-0123.rlib @more-arguments",
            "rustc --extern errtable_macros=/deps/liberrtable_macros-0123.so",
            "rustc --extern codes=/deps/liberrtable_spec-0123.rlib",
            "rustc --extern codes=/liberrtable-0123/libcodes.rlib",
        ] {
            assert_eq!(renamed(arguments), None, "{arguments}");
        }
    }
}
