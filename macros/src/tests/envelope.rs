//! The envelope in an expansion: the samples as data, and the lookup of their keys.

use errtable_spec::__private::{
    Constant, Element, Failure, Field, Header, Layout, Node, Place, Role, Shape, Slot, Writable, Written,
};
use errtable_spec::{Row, named_envelope};
use insta::assert_snapshot;
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::visit::{self, Visit};

use super::arguments::push_messages;
use super::{expand_item, expansion as table_expansion, loaded, pretty, target};
use crate::expand::envelope::samples;

/// ```json
/// "success": {
///   "ok": true, "v": 2, "kind": "a \"b\"", "error": null, "id": "{request_id}", "...": "{data}"
/// },
/// "failure": {
///   "error": {
///     "code": "{_}#{code}:{_}",
///     "any": "{_}",
///     "info": [{ "type": "Info", "reason": "{code?}", "id": "{_}" }]
///   },
///   "id": "{request_id}"
/// },
/// "headers": { "retry-after": "{retry_after}s" }
/// ```
const MIXED: Shape = Shape {
    nodes: &[
        node(Role::Other, true),
        node(Role::Constant(Constant::Bool(true)), false),
        node(Role::Constant(Constant::Number("2")), false),
        node(Role::Constant(Constant::Str("a \"b\"")), false),
        node(Role::Constant(Constant::Nothing), true),
        node(Role::RequestId, false),
        node(Role::Unnamed, false),
        node(Role::Unnamed, false),
        node(Role::Unnamed, true),
        node(Role::Unnamed, true),
        node(Role::Unnamed, false),
        node(Role::Unnamed, false),
        node(Role::Unnamed, false),
        node(Role::Unnamed, false),
    ],
    data: 0,
    is_mixed: true,
    constants: 3,
    success_ids: &[Place { node: 5, slot: ID }],
    failures: &[Failure {
        places: &[
            Place { node: 6, slot: Slot { field: Field::Code, is_second_choice: false, before: "#", after: ":" } },
            Place { node: 11, slot: SECOND },
            Place { node: 5, slot: ID },
        ],
        required: &[7],
    }],
    elements: &[Element {
        array: 8,
        node: 9,
        constants: &[(10, Constant::Str("Info"))],
        places: &[Place { node: 11, slot: SECOND }],
        required: &[12],
    }],
    headers: &[Header {
        name: "retry-after",
        slot: Slot { field: Field::RetryAfter, is_second_choice: false, before: "", after: "s" },
    }],
    success: Written::Object(&[
        ("ok", Written::Constant(Constant::Bool(true))),
        ("v", Written::Constant(Constant::Number("2"))),
        ("kind", Written::Constant(Constant::Str("a \"b\""))),
        ("id", Written::Value(Writable::RequestId, "", "")),
        ("...", Written::Rest),
    ]),
    failure: Written::Object(&[
        (
            "error",
            Written::Object(&[
                ("code", Written::Value(Writable::Code, "", "")),
                ("info", Written::Array(&[Written::Object(&[("type", Written::Constant(Constant::Str("Info")))])])),
                ("severity", Written::Value(Writable::Column("severity"), "<", ">")),
            ]),
        ),
        ("id", Written::Value(Writable::RequestId, "", "")),
    ]),
};

const ID: Slot = Slot { field: Field::RequestId, is_second_choice: false, before: "", after: "" };
const SECOND: Slot = Slot { field: Field::Code, is_second_choice: true, before: "", after: "" };

const fn node(role: Role, has_children: bool) -> Node {
    Node { role, has_children }
}

fn mixed() -> Layout {
    let members = [
        (0, "ok", 1),
        (0, "v", 2),
        (0, "kind", 3),
        (0, "error", 4),
        (0, "id", 5),
        (4, "code", 6),
        (4, "any", 7),
        (4, "info", 8),
        (9, "type", 10),
        (9, "reason", 11),
        (9, "id", 12),
        (9, "unusual \"\u{202E}\r", 13),
    ];
    Layout { shape: MIXED, members: members.map(|(node, key, child)| (node, key.to_owned(), child)).into() }
}

fn expansion(layout: &Layout) -> TokenStream {
    samples(&syn::parse_quote!(ServiceError), layout, &TokenStream::new())
}

#[test]
fn mixed_envelope() {
    assert_snapshot!(pretty(expansion(&mixed())));
}

#[test]
fn envelope_without_keys() {
    // "success": "ok", "failure": "{code?}"
    const NODES: &[Node] = &[node(Role::Constant(Constant::Str("ok")), false)];
    let shape = Shape {
        nodes: NODES,
        is_mixed: false,
        constants: 1,
        success_ids: &[],
        failures: &[Failure { places: &[Place { node: 0, slot: SECOND }], required: &[] }],
        elements: &[],
        headers: &[],
        ..MIXED
    };
    assert_snapshot!(pretty(expansion(&Layout { shape, members: Vec::new() })));
}

/// Collects the arms of all `match` expressions.
struct Arms(Vec<(u16, String, u16)>);

