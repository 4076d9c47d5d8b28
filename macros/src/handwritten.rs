//! An enum that people write themselves, for `#[derive(ErrorCode)]`.

use proc_macro2::TokenStream;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Error, Expr, Fields, Ident, Lit, Meta, Variant};

use crate::attributes::{EnumAttributes, VariantAttributes};
use crate::input::{Target, refuse_generics};

/// The enum below the derive, checked as far as that goes without its table.
pub(crate) struct Handwritten {
    pub(crate) target: Target,
    pub(crate) attributes: EnumAttributes,
    pub(crate) variants: Vec<HandwrittenVariant>,
    /// Whether an error code can be made of it at all; where not, an expansion would only add errors of rustc's.
    pub(crate) is_code: bool,
}

/// A variant, which stands for one code.
pub(crate) struct HandwrittenVariant {
    pub(crate) ident: Ident,
    pub(crate) attributes: VariantAttributes,
    /// The first paragraph of its documentation.
    pub(crate) docs: String,
    pub(crate) is_deprecated: bool,
}

impl Handwritten {
    /// Reads the item. What is wrong with it goes to `errors`; `None` where it is no enum.
    pub(crate) fn parse(item: TokenStream, errors: &mut Vec<Error>) -> Option<Self> {
        let input: DeriveInput = syn::parse2(item).map_err(|error| errors.push(error)).ok()?;
        let Data::Enum(data) = input.data else {
            let message = "`ErrorCode` is derived for an enum of codes: `enum MyApiError { NotFound, QuotaFull }`";
            errors.push(Error::new(input.ident.span(), message));
            return None;
        };
        refuse_generics(&input.generics, errors);
        for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")) {
            errors.push(Error::new_spanned(attribute, "the codes are numbered from 0 in their order: take `repr` out"));
        }
        let attributes = EnumAttributes::parse(&input.attrs, errors);
        let variants = data.variants.iter().map(|variant| HandwrittenVariant::parse(variant, errors)).collect();
        let is_code = input.generics.params.is_empty() && data.variants.iter().all(is_code);
        let target = Target { attributes: Vec::new(), visibility: input.vis, ident: input.ident };
        Some(Self { target, attributes, variants, is_code })
    }
}

impl HandwrittenVariant {
    fn parse(variant: &Variant, errors: &mut Vec<Error>) -> Self {
        if is_constant(&variant.ident) {
            let name = &variant.ident;
            let message = format!(
                "`{name}` is a constant of the enum: rename the variant, and write `#[error_code(\"{name}\")]`"
            );
            errors.push(Error::new(name.span(), message));
        }
        if !matches!(variant.fields, Fields::Unit) {
            let message = format!("a code carries no data: write `{}`", variant.ident);
            errors.push(Error::new(variant.fields.span(), message));
        }
        if let Some((_, discriminant)) = &variant.discriminant {
            let message = "the codes are numbered from 0 in their order: take the number out";
            errors.push(Error::new_spanned(discriminant, message));
        }
        Self {
            ident: variant.ident.clone(),
            attributes: VariantAttributes::parse(&variant.attrs, errors),
            docs: first_paragraph(&variant.attrs),
            is_deprecated: variant.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated")),
        }
    }
}

/// Whether a variant can stand for a code.
fn is_code(variant: &Variant) -> bool {
    matches!(variant.fields, Fields::Unit) && !is_constant(&variant.ident)
}

/// Whether the enum has a constant of this name, which a variant would hide.
fn is_constant(ident: &Ident) -> bool {
    ident == "ALL" || ident == "NAME"
}

/// The first paragraph of the documentation, on one line.
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
