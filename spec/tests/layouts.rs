//! The layouts of envelopes: which places are numbered how, and what is read there.

mod memory;

use std::fmt::Write as _;

use errtable_spec::__private::{Constant, Layout, Place, Slot, Writable, Written};
use memory::load;

/// Lays out an envelope that a table defines.
fn layout(envelope: &str) -> Layout {
    let text = format!(r#"{{"name": "t", "envelope": {envelope}, "errors": []}}"#);
    let loaded = load(&[("t.json", &text)]);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    Layout::new(&loaded.table.envelope.unwrap())
}

/// Returns the path of a node: `.error.details[].reason`.
fn path(layout: &Layout, node: u16) -> String {
    if let Some((parent, key, _)) = layout.members.iter().find(|(_, _, child)| *child == node) {
        return format!("{}.{key}", path(layout, *parent));
    }
    match layout.shape.elements.iter().find(|element| element.node == node) {
        Some(element) => format!("{}[]", path(layout, element.array)),
        None => String::new(),
    }
}

fn slot(slot: &Slot) -> String {
    let second = if slot.is_second_choice { "?" } else { "" };
    format!("{}{{{:?}{second}}}{}", slot.before, slot.field, slot.after)
}

fn places(places: &[Place]) -> String {
    let places: Vec<_> = places.iter().map(|place| format!(" {}={}", place.node, slot(&place.slot))).collect();
    places.concat()
}

fn constants(constants: &[(u16, Constant)]) -> String {
    let constants: Vec<_> = constants.iter().map(|(node, constant)| format!(" {node}={constant:?}")).collect();
    constants.concat()
}

/// Describes a layout, a line for each part.
fn describe(layout: &Layout) -> String {
    let shape = &layout.shape;
    let mixed = if shape.is_mixed { " mixed" } else { "" };
    let mut out = format!("data {}{mixed}, constants {}\n", shape.data, shape.constants);
    for (number, node) in (0..).zip(shape.nodes) {
        let children = if node.has_children { " +" } else { "" };
        writeln!(out, "{number} `{}` {:?}{children}", path(layout, number), node.role).unwrap();
    }
    writeln!(out, "ids{}", places(shape.success_ids)).unwrap();
    for failure in shape.failures {
        writeln!(out, "failure{} required {:?}", places(failure.places), failure.required).unwrap();
    }
    for element in shape.elements {
        let (constants, places) = (constants(element.constants), places(element.places));
        writeln!(
            out,
            "element {} of {}{constants}{places} required {:?}",
            element.node, element.array, element.required
        )
        .unwrap();
    }
    for header in shape.headers {
        writeln!(out, "header {}={}", header.name, slot(&header.slot)).unwrap();
    }
    out
}

#[track_caller]
fn assert_layout(envelope: &str, expected: &[&str]) {
    let described = describe(&layout(envelope));
    assert_eq!(described.lines().collect::<Vec<_>>(), expected, "{described}");
}

#[test]
fn nested() {
    assert_layout(
        r#""nested""#,
        &[
            "data 0, constants 0",
            "0 `` Other +",
            "1 `.error` Unnamed +",
            "2 `.error.code` Unnamed",
            "3 `.error.message` Unnamed",
            "ids",
            "failure 2={Code} 3={Message} required []",
            "header x-request-id={RequestId}",
            "header retry-after={RetryAfter}",
        ],
    );
}

#[test]
fn data_that_is_the_whole_body_has_no_path() {
    assert_layout(
        r#"{"failure": "{code}"}"#,
        &["data 0, constants 0", "0 `` Other", "ids", "failure 0={Code} required []"],
    );
}

#[test]
fn slack() {
    assert_layout(
        r#"{"success": {"ok": true, "...": "{data}"}, "failure": {"ok": false, "error": "{code}"}}"#,
        &[
            "data 0 mixed, constants 1",
            "0 `` Other +",
            "1 `.ok` Constant(Bool(true))",
            "2 `.error` Unnamed",
            "ids",
            "failure 2={Code} required []",
        ],
    );
}

#[test]
fn wechat() {
    assert_layout(
        r#"{"success": {"errcode": null, "...": "{data}"}, "failure": {"errcode": "{code}", "errmsg": "{message}"}}"#,
        &[
            "data 0 mixed, constants 0",
            "0 `` Other +",
            "1 `.errcode` Constant(Nothing)",
            "2 `.errmsg` Unnamed",
            "ids",
            "failure 1={Code} 2={Message} required []",
        ],
    );
}

#[test]
fn json_rpc() {
    assert_layout(
        r#"{"success": {"jsonrpc": "2.0", "error": null, "result": "{data}", "id": "{request_id}"},
            "failure": {"jsonrpc": "2.0", "error": {"code": "{code}", "message": "{message}"}, "id": "{request_id}"}}"#,
        &[
            "data 1, constants 1",
            "0 `` Other +",
            "1 `.result` Other",
            r#"2 `.jsonrpc` Constant(Str("2.0"))"#,
            "3 `.error` Constant(Nothing) +",
            "4 `.id` RequestId",
            "5 `.error.code` Unnamed",
            "6 `.error.message` Unnamed",
            "ids 4={RequestId}",
            "failure 5={Code} 6={Message} 4={RequestId} required []",
        ],
    );
    assert_eq!(
        describe(&layout(r#""json-rpc""#)),
        describe(&Layout::new(&errtable_spec::named_envelope("json-rpc").unwrap()))
    );
}

#[test]
fn google() {
    assert_layout(
        r#""google""#,
        &[
            "data 0, constants 0",
            "0 `` Other +",
            "1 `.error` Unnamed +",
            "2 `.error.status` Unnamed",
            "3 `.error.message` Unnamed",
            "4 `.error.details` Unnamed +",
            "5 `.error.details[]` Unnamed +",
            "6 `.error.details[].@type` Unnamed",
            "7 `.error.details[].reason` Unnamed",
            "8 `.error.details[]` Unnamed +",
            "9 `.error.details[].@type` Unnamed",
            "10 `.error.details[].retryDelay` Unnamed",
            "ids",
            "failure 2={Code?} 3={Message} 7={Code} 10={RetryAfter}s required []",
            r#"element 5 of 4 6=Str("type.googleapis.com/google.rpc.ErrorInfo") 7={Code} required []"#,
            r#"element 8 of 4 9=Str("type.googleapis.com/google.rpc.RetryInfo") 10={RetryAfter}s required []"#,
            "header x-request-id={RequestId}",
            "header retry-after={RetryAfter}",
        ],
    );
}

#[test]
fn problem() {
    assert_layout(
        r#"{"failure": {"type": "https://shop.example/errors/{code}", "title": "{meaning}", "status": "{status}", "detail": "{message}"}}"#,
        &[
            "data 0, constants 0",
            "0 `` Other +",
            "1 `.type` Unnamed",
            "2 `.title` Unnamed",
            "3 `.status` Unnamed",
            "4 `.detail` Unnamed",
            "ids",
            "failure 1=https://shop.example/errors/{Code} 4={Message} required []",
        ],
    );
}

#[test]
fn aws_json() {
    assert_layout(
        r#"{"failure": {"__type": "{_}#{code}:{_}", "message": "{message}", "Message": "{message?}"},
            "headers": {"x-amzn-ErrorType": "{code?}:{_}", "x-amzn-requestid": "{request_id}"}}"#,
        &[
            "data 0, constants 0",
            "0 `` Other +",
            "1 `.__type` Unnamed",
            "2 `.message` Unnamed",
            "3 `.Message` Unnamed",
            "ids",
            "failure 1=#{Code}: 2={Message} 3={Message?} required []",
            "header x-amzn-errortype={Code?}:",
            "header x-amzn-requestid={RequestId}",
        ],
    );
}

#[test]
fn vendor() {
    let table = errtable_spec::Table::load_bundled("cls").table;
    let described = describe(&Layout::new(&table.envelope.unwrap()));
    assert_eq!(
        described.lines().collect::<Vec<_>>(),
        [
            "data 1 mixed, constants 0",
            "0 `` Other +",
            "1 `.Response` Other +",
            "2 `.Response.Error` Constant(Nothing) +",
            "3 `.Response.RequestId` RequestId",
            "4 `.RequestId` RequestId",
            "5 `.Response.Error.Code` Unnamed",
            "6 `.Response.Error.Message` Unnamed",
            "7 `.code` Unnamed",
            "8 `.codeDesc` Unnamed",
            "9 `.message` Unnamed",
            "ids 3={RequestId} 4={RequestId?}",
            "failure 5={Code} 6={Message} 3={RequestId} 4={RequestId?} required []",
            "failure 8={Code} 9={Message} 4={RequestId} required [7]",
        ]
    );
}

#[test]
fn path_to_the_data_is_numbered_first() {
    assert_layout(
        r#"{"success": {"v": 1, "a": {"b": {"c": false, "d": "{data}"}, "e": 0.5}, "s": ""},
            "failure": [{"v": 2, "a": {"b": null, "f": "{code}"}}, {"v": 3, "a": "{code}", "\u0022": "{_}"}]}"#,
        &[
            "data 3, constants 4",
            "0 `` Other +",
            "1 `.a` Other +",
            "2 `.a.b` Other +",
            "3 `.a.b.d` Other",
            r#"4 `.v` Constant(Number("1"))"#,
            "5 `.a.b.c` Constant(Bool(false))",
            r#"6 `.a.e` Constant(Number("0.5"))"#,
            r#"7 `.s` Constant(Str(""))"#,
            "8 `.a.f` Unnamed",
            r#"9 `."` Unnamed"#,
            "ids",
            "failure 8={Code} required []",
            "failure 1={Code} required [9]",
        ],
    );
}

