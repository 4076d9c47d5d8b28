//! What the user wrote: the arguments of the attribute, and the enum below it.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Error, Generics, Ident, LitStr, Path, Result, Token, Visibility};

/// The arguments of `#[error_table(…)]`.
pub(crate) struct Arguments {
    /// `None` where they name no table that can be read.
    pub(crate) source: Option<TableSource>,
    /// The path of the runtime; `::errtable` unless `crate = …` says otherwise.
    pub(crate) krate: Path,
}

/// Which table.
pub(crate) enum TableSource {
    /// A path relative to the directory of the package.
    Path(LitStr),
    /// The name of a table that comes with errtable.
    Bundled(LitStr),
}

impl TableSource {
    /// Where the table's problems are shown.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Path(literal) | Self::Bundled(literal) => literal.span(),
        }
    }
}

const FORM: &str = "write `#[error_table(\"spec/my-api.json\")]`, or `#[error_table(bundled = \"common\")]`";

impl Arguments {
    /// Reads the arguments. What is wrong with them goes to `errors`, and the rest still counts.
    pub(crate) fn parse(arguments: TokenStream, errors: &mut Vec<Error>) -> Self {
        let (mut source, mut krate) = (None, None);
        let errors_before = errors.len();
        let parsed = Punctuated::<Argument, Token![,]>::parse_terminated.parse2(arguments);
        for argument in parsed.map_err(|error| errors.push(error)).into_iter().flatten() {
            match argument {
                Argument::Source(found) if source.is_none() => source = Some(found),
                Argument::Source(found) => {
                    errors.push(Error::new(found.span(), "an enum has one table; let that one extend others"));
                }
                Argument::Crate(path) if krate.is_none() => krate = Some(path),
                Argument::Crate(path) => errors.push(Error::new_spanned(path, "`crate` is given twice")),
                Argument::Wrong(error) => errors.push(error),
            }
        }
        if source.is_none() && errors.len() == errors_before {
            errors.push(Error::new(Span::call_site(), format!("which table? {FORM}")));
        }
        Self { source, krate: krate.unwrap_or_else(default_crate) }
    }
}

enum Argument {
    Source(TableSource),
    Crate(Path),
    /// An argument of the wrong form, read to its end.
    Wrong(Error),
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let argument = parse_argument(input);
        skip_to_comma(input, argument.is_err())?;
        Ok(argument.unwrap_or_else(Self::Wrong))
    }
}

/// Skips what is left of an argument: what comes behind the next comma may be right.
pub(crate) fn skip_to_comma(input: ParseStream<'_>, is_wrong: bool) -> Result<()> {
    while is_wrong && !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

fn parse_argument(input: ParseStream<'_>) -> Result<Argument> {
    if input.peek(Token![crate]) {
        return parse_crate(input).map(Argument::Crate);
    }
    if input.peek(Ident) {
        let key: Ident = input.parse()?;
        if key != "bundled" {
            return Err(Error::new(key.span(), format!("unknown argument `{key}`: {FORM}")));
        }
        input.parse::<Token![=]>()?;
        return input.parse().map(TableSource::Bundled).map(Argument::Source);
    }
    match input.parse() {
        Ok(path) => Ok(Argument::Source(TableSource::Path(path))),
        Err(error) => Err(Error::new(error.span(), format!("expected the path of a table in quotes: {FORM}"))),
    }
}

/// Reads `crate = path`.
pub(crate) fn parse_crate(input: ParseStream<'_>) -> Result<Path> {
    input.parse::<Token![crate]>()?;
    input.parse::<Token![=]>()?;
    if input.peek(LitStr) {
        return Err(input.error("write the path without quotes: `crate = my_errtable`"));
    }
    input.call(Path::parse_mod_style)
}

/// Where the runtime is, unless `crate = …` says otherwise.
pub(crate) fn default_crate() -> Path {
    syn::parse_quote!(::errtable)
}

/// An expansion behind the errors that were met on the way to it.
pub(crate) fn with_errors(errors: &[Error], expansion: TokenStream) -> TokenStream {
    errors.iter().map(Error::to_compile_error).chain([expansion]).collect()
}

/// An enum of codes has no type parameters.
pub(crate) fn refuse_generics(generics: &Generics, errors: &mut Vec<Error>) {
    let at = match &generics.where_clause {
        _ if !generics.params.is_empty() => generics.to_token_stream(),
        Some(clause) => clause.to_token_stream(),
        None => return,
    };
    errors.push(Error::new_spanned(at, "an enum of error codes has no parameters: take them out"));
}

/// The enum of the codes.
pub(crate) struct Target {
    /// The attributes that the declaration repeats.
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) ident: Ident,
}

/// Traits that the expansion derives; on the user's list they are left out.
const DERIVED: &[&str] = &["Clone", "Copy", "Debug", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];

/// Derives of other crates that would compete with what the expansion implements.
const COMPETING: &[&str] = &[
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
    /// Reads the item below the attribute. What is wrong with it goes to `errors`; `None` where it is no enum.
    pub(crate) fn parse(item: TokenStream, errors: &mut Vec<Error>) -> Option<Self> {
        const EXPECTED: &str = "`error_table` goes on an enum without variants: `pub enum MyApiError {}`";
        let input: DeriveInput = match syn::parse2(item) {
            Ok(input) => input,
            Err(error) => {
                errors.push(Error::new(error.span(), EXPECTED));
                return None;
            }
        };
        let Data::Enum(data) = input.data else {
            errors.push(Error::new(input.ident.span(), EXPECTED));
            return None;
        };
        if !data.variants.is_empty() {
            let message = format!(
                "the variants come from the table: write `enum {} {{}}`, or derive `ErrorCode` for variants of your own",
                input.ident,
            );
            errors.push(Error::new_spanned(&data.variants, message));
        }
        refuse_generics(&input.generics, errors);
        let attributes = input.attrs.into_iter().filter_map(|attribute| kept(attribute, errors)).collect();
        // The name is where the user wrote it, and of the expansion: lints about the names of variants, which nobody
        // chose, then know that a macro made them.
        let mut ident = input.ident;
        ident.set_span(Span::call_site().located_at(ident.span()));
        Some(Self { attributes, visibility: input.vis, ident })
    }
}

/// An attribute as the expansion repeats it.
fn kept(attribute: Attribute, errors: &mut Vec<Error>) -> Option<Attribute> {
    if attribute.path().is_ident("repr") {
        let message = "`error_table` chooses the representation, the smallest that holds the table: take `repr` out";
        errors.push(Error::new_spanned(attribute, message));
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
    let traits: Vec<Path> = traits.into_iter().filter(|path| is_kept(path, errors)).collect();
    (!traits.is_empty()).then(|| syn::parse_quote!(#[derive(#(#traits),*)]))
}

/// Whether a derive of the user's stays.
fn is_kept(path: &Path, errors: &mut Vec<Error>) -> bool {
    let Some(name) = path.segments.last().map(|segment| segment.ident.to_string()) else { return true };
    if COMPETING.contains(&name.as_str()) {
        let message = format!("`error_table` implements what `{name}` would derive: take it out of the list");
        errors.push(Error::new_spanned(path, message));
        return false;
    }
    !DERIVED.contains(&name.as_str())
}
