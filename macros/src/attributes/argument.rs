//! An argument of `#[error_code(…)]`.

use errtable_spec::__private::did_you_mean;
use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Error, Ident, Lit, LitInt, LitStr, Path, Result, Token, parenthesized, token};

use crate::errors::error;
use crate::syntax::{is_path, parse_crate};

/// An argument of `#[error_code(…)]`.
pub(crate) enum CodeArgument {
    /// `"Quota.Full"`
    Code(LitStr),
    /// `crate = my_errtable`
    Crate(Ident, Path),
    /// `retry = "conflict"`
    Str(Ident, LitStr),
    /// `retry_after_ms = 500`
    Int(Ident, LitInt),
    /// `aliases("Full", "507")`
    List(Ident, Punctuated<LitStr, Token![,]>),
}

impl CodeArgument {
    pub(crate) fn parse(input: ParseStream<'_>, usage: &Usage) -> Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Self::Code);
        }
        if input.peek(Token![crate]) {
            return parse_crate(input).map(|(key, path)| Self::Crate(key, path));
        }
        if !input.peek(Ident::peek_any) {
            return Err(error(input.span(), usage.expected, usage.help));
        }
        let key = input.call(Ident::parse_any)?;
        if input.peek(token::Paren) {
            return Self::parse_list(key, input, usage);
        }
        if !input.peek(Token![=]) {
            return Err(usage.missing_value(&key));
        }
        input.parse::<Token![=]>()?;
        match input.parse() {
            Ok(Lit::Str(text)) => Ok(Self::Str(key, text)),
            Ok(Lit::Int(number)) => Ok(Self::Int(key, number)),
            Ok(other) => Err(usage.invalid(&key, other.span())),
            Err(found) => Err(usage.invalid(&key, found.span())),
        }
    }

    /// Parses the list of `aliases("Full", "507")`.
    fn parse_list(key: Ident, input: ParseStream<'_>, usage: &Usage) -> Result<Self> {
        let list;
        parenthesized!(list in input);
        let texts = Punctuated::parse_terminated(&list);
        // syn reports unparsed tokens in parentheses as an error of the whole attribute.
        while !list.is_empty() {
            list.parse::<TokenTree>()?;
        }
        match texts {
            Ok(texts) => Ok(Self::List(key, texts)),
            Err(found) => Err(usage.invalid(&key, found.span())),
        }
    }

    pub(crate) fn key(&self) -> Option<&Ident> {
        match self {
            Self::Crate(key, _) | Self::Str(key, _) | Self::Int(key, _) | Self::List(key, _) => Some(key),
            Self::Code(_) => None,
        }
    }
}

/// The valid arguments of an attribute, which depend on its position.
pub(crate) struct Usage {
    /// The message for any other syntax.
    pub(crate) expected: &'static str,
    pub(crate) help: &'static str,
    /// The valid keys, each with an example.
    pub(crate) keys: &'static [(&'static str, &'static str)],
}

impl Usage {
    /// Returns the error of an argument that is not valid at this position.
    pub(crate) fn unexpected(&self, argument: &CodeArgument) -> Error {
        match argument {
            CodeArgument::Code(text) if is_path(&text.value()) => {
                let help = format!("write `table = {:?}`", text.value());
                error(text.span(), "expected `key = value`, found a string literal", help)
            }
            CodeArgument::Code(text) => error(text.span(), "unexpected code on an enum", "move it to a variant"),
            CodeArgument::Crate(key, _) => {
                error(key.span(), "unexpected argument `crate` on a variant", "move it to the enum")
            }
            CodeArgument::Str(key, text) if key == "aliases" => {
                let help = format!("write `aliases({:?})`", text.value());
                error(text.span(), "expected a list of string literals", help)
            }
            CodeArgument::Str(key, text) => self.invalid(key, text.span()),
            CodeArgument::Int(key, number) => self.invalid(key, number.span()),
            CodeArgument::List(key, _) => self.invalid(key, key.span()),
        }
    }

    /// Returns the error of an unknown key, or of a known key with an invalid value.
    fn invalid(&self, key: &Ident, value: Span) -> Error {
        if let Some(example) = self.example(key) {
            return error(value, format!("invalid value for `{key}`"), format!("write `{example}`"));
        }
        let keys: Vec<_> = self.keys.iter().map(|(key, _)| *key).collect();
        error(key.span(), format!("unknown argument `{key}`"), did_you_mean(&key.to_string(), &keys))
    }

    /// Returns the error of an identifier without `=`.
    fn missing_value(&self, key: &Ident) -> Error {
        match self.example(key) {
            Some(example) => error(key.span(), format!("missing value for `{key}`"), format!("write `{example}`")),
            None => error(key.span(), self.expected, self.help),
        }
    }

    fn example(&self, key: &Ident) -> Option<&'static str> {
        self.keys.iter().find(|(known, _)| key == known).map(|(_, example)| *example)
    }
}
