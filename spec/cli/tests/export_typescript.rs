//! TypeScript modules contain the values of columns, and read responses by the envelope.

use std::fs;

use errtable_cli::export::{ExportFormat, ExportOptions, export};
use errtable_cli::input::Input;
use tempfile::TempDir;

/// Returns the module of a table.
fn module_of_table(table: &Input) -> String {
    export(table, &ExportOptions { to: ExportFormat::Typescript, out: None, check: false }).unwrap().text
}

/// Returns the module of a table with these keys.
fn module_of_keys(keys: &str) -> String {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("t.json");
    fs::write(&path, format!(r#"{{ "name": "t", {keys} }}"#)).unwrap();
    module_of_table(&Input::Path(path))
}

/// Returns the module of a table with an envelope.
fn module_of_envelope(envelope: &str) -> String {
    module_of_keys(&format!(r#""envelope": {envelope}, "errors": [{{ "code": "a" }}]"#))
}

/// Returns the body of a function on one line.
fn function(module: &str, name: &str) -> String {
    let body = || Some(module.split_once(&format!("function {name}"))?.1.split_once(" {\n")?.1.split_once("\n}\n")?.0);
    let body = body().unwrap_or_else(|| panic!("no `{name}`: {module}"));
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    [("( ", "("), (", )", ")"), (" )", ")"), ("[ ", "["), (", ]", "]"), (", }", " }")]
        .iter()
        .fold(line, |line, (broken, joined)| line.replace(broken, joined))
}

fn assert_contains(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}`: {text}");
}

#[test]
fn prototype_is_not_set() {
    let module = module_of_keys(r#""errors": [{ "code": "__proto__", "variant": "Proto" }]"#);
    assert_contains(&module, "  [\"__proto__\"]: {\n");
}

#[test]
fn large_integers_are_bigints() {
    let module = module_of_table(&Input::Path("../../tests/fixtures/tables/columns.json".into()));
    assert_contains(&module, " count: 18446744073709551615n,");
    assert_contains(&module, " offset: -9223372036854775808n,");
}

#[test]
fn columns_have_types() {
    let module = module_of_table(&Input::Path("../../tests/fixtures/tables/columns.json".into()));
    let columns = r#"export interface Columns {
  readonly http_status: number | null;
  readonly size: number | null;
  readonly count: number | bigint;
  readonly offset: number | bigint;
  readonly share: number;
  readonly billable: boolean;
  readonly public: boolean | null;
  readonly doc_url: string;
  readonly cache: number | null;
  readonly sent_as: number | null;
  readonly ttl: number;
  readonly severity: "low" | "very high" | "on-call";
  readonly audience: "user" | "operator" | null;
  readonly description_zh: string | null;
}
"#;
    assert_contains(&module, columns);
}

/// `Number.MAX_SAFE_INTEGER` is 9007199254740991.
#[test]
fn safe_integers_are_numbers() {
    let cases = [
        ("u64", "9007199254740991", "number", "9007199254740991"),
        ("u64", "9007199254740992", "number | bigint", "9007199254740992n"),
        ("i64", "-9007199254740991", "number", "-9007199254740991"),
        ("i64", "-9007199254740992", "number | bigint", "-9007199254740992n"),
    ];
    for (column, value, ty, literal) in cases {
        let columns = format!(r#"{{ "n": {{ "type": "{column}", "required": true }} }}"#);
        let module = module_of_keys(&format!(r#""columns": {columns}, "errors": [{{ "code": "a", "n": {value} }}]"#));
        assert_contains(&module, &format!("  readonly n: {ty};\n"));
        assert_contains(&module, &format!("    columns: {{ n: {literal} }},\n"));
    }
}

#[test]
fn data_is_where_the_success_has_it() {
    let cases = [
        (r#"{ "data": "{data}" }"#, r#"const data = member(json, "data"); if (data !== undefined)"#),
        (r#"{ "ok": true, "data": "{data}" }"#, r#"data: (member(json, "data") ?? null) as T"#),
        (r#"{ "ok": true, "...": "{data}" }"#, "data: json as T"),
        (r#"{ "ok": true, "error": null, "...": "{data}" }"#, r#"data: without(json, "error") as T"#),
        (r#"{ "error": null, "...": "{data}" }"#, r#"const data = without(json, "error"); if (data !== undefined)"#),
        (
            r#"{ "id": "{request_id}", "result": { "trace": "{request_id}", "...": "{data}" } }"#,
            r#"const data = without(member(json, "result"), "trace"); if (data !== undefined)"#,
        ),
        (
            r#"{ "result": { "kind": "photo", "...": "{data}" } }"#,
            r#"const data = (member(json, "result") ?? null) === null ? null : without(member(json, "result"));"#,
        ),
    ];
    for (success, data) in cases {
        let module = module_of_envelope(&format!(
            r#"{{ "success": {success}, "failure": {{ "ok": false, "error": "{{code}}" }} }}"#
        ));
        assert_contains(&function(&module, "parseResponse"), data);
    }
}

/// Instead of null, `error` may be an object that contains only members that samples name.
#[test]
fn null_of_a_success_matches_an_object_that_samples_describe() {
    let cases = [
        (r#"{ "error": "{code}" }"#, r#"isNothing(member(json, "error"))) {"#),
        (
            r#"{ "error": { "code": "{code}", "message": "{message}" } }"#,
            r#"isNothing(member(json, "error"), { code: {}, message: {} })"#,
        ),
    ];
    for (failure, condition) in cases {
        let module = module_of_envelope(&format!(
            r#"{{ "success": {{ "error": null, "data": "{{data}}" }}, "failure": {failure} }}"#
        ));
        assert_contains(&function(&module, "parseResponse"), condition);
    }
}

#[test]
fn second_choices_of_a_success_follow_the_headers() {
    let module = module_of_envelope(
        r#"{ "success": { "a": "{request_id?}", "b": "{request_id}", "data": "{data}" },
            "failure": { "code": "{code}" }, "headers": { "x-id": "{request_id}" } }"#,
    );
    let ids = r#"requestId: textOrDigits(member(json, "b")) ?? sent.requestId ?? textOrDigits(member(json, "a"))"#;
    assert_contains(&function(&module, "parseResponse"), ids);
}

/// A malformed body may contain the request id where only a success has it.
#[test]
fn request_id_of_a_success_is_read_from_any_body() {
    let code = r#"code: textOrDigits(member(json, "code"))"#;
    let id = r#"requestId: textOrDigits(member(json, "id"))"#;
    let cases = [
        (r#""id": "{request_id}""#, format!("return {{ {code}, {id} }};")),
        (r#""n": 1"#, format!("return [{{ {code} }}, {{ {id} }}];")),
        (
            r#""trace": "{request_id}""#,
            format!("return [{{ {code}, requestId: textOrDigits(member(json, \"trace\")) }}, {{ {id} }}];"),
        ),
        (
            r#""id": "{request_id?}""#,
            format!("return [{{ {code}, \"requestId?\": textOrDigits(member(json, \"id\")) }}, {{ {id} }}];"),
        ),
        (
            r#""id": "{request_id}", "error": "{_}""#,
            format!("return [{{ fits: !isNothing(member(json, \"error\")), {code}, {id} }}, {{ {id} }}];"),
        ),
    ];
    for (member, samples) in cases {
        let success = r#"{ "id": "{request_id}", "data": "{data}" }"#;
        let failure = format!(r#"{{ "code": "{{code}}", {member} }}"#);
        let module = module_of_envelope(&format!(r#"{{ "success": {success}, "failure": {failure} }}"#));
        assert_eq!(function(&module, "readFailure"), samples, "{failure}");
    }
}

#[test]
fn body_with_neither_data_nor_a_code_is_malformed() {
    let ids = |id: &str| {
        format!(
            "return malformed(status, {{ reason: \"envelope\", \
            message: \"neither the data nor an error code was found\", requestId: {id}, retryAfterMs: undefined }});"
        )
    };
    let found = |ids: String| format!("if (found.code === undefined) {{ {ids}");
    let cases = [
        (r#""failure": { "code": "{code}" }"#, found(ids("undefined"))),
        (r#""failure": { "code": "{code}", "id": "{request_id}" }"#, found(ids("found.requestId"))),
        (r#""failure": [{ "code": "{code}" }, { "error": "{code}" }]"#, found(ids("undefined"))),
        (
            r#""failure": [{ "code": "{code}" }, { "error": "{code}", "id": "{request_id}" }]"#,
            found(format!("const any = merge(...samples); {}", ids("any.requestId"))),
        ),
        (
            r#""failure": { "code": "{code}" }, "headers": { "x-code": "{code}" }"#,
            format!("if ((found.code ?? sent.code) === undefined) {{ {}", ids("undefined")),
        ),
    ];
    for (parts, malformed) in cases {
        let module = module_of_envelope(&format!(r#"{{ "success": {{ "data": "{{data}}" }}, {parts} }}"#));
        assert_contains(&function(&module, "parseResponse"), &malformed);
    }
}

#[test]
fn truncated_body_may_have_a_request_id() {
    let ids = |id: &str| {
        format!(
            "return malformed(status, {{ reason, message: String(error), requestId: {id}, retryAfterMs: undefined }});"
        )
    };
    let cases = [
        (r#"{ "code": "{code}" }"#, ids("undefined")),
        (
            r#"{ "code": "{code}", "id": "{request_id}" }"#,
            format!("const found = readFailure(rest); {}", ids("found.requestId")),
        ),
        (
            r#"[{ "code": "{code}" }, { "error": "{code}", "id": "{request_id?}" }]"#,
            format!("const found = merge(...readFailures(rest)); {}", ids("found[\"requestId?\"]")),
        ),
    ];
    for (failure, malformed) in cases {
        let module = module_of_envelope(&format!(r#"{{ "failure": {failure} }}"#));
        assert_contains(&function(&module, "parseResponse"), &malformed);
    }
}

#[test]
fn first_sample_with_a_code_or_message_is_taken() {
    let cases: [(&str, &[&str]); 2] = [
        (r#"{ "error": "{code}" }"#, &["sample.code"]),
        (r#"{ "error": "{code?}", "text": "{message}" }"#, &[r#"sample.code ?? sample["code?"]"#, "sample.message"]),
    ];
    for (failure, values) in cases {
        let module = module_of_envelope(&format!(r#"{{ "failure": [{{ "code": "{{code}}" }}, {failure}] }}"#));
        let found =
            values.iter().map(|value| format!("fitting.find((sample) => {value}) ?? ")).collect::<Vec<_>>().concat();
        assert_eq!(function(&module, "decide"), format!("return ({found}merge(...fitting));"));
    }
}

#[test]
fn elements_of_arrays_are_searched() {
    let code = r#"{ code: textOrDigits(member(it, "code")) }"#;
    let message = r#"{ message: text(member(it, "message")) }"#;
    let cause = r#"first(member(it, "causes"), (itInIt) => ({ "code?": textOrDigits(member(itInIt, "code")) }))"#;
    let cases = [
        (r#"[{ "code": "{code}" }]"#, format!("first(list, (it) => ({code}))")),
        (
            r#"[{ "kind": "E", "code": "{code}" }]"#,
            format!(r#"first(list, (it) => member(it, "kind") === "E" && {code})"#),
        ),
        (
            r#"[{ "code": "{code}" }, { "message": "{message}" }]"#,
            format!("merge(first(list, (it) => ({code})), first(list, (it) => ({message})))"),
        ),
        (
            r#"[{ "code": "{code}", "causes": [{ "code": "{code?}" }] }]"#,
            format!("first(list, (it) => merge({code}, {cause}))"),
        ),
    ];
    for (array, values) in cases {
        let module = module_of_envelope(&format!(r#"{{ "failure": {{ "errors": {array} }} }}"#));
        let values = values.replace("list", r#"member(json, "errors")"#);
        assert_eq!(function(&module, "readFailure"), format!("return {values};"));
    }
}

#[test]
fn text_around_a_placeholder_is_removed() {
    let cases = [
        ("E:{code}", r#"textOrDigits(between(member(json, "a"), "E:", ""))"#),
        ("{code}.", r#"textOrDigits(between(member(json, "a"), "", "."))"#),
        ("<{code}>", r#"textOrDigits(between(member(json, "a"), "<", ">"))"#),
        ("{code}", r#"textOrDigits(member(json, "a"))"#),
    ];
    for (text, value) in cases {
        let module = module_of_envelope(&format!(r#"{{ "failure": {{ "a": "{text}" }} }}"#));
        assert_contains(&function(&module, "readFailure"), &format!("code: {value}"));
    }
}

#[test]
fn called_helpers_are_defined() {
    let module = module_of_envelope(r#"{ "failure": { "code": "{code}", "wait": "{retry_after}" } }"#);
    for name in ["textOrDigits", "text", "member", "isObject", "seconds", "milliseconds"] {
        assert_contains(&module, &format!("\nfunction {name}("));
    }
}
