//! Derives of other crates that describe an enum to clients.
//!
//! They do not see the `Serialize` of the expansion, so each variant tells them its code:
//! `#[schema(rename = "Quota.Full")] QuotaFull`.

use errtable_spec::Table;
use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Meta, Path, Token};

use crate::errors::error_spanned;
use crate::input::Target;

/// The derives: crate, name, and the attribute that renames a variant.
const DERIVES: [(&str, &str, &str); 3] =
    [("schemars", "JsonSchema", "schemars"), ("ts_rs", "TS", "ts"), ("utoipa", "ToSchema", "schema")];

/// A derive that requires an attribute on each variant.
pub(crate) struct Rename {
    derive: Path,
    attribute: &'static str,
    /// `feature = "docs"` of `#[cfg_attr(feature = "docs", derive(utoipa::ToSchema))]`.
    condition: Option<TokenStream>,
}

impl Rename {
    /// Returns the attribute of a variant as source text.
    pub(crate) fn attribute(&self, code: &str) -> String {
        let rename = format!("{}(rename = {code:?})", self.attribute);
        match &self.condition {
            None => format!("#[{rename}]"),
            Some(condition) => format!("#[cfg_attr({condition}, {rename})]"),
        }
    }
}

/// Returns the derives of an enum that require an attribute on each variant.
pub(crate) fn renames(target: &Target) -> Vec<Rename> {
    target.attributes.iter().flat_map(of_attribute).collect()
}

/// Reports such derives of an enum whose codes are numbers, which no attribute of theirs can say.
pub(crate) fn check_renames(target: &Target, table: &Table, errors: &mut Vec<Error>) {
    if !table.is_numeric() {
        return;
    }
    for Rename { derive, .. } in renames(target) {
        let name = derive.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        let message = format!("`{name}` would list the names of codes that are sent as numbers");
        let help = format!("remove `{name}`, and implement it with `ALL` and `number()`");
        errors.push(error_spanned(derive, message, help));
    }
}

fn of_attribute(attribute: &Attribute) -> Vec<Rename> {
    if !attribute.path().is_ident("cfg_attr") {
        return of_derive(&attribute.meta, None);
    }
    let parse = |input: ParseStream<'_>| {
        let condition: Meta = input.parse()?;
        input.parse::<Token![,]>()?;
        Ok((condition.into_token_stream(), Punctuated::<Meta, Token![,]>::parse_terminated(input)?))
    };
    // rustc reports a `cfg_attr` that cannot be parsed.
    let parsed = attribute.meta.require_list().and_then(|list| parse.parse2(list.tokens.clone()));
    let Ok((condition, metas)) = parsed else { return Vec::new() };
    metas.iter().flat_map(|meta| of_derive(meta, Some(&condition))).collect()
}

fn of_derive(meta: &Meta, condition: Option<&TokenStream>) -> Vec<Rename> {
    let Some(list) = meta.require_list().ok().filter(|list| list.path.is_ident("derive")) else { return Vec::new() };
    let derives = list.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).unwrap_or_default();
    let rename = |derive: Path| {
        let mut segments = derive.segments.iter().rev();
        let (name, krate) = (&segments.next()?.ident, segments.next().map(|segment| &segment.ident));
        // Another crate may have a derive with the same name.
        let is_one = |(of, derive, _): &&(&str, &str, _)| name == derive && krate.is_none_or(|krate| krate == of);
        let (_, _, attribute) = DERIVES.iter().find(is_one)?;
        Some(Rename { derive, attribute, condition: condition.cloned() })
    };
    derives.into_iter().filter_map(rename).collect()
}
