//! The arguments of `#[error_code(…)]`, on an enum and on its variants.

use errtable_spec::{Fault, Retry, did_you_mean};
use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Ident, Lit, LitInt, LitStr, Path, Result, Token, parenthesized, token};

use crate::errors::error;
use crate::input::{TableSource, parse_crate, skip_to_comma};

/// The arguments on the enum.
#[derive(Default)]
pub(crate) struct EnumAttributes {
    /// The table that contains the codes. Without it, the codes are on the variants.
    pub(crate) source: Option<TableSource>,
    pub(crate) krate: Option<Path>,
    pub(crate) name: Option<LitStr>,
    pub(crate) rename_all: Option<LitStr>,
}

/// The arguments on a variant.
#[derive(Default)]
pub(crate) struct VariantAttributes {
    pub(crate) code: Option<LitStr>,
    pub(crate) retry: Option<Retry>,
    pub(crate) fault: Option<Fault>,
    pub(crate) description: Option<LitStr>,
    pub(crate) retry_after_ms: Option<u64>,
    pub(crate) aliases: Vec<LitStr>,
    /// The first key other than the code. With a table, such keys are errors.
    pub(crate) metadata: Option<Ident>,
}

/// An argument of `#[error_code(…)]`.
enum CodeArgument {
    /// `"Quota.Full"`
    Code(LitStr),
    /// `crate = my_errtable`
    Crate(Path),
    /// `retry = "conflict"`
    Str(Ident, LitStr),
    /// `retry_after_ms = 500`
    Int(Ident, LitInt),
    /// `aliases("Full", "507")`
    List(Ident, Punctuated<LitStr, Token![,]>),
    Invalid(Error),
}

/// An argument, and an error if no comma follows.
struct Parsed(CodeArgument, Option<Error>);

impl Parse for Parsed {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let argument = parse_argument(input);
        let is_complete = input.is_empty() || input.peek(Token![,]);
        let trailing = (argument.is_ok() && !is_complete).then(|| input.error("expected `,`"));
        skip_to_comma(input)?;
        Ok(Self(argument.unwrap_or_else(CodeArgument::Invalid), trailing))
    }
}

fn parse_argument(input: ParseStream<'_>) -> Result<CodeArgument> {
    const EXPECTED: &str = "expected a string literal or `key = value`";
    if input.peek(LitStr) {
        return input.parse().map(CodeArgument::Code);
    }
    if input.peek(Token![crate]) {
        return parse_crate(input).map(CodeArgument::Crate);
    }
    if !input.peek(Ident::peek_any) {
        return Err(input.error(EXPECTED));
    }
    let key = input.call(Ident::parse_any)?;
    if input.peek(token::Paren) {
        return parse_list(key, input);
    }
    if !input.peek(Token![=]) {
        return Err(input.error(EXPECTED));
    }
    input.parse::<Token![=]>()?;
    match input.parse() {
        Ok(Lit::Str(text)) => Ok(CodeArgument::Str(key, text)),
        Ok(Lit::Int(number)) => Ok(CodeArgument::Int(key, number)),
        Ok(other) => Err(Error::new(other.span(), "expected a string or integer literal")),
        Err(found) => Err(Error::new(found.span(), "expected a string or integer literal")),
    }
}

/// Parses the list of `aliases("Full", "507")`.
fn parse_list(key: Ident, input: ParseStream<'_>) -> Result<CodeArgument> {
    let list;
    parenthesized!(list in input);
    let texts = Punctuated::parse_terminated(&list);
    // syn reports unparsed tokens in parentheses as an error of the whole attribute.
    while !list.is_empty() {
        list.parse::<TokenTree>()?;
    }
    match texts {
        Ok(texts) => Ok(CodeArgument::List(key, texts)),
        Err(found) => Err(error(found.span(), "expected string literals", format!("write `{key}(\"…\", \"…\")`"))),
    }
}

impl CodeArgument {
    fn span(&self) -> Span {
        match self {
            Self::Code(text) => text.span(),
            Self::Crate(path) => path.segments.first().map_or_else(Span::call_site, |first| first.ident.span()),
            Self::Str(key, _) | Self::Int(key, _) | Self::List(key, _) => key.span(),
            Self::Invalid(error) => error.span(),
        }
    }

    fn key(&self) -> Option<&Ident> {
        match self {
            Self::Str(key, _) | Self::Int(key, _) | Self::List(key, _) => Some(key),
            Self::Code(_) | Self::Crate(_) | Self::Invalid(_) => None,
        }
    }

    /// Returns the error of an argument that is not valid here.
    ///
    /// `keys` are the valid keys, each with an example.
    fn unexpected(&self, keys: &[(&str, &str)]) -> Error {
        match self {
            Self::Invalid(error) => error.clone(),
            Self::Code(text) => error(text.span(), "unexpected code on an enum", "move it to a variant"),
            Self::Crate(_) => error(self.span(), "unexpected argument `crate` on a variant", "move it to the enum"),
            Self::Str(key, _) | Self::Int(key, _) | Self::List(key, _) => unexpected_key(key, keys),
        }
    }
}

