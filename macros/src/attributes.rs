//! The arguments of `#[error_code(…)]`, on an enum and on its variants.

mod argument;

use std::fmt::Display;
use std::str::FromStr;

use errtable_spec::__private::did_you_mean;
use errtable_spec::{Fault, Retry};
use syn::parse::ParseStream;
use syn::{Attribute, Error, Ident, LitInt, LitStr, Meta, Path};

use self::argument::{CodeArgument, Usage};
use crate::errors::{error, error_spanned};
use crate::syntax::{TableSource, separated};

/// The arguments on the enum.
#[derive(Default)]
pub(crate) struct EnumAttributes {
    /// The table that contains the codes. Without it, the codes are on the variants.
    pub(crate) source: Option<TableSource>,
    pub(crate) krate: Option<Path>,
    /// The key and value of `name`.
    pub(crate) name: Option<(Ident, LitStr)>,
    /// The key and value of `rename_all`.
    pub(crate) rename_all: Option<(Ident, LitStr)>,
    /// The key and value of `envelope`.
    pub(crate) envelope: Option<(Ident, LitStr)>,
}

/// The arguments on a variant.
#[derive(Default)]
pub(crate) struct VariantAttributes {
    pub(crate) code: Option<LitStr>,
    pub(crate) retry: Option<Retry>,
    pub(crate) fault: Option<Fault>,
    pub(crate) description: Option<LitStr>,
    /// The key and value of `number`. An invalid value is `None`.
    pub(crate) number: Option<(Ident, Option<i64>)>,
    /// The key and value of `retry_after_ms`. An invalid value is `None`.
    pub(crate) retry_after_ms: Option<(Ident, Option<u64>)>,
    pub(crate) aliases: Vec<LitStr>,
    /// The first key other than the code. With a table, such keys are errors.
    pub(crate) metadata: Option<Ident>,
    /// Whether an argument has an error.
    pub(crate) is_flawed: bool,
}

