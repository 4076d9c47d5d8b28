//! The words of `#[error_code(…)]`, on an enum and on its variants.

use errtable_spec::{Fault, Retry, did_you_mean};
use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Ident, Lit, LitInt, LitStr, Path, Result, Token, parenthesized, token};

use crate::input::{TableSource, parse_crate};

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
}

impl Parse for Word {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Self::Code);
        }
        if input.peek(Token![crate]) {
            return parse_crate(input).map(Self::Crate);
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error("expected a code in quotes, or `key = value`"));
        }
        let key = input.call(Ident::parse_any)?;
        if input.peek(token::Paren) {
            let list;
            parenthesized!(list in input);
            return Ok(Self::List(key, Punctuated::parse_terminated(&list)?));
        }
        input.parse::<Token![=]>()?;
        match input.parse()? {
            Lit::Str(text) => Ok(Self::Text(key, text)),
            Lit::Int(number) => Ok(Self::Number(key, number)),
            other => Err(Error::new(other.span(), "expected a text in quotes or a whole number")),
        }
    }
}

impl Word {
    fn span(&self) -> Span {
        match self {
            Self::Code(text) => text.span(),
            Self::Crate(path) => path.segments.first().map_or_else(Span::call_site, |first| first.ident.span()),
            Self::Text(key, _) | Self::Number(key, _) | Self::List(key, _) => key.span(),
        }
    }

    /// The error of a word that does not belong here.
    fn misplaced(&self, keys: &[&str], form: &str) -> Error {
        let message = match self {
            Self::Code(_) => format!("a code belongs to a variant: {form}"),
            Self::Crate(_) => format!("`crate` belongs to the enum: {form}"),
            Self::Text(key, _) | Self::Number(key, _) | Self::List(key, _) => {
                let key = key.to_string();
                if keys.contains(&key.as_str()) {
                    format!("`{key}` takes another value: {form}")
                } else {
                    format!("unknown key `{key}`: {}", did_you_mean(&key, keys, "the keys are"))
                }
            }
        };
        Error::new(self.span(), message)
    }
}

/// The words of all `#[error_code(…)]` among some attributes.
fn words(attributes: &[Attribute], errors: &mut Vec<Error>) -> Vec<Word> {
    let ours = attributes.iter().filter(|attribute| attribute.path().is_ident("error_code"));
    let parsed = ours.filter_map(|attribute| {
        let words = attribute.parse_args_with(Punctuated::<Word, Token![,]>::parse_terminated);
        words.map_err(|error| errors.push(error)).ok()
    });
    parsed.flatten().collect()
}

impl EnumAttributes {
    pub(crate) fn parse(attributes: &[Attribute], errors: &mut Vec<Error>) -> Self {
        const KEYS: &[&str] = &["table", "bundled", "name", "rename_all", "crate"];
        const FORM: &str = "write `#[error_code(table = \"spec/my-api.json\")]` or `#[error_code(name = \"my-api\")]`";
        let mut parsed = Self::default();
        for word in words(attributes, errors) {
            let span = word.span();
            let is_first = match word {
                Word::Crate(path) => parsed.krate.replace(path).is_none(),
                Word::Text(key, text) if key == "table" => parsed.source.replace(TableSource::Path(text)).is_none(),
                Word::Text(key, text) if key == "bundled" => {
                    parsed.source.replace(TableSource::Bundled(text)).is_none()
                }
                Word::Text(key, text) if key == "name" => parsed.name.replace(text).is_none(),
                Word::Text(key, text) if key == "rename_all" => parsed.rename_all.replace(text).is_none(),
                word => {
                    errors.push(word.misplaced(KEYS, FORM));
                    continue;
                }
            };
            if !is_first {
                errors.push(Error::new(span, "this is said twice: keep one of the two"));
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
                Word::Code(code) => parsed.code.replace(code).is_none(),
                Word::Text(key, text) if key == "retry" => {
                    let retry = one_of(&text, "retry class", Retry::ALL, Retry::as_str, errors);
                    parsed.retry.replace(retry.unwrap_or(Retry::Never)).is_none()
                }
                Word::Text(key, text) if key == "fault" => {
                    let fault = one_of(&text, "fault", Fault::ALL, Fault::as_str, errors);
                    parsed.fault.replace(fault.unwrap_or(Fault::Client)).is_none()
                }
                Word::Text(key, text) if key == "description" => parsed.description.replace(text).is_none(),
                Word::Number(key, number) if key == "retry_after_ms" => {
                    let milliseconds = number.base10_parse().map_err(|error| errors.push(error));
                    parsed.retry_after_ms.replace(milliseconds.unwrap_or_default()).is_none()
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
                errors.push(Error::new(span, "this is said twice: keep one of the two"));
            }
            parsed.metadata = parsed.metadata.or(is_metadata.then_some(span));
        }
        parsed
    }
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
        let hint = did_you_mean(&text.value(), &words, "the words are");
        errors.push(Error::new(text.span(), format!("unknown {what} `{}`: {hint}", text.value().escape_debug())));
    }
    found
}
