//! Tests of expansions, and of errors outside of a table.

mod arguments;
mod docs;
mod envelope;
mod shape;

use errtable_spec::{Directory, Envelope, Loaded, Row, Table};
use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::{Form, expand};
use crate::input::Target;

fn load(table: &str) -> Loaded {
    let tables = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/tables");
    let loaded = Table::load(&Directory::new(tables), table);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded
}

/// Expands an enum with a table of `tests/tables`.
fn expansion(table: &str, item: TokenStream) -> TokenStream {
    expand_item(item, &load(table))
}

fn expand_item(item: TokenStream, loaded: &Loaded) -> TokenStream {
    let mut errors = Vec::new();
    let target = Target::parse(item, &mut errors).unwrap();
    assert!(errors.is_empty());
    expand(&target, &syn::parse_quote!(::errtable), loaded, Form::Generated)
}

/// Returns a table of these rows.
fn loaded(rows: Vec<Row>, envelope: Option<Envelope>) -> Loaded {
    let mut loaded = Loaded::default();
    loaded.table.rows = rows;
    loaded.table.envelope = envelope;
    loaded
}

/// Formats tokens as source code.
fn pretty(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

fn target() -> TokenStream {
    quote! {
        /// The errors of the service.
        pub enum ServiceError {}
    }
}