impl<'ast> Visit<'ast> for Arms {
    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if let syn::Pat::Tuple(pattern) = &arm.pat {
            let [parent, key] = [0, 1].map(|position| pattern.elems[position].to_token_stream());
            let key: syn::LitStr = syn::parse2(key).unwrap();
            let number = |tokens: TokenStream| tokens.to_string().parse().unwrap();
            self.0.push((number(parent), key.value(), number(arm.body.to_token_stream())));
        }
        visit::visit_arm(self, arm);
    }
}

#[test]
fn every_member_has_an_arm() {
    let layout = mixed();
    let mut arms = Arms(Vec::new());
    arms.visit_file(&syn::parse2(expansion(&layout)).unwrap());
    assert_eq!(arms.0, layout.members);
}

#[test]
fn invisible_characters_of_a_key_are_escaped() {
    let expansion = expansion(&mixed()).to_string();
    assert!(expansion.contains(r#""unusual \"\u{202e}\r""#), "{expansion}");
}

#[test]
fn only_tables_with_an_envelope_have_samples() {
    for rows in [Vec::new(), vec![Row::new("A".to_owned(), "A".to_owned())]] {
        for envelope in [None, named_envelope("nested")] {
            let has_envelope = envelope.is_some();
            let expansion = expand_item(target(), &loaded(rows.clone(), envelope)).to_string();
            let implementation = "impl __errtable :: EnvelopeData for ServiceError";
            assert_eq!(expansion.contains(implementation), has_envelope, "{expansion}");
            assert_eq!(expansion.contains("SHAPE"), has_envelope);
            assert!(!expansion.contains("[allow") && !expansion.contains("unsafe"));
        }
    }
}

/// Collects the functions of an expansion that read columns for a failure that is written.
struct ColumnFns(Vec<String>);

impl<'ast> Visit<'ast> for ColumnFns {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.trait_.as_ref().is_some_and(|(path, _)| path.segments.last().unwrap().ident == "EnvelopeData") {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if ["http_status", "column"].contains(&function.sig.ident.to_string().as_str()) {
            self.0.push(pretty(function.to_token_stream()));
        }
    }
}

fn written(expansion: TokenStream) -> Vec<String> {
    let mut written = ColumnFns(Vec::new());
    written.visit_file(&syn::parse2(expansion).unwrap());
    written.0
}

#[test]
fn written_columns() {
    assert_snapshot!(written(table_expansion("written.json", target())).join("\n"));
}

#[test]
fn column_that_is_not_written_is_not_read() {
    let mut loaded = super::load("written.json");
    let envelope = loaded.table.envelope.as_mut().unwrap();
    // The second sample alone has one column.
    envelope.failures.remove(0);
    let functions = written(expand_item(target(), &loaded));
    assert!(matches!(functions.as_slice(), [_, column] if column.contains("\"unused\"")), "{functions:?}");
    loaded.table.envelope = named_envelope("nested");
    let functions = written(expand_item(target(), &loaded));
    assert!(matches!(functions.as_slice(), [status] if status.contains("fn http_status")), "{functions:?}");
    // Without a column of the type, the status is that of the error alone.
    loaded.table.columns.clear();
    loaded.table.rows.iter_mut().for_each(|row| row.values.clear());
    assert!(written(expand_item(target(), &loaded)).is_empty());
}

#[test]
fn inline_codes_can_have_a_named_envelope() {
    let expansion = crate::expand_derive(quote!(
        #[error_code(envelope = "nested")]
        enum Mine {
            A,
        }
    ));
    assert!(expansion.to_string().contains("impl __errtable :: EnvelopeData for Mine"), "{expansion}");
}

#[track_caller]
fn assert_error(attribute: &TokenStream, message: &str, help: &str, is_enveloped: bool) {
    let item = quote!(
        #[error_code(#attribute)]
        enum Mine {
            InternalError,
        }
    );
    let expansion = crate::expand_derive(item);
    let mut messages = Vec::new();
    push_messages(expansion.clone(), &mut messages);
    assert_eq!(messages, [format!("{message}\n  = help: {help}")]);
    assert_eq!(expansion.to_string().contains("EnvelopeData"), is_enveloped, "{expansion}");
}

#[test]
fn unknown_envelope_is_one_error() {
    // With an envelope, rustc does not report each place where a response is read.
    assert_error(&quote!(envelope = "nestd"), "unknown envelope `nestd`", "did you mean `nested`?", true);
    assert_error(&quote!(envelope = 5), "invalid value for `envelope`", "write `envelope = \"nested\"`", false);
    let duplicate = "duplicate argument `envelope`";
    assert_error(&quote!(envelope = "nested", envelope = "flat"), duplicate, "remove one of the two", true);
}

#[test]
fn envelope_with_a_table_is_rejected() {
    let attribute = quote!(table = "src/tests/tables/three.json", envelope = "nested");
    let message = "`envelope` is not supported here: the table defines its envelope";
    assert_error(&attribute, message, "remove the argument, or change the table", false);
}
