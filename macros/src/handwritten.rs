//! A hand-written enum, for `#[derive(ErrorCode)]`.

use errtable_spec::__private::check_shadowing;
use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Error, Expr, Fields, Ident, Lit, Meta, Variant};

use crate::attributes::{EnumAttributes, VariantAttributes};
use crate::errors::{error, error_spanned};
use crate::input::{Target, reject_generics};

/// A hand-written enum, checked without its table.
pub(crate) struct Handwritten {
    pub(crate) target: Target,
    pub(crate) attributes: EnumAttributes,
    pub(crate) variants: Vec<HandwrittenVariant>,
    /// Whether the enum can be expanded without further errors from rustc.
    pub(crate) is_valid: bool,
}

/// A variant of a hand-written enum.
pub(crate) struct HandwrittenVariant {
    pub(crate) ident: Ident,
    pub(crate) attributes: VariantAttributes,
    /// The first paragraph of the documentation.
    pub(crate) docs: String,
    pub(crate) is_deprecated: bool,
}

impl Handwritten {
    /// Parses the item. Returns `None` if it is not an enum.
    pub(crate) fn parse(item: TokenStream, errors: &mut Vec<Error>) -> Option<Self> {
        let input: DeriveInput = syn::parse2(item).map_err(|error| errors.push(error)).ok()?;
        let Data::Enum(data) = input.data else {
            let help = "write `enum MyApiError { NotFound, QuotaFull }`";
            errors.push(error(input.ident.span(), "`ErrorCode` can only be derived for enums", help));
            return None;
        };
        reject_generics(&input.generics, errors);
        for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")) {
            let message = "`repr` is not supported here: codes are numbered from 0 in declaration order";
            errors.push(error_spanned(attribute, message, "remove the attribute"));
        }
        let attributes = EnumAttributes::parse(&input.attrs, errors);
        let variants = data.variants.iter();
        let variants =
            variants.filter_map(|variant| HandwrittenVariant::parse(variant, &input.ident, errors)).collect();
        let is_valid = input.generics.params.is_empty() && data.variants.iter().all(is_valid_variant);
        let target = Target { attributes: Vec::new(), visibility: input.vis, ident: input.ident };
        Some(Self { target, attributes, variants, is_valid })
    }
}

impl HandwrittenVariant {
    /// Parses a variant of the enum `of`. Returns `None` if it has fields.
    fn parse(variant: &Variant, of: &Ident, errors: &mut Vec<Error>) -> Option<Self> {
        let ident = &variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            let message = "expected a variant without fields: an error code has no data";
            let help = match &variant.fields {
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    format!("remove `{ident}`: `Code<{of}>` keeps unknown codes")
                }
                _ => "remove the fields".to_owned(),
            };
            errors.push(error(variant.fields.span(), message, help));
            return None;
        }
        let name = ident.unraw().to_string();
        if let Err(violation) = check_shadowing(&name, &[]) {
            let help = format!("rename the variant and keep the code: `#[error_code(\"{name}\")]`");
            errors.push(error(ident.span(), violation.message, help));
        }
        if let Some((_, discriminant)) = &variant.discriminant {
            let message = "discriminants are not supported here: codes are numbered from 0 in declaration order";
            errors.push(error_spanned(discriminant, message, "remove the discriminant"));
        }
        Some(Self {
            ident: ident.clone(),
            attributes: VariantAttributes::parse(&variant.attrs, errors),
            docs: first_paragraph(&variant.attrs),
            is_deprecated: variant.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated")),
        })
    }
}

/// Returns whether the expansion can use a variant. A discriminant is ignored.
fn is_valid_variant(variant: &Variant) -> bool {
    matches!(variant.fields, Fields::Unit) && check_shadowing(&variant.ident.unraw().to_string(), &[]).is_ok()
}

/// Returns the first paragraph of the documentation, on one line.
fn first_paragraph(attributes: &[Attribute]) -> String {
    let docs = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let docs = docs.collect::<Vec<_>>().join("\n");
    let lines = docs.trim_start().lines().map(str::trim);
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
