//! The rows of a table that a hand-written enum has variants for.

use std::collections::HashMap;

use errtable_spec::__private::{check_shadowing, nearest, parse_digits};
use errtable_spec::{Loaded, Row, Table};
use syn::ext::IdentExt as _;
use syn::{Error, Ident, LitStr};

use crate::errors::error;
use crate::handwritten::{Handwritten, HandwrittenVariant};

/// Returns the table with one row per variant, in their order. Variants without a row are reported.
pub(crate) fn subset(handwritten: &Handwritten, mut loaded: Loaded, errors: &mut Vec<Error>) -> Loaded {
    if let Some((key, _)) = &handwritten.attributes.rename_all {
        let message = "`rename_all` is not supported here: the table defines the codes";
        errors.push(error(key.span(), message, "remove the argument"));
    }
    if let Some((key, _)) = &handwritten.attributes.name {
        let message = "`name` is not supported here: the table defines its name";
        errors.push(error(key.span(), message, "remove the argument"));
    }
    if let Some((key, _)) = &handwritten.attributes.envelope {
        let message = "`envelope` is not supported here: the table defines its envelope";
        errors.push(error(key.span(), message, "remove the argument, or change the table"));
    }
    let index = Index::of(&loaded.table);
    let mut variants = HashMap::new();
    let mut rows = Vec::with_capacity(handwritten.variants.len());
    for variant in &handwritten.variants {
        if let Some(key) = &variant.attributes.metadata {
            let message = format!("`{key}` is not supported here: the table defines it");
            errors.push(error(key.span(), message, "remove the argument, or change the table"));
        }
        let name = variant.ident.unraw().to_string();
        if let Err(violation) = check_shadowing(&name, &loaded.table.columns) {
            errors.push(error(variant.ident.span(), violation.message, "rename the variant, and write the code"));
        }
        let row = index.find(variant);
        match row.map(|row| (row, variants.insert(&row.code, &variant.ident))) {
            Some((row, Some(other))) => {
                let message = format!("duplicate code `{}`: also the code of variant `{other}`", row.code);
                errors.push(error(variant.ident.span(), message, "remove one of the two variants"));
            }
            // The row may be in the part of the table that could not be read.
            None if loaded.is_complete => errors.push(unknown(variant, &loaded.table)),
            _ => {}
        }
        rows.push(variant_row(variant, row));
    }
    loaded.table.rows = rows;
    loaded
}

/// The rows of a table by code and by variant.
struct Index<'t> {
    by_code: HashMap<&'t str, &'t Row>,
    by_variant: HashMap<&'t str, &'t Row>,
}

impl<'t> Index<'t> {
    fn of(table: &'t Table) -> Self {
        Self {
            by_code: table.rows.iter().map(|row| (row.code.as_str(), row)).collect(),
            by_variant: table.rows.iter().flat_map(names).collect(),
        }
    }

    /// Finds the row of a variant, by the code in its attribute or by its name, also a former one.
    fn find(&self, variant: &HandwrittenVariant) -> Option<&'t Row> {
        match &variant.attributes.code {
            Some(code) => self.by_code.get(code.value().as_str()).copied(),
            None => self.by_variant.get(variant.ident.unraw().to_string().as_str()).copied(),
        }
    }
}

/// Returns the present and the former names of a row's variant, so that a new name breaks no enum.
fn names(row: &Row) -> impl Iterator<Item = (&str, &Row)> {
    std::iter::once(&row.variant).chain(&row.former_variants).map(move |name| (name.as_str(), row))
}

fn unknown(variant: &HandwrittenVariant, table: &Table) -> Error {
    match &variant.attributes.code {
        Some(code) => unknown_code(code, table),
        None => unknown_variant(&variant.ident, table),
    }
}

fn unknown_code(code: &LitStr, table: &Table) -> Error {
    let text = code.value();
    let number = parse_digits(&text);
    let is_alias = |row: &&Row| row.aliases.contains(&text) || (number.is_some() && row.number == number);
    let of_alias = table.rows.iter().find(is_alias);
    let help = match (of_alias, nearest_row(table, &text, |row| &row.code)) {
        (Some(row), _) => format!("it is an alias: write the code `{}`", row.code),
        (None, Some(row)) => format!("did you mean `{}`?", row.code),
        (None, None) => "write a code of the table".to_owned(),
    };
    let message = format!("unknown code `{}` in table `{}`", text.escape_debug(), table.name);
    error(code.span(), message, help)
}

fn unknown_variant(ident: &Ident, table: &Table) -> Error {
    let name = ident.unraw().to_string();
    let help = match nearest_row(table, &name, |row| &row.variant) {
        Some(row) if row.variant == row.code => format!("did you mean `{}`?", row.variant),
        Some(row) => format!("did you mean `{}`, the variant of `{}`?", row.variant, row.code),
        None => "write the code: `#[error_code(\"Family.Detail\")]`".to_owned(),
    };
    let message = format!("unknown variant `{name}` in table `{}`", table.name);
    error(ident.span(), message, help)
}

fn nearest_row<'t>(table: &'t Table, text: &str, of_row: fn(&Row) -> &str) -> Option<&'t Row> {
    nearest(text, table.rows.iter().map(of_row)).and_then(|position| table.rows.get(position))
}

/// Returns the row with the name of the variant. A default row avoids follow-up errors.
fn variant_row(variant: &HandwrittenVariant, row: Option<&Row>) -> Row {
    let name = variant.ident.to_string();
    let mut row = row.cloned().unwrap_or_else(|| Row::new(name.clone(), String::new()));
    row.variant = name;
    // The user's variants have no other names, and `#[deprecated]` is an attribute of theirs.
    row.former_variants = Vec::new();
    row.deprecated = variant.is_deprecated.then(String::new);
    row.replaced_by = None;
    row
}