#[test]
fn each_element_has_its_own_nodes() {
    assert_layout(
        r#"{"failure": [[
                "head",
                {"kind": "error", "none": null, "code": "{code}", "any": "{_}", "list": [{"n": 5, "text": "in {message}!", "any": "{_}"}]},
                {"kind": "id", "id": "{request_id}", "wait": "{retry_after_ms}"}
            ], {"kind": "error", "any": "{_}", "prefix": "x{_}", "code": "{code}"}]}"#,
        &[
            "data 0, constants 0",
            "0 `` Other +",
            "1 `[]` Unnamed",
            "2 `[]` Unnamed +",
            "3 `[].kind` Unnamed",
            "4 `[].none` Unnamed",
            "5 `[].code` Unnamed",
            "6 `[].any` Unnamed",
            "7 `[].list` Unnamed +",
            "8 `[].list[]` Unnamed +",
            "9 `[].list[].n` Unnamed",
            "10 `[].list[].text` Unnamed",
            "11 `[].list[].any` Unnamed",
            "12 `[]` Unnamed +",
            "13 `[].kind` Unnamed",
            "14 `[].id` Unnamed",
            "15 `[].wait` Unnamed",
            "16 `.kind` Unnamed",
            "17 `.any` Unnamed",
            "18 `.prefix` Unnamed",
            "19 `.code` Unnamed",
            "ids",
            "failure 5={Code} 10=in {Message}! 14={RequestId} 15={RetryAfterMs} required []",
            "failure 19={Code} required [17]",
            r#"element 1 of 0 1=Str("head") required []"#,
            r#"element 2 of 0 3=Str("error") 4=Nothing 5={Code} 10=in {Message}! required [6]"#,
            r#"element 8 of 7 9=Number("5") 10=in {Message}! required [11]"#,
            r#"element 12 of 0 13=Str("id") 14={RequestId} 15={RetryAfterMs} required []"#,
        ],
    );
}

