//! The rows of a table that the variants of a hand-written enum stand for.

use std::collections::HashMap;

use errtable_spec::{Loaded, Row, Table, nearest};
use syn::ext::IdentExt as _;
use syn::{Error, Ident, LitStr};

use crate::handwritten::{Handwritten, HandwrittenVariant};

/// The table with the rows of the variants alone, in their order. A variant that no row has is an error on that variant.
pub(crate) fn subset(handwritten: &Handwritten, loaded: Loaded, errors: &mut Vec<Error>) -> Loaded {
    if let Some(rename_all) = &handwritten.attributes.rename_all {
        let message = "the table has the codes: `rename_all` is for codes that stand on the variants";
        errors.push(Error::new(rename_all.span(), message));
    }
    if let Some(name) = &handwritten.attributes.name {
        errors.push(Error::new(name.span(), "the table has a name: take `name` out"));
    }
    // With a table that could not be read, each variant would be one error more.
    let is_there = !loaded.table.name.is_empty();
    let mut taken = HashMap::new();
    let mut rows = Vec::with_capacity(handwritten.variants.len());
    for variant in &handwritten.variants {
        if let Some(span) = variant.attributes.metadata {
            errors.push(Error::new(span, "the table says this of its codes: take it out, or write it in the table"));
        }
        let row = find(variant, &loaded.table);
        match row.map(|row| (row, taken.insert(&row.code, &variant.ident))) {
            Some((row, Some(other))) => {
                let message = format!("`{other}` stands for `{}` already: each variant is a code of its own", row.code);
                errors.push(Error::new(variant.ident.span(), message));
            }
            None if is_there => errors.push(unknown(variant, &loaded.table)),
            _ => {}
        }
        rows.push(own_row(variant, row));
    }
    Loaded { table: Table { rows, ..loaded.table }, ..loaded }
}

/// The row of a variant: by the code that stands on it, else by the name that the table gives the code.
fn find<'t>(variant: &HandwrittenVariant, table: &'t Table) -> Option<&'t Row> {
    match &variant.attributes.code {
        Some(code) => table.rows.iter().find(|row| row.code == code.value()),
        None => table.rows.iter().find(|row| variant.ident == row.variant),
    }
}

fn unknown(variant: &HandwrittenVariant, table: &Table) -> Error {
    match &variant.attributes.code {
        Some(code) => unknown_code(code, table),
        None => unknown_name(&variant.ident, table),
    }
}

fn unknown_code(code: &LitStr, table: &Table) -> Error {
    let text = code.value();
    let hint = match nearest_row(table, &text, |row| &row.code) {
        Some(row) => format!("did you mean `{}`?", row.code),
        None => "write a code as it stands in the table".to_owned(),
    };
    Error::new(code.span(), format!("the table `{}` has no code `{}`: {hint}", table.name, text.escape_debug()))
}

fn unknown_name(ident: &Ident, table: &Table) -> Error {
    let name = ident.unraw().to_string();
    let hint = match nearest_row(table, &name, |row| &row.variant) {
        Some(row) => format!("did you mean `{}`, which is `{}`?", row.variant, row.code),
        None => "name the code: `#[error_code(\"Family.Detail\")]`".to_owned(),
    };
    Error::new(ident.span(), format!("the table `{}` has no code for `{name}`: {hint}", table.name))
}

fn nearest_row<'t>(table: &'t Table, text: &str, of_row: fn(&Row) -> &str) -> Option<&'t Row> {
    nearest(text, table.rows.iter().map(of_row)).and_then(|position| table.rows.get(position))
}

/// The row under the name of the variant; an empty one in place of a row that is not there, so that one error stays one.
fn own_row(variant: &HandwrittenVariant, row: Option<&Row>) -> Row {
    let name = variant.ident.to_string();
    Row {
        variant: name.clone(),
        deprecated: variant.is_deprecated.then(String::new),
        ..row.cloned().unwrap_or_else(|| Row::new(name.clone(), name))
    }
}
