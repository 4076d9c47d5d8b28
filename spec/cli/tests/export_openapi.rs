//! OpenAPI documents describe the failures that a server writes.

use std::fs;

use errtable_cli::export::{ExportFormat, ExportOptions, export};
use errtable_cli::input::Input;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Returns the components of the document of a table, which is called `t`.
fn components(columns: &str, envelope: &str, rows: &str) -> Value {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("t.json");
    let table = format!(r#"{{ "name": "t", "columns": {columns}, "envelope": {envelope}, "errors": [{rows}] }}"#);
    fs::write(&path, table).unwrap();
    let options = ExportOptions { to: ExportFormat::Openapi, out: None, check: false };
    let text = export(&Input::Path(path), &options).unwrap().text;
    serde_json::from_str::<Value>(&text).unwrap()["components"].take()
}

/// Returns the schema of a failure.
fn failure(sample: &str) -> Value {
    let envelope = format!(r#"{{ "failure": {sample} }}"#);
    components("{}", &envelope, r#"{ "code": "a" }"#)["schemas"]["TFailure"].take()
}

/// Returns the response with a code whose HTTP status is 429.
fn response(envelope: &str, row: &str) -> Value {
    let row = format!(r#"{{ "code": "a", "http_status": 429{row} }}"#);
    components(r#"{ "http_status": "http_status" }"#, envelope, &row)["responses"]["T429"].take()
}

/// What a server leaves out is neither required nor in an example.
#[test]
fn what_is_not_written_is_not_required() {
    let envelope = r#"{ "failure": {
        "code": "{code}", "n": 18446744073709551617, "retry": { "after": "{retry_after}" },
        "errors": ["x", { "kind": "R", "delay": "{retry_after}s" }]
    }, "headers": { "x-code": "{code}" } }"#;
    let row = r#"{ "code": "a", "description": "One:", "http_status": 429 }"#;
    let components = components(r#"{ "http_status": "http_status" }"#, envelope, row);
    let schema = &components["schemas"]["TFailure"];
    assert_eq!(schema["required"], json!(["code", "n"]));
    assert_eq!(schema["example"], json!({ "code": "a", "n": 18_446_744_073_709_551_617_f64 }));
    let response = &components["responses"]["T429"];
    assert_eq!(response["description"], "- `a`: One:");
    assert_eq!(response["headers"]["x-code"]["description"], "The code.");

    assert_eq!(failure(r#""{code}""#), json!({ "$ref": "#/components/schemas/TCode" }));
}

#[test]
fn examples_have_the_wait_of_the_code() {
    let envelope = r#"{ "failure": {
        "code": "{code}", "wait": "{retry_after}", "text": "{retry_after}s", "ms": "{retry_after_ms}"
    } }"#;
    let cases = [
        ("", json!({ "code": "a" })),
        (
            r#", "retry": "throttled", "retry_after_ms": 2000"#,
            json!({ "code": "a", "wait": 2, "text": "2s", "ms": 2000 }),
        ),
        (
            r#", "retry": "throttled", "retry_after_ms": 1500"#,
            json!({ "code": "a", "wait": 1.5, "text": "1.5s", "ms": 1500 }),
        ),
    ];
    for (row, expected) in cases {
        let response = response(envelope, row);
        assert_eq!(response["content"]["application/json"]["examples"]["a"]["value"], expected);
    }
}

#[test]
fn waits_are_headers_of_codes_that_have_one() {
    let envelope = r#"{ "failure": { "code": "{code}" }, "headers": {
        "x-id": "{request_id}", "x-message": "{message}", "retry-after": "{retry_after}", "retry-after-ms": "{retry_after_ms}"
    } }"#;
    let cases: [(&str, &[_]); 2] = [
        ("", &[("x-id", "The request id."), ("x-message", "The message.")]),
        (
            r#", "retry": "throttled", "retry_after_ms": 5"#,
            &[
                ("retry-after", "How long to wait, in seconds."),
                ("retry-after-ms", "How long to wait, in milliseconds."),
                ("x-id", "The request id."),
                ("x-message", "The message."),
            ],
        ),
    ];
    for (row, expected) in cases {
        let response = response(envelope, row);
        let headers = response["headers"].as_object().unwrap().iter();
        let mut headers: Vec<_> =
            headers.map(|(name, header)| (&**name, header["description"].as_str().unwrap())).collect();
        headers.sort_unstable();
        assert_eq!(headers, expected);
    }
}

#[test]
fn problem_details_need_all_their_members() {
    let cases = [
        (r#"{ "type": "{code}", "title": "{meaning}" }"#, "application/json"),
        (r#"{ "type": "{code}", "detail": "{message}" }"#, "application/json"),
        (r#"{ "title": "{code}", "detail": "{message}" }"#, "application/json"),
        (r#"{ "type": "{code}", "title": "{meaning}", "detail": "{message}" }"#, "application/problem+json"),
    ];
    for (sample, media_type) in cases {
        let response = response(&format!(r#"{{ "failure": {sample} }}"#), "");
        let media_types: Vec<_> = response["content"].as_object().unwrap().keys().collect();
        assert_eq!(media_types, [media_type], "{sample}");
    }
}

#[test]
fn arrays_have_the_schemas_of_their_elements() {
    let code = json!({ "$ref": "#/components/schemas/TCode" });
    let cases = [
        (r#"["{code}"]"#, code.clone()),
        (r#"["{code}", "{message}"]"#, json!({ "anyOf": [code, { "type": "string" }] })),
    ];
    for (array, items) in cases {
        let schema = failure(&format!(r#"{{ "errors": {array} }}"#));
        assert_eq!(schema["properties"]["errors"], json!({ "type": "array", "items": items }));
    }
}

/// Each failure has a code, a message and constants.
#[test]
fn members_are_required_if_each_failure_has_them() {
    let cases = [
        (r#"{ "errors": [{ "kind": "E", "code": "{code}" }] }"#, json!(["errors"])),
        (r#"{ "errors": [["{code}"]] }"#, json!(["errors"])),
        (r#"{ "code": "{code}", "messages": ["{message}"] }"#, json!(["code"])),
        (r#"{ "error": { "code": "{code}", "wait": "{retry_after}" } }"#, json!(["error"])),
        (r#"{ "code": "{code}", "retry": { "after": "{retry_after}" }, "data": {} }"#, json!(["code", "data"])),
    ];
    for (sample, required) in cases {
        assert_eq!(failure(sample)["required"], required, "{sample}");
    }
}

#[test]
fn members_have_the_types_of_their_columns() {
    let columns = r#"{
        "is_ours": "bool",
        "severity": { "enum": ["low", "high"], "default": "low" },
        "team": "str",
        "weight": "f64",
        "line": "u32"
    }"#;
    let sample =
        r#"{ "code": "{code}", "a": "{is_ours}", "b": "{severity}", "c": "{team}", "d": "{weight}", "e": "{line}" }"#;
    let components =
        components(columns, &format!(r#"{{ "failure": {sample} }}"#), r#"{ "code": "x", "is_ours": true, "line": 7 }"#);
    let schema = &components["schemas"]["TFailure"];
    let expected = json!({
        "code": { "$ref": "#/components/schemas/TCode" },
        "a": { "type": "boolean" },
        "b": { "type": "string", "enum": ["low", "high"] },
        "c": { "type": "string" },
        "d": { "type": "number" },
        "e": { "type": "integer" },
    });
    assert_eq!(schema["properties"], expected);
    assert_eq!(schema["example"], json!({ "code": "x", "a": true, "b": "low", "e": 7 }));
}

/// Requests with numeric codes, as those of JSON-RPC, may have an integer as their id.
#[test]
fn request_id_is_a_string_unless_codes_are_numbers() {
    let cases = [
        (r#"{ "code": "a" }"#, json!({ "type": "string" }), json!({ "code": "a", "id": "ed93f3cb" })),
        (r#"{ "code": "a", "number": 4 }"#, json!({}), json!({ "code": 4, "id": 1 })),
    ];
    for (row, schema, example) in cases {
        let envelope = r#"{ "failure": { "code": "{code}", "id": "{request_id}" } }"#;
        let failure = components("{}", envelope, row)["schemas"]["TFailure"].take();
        assert_eq!(failure["properties"]["id"], schema);
        assert_eq!(failure["example"], example);
    }
}
