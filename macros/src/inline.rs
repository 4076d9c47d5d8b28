//! A table whose codes stand on the variants of a hand-written enum.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use errtable_spec::{MAX_CODES, Row, Table, check_code, check_table_name, did_you_mean};
use heck::{
    ToKebabCase as _, ToLowerCamelCase as _, ToShoutyKebabCase as _, ToShoutySnakeCase as _, ToSnakeCase as _,
    ToUpperCamelCase as _,
};
use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::{Error, LitStr};

use crate::handwritten::{Handwritten, HandwrittenVariant};

/// The table of the variants, in their order. What breaks a rule of tables is an error on the word at fault.
pub(crate) fn inline(handwritten: &Handwritten, errors: &mut Vec<Error>) -> Table {
    let rename = handwritten.attributes.rename_all.as_ref().and_then(|case| rename_all(case, errors));
    let name = table_name(handwritten, errors);
    let mut spellings = Spellings::default();
    let mut rows: Vec<Row> = handwritten.variants.iter().map(|variant| row(variant, rename, &name)).collect();
    for (variant, row) in handwritten.variants.iter().zip(&mut rows) {
        let span = variant.attributes.code.as_ref().map_or(variant.ident.span(), LitStr::span);
        if !spellings.take("code", &row.code, span, errors) {
            // The variant stays, so that one error stays one.
            row.code.clone_from(&row.variant);
        }
    }
    for (variant, row) in handwritten.variants.iter().zip(&mut rows) {
        let aliases = variant.attributes.aliases.iter();
        let taken = aliases.filter(|alias| spellings.take("alias", &alias.value(), alias.span(), errors));
        row.aliases = taken.map(LitStr::value).collect();
    }
    if spellings.0.len() > MAX_CODES {
        let message = format!("more than {MAX_CODES} codes and aliases, which is the most an enum may hold");
        errors.push(Error::new(handwritten.target.ident.span(), message));
    }
    Table { name, rows, ..Table::default() }
}

fn row(variant: &HandwrittenVariant, rename: Option<Rename>, table: &str) -> Row {
    let attributes = &variant.attributes;
    let name = variant.ident.unraw().to_string();
    let code = match (&attributes.code, rename) {
        (Some(code), _) => code.value(),
        (None, Some(rename)) => rename(&name),
        (None, None) => name,
    };
    let base = Row::new(code, variant.ident.to_string());
    Row {
        description: attributes.description.as_ref().map_or_else(|| variant.docs.clone(), LitStr::value),
        retry: attributes.retry.unwrap_or(base.retry),
        retry_after_ms: attributes.retry_after_ms,
        fault: attributes.fault.unwrap_or(base.fault),
        deprecated: variant.is_deprecated.then(String::new),
        table: table.to_owned(),
        ..base
    }
}

/// The name that stands on the enum, else that of the enum.
fn table_name(handwritten: &Handwritten, errors: &mut Vec<Error>) -> String {
    if let Some(name) = &handwritten.attributes.name {
        if let Err(broken) = check_table_name(&name.value()) {
            errors.push(Error::new(name.span(), broken));
        }
        return name.value();
    }
    let ident = &handwritten.target.ident;
    let name = ident.unraw().to_string().to_kebab_case();
    if check_table_name(&name).is_err() {
        let message = "no name in kebab-case can be made of this: say one, `#[error_code(name = \"my-api\")]`";
        errors.push(Error::new(ident.span(), message));
    }
    name
}

/// The spellings so far, and what they are spellings of.
#[derive(Default)]
struct Spellings(HashMap<String, &'static str>);

impl Spellings {
    /// Takes a spelling in, unless it is none or is taken; says whether it did.
    fn take(&mut self, what: &'static str, text: &str, span: Span, errors: &mut Vec<Error>) -> bool {
        if let Err(broken) = check_code(what, text) {
            errors.push(Error::new(span, broken));
            return false;
        }
        match self.0.entry(text.to_owned()) {
            Entry::Vacant(free) => {
                free.insert(what);
                true
            }
            Entry::Occupied(other) => {
                let (text, other) = (text.escape_debug(), other.get());
                let message = format!("the {what} `{text}` is a {other} already: each spelling is read as one code");
                errors.push(Error::new(span, message));
                false
            }
        }
    }
}

/// Writes a name in a case.
type Rename = fn(&str) -> String;

/// The cases that codes are written in, by their own names in each case.
const CASES: &[(&str, Rename)] = &[
    ("lowercase", |name| name.to_lowercase()),
    ("UPPERCASE", |name| name.to_uppercase()),
    ("PascalCase", |name| name.to_upper_camel_case()),
    ("camelCase", |name| name.to_lower_camel_case()),
    ("snake_case", |name| name.to_snake_case()),
    ("SCREAMING_SNAKE_CASE", |name| name.to_shouty_snake_case()),
    ("kebab-case", |name| name.to_kebab_case()),
    ("SCREAMING-KEBAB-CASE", |name| name.to_shouty_kebab_case()),
];

fn rename_all(case: &LitStr, errors: &mut Vec<Error>) -> Option<Rename> {
    let found = CASES.iter().find(|(name, _)| *name == case.value());
    if found.is_none() {
        let names: Vec<_> = CASES.iter().map(|(name, _)| *name).collect();
        let hint = did_you_mean(&case.value(), &names);
        errors.push(Error::new(case.span(), format!("unknown case `{}`: {hint}", case.value().escape_debug())));
    }
    found.map(|(_, rename)| *rename)
}