#[test]
fn what_is_never_written_is_left_out() {
    use Written::{Array, Constant as Fixed, Data, Object, Rest, Value};

    let envelope = r#"{
        "success": {"v": 1, "error": null, "id": "{request_id}", "...": "{data}"},
        "failure": [
            {
                "v": 1.0, "a": "{_}", "b": "{code?}", "c": "{_}#{code}:{_}", "d": "x {message} y", "e": null,
                "f": [{"k": "K", "w": "{retry_after}s"}, null], "g": {}, "h": "{{}}", "i": "{_} t", "j": "{title}"
            },
            {"code": "{code}"}
        ]
    }"#;
    let text = format!(r#"{{"name": "t", "columns": {{"title": "str"}}, "envelope": {envelope}, "errors": []}}"#);
    let shape = Layout::new(&load(&[("t.json", &text)]).table.envelope.unwrap()).shape;
    let success = vec![("v", Fixed(Constant::Number("1"))), ("id", Value(Writable::RequestId, "", "")), ("...", Rest)];
    assert_eq!(format!("{:?}", shape.success), format!("{:?}", Object(success.leak())));
    let element = vec![("k", Fixed(Constant::Str("K"))), ("w", Value(Writable::RetryAfter, "", "s"))];
    let failure = vec![
        ("v", Fixed(Constant::Number("1.0"))),
        ("c", Value(Writable::Code, "", "")),
        ("d", Value(Writable::Message, "x ", " y")),
        ("f", Array(vec![Object(element.leak())].leak())),
        ("g", Object(&[])),
        ("h", Fixed(Constant::Str("{}"))),
        ("j", Value(Writable::Column("title"), "", "")),
    ];
    assert_eq!(format!("{:?}", shape.failure), format!("{:?}", Object(failure.leak())));
    assert_eq!(layout(r#""nested""#).shape.success, Data);
}
