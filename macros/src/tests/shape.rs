//! The shape of an expansion: variants, data and calls into the runtime.

use std::collections::BTreeSet;

use errtable_spec::{Row, Table, named_envelope};
use insta::assert_snapshot;
use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{File, Item, Stmt};

use super::{expand_item, expansion, load, loaded, pretty, target};

#[test]
fn three_rows() {
    assert_snapshot!(pretty(expansion("three.json", target())));
}

#[test]
fn ten_rows() {
    assert_snapshot!(pretty(expansion("ten.json", target())));
}

#[test]
fn no_rows() {
    assert_snapshot!(pretty(expansion("empty.json", target())));
}

#[test]
fn columns_and_ignore_case() {
    assert_snapshot!(pretty(expansion("columns.json", target())));
}

#[test]
fn required_and_unique_columns() {
    assert_snapshot!(pretty(expansion("required.json", target())));
}

#[test]
fn three_numbers() {
    assert_snapshot!(pretty(expansion("numbers.json", target())));
}

#[test]
fn replaced_codes_and_former_variants() {
    assert_snapshot!(pretty(expansion("lifecycle.json", target())));
}

#[test]
fn handwritten_enum() {
    let item = quote!(
        #[error_code(name = "mine")]
        enum Mine {
            #[error_code("Quota.Full", retry = "conflict")]
            QuotaFull,
            r#Type,
        }
    );
    assert_snapshot!(pretty(crate::expand_derive(item)));
}

#[test]
fn unusual_rows_and_private_enum() {
    let item = quote!(
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Arbitrary)]
        #[non_exhaustive]
        #[cfg_attr(test, unusual)]
        enum Private {}
    );
    assert_snapshot!(pretty(expansion("unusual.json", item)));
}

#[test]
fn more_rows_add_only_variants_and_data() {
    let [three, ten] = ["three.json", "ten.json"].map(|table| without_data(expansion(table, target())));
    assert_eq!(pretty(three), pretty(ten));
}

#[test]
fn variants_are_in_slot_order_up_to_256_rows() {
    for (count, is_sorted) in [(256, true), (257, false)] {
        let mut loaded = load("required.json");
        let added = (2..count).map(|row| Row::new(format!("C{row}"), format!("C{row}")));
        loaded.table.rows.extend(added);
        let expansion = expand_item(target(), &loaded).to_string();
        assert_eq!(expansion.contains("from_number_by_row"), !is_sorted, "{count}");
        assert_eq!(expansion.contains("by_slot_or_none"), is_sorted, "{count}");
    }
}

/// Removes what depends on the rows: variants, literals, and all tracked files but one.
fn without_data(tokens: TokenStream) -> TokenStream {
    let mut file: File = syn::parse2(tokens).unwrap();
    for item in &mut file.items {
        match item {
            Item::Enum(item) => item.variants.clear(),
            Item::Const(item) => {
                let syn::Expr::Block(block) = &mut *item.expr else { panic!("expected a block") };
                block.block.stmts.dedup_by(|a, b| is_tracking(a) && is_tracking(b));
                block.block.stmts.iter_mut().for_each(without_variants);
            }
            item => panic!("unexpected item: {}", item.to_token_stream()),
        }
    }
    blank_literals(file.into_token_stream())
}

fn is_tracking(statement: &Stmt) -> bool {
    statement.to_token_stream().to_string().contains("include_bytes")
}

fn without_variants(statement: &mut Stmt) {
    let Stmt::Item(Item::Static(item)) = statement else { return };
    if let syn::Expr::Array(array) = &mut *item.expr {
        array.elems.clear();
    }
}

fn blank_literals(tokens: TokenStream) -> TokenStream {
    let blank = |tree| match tree {
        TokenTree::Literal(_) => Literal::u8_unsuffixed(0).into(),
        TokenTree::Group(group) => Group::new(group.delimiter(), blank_literals(group.stream())).into(),
        tree => tree,
    };
    tokens.into_iter().map(blank).collect()
}

#[test]
fn each_function_body_is_one_call() {
    for (table, functions) in [("ten.json", 29), ("columns.json", 37), ("required.json", 38), ("numbers.json", 35)] {
        let mut bodies = Bodies(0);
        bodies.visit_file(&syn::parse2(expansion(table, target())).unwrap());
        assert_eq!(bodies.0, functions, "functions");
    }
}

/// Counts and checks the functions of an expansion.
struct Bodies(usize);

impl<'ast> Visit<'ast> for Bodies {
    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.0 += 1;
        let [Stmt::Expr(body, None)] = &function.block.stmts[..] else {
            panic!("expected one expression: {}", function.to_token_stream());
        };
        assert!(is_call(body), "expected a call: {}", body.to_token_stream());
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_expr_match(&mut self, expression: &'ast syn::ExprMatch) {
        panic!("unexpected match: {}", expression.to_token_stream());
    }
}

