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
    let index = Index::of(&loaded.table);
    let mut taken = HashMap::new();
    let mut rows = Vec::with_capacity(handwritten.variants.len());
    for variant in &handwritten.variants {
        if let Some(span) = variant.attributes.metadata {
            errors.push(Error::new(span, "the table says this of its codes: take it out, or write it in the table"));
        }
        let row = index.find(variant);
        match row.map(|row| (row, taken.insert(&row.code, &variant.ident))) {
            Some((row, Some(other))) => {
                let message = format!("`{other}` stands for `{}` already: each variant is a code of its own", row.code);
                errors.push(Error::new(variant.ident.span(), message));
            }
            // The row of a table that could not be read in full may be there once it is mended.
            None if loaded.is_complete => errors.push(unknown(variant, &loaded.table)),
            _ => {}
        }
        rows.push(own_row(variant, row));
    }
    Loaded { table: Table { rows, ..loaded.table }, ..loaded }
}

/// The rows of a table by what a variant may name them with.
struct Index<'t> {
    by_code: HashMap<&'t str, &'t Row>,
    by_variant: HashMap<&'t str, &'t Row>,
}

impl<'t> Index<'t> {
    fn of(table: &'t Table) -> Self {
        Self {
            by_code: table.rows.iter().map(|row| (row.code.as_str(), row)).collect(),
            by_variant: table.rows.iter().map(|row| (row.variant.as_str(), row)).collect(),
        }
    }

    /// The row of a variant: by the code that stands on it, else by the name that the table gives the code.
    fn find(&self, variant: &HandwrittenVariant) -> Option<&'t Row> {
        match &variant.attributes.code {
            Some(code) => self.by_code.get(code.value().as_str()).copied(),
            None => self.by_variant.get(variant.ident.unraw().to_string().as_str()).copied(),
        }
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
    let of_alias = table.rows.iter().find(|row| row.aliases.contains(&text));
    let hint = match (of_alias, nearest_row(table, &text, |row| &row.code)) {
        (Some(row), _) => format!("it is an alias of `{}`, write that", row.code),
        (None, Some(row)) => format!("did you mean `{}`?", row.code),
        (None, None) => "write a code as it stands in the table".to_owned(),
    };
    Error::new(code.span(), format!("the table `{}` has no code `{}`: {hint}", table.name, text.escape_debug()))
}

fn unknown_name(ident: &Ident, table: &Table) -> Error {
    let name = ident.unraw().to_string();
    let hint = match nearest_row(table, &name, |row| &row.variant) {
        Some(row) if row.variant == row.code => format!("did you mean `{}`?", row.variant),
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
