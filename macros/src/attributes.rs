//! The words of `#[error_code(…)]`, on an enum and on its variants.

use errtable_spec::{Fault, Retry, did_you_mean};
use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Ident, Lit, LitInt, LitStr, Path, Result, Token, parenthesized, token};

use crate::input::{TableSource, parse_crate, skip_to_comma};

/// What stands on the enum.
#[derive(Default)]
pub(crate) struct EnumAttributes {
    /// The table that the variants are a part of; without one the codes stand on the variants.
    pub(crate) source: Option<TableSource>,
    pub(crate) krate: Option<Path>,
    pub(crate) name: Option<LitStr>,
    pub(crate) rename_all: Option<LitStr>,
}

/// What stands on a variant.
#[derive(Default)]
pub(crate) struct VariantAttributes {
    pub(crate) code: Option<LitStr>,
    pub(crate) retry: Option<Retry>,
    pub(crate) fault: Option<Fault>,
    pub(crate) description: Option<LitStr>,
    pub(crate) retry_after_ms: Option<u64>,
    pub(crate) aliases: Vec<LitStr>,
    /// A key that a row of a table says in place of the variant.
    pub(crate) metadata: Option<Span>,
}

/// One word of an attribute.
enum Word {
    Code(LitStr),
    Crate(Path),
    Text(Ident, LitStr),
    Number(Ident, LitInt),
    List(Ident, Punctuated<LitStr, Token![,]>),
    /// A word of the wrong form, read to its end.
    Wrong(Error),
}

/// A word, and what stands behind it instead of a comma.
struct Parsed(Word, Option<Error>);

impl Parse for Parsed {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let word = parse_enum(input);
        let is_whole = input.is_empty() || input.peek(Token![,]);
        let trailing = (word.is_ok() && !is_whole).then(|| input.error("expected `,`"));
        skip_to_comma(input, !is_whole)?;
        Ok(Self(word.unwrap_or_else(Word::Wrong), trailing))
    }
}

fn parse_enum(input: ParseStream<'_>) -> Result<Word> {
    const FORM: &str = "expected a code in quotes, or `key = value`";
    if input.peek(LitStr) {
        return input.parse().map(Word::Code);
    }
    if input.peek(Token![crate]) {
        return parse_crate(input).map(Word::Crate);
    }
    if !input.peek(Ident::peek_any) {
        return Err(input.error(FORM));
    }
    let key = input.call(Ident::parse_any)?;
    if input.peek(token::Paren) {
        let list;
        parenthesized!(list in input);
        let texts = Punctuated::parse_terminated(&list);
        // What is left in the parentheses would be an error of the whole attribute.
        while !list.is_empty() {
            list.parse::<TokenTree>()?;
        }
        return texts.map(|texts| Word::List(key.clone(), texts)).map_err(|error| {
            let message = format!("expected texts in quotes: `{key}(\"…\", \"…\")`");
            Error::new(error.span(), message)
        });
    }
    if !input.peek(Token![=]) {
        return Err(input.error(FORM));
    }
    input.parse::<Token![=]>()?;
    match input.parse() {
        Ok(Lit::Str(text)) => Ok(Word::Text(key, text)),
        Ok(Lit::Int(number)) => Ok(Word::Number(key, number)),
        Ok(other) => Err(Error::new(other.span(), "expected a text in quotes or a whole number")),
        Err(error) => Err(Error::new(error.span(), "expected a text in quotes or a whole number")),
    }
}

impl Word {
    fn span(&self) -> Span {
        match self {
            Self::Code(text) => text.span(),
            Self::Crate(path) => path.segments.first().map_or_else(Span::call_site, |first| first.ident.span()),
            Self::Text(key, _) | Self::Number(key, _) | Self::List(key, _) => key.span(),
            Self::Wrong(error) => error.span(),
        }
    }

    /// The error of a word that does not belong here.
    fn misplaced(&self, keys: &[&str], form: &str) -> Error {
        let message = match self {
            Self::Wrong(error) => return error.clone(),
            Self::Code(_) => format!("a code belongs to a variant: {form}"),
            Self::Crate(_) => format!("`crate` belongs to the enum: {form}"),
            Self::Text(key, _) | Self::Number(key, _) | Self::List(key, _) => {
                let key = key.to_string();
                if keys.contains(&key.as_str()) {
                    format!("`{key}` takes another value: {form}")
                } else {
                    format!("unknown key `{key}`: {}", did_you_mean(&key, keys))
                }
            }
        };
        Error::new(self.span(), message)
    }
}

