//! The table of a hand-written enum whose codes are on its variants.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use errtable_spec::__private::{
    Violation, check_code, check_digits, check_retry_after, check_spelling, check_table_name, default_fault,
    did_you_mean,
};
use errtable_spec::{Envelope, Loaded, MAX_CODES, Retry, Row, envelope_names, named_envelope};
use heck::{
    ToKebabCase as _, ToLowerCamelCase as _, ToShoutyKebabCase as _, ToShoutySnakeCase as _, ToSnakeCase as _,
    ToUpperCamelCase as _,
};
use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::{Error, LitStr};

use crate::errors::error;
use crate::handwritten::{Handwritten, HandwrittenVariant};

/// Builds the table of the variants, in their order. The rules of tables apply.
pub(crate) fn inline(handwritten: &Handwritten, errors: &mut Vec<Error>) -> Loaded {
    let rename = handwritten.attributes.rename_all.as_ref().and_then(|(_, case)| rename_all(case, errors));
    let envelope = handwritten.attributes.envelope.as_ref().and_then(|(_, name)| envelope(name, errors));
    let name = table_name(handwritten, errors);
    let mut spellings = Spellings::default();
    let mut rows: Vec<Row> = handwritten.variants.iter().map(|variant| row(variant, rename, &name)).collect();
    for (variant, row) in handwritten.variants.iter().zip(&mut rows) {
        let span = variant.attributes.code.as_ref().map_or(variant.ident.span(), LitStr::span);
        if let Some((key, Some(_))) = &variant.attributes.retry_after_ms {
            is_valid(check_retry_after(&row.code, row.retry), key.span(), errors);
        }
        if !spellings.insert_code(&row.code, span, errors) {
            // A row with any code keeps the variant, which avoids follow-up errors.
            row.code.clone_from(&row.variant);
        }
    }
    for (variant, row) in handwritten.variants.iter().zip(&mut rows) {
        let aliases = variant.attributes.aliases.iter();
        let valid = aliases.filter(|alias| spellings.insert_alias(alias, &row.code, errors));
        row.aliases = valid.map(LitStr::value).collect();
    }
    check_numbers(&handwritten.variants, &rows, errors);
    if spellings.0.len() > MAX_CODES {
        let message = format!("too many codes and aliases: the maximum is {MAX_CODES}");
        errors.push(error(handwritten.target.ident.span(), message, "split the enum"));
    }
    let mut loaded = Loaded::default();
    loaded.table.name = name;
    loaded.table.envelope = envelope;
    loaded.table.rows = rows;
    loaded
}

fn row(variant: &HandwrittenVariant, rename: Option<Rename>, table: &str) -> Row {
    let attributes = &variant.attributes;
    let name = variant.ident.unraw().to_string();
    let code = match (&attributes.code, rename) {
        (Some(code), _) => code.value(),
        (None, Some(rename)) => rename(&name),
        (None, None) => name,
    };
    let retry = attributes.retry.unwrap_or(Retry::Never);
    let mut row = Row::new(code, variant.ident.to_string());
    row.number = attributes.number.as_ref().and_then(|(_, number)| *number);
    row.description = attributes.description.as_ref().map_or_else(|| variant.docs.clone(), LitStr::value);
    row.retry = retry;
    row.retry_after_ms = attributes.retry_after_ms.as_ref().and_then(|(_, milliseconds)| *milliseconds);
    row.fault = attributes.fault.unwrap_or_else(|| default_fault(retry));
    row.deprecated = variant.is_deprecated.then(String::new);
    table.clone_into(&mut row.table);
    row
}