fn unexpected_key(key: &Ident, keys: &[(&str, &str)]) -> Error {
    if let Some((_, example)) = keys.iter().find(|(known, _)| key == known) {
        return error(key.span(), format!("invalid value for `{key}`"), format!("write `{example}`"));
    }
    let keys: Vec<_> = keys.iter().map(|(key, _)| *key).collect();
    let help = did_you_mean(&key.to_string(), &keys);
    error(key.span(), format!("unknown argument `{key}`"), help)
}

/// Parses the arguments of all `#[error_code(…)]` among `attributes`.
fn arguments(attributes: &[Attribute], errors: &mut Vec<Error>) -> Vec<CodeArgument> {
    let mut arguments = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("error_code")) {
        let parsed = attribute.parse_args_with(Punctuated::<Parsed, Token![,]>::parse_terminated);
        for Parsed(argument, trailing) in parsed.map_err(|error| errors.push(error)).into_iter().flatten() {
            arguments.push(argument);
            errors.extend(trailing);
        }
    }
    arguments
}

impl EnumAttributes {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Vec<Error>) -> Self {
        const KEYS: &[(&str, &str)] = &[
            ("table", r#"table = "spec/my-api.json""#),
            ("bundled", r#"bundled = "common""#),
            ("name", r#"name = "my-api""#),
            ("rename_all", r#"rename_all = "snake_case""#),
            ("crate", "crate = my_errtable"),
        ];
        let mut parsed = Self::default();
        for argument in arguments(attributes, errors) {
            let (span, key) = (argument.span(), argument.key().cloned());
            let is_first = match argument {
                CodeArgument::Crate(path) => set(&mut parsed.krate, path),
                CodeArgument::Str(key, text) if key == "table" => set(&mut parsed.source, TableSource::Path(text)),
                CodeArgument::Str(key, text) if key == "bundled" => set(&mut parsed.source, TableSource::Bundled(text)),
                CodeArgument::Str(key, text) if key == "name" => set(&mut parsed.name, text),
                CodeArgument::Str(key, text) if key == "rename_all" => set(&mut parsed.rename_all, text),
                argument => {
                    errors.push(argument.unexpected(KEYS));
                    continue;
                }
            };
            if !is_first {
                errors.push(duplicate(span, key.as_ref()));
            }
        }
        parsed
    }
}

impl VariantAttributes {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Vec<Error>) -> Self {
        const KEYS: &[(&str, &str)] = &[
            ("retry", r#"retry = "conflict""#),
            ("fault", r#"fault = "server""#),
            ("description", r#"description = "…""#),
            ("retry_after_ms", "retry_after_ms = 500"),
            ("aliases", r#"aliases("…", "…")"#),
        ];
        let mut parsed = Self::default();
        for argument in arguments(attributes, errors) {
            let (span, key) = (argument.span(), argument.key().cloned());
            let is_first = match argument {
                CodeArgument::Code(code) if parsed.code.is_some() => {
                    let help = format!("write `aliases({:?})` for another spelling", code.value());
                    errors.push(error(span, "a variant can have only one code", help));
                    true
                }
                CodeArgument::Code(code) => set(&mut parsed.code, code),
                CodeArgument::Str(key, text) if key == "retry" => {
                    let retry = one_of(&text, "retry class", Retry::ALL, Retry::as_str, errors);
                    set(&mut parsed.retry, retry.unwrap_or(Retry::Never))
                }
                CodeArgument::Str(key, text) if key == "fault" => {
                    let fault = one_of(&text, "fault", Fault::ALL, Fault::as_str, errors);
                    set(&mut parsed.fault, fault.unwrap_or(Fault::Client))
                }
                CodeArgument::Str(key, text) if key == "description" => set(&mut parsed.description, text),
                CodeArgument::Int(key, number) if key == "retry_after_ms" => {
                    let milliseconds = number.base10_parse().map_err(|_| {
                        let message = format!("expected an integer from 0 to {}", u64::MAX);
                        errors.push(Error::new(number.span(), message));
                    });
                    set(&mut parsed.retry_after_ms, milliseconds.unwrap_or_default())
                }
                CodeArgument::List(key, aliases) if key == "aliases" => {
                    parsed.aliases.extend(aliases);
                    true
                }
                argument => {
                    errors.push(argument.unexpected(KEYS));
                    continue;
                }
            };
            if !is_first {
                errors.push(duplicate(span, key.as_ref()));
            }
            parsed.metadata = parsed.metadata.or(key);
        }
        parsed
    }
}

/// Sets an option unless it is set already. Returns whether it was not.
fn set<T>(option: &mut Option<T>, value: T) -> bool {
    let is_first = option.is_none();
    option.get_or_insert(value);
    is_first
}

/// Returns the error of a second argument. Only `crate` has no key.
fn duplicate(span: Span, key: Option<&Ident>) -> Error {
    let message = match key {
        Some(key) if key == "table" || key == "bundled" => "duplicate table".to_owned(),
        Some(key) => format!("duplicate argument `{key}`"),
        None => "duplicate argument `crate`".to_owned(),
    };
    error(span, message, "remove one of the two")
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