/// The words of all `#[error_code(…)]` among some attributes.
fn words(attributes: &[Attribute], errors: &mut Vec<Error>) -> Vec<Word> {
    let mut words = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("error_code")) {
        let parsed = attribute.parse_args_with(Punctuated::<Parsed, Token![,]>::parse_terminated);
        for Parsed(word, trailing) in parsed.map_err(|error| errors.push(error)).into_iter().flatten() {
            words.push(word);
            errors.extend(trailing);
        }
    }
    words
}

impl EnumAttributes {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Vec<Error>) -> Self {
        const KEYS: &[&str] = &["table", "bundled", "name", "rename_all", "crate"];
        const FORM: &str = "write `#[error_code(table = \"spec/my-api.json\")]` or `#[error_code(name = \"my-api\")]`";
        let mut parsed = Self::default();
        for word in words(attributes, errors) {
            let span = word.span();
            let is_first = match word {
                Word::Crate(path) => set(&mut parsed.krate, path),
                Word::Text(key, text) if key == "table" => set(&mut parsed.source, TableSource::Path(text)),
                Word::Text(key, text) if key == "bundled" => set(&mut parsed.source, TableSource::Bundled(text)),
                Word::Text(key, text) if key == "name" => set(&mut parsed.name, text),
                Word::Text(key, text) if key == "rename_all" => set(&mut parsed.rename_all, text),
                word => {
                    errors.push(word.misplaced(KEYS, FORM));
                    continue;
                }
            };
            if !is_first {
                errors.push(Error::new(span, "this is said already: keep one of the two"));
            }
        }
        parsed
    }
}

impl VariantAttributes {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Vec<Error>) -> Self {
        const KEYS: &[&str] = &["retry", "fault", "description", "retry_after_ms", "aliases"];
        const FORM: &str =
            "write `#[error_code(\"Quota.Full\", retry = \"conflict\", retry_after_ms = 500, aliases(\"Full\"))]`";
        let mut parsed = Self::default();
        for word in words(attributes, errors) {
            let span = word.span();
            let is_metadata = !matches!(word, Word::Code(_));
            let is_first = match word {
                Word::Code(code) => set(&mut parsed.code, code),
                Word::Text(key, text) if key == "retry" => {
                    let retry = one_of(&text, "retry class", Retry::ALL, Retry::as_str, errors);
                    set(&mut parsed.retry, retry.unwrap_or(Retry::Never))
                }
                Word::Text(key, text) if key == "fault" => {
                    let fault = one_of(&text, "fault", Fault::ALL, Fault::as_str, errors);
                    set(&mut parsed.fault, fault.unwrap_or(Fault::Client))
                }
                Word::Text(key, text) if key == "description" => set(&mut parsed.description, text),
                Word::Number(key, number) if key == "retry_after_ms" => {
                    let milliseconds = number.base10_parse().map_err(|_| {
                        let message = format!("expected a whole number of milliseconds, from 0 to {}", u64::MAX);
                        errors.push(Error::new(number.span(), message));
                    });
                    set(&mut parsed.retry_after_ms, milliseconds.unwrap_or_default())
                }
                Word::List(key, aliases) if key == "aliases" => {
                    parsed.aliases.extend(aliases);
                    true
                }
                word => {
                    errors.push(word.misplaced(KEYS, FORM));
                    continue;
                }
            };
            if !is_first {
                errors.push(Error::new(span, "this is said already: keep one of the two"));
            }
            parsed.metadata = parsed.metadata.or(is_metadata.then_some(span));
        }
        parsed
    }
}

/// Sets what was not said before; says whether it did, because the first counts.
fn set<T>(said: &mut Option<T>, value: T) -> bool {
    let is_first = said.is_none();
    said.get_or_insert(value);
    is_first
}

/// One of a closed list of words.
fn one_of<T: Copy>(
    text: &LitStr,
    what: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
    errors: &mut Vec<Error>,
) -> Option<T> {
    let found = all.iter().copied().find(|word| as_str(*word) == text.value());
    if found.is_none() {
        let words: Vec<_> = all.iter().map(|word| as_str(*word)).collect();
        let hint = did_you_mean(&text.value(), &words);
        errors.push(Error::new(text.span(), format!("unknown {what} `{}`: {hint}", text.value().escape_debug())));
    }
    found
}
