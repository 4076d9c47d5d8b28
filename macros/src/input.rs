//! The input of `#[error_table]`: the arguments, and the enum below the attribute.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Error, Generics, Ident, LitStr, Path, Result, Token, Visibility};

use crate::errors::{error, error_spanned};
use crate::syntax::{TableSource, parse_crate, separated};

/// The arguments of `#[error_table(…)]`.
pub(crate) struct Arguments {
    /// `None` if the table is missing or invalid, which is reported.
    pub(crate) source: Option<TableSource>,
    pub(crate) krate: Option<Path>,
}

const USAGE: &str = "write `#[error_table(\"spec/my-api.json\")]` or `#[error_table(bundled = \"common\")]`";

impl Arguments {
    /// Parses the arguments. Invalid ones are reported and skipped.
    pub(crate) fn parse(arguments: TokenStream, errors: &mut Vec<Error>) -> Self {
        let (mut source, mut krate) = (None, None);
        let errors_before = errors.len();
        let parse = |input: ParseStream<'_>| separated(input, parse_argument, errors);
        let parsed = parse.parse2(arguments);
        for argument in parsed.map_err(|error| errors.push(error)).unwrap_or_default() {
            match argument {
                TableArgument::Source(found) if source.is_none() => source = Some(found),
                TableArgument::Source(found) => {
                    let help = "extend other tables in the JSON file: `\"extends\": [\"bundled:common\"]`";
                    errors.push(error(found.span(), "duplicate table", help));
                }
                TableArgument::Crate(_, path) if krate.is_none() => krate = Some(path),
                TableArgument::Crate(key, _) => {
                    errors.push(error(key.span(), "duplicate argument `crate`", "remove one of the two"));
                }
            }
        }
        if source.is_none() && errors.len() == errors_before {
            errors.push(error(Span::call_site(), "missing table", USAGE));
        }
        Self { source, krate }
    }
}

/// An argument of `#[error_table(…)]`.
enum TableArgument {
    Source(TableSource),
    Crate(Ident, Path),
}

fn parse_argument(input: ParseStream<'_>) -> Result<TableArgument> {
    if input.peek(LitStr) {
        return input.parse().map(TableSource::Path).map(TableArgument::Source);
    }
    // `crate::PATH` is not an argument `crate`.
    if input.peek(Token![crate]) && !input.peek2(Token![::]) {
        return parse_crate(input).map(|(key, path)| TableArgument::Crate(key, path));
    }
    let not_a_literal = |span| error(span, "the path must be a string literal", USAGE);
    let Ok(key) = input.parse::<Ident>() else { return Err(not_a_literal(input.span())) };
    if key == "bundled" {
        return match input.parse::<Token![=]>().and_then(|_| input.parse()) {
            Ok(name) => {
                TableSource::bundled(name, |path| format!("#[error_table({path:?})]")).map(TableArgument::Source)
            }
            Err(found) => Err(error(found.span(), found, "write `bundled = \"common\"`")),
        };
    }
    // A constant or a macro such as `concat!(…)` is not a key.
    if !input.peek(Token![=]) {
        return Err(not_a_literal(key.span()));
    }
    Err(error(key.span(), format!("unknown argument `{key}`"), USAGE))
}

/// Reports generic parameters and a `where` clause.
pub(crate) fn reject_generics(generics: &Generics, errors: &mut Vec<Error>) {
    let (tokens, help) = match &generics.where_clause {
        _ if !generics.params.is_empty() => (generics.to_token_stream(), "remove the parameters"),
        Some(clause) => (clause.to_token_stream(), "remove the `where` clause"),
        None => return,
    };
    errors.push(error_spanned(tokens, "an enum of error codes cannot be generic", help));
}

/// The enum to expand.
pub(crate) struct Target {
    /// The attributes that the declaration repeats.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) ident: Ident,
}

/// Derives of the expansion. They are removed from the user's list.
const DERIVED: &[&str] = &["Clone", "Copy", "Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];

/// Derives that conflict with an implementation of the expansion, also those of other crates.
const CONFLICTING: &[&str] = &[
    "AsRef",
    "AsRefStr",
    "Deserialize",
    "Display",
    "EnumString",
    "Error",
    "ErrorCode",
    "FromStr",
    "IntoStaticStr",
    "Serialize",
    "TryFrom",
];

impl Target {
    /// Parses the item below the attribute. Returns `None` if it is not a type.
    pub(crate) fn parse(item: TokenStream, errors: &mut Vec<Error>) -> Option<Self> {
        let not_an_enum = |span| {
            let message = "`error_table` can only be applied to an enum without variants";
            error(span, message, "write `pub enum MyApiError {}`")
        };
        let input: DeriveInput = match syn::parse2(item) {
            Ok(input) => input,
            Err(found) => {
                errors.push(not_an_enum(found.span()));
                return None;
            }
        };
        match input.data {
            Data::Enum(data) if data.variants.is_empty() => {}
            Data::Enum(data) => {
                let ident = &input.ident;
                let help = format!("write `enum {ident} {{}}`, or keep the variants and derive `ErrorCode` instead");
                let message = format!("the table defines the variants of `{ident}`");
                errors.push(error_spanned(&data.variants, message, help));
            }
            Data::Struct(_) | Data::Union(_) => errors.push(not_an_enum(input.ident.span())),
        }
        reject_generics(&input.generics, errors);
        let attributes = input.attrs.into_iter().filter_map(|attribute| kept_attribute(attribute, errors)).collect();
        // The hygiene of the macro silences lints about variant names, which the table defines.
        let mut ident = input.ident;
        ident.set_span(Span::call_site().located_at(ident.span()));
        Some(Self { attributes, visibility: input.vis, ident })
    }
}

/// Returns an attribute as the declaration repeats it.
fn kept_attribute(attribute: Attribute, errors: &mut Vec<Error>) -> Option<Attribute> {
    // rustc would expand a second attribute on the generated enum, and reject its variants.
    if attribute.path().segments.last().is_some_and(|segment| segment.ident == "error_table") {
        let help = "extend the other table in the JSON file: `\"extends\": [\"bundled:common\"]`";
        errors.push(error_spanned(attribute, "duplicate `error_table`", help));
        return None;
    }
    if attribute.path().is_ident("repr") {
        let message = "`repr` is not supported here: the number of codes determines the representation";
        errors.push(error_spanned(attribute, message, "remove the attribute"));
        return None;
    }
    if attribute.path().is_ident("non_exhaustive") {
        return None;
    }
    if !attribute.path().is_ident("derive") {
        return Some(attribute);
    }
    let parsed = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
    let Ok(traits) = parsed.map_err(|error| errors.push(error)) else { return None };
    let traits: Vec<Path> = traits.into_iter().filter(|path| is_kept_derive(path, errors)).collect();
    (!traits.is_empty()).then(|| syn::parse_quote!(#[derive(#(#traits),*)]))
}

/// Returns whether the declaration repeats a derive.
fn is_kept_derive(path: &Path, errors: &mut Vec<Error>) -> bool {
    let Some(name) = path.segments.last().map(|segment| segment.ident.to_string()) else { return true };
    let message = if name == "Default" {
        "an error code has no default value".to_owned()
    } else if CONFLICTING.contains(&name.as_str()) {
        format!("conflicting derive `{name}`: `error_table` generates this implementation")
    } else {
        return !DERIVED.contains(&name.as_str());
    };
    errors.push(error_spanned(path, message, format!("remove `{name}`")));
    false
}