/// Checks that all variants have a number or none, that each number is distinct, and that a code of
/// digits is not the number of another variant.
fn check_numbers(variants: &[HandwrittenVariant], rows: &[Row], errors: &mut Vec<Error>) {
    let Some((first, _)) = variants.iter().find_map(|variant| variant.attributes.number.as_ref()) else { return };
    let mut numbers: HashMap<i64, Span> = HashMap::new();
    for (variant, row) in variants.iter().zip(rows) {
        let Some((key, number)) = &variant.attributes.number else {
            if variant.attributes.is_flawed {
                continue;
            }
            let message = format!("code `{}` has no `number`", row.code);
            let help = "add `number` to this variant, or remove it from the others";
            errors.push(combined(
                error(variant.ident.span(), message, help),
                first.span(),
                "the first `number` is here",
            ));
            continue;
        };
        let Some(number) = *number else { continue };
        for spelling in variant.attributes.code.iter().chain(&variant.attributes.aliases) {
            is_valid(check_digits(&spelling.value(), number), spelling.span(), errors);
        }
        if let Some(first) = numbers.insert(number, key.span()) {
            let error = error(key.span(), format!("duplicate number `{number}`"), "change one of them");
            errors.push(combined(error, first, "first defined here"));
        }
    }
}

/// Adds a second place to an error.
fn combined(mut error: Error, span: Span, message: &str) -> Error {
    error.combine(Error::new(span, message));
    error
}

/// Returns the name in the attribute, or the name of the enum in kebab-case.
fn table_name(handwritten: &Handwritten, errors: &mut Vec<Error>) -> String {
    if let Some((_, name)) = &handwritten.attributes.name {
        is_valid(check_table_name(&name.value()), name.span(), errors);
        return name.value();
    }
    let ident = &handwritten.target.ident;
    let name = ident.unraw().to_string().to_kebab_case();
    if check_table_name(&name).is_err() {
        let message = format!("`{ident}` cannot be converted to a table name in kebab-case");
        errors.push(error(ident.span(), message, "write the name: `#[error_code(name = \"my-api\")]`"));
    }
    name
}

/// Returns the envelope with this name, or reports the name as unknown.
fn envelope(name: &LitStr, errors: &mut Vec<Error>) -> Option<Envelope> {
    let text = name.value();
    named_envelope(&text).or_else(|| {
        let names = envelope_names();
        let message = format!("unknown envelope `{}`", text.escape_debug());
        errors.push(error(name.span(), message, did_you_mean(&text, &names)));
        // Any envelope: an enum without one is an error wherever a response is read.
        names.first().and_then(|name| named_envelope(name))
    })
}

/// Reports a violation and returns whether there is none.
fn is_valid(checked: Result<(), Violation>, span: Span, errors: &mut Vec<Error>) -> bool {
    checked.map_err(|violation| errors.push(error(span, &violation.message, &violation.help))).is_ok()
}

/// The codes and aliases so far, each with its span.
#[derive(Default)]
struct Spellings(HashMap<String, Span>);

impl Spellings {
    /// Inserts a code. Reports an invalid or duplicate one and returns `false`.
    fn insert_code(&mut self, code: &str, span: Span, errors: &mut Vec<Error>) -> bool {
        is_valid(check_code(code), span, errors)
            && self.insert("code", code, span, "remove one of the two variants", errors)
    }

    /// Inserts an alias of a code. Reports an invalid or duplicate one and returns `false`.
    fn insert_alias(&mut self, alias: &LitStr, code: &str, errors: &mut Vec<Error>) -> bool {
        let text = alias.value();
        if text == code {
            let message = format!("alias `{}` equals the code of its variant", text.escape_debug());
            errors.push(error(alias.span(), message, "remove the alias"));
            return false;
        }
        let help = "remove the alias: each spelling must identify one code";
        is_valid(check_spelling("alias", &text), alias.span(), errors)
            && self.insert("alias", &text, alias.span(), help, errors)
    }

    fn insert(&mut self, what: &str, text: &str, span: Span, help: &str, errors: &mut Vec<Error>) -> bool {
        match self.0.entry(text.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(span);
                true
            }
            Entry::Occupied(first) => {
                let error = error(span, format!("duplicate {what} `{}`", text.escape_debug()), help);
                errors.push(combined(error, *first.get(), "first defined here"));
                false
            }
        }
    }
}

/// A conversion of a variant name to a case.
type Rename = fn(&str) -> String;

/// The values of `rename_all`.
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
        let message = format!("unknown case `{}`", case.value().escape_debug());
        errors.push(error(case.span(), message, did_you_mean(&case.value(), &names)));
    }
    found.map(|(_, rename)| *rename)
}
