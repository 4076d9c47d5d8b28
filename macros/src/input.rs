//! The input of `#[error_table]`: the arguments, and the enum below the attribute.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Error, Generics, Ident, LitStr, Path, Result, Token, Visibility};

use crate::errors::{error, error_spanned};

/// The arguments of `#[error_table(…)]`.
pub(crate) struct Arguments {
    /// `None` if the table is missing or invalid, which is reported.
    pub(crate) source: Option<TableSource>,
    pub(crate) krate: Option<Path>,
}

/// The source of a table.
pub(crate) enum TableSource {
    /// A path relative to the directory of the package.
    Path(LitStr),
    /// The name of a bundled table.
    Bundled(LitStr),
}

impl TableSource {
    /// Returns where diagnostics of the table are reported.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Path(literal) | Self::Bundled(literal) => literal.span(),
        }
    }
}

const USAGE: &str = "write `#[error_table(\"spec/my-api.json\")]` or `#[error_table(bundled = \"common\")]`";

impl Arguments {
    /// Parses the arguments. Invalid ones are reported and skipped.
    pub(crate) fn parse(arguments: TokenStream, errors: &mut Vec<Error>) -> Self {
        let (mut source, mut krate) = (None, None);
        let errors_before = errors.len();
        let parsed = Punctuated::<TableArgument, Token![,]>::parse_terminated.parse2(arguments);
        for argument in parsed.map_err(|error| errors.push(error)).into_iter().flatten() {
            match argument {
                TableArgument::Source(found) if source.is_none() => source = Some(found),
                TableArgument::Source(found) => {
                    let help = "extend other tables in the JSON file: `\"extends\": [\"bundled:common\"]`";
                    errors.push(error(found.span(), "duplicate table", help));
                }
                TableArgument::Crate(path) if krate.is_none() => krate = Some(path),
                TableArgument::Crate(path) => {
                    errors.push(error_spanned(path, "duplicate argument `crate`", "remove one of the two"));
                }
                TableArgument::Invalid(error) => errors.push(error),
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
    Crate(Path),
    Invalid(Error),
}

impl Parse for TableArgument {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let argument = parse_argument(input);
        if argument.is_err() {
            skip_to_comma(input)?;
        }
        Ok(argument.unwrap_or_else(Self::Invalid))
    }
}

/// Skips the rest of an invalid argument, so that the arguments after it are parsed too.
pub(crate) fn skip_to_comma(input: ParseStream<'_>) -> Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

fn parse_argument(input: ParseStream<'_>) -> Result<TableArgument> {
    if input.peek(Token![crate]) {
        return parse_crate(input).map(TableArgument::Crate);
    }
    if input.peek(Ident) {
        let key: Ident = input.parse()?;
        if key != "bundled" {
            return Err(error(key.span(), format!("unknown argument `{key}`"), USAGE));
        }
        input.parse::<Token![=]>()?;
        return input.parse().map(TableSource::Bundled).map(TableArgument::Source);
    }
    match input.parse() {
        Ok(path) => Ok(TableArgument::Source(TableSource::Path(path))),
        Err(found) => Err(error(found.span(), "expected a string literal, the path of a table", USAGE)),
    }
}

/// Parses `crate = path`.
pub(crate) fn parse_crate(input: ParseStream<'_>) -> Result<Path> {
    input.parse::<Token![crate]>()?;
    input.parse::<Token![=]>()?;
    if input.peek(LitStr) {
        let help = "remove the quotes: `crate = my_errtable`";
        return Err(error(input.span(), "expected a path, found a string literal", help));
    }
    input.call(Path::parse_mod_style)
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
    /// Parses the item below the attribute. Returns `None` if it is not an enum.
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
        let Data::Enum(data) = input.data else {
            errors.push(not_an_enum(input.ident.span()));
            return None;
        };
        if !data.variants.is_empty() {
            let ident = &input.ident;
            let help = format!("write `enum {ident} {{}}`, or keep the variants and derive `ErrorCode` instead");
            errors.push(error_spanned(&data.variants, format!("the table defines the variants of `{ident}`"), help));
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