/// Returns whether an expression is a call, or a comparison with a call.
fn is_call(expression: &syn::Expr) -> bool {
    match expression {
        syn::Expr::Call(_) | syn::Expr::MethodCall(_) => true,
        syn::Expr::Binary(binary) => is_call(&binary.left),
        _ => false,
    }
}

#[test]
fn parameters_cannot_be_constants_of_the_user() {
    let mut parameters = Parameters(BTreeSet::new());
    for table in ["columns.json", "numbers.json", "required.json", "written.json"] {
        parameters.visit_file(&syn::parse2(expansion(table, target())).unwrap());
    }
    let rows = vec![Row::new("A".to_owned(), "A".to_owned())];
    let enveloped = expand_item(target(), &loaded(rows, named_envelope("nested")));
    parameters.visit_file(&syn::parse2(enveloped).unwrap());
    // Another name must also be in `__private::parameters`, which adds those of serde.
    let names: Vec<_> = parameters.0.iter().map(String::as_str).collect();
    assert_eq!(names, ["code", "f", "idempotent", "key", "name", "node", "number", "other", "text", "value"]);
}

/// Collects the names of parameters.
struct Parameters(BTreeSet<String>);

impl<'ast> Visit<'ast> for Parameters {
    fn visit_pat_type(&mut self, parameter: &'ast syn::PatType) {
        self.0.insert(parameter.pat.to_token_stream().to_string());
    }
}

#[test]
fn only_deprecated_rows_need_an_allow() {
    for table in ["ten.json", "columns.json", "empty.json", "written.json"] {
        let plain = expansion(table, target()).to_string();
        assert!(!plain.contains("[allow") && !plain.contains("[expect") && !plain.contains("unsafe"));
        assert_eq!(plain.contains("fn from_code_ignore_case"), table == "columns.json", "only with `ignore_case`");
    }
    let deprecated = expansion("unusual.json", target()).to_string();
    assert_eq!(deprecated.matches("[allow").count(), 1);
    assert!(deprecated.contains("# [allow (deprecated)]"));
}

#[test]
fn deprecated_handwritten_variant_is_allowed() {
    for attribute in [quote!(name = "mine"), quote!(table = "src/tests/tables/three.json")] {
        let item = quote!(
            #[error_code(#attribute)]
            enum Mine {
                #[deprecated = "not a description"]
                InternalError,
                RequestLimitExceeded,
            }
        );
        let expansion = crate::expand_derive(item).to_string();
        assert!(expansion.contains("# [allow (deprecated)] static VARIANTS"), "{expansion}");
        assert!(!expansion.contains("not a description"), "{expansion}");
    }
}

#[test]
fn representation_is_the_smallest() {
    for (rows, repr) in [(1, "repr (u8)"), (256, "repr (u8)"), (257, "repr (u16)")] {
        let rows = (0..rows).map(|row| Row::new(format!("C{row}"), format!("C{row}"))).collect();
        let tokens = expand_item(target(), &loaded(rows, None));
        assert!(tokens.to_string().contains(repr), "{repr}");
    }
    let empty = expansion("empty.json", target()).to_string();
    assert!(!empty.contains("repr"), "`repr` on an enum without variants is an error");
}

/// The methods of an error code that its traits provide, without those that an expansion defines.
const PROVIDED: &[&str] = &[
    "borrow",
    "borrow_mut",
    "cause",
    "clamp",
    "clone",
    "clone_from",
    "clone_into",
    "clone_to_uninit",
    "cmp",
    "ge",
    "gt",
    "hash",
    "hash_slice",
    "into",
    "le",
    "lt",
    "max",
    "min",
    "ne",
    "partial_cmp",
    "provide",
    "serialize",
    "source",
    "to_owned",
    "to_string",
    "try_into",
    "type_id",
];

#[test]
fn column_named_like_a_method_is_rejected() {
    let mut methods = Methods(PROVIDED.iter().map(|name| (*name).to_owned()).collect());
    for table in ["columns.json", "numbers.json"] {
        methods.visit_file(&syn::parse2(expansion(table, target())).unwrap());
    }
    assert!(methods.0.len() > 50);
    assert!(["description", "meaning", "retry_action"].iter().all(|name| methods.0.iter().any(|it| it == name)));
    for method in methods.0 {
        let is_column = ["http_status", "severity", "doc_url", "cache"].contains(&method.as_str());
        let table = format!(r#"{{"name": "t", "columns": {{"{method}": "u16"}}, "errors": []}}"#);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("t.json"), table).unwrap();
        let loaded = Table::load(&errtable_spec::Directory::new(folder.path()), "t.json");
        assert_eq!(loaded.diagnostics.is_empty(), is_column, "a column named `{method}`");
    }
}

/// Collects the function names of the generated enum.
struct Methods(Vec<String>);

impl<'ast> Visit<'ast> for Methods {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.self_ty.to_token_stream().to_string() == "ServiceError" {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.0.push(function.sig.ident.to_string());
    }
}