const ON_ENUM: &Usage = &Usage {
    expected: "expected `key = value`",
    help: r#"write `#[error_code(table = "spec/my-api.json")]`"#,
    keys: &[
        ("table", r#"table = "spec/my-api.json""#),
        ("bundled", r#"bundled = "common""#),
        ("name", r#"name = "my-api""#),
        ("rename_all", r#"rename_all = "snake_case""#),
        ("envelope", r#"envelope = "nested""#),
        ("crate", "crate = my_errtable"),
    ],
};

const ON_VARIANT: &Usage = &Usage {
    expected: "expected a string literal or `key = value`",
    help: r#"write `#[error_code("Family.Detail", retry = "conflict")]`"#,
    keys: &[
        ("number", "number = 3"),
        ("retry", r#"retry = "conflict""#),
        ("fault", r#"fault = "server""#),
        ("description", r#"description = "…""#),
        ("retry_after_ms", "retry_after_ms = 500"),
        ("aliases", r#"aliases("…", "…")"#),
    ],
};

/// Parses the arguments of all `#[error_code(…)]` among `attributes`.
fn arguments(attributes: &[Attribute], usage: &Usage, errors: &mut Vec<Error>) -> Vec<CodeArgument> {
    let mut arguments = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("error_code")) {
        // `#[error_code]` and `#[error_code = "Quota.Full"]` have no list.
        if !matches!(attribute.meta, Meta::List(_)) {
            errors.push(error_spanned(attribute, "expected arguments in parentheses", usage.help));
            continue;
        }
        let parse = |input: ParseStream<'_>| separated(input, |input| CodeArgument::parse(input, usage), errors);
        match attribute.parse_args_with(parse) {
            Ok(parsed) => arguments.extend(parsed),
            Err(error) => errors.push(error),
        }
    }
    arguments
}

impl EnumAttributes {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Vec<Error>) -> Self {
        let mut parsed = Self::default();
        for argument in arguments(attributes, ON_ENUM, errors) {
            let key = argument.key().cloned();
            let is_first = match argument {
                CodeArgument::Crate(_, path) => set(&mut parsed.krate, path),
                CodeArgument::Str(key, text) if key == "table" => set(&mut parsed.source, TableSource::Path(text)),
                CodeArgument::Str(key, text) if key == "bundled" => {
                    match TableSource::bundled(text, |path| format!("table = {path:?}")) {
                        Ok(source) => set(&mut parsed.source, source),
                        Err(error) => {
                            errors.push(error);
                            continue;
                        }
                    }
                }
                CodeArgument::Str(key, text) if key == "name" => set(&mut parsed.name, (key, text)),
                CodeArgument::Str(key, text) if key == "rename_all" => set(&mut parsed.rename_all, (key, text)),
                CodeArgument::Str(key, text) if key == "envelope" => set(&mut parsed.envelope, (key, text)),
                argument => {
                    errors.push(ON_ENUM.unexpected(&argument));
                    continue;
                }
            };
            if !is_first {
                errors.extend(key.as_ref().map(duplicate));
            }
        }
        parsed
    }
}

impl VariantAttributes {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Vec<Error>) -> Self {
        let mut parsed = Self::default();
        let errors_before = errors.len();
        for argument in arguments(attributes, ON_VARIANT, errors) {
            let key = argument.key().cloned();
            let is_first = match argument {
                CodeArgument::Code(code) if parsed.code.is_some() => {
                    let help = format!("write `aliases({:?})` for another spelling", code.value());
                    errors.push(error(code.span(), "duplicate code on a variant", help));
                    continue;
                }
                CodeArgument::Code(code) => set(&mut parsed.code, code),
                CodeArgument::Str(key, code) if key == "code" => {
                    let help = format!("write `#[error_code({:?})]`", code.value());
                    errors.push(error(key.span(), "unknown argument `code`", help));
                    continue;
                }
                CodeArgument::Str(key, text) if key == "retry" => {
                    let retry = one_of(&text, "retry class", Retry::ALL, Retry::as_str, errors);
                    // A class that allows `retry_after_ms`, so that one mistake is one message.
                    set(&mut parsed.retry, retry.unwrap_or(Retry::Throttled))
                }
                CodeArgument::Str(key, text) if key == "fault" => {
                    let fault = one_of(&text, "fault", Fault::ALL, Fault::as_str, errors);
                    set(&mut parsed.fault, fault.unwrap_or(Fault::Client))
                }
                CodeArgument::Str(key, text) if key == "description" => set(&mut parsed.description, text),
                CodeArgument::Int(key, number) if key == "number" => {
                    let range = format!("from {} to {}", i64::MIN, i64::MAX);
                    let value = integer(&number, &range, "write `number = 3`", errors);
                    set(&mut parsed.number, (key, value))
                }
                CodeArgument::Int(key, number) if key == "retry_after_ms" => {
                    let range = format!("from 0 to {} (milliseconds)", u64::MAX);
                    let milliseconds = integer(&number, &range, "write `retry_after_ms = 500`", errors);
                    set(&mut parsed.retry_after_ms, (key, milliseconds))
                }
                CodeArgument::List(key, aliases) if key == "aliases" => {
                    parsed.aliases.extend(aliases);
                    parsed.metadata.get_or_insert(key);
                    continue;
                }
                argument => {
                    errors.push(ON_VARIANT.unexpected(&argument));
                    continue;
                }
            };
            if !is_first {
                errors.extend(key.as_ref().map(duplicate));
            }
            parsed.metadata = parsed.metadata.or(key);
        }
        parsed.is_flawed = errors.len() > errors_before;
        parsed
    }
}

/// Sets an option unless it is set already. Returns whether it was not.
fn set<T>(option: &mut Option<T>, value: T) -> bool {
    let is_first = option.is_none();
    option.get_or_insert(value);
    is_first
}

/// Returns the error of a second argument with a key, or of a second table.
fn duplicate(key: &Ident) -> Error {
    let message = if key == "table" || key == "bundled" {
        "duplicate table".to_owned()
    } else {
        format!("duplicate argument `{key}`")
    };
    error(key.span(), message, "remove one of the two")
}

/// Returns the value of an integer, or reports it as out of range.
fn integer<T: FromStr<Err: Display>>(number: &LitInt, range: &str, help: &str, errors: &mut Vec<Error>) -> Option<T> {
    let value = number.base10_parse().ok();
    if value.is_none() {
        errors.push(error(number.span(), format!("expected an integer {range}"), help));
    }
    value
}

/// Returns the value with this text, or reports the text as unknown.
fn one_of<T: Copy>(
    text: &LitStr,
    what: &str,
    values: &[T],
    as_str: fn(T) -> &'static str,
    errors: &mut Vec<Error>,
) -> Option<T> {
    let found = values.iter().copied().find(|value| as_str(*value) == text.value());
    if found.is_none() {
        let values: Vec<_> = values.iter().map(|value| as_str(*value)).collect();
        let message = format!("unknown {what} `{}`", text.value().escape_debug());
        errors.push(error(text.span(), message, did_you_mean(&text.value(), &values)));
    }
    found
}
