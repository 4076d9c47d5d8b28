//! Envelopes: their texts, their defaults, and named ones.

mod memory;

use errtable_spec::__private::{Field, Layout};
use errtable_spec::{Envelope, Part, Placeholder, Rule, Sample, named_envelope};
use memory::load;
use proptest::prelude::*;

/// Returns the envelope of a table with the columns `doc` and `http_status`. Its JSON must read the
/// same.
#[track_caller]
fn envelope(json: &str) -> Envelope {
    let envelope = read(json);
    for width in [0, 80] {
        assert_eq!(read(&envelope.to_json(width)), envelope);
    }
    envelope
}

#[track_caller]
fn read(json: &str) -> Envelope {
    let text = format!(
        r#"{{"name": "t", "columns": {{"doc": "str", "http_status": "u16"}}, "envelope": {json}, "errors": []}}"#
    );
    let loaded = load(&[("t.json", &text)]);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    loaded.table.envelope.unwrap()
}

/// Returns the rules that an envelope violates, and what is left of it.
fn flawed(json: &str) -> (Vec<Rule>, Envelope) {
    let text = format!(r#"{{"name": "t", "envelope": {json}, "errors": []}}"#);
    let loaded = load(&[("t.json", &text)]);
    let rules = loaded.diagnostics.iter().map(errtable_spec::Diagnostic::rule).collect();
    (rules, loaded.table.envelope.unwrap())
}

fn literal(text: &str) -> Part {
    Part::Literal(text.to_owned())
}

fn first(placeholder: Placeholder) -> Part {
    Part::Placeholder(placeholder, false)
}

fn member(key: &str, sample: Sample) -> (String, Sample) {
    (key.to_owned(), sample)
}

fn text(parts: &[Part]) -> Sample {
    Sample::Text(parts.to_vec())
}

#[test]
fn texts_are_split_at_placeholders() {
    use Placeholder::{Any, Code, Column, Details, Message, RequestId, RetryAfter, RetryAfterMs, Status};
    for (written, parts) in [
        ("", vec![]),
        ("plain", vec![literal("plain")]),
        ("{code}", vec![first(Code)]),
        ("{message?}", vec![Part::Placeholder(Message, true)]),
        ("{request_id}", vec![first(RequestId)]),
        ("{retry_after}s", vec![first(RetryAfter), literal("s")]),
        ("{retry_after_ms}", vec![first(RetryAfterMs)]),
        ("{_}#{code}:{_}", vec![first(Any), literal("#"), first(Code), literal(":"), first(Any)]),
        ("{status}", vec![first(Status)]),
        ("{details}", vec![first(Details)]),
        ("https://a.b/{doc}", vec![literal("https://a.b/"), first(Column("doc".to_owned()))]),
        ("{{}}", vec![literal("{}")]),
        ("}}{{", vec![literal("}{")]),
        ("{{{code}}}", vec![literal("{"), first(Code), literal("}")]),
        ("{{{{code}}}}", vec![literal("{{code}}")]),
        ("签名 {code}", vec![literal("签名 "), first(Code)]),
        (r"\u007bcode\u007d\n", vec![first(Code), literal("\n")]),
    ] {
        let failures = envelope(&format!(r#"{{"failure": {{"error": "{{code}}", "text": "{written}"}}}}"#)).failures;
        let expected = [member("error", text(&[first(Code)])), member("text", Sample::Text(parts))];
        assert_eq!(failures, [Sample::Object(expected.to_vec())], "{written}");
    }
}

/// Returns whether a table with two rows and the column `errno` warns about its envelope.
fn is_unwritten(column: &str, envelope: &str) -> bool {
    let rows = r#"[{"code": "A", "errno": 1}, {"code": "B"}]"#;
    let text =
        format!(r#"{{"name": "t", "columns": {{"errno": {column}}}, "envelope": {envelope}, "errors": {rows}}}"#);
    let loaded = load(&[("t.json", &text)]);
    assert!(loaded.diagnostics.is_empty(), "{}", loaded.diagnostics[0]);
    loaded.warnings.iter().any(|warning| warning.rule() == Rule::UnwrittenCode)
}

#[test]
fn failure_is_written_with_its_code_or_a_column() {
    let (optional, set) = (r#""u16""#, r#"{"type": "u16", "default": 0}"#);
    let equal = r#"{"type": "u16", "default": 1}"#;
    for (column, envelope, expected) in [
        (optional, r#"{"failure": {"text": "{message}"}}"#, true),
        (optional, r#"{"failure": {"text": "{message}", "code": "{code?}"}}"#, true),
        (optional, r#"{"failure": [{"text": "{message}"}, {"code": "{code}"}]}"#, true),
        (optional, r#"{"failure": {"text": "{message}", "errno": "{errno}"}}"#, true),
        (set, r#"{"failure": {"text": "{message}", "errno": "{errno}"}}"#, false),
        (equal, r#"{"failure": {"text": "{message}", "errno": "{errno}"}}"#, true),
        (optional, r#"{"failure": {"list": [{"code": "urn:{code}"}]}}"#, false),
        (optional, r#"{"failure": {"text": "{message}"}, "headers": {"x-code": "{code?}"}}"#, false),
        (optional, r#""google""#, false),
    ] {
        assert_eq!(is_unwritten(column, envelope), expected, "{column} {envelope}");
    }
    let empty = r#"{"name": "t", "envelope": {"failure": "{message}"}, "errors": []}"#;
    assert!(load(&[("t.json", empty)]).warnings.is_empty(), "a table without codes");
    let flawed = r#"{"name": "t", "envelope": {"failure": "{message}"}, "errors": [{"code": "A"}, {"code": ""}]}"#;
    assert!(load(&[("t.json", flawed)]).warnings.is_empty(), "rows may be missing");
}

#[test]
fn sample_is_on_one_line_if_it_fits_with_its_comma() {
    let flat = named_envelope("flat").unwrap();
    let line = r#"  "failure": { "code": "{code}", "message": "{message}" },"#;
    assert_eq!(flat.to_json(line.len()).lines().nth(1), Some(line));
    assert_eq!(flat.to_json(line.len() - 1).lines().nth(1), Some(r#"  "failure": {"#));
    for (empty, json) in [(Sample::Array(Vec::new()), "[]"), (Sample::Object(Vec::new()), "{}")] {
        assert_eq!(empty.to_json(0), json, "an empty value is never split");
    }
}

#[test]
fn every_json_value_is_a_sample() {
    let read = envelope(
        r#"{"success": {"on": true, "\u0022n": -1.50e3, "none": null, "...": "{data}"},
            "failure": [{"on": false, "code": "{code}", "list": [[], {}, 5]}, [["{message}"]]]}"#,
    );
    let data = text(&[first(Placeholder::Data)]);
    let success = [
        member("on", Sample::Bool(true)),
        member("\"n", Sample::Number("-1.50e3".to_owned())),
        member("none", Sample::Null),
        member("...", data),
    ];
    assert_eq!(read.success, Sample::Object(success.to_vec()));
    let list = [Sample::Array(Vec::new()), Sample::Object(Vec::new()), Sample::Number("5".to_owned())];
    let failure = [
        member("on", Sample::Bool(false)),
        member("code", text(&[first(Placeholder::Code)])),
        member("list", Sample::Array(list.to_vec())),
    ];
    let array = Sample::Array(vec![Sample::Array(vec![text(&[first(Placeholder::Message)])])]);
    assert_eq!(read.failures, [Sample::Object(failure.to_vec()), array], "a failure that is an array");
}

#[test]
fn default_success_is_the_whole_body() {
    let read = envelope(r#"{"failure": "{code}"}"#);
    assert_eq!(read.success, text(&[first(Placeholder::Data)]));
    assert!(read.headers.is_empty());
    assert_eq!(read, envelope(r#"{"success": "{data}", "failure": ["{code}"], "headers": {}}"#));
}

#[test]
fn header_names_are_in_lower_case() {
    let headers = envelope(r#"{"failure": "{code}", "headers": {"X-Request-ID": "{request_id}"}}"#).headers;
    assert_eq!(headers[0].name, "x-request-id");
    assert_eq!(headers[0].text, [first(Placeholder::RequestId)]);
}

#[test]
fn named_envelopes_are_those_of_the_design() {
    let headers = r#""headers": {"x-request-id": "{request_id}", "retry-after": "{retry_after}"}"#;
    let google = r#"{"error": {"status": "{code?}", "message": "{message}", "details": [
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "{code}"},
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "{retry_after}s"}]}}"#;
    for (name, failure) in [
        ("nested", r#"{"error": {"code": "{code}", "message": "{message}"}}"#),
        ("flat", r#"{"code": "{code}", "message": "{message}"}"#),
        ("problem", r#"{"type": "{code}", "title": "{meaning}", "status": "{status}", "detail": "{message}"}"#),
        ("google", google),
    ] {
        let written = envelope(&format!(r#"{{"failure": {failure}, {headers}}}"#));
        assert_eq!(named_envelope(name), Some(written.clone()), "{name}");
        assert_eq!(envelope(&format!("\"{name}\"")), written, "{name}");
        assert_eq!(envelope(&format!(r#"{{"like": "{name}"}}"#)), written, "{name}");
    }
    // A server writes `data`, which the standard allows, if it has details. Over HTTP, a header may
    // ask for a wait.
    let json_rpc = envelope(
        r#"{"success": {"jsonrpc": "2.0", "error": null, "result": "{data}", "id": "{request_id}"},
            "failure": {"jsonrpc": "2.0",
                "error": {"code": "{code}", "message": "{message}", "data": "{details}"}, "id": "{request_id}"},
            "headers": {"retry-after": "{retry_after}"}}"#,
    );
    assert_eq!(named_envelope("json-rpc"), Some(json_rpc));
}

#[test]
fn like_fills_in_missing_keys() {
    let nested = named_envelope("nested").unwrap();
    let read = envelope(r#"{"like": "nested", "success": {"data": "{data}"}}"#);
    assert_eq!((read.failures, read.headers), (nested.failures, nested.headers.clone()));
    assert_eq!(read.success, Sample::Object(vec![member("data", text(&[first(Placeholder::Data)]))]));

    let read = envelope(r#"{"like": "nested", "failure": "{code}"}"#);
    assert_eq!((read.failures, read.headers), (vec![text(&[first(Placeholder::Code)])], nested.headers));
    assert!(envelope(r#"{"like": "nested", "headers": {}}"#).headers.is_empty());
    let json_rpc = named_envelope("json-rpc").unwrap();
    assert_eq!(envelope(r#"{"like": "json-rpc", "headers": {"x-id": "{request_id}"}}"#).success, json_rpc.success);
}

#[test]
fn flawed_envelope_keeps_its_valid_parts() {
    let (rules, read) = flawed(r#"{"success": {"ok": 1, "...": "{data}", "x": "{cod}"}, "failure": "{code}"}"#);
    assert_eq!(rules, [Rule::UnknownPlaceholder]);
    assert!(matches!(&read.success, Sample::Object(members) if members.len() == 3 && members[2].1 == Sample::Null));

    let (rules, read) = flawed(r#"{"success": {"result": "{dta}"}, "failure": {"code": "{code}"}, "headers": 5}"#);
    assert_eq!(rules, [Rule::UnknownPlaceholder, Rule::InvalidType]);
    assert_eq!(read.success, text(&[first(Placeholder::Data)]), "without data it would need another message");
    assert_eq!(read.failures, envelope(r#"{"failure": {"code": "{code}"}}"#).failures);
}

#[test]
fn flawed_envelope_has_a_layout() {
    for json in [
        "5",
        "\"nestd\"",
        "{}",
        r#"{"like": "nestd"}"#,
        r#"{"failure": []}"#,
        r#"{"success": [], "failure": [null]}"#,
        r#"{"success": {"a": "{data}", "b": "{data}", "...": "{data}"}, "failure": {"...": "{data}"}}"#,
        r#"{"success": "{code}", "failure": "{code", "headers": {"a": "a"}}"#,
    ] {
        let (rules, read) = flawed(json);
        assert!(!rules.is_empty(), "{json}");
        assert!(!Layout::new(&read).shape.failures.is_empty(), "{json}");
    }
}

#[test]
fn envelope_has_only_columns_of_the_table() {
    let table = r#"{"name": "t", "columns": {"from_n": "u16", "n": {"type": "u16", "unique": true}, "doc": "str"},
        "envelope": {"failure": {"code": "{code}", "list": [{"a": "{from_n}"}], "doc": "{doc}"}}, "errors": []}"#;
    let loaded = load(&[("t.json", table)]);
    let rules: Vec<_> = loaded.diagnostics.iter().map(errtable_spec::Diagnostic::rule).collect();
    assert_eq!(rules, [Rule::DuplicateMethod]);
    let members = [
        member("code", text(&[first(Placeholder::Code)])),
        member("list", Sample::Array(vec![Sample::Object(vec![member("a", Sample::Null)])])),
        member("doc", text(&[first(Placeholder::Column("doc".to_owned()))])),
    ];
    assert_eq!(loaded.table.envelope.unwrap().failures, [Sample::Object(members.to_vec())]);
}

#[test]
fn each_failure_must_contradict_a_constant() {
    let is_ambiguous = |success: &str, failure: &str| {
        let (rules, _) = flawed(&format!(r#"{{"success": {success}, "failure": {failure}}}"#));
        assert!(rules.is_empty() || rules == [Rule::AmbiguousFailure], "{success} {failure}: {rules:?}");
        !rules.is_empty()
    };
    for (success, failure) in [
        // The data is the whole body, or every constant is null.
        (r#""{data}""#, r#""{code}""#),
        (r#"{"error": null, "...": "{data}"}"#, r#"{"code": "{code}"}"#),
        // Another value or type, or none.
        (r#"{"ok": 1, "...": "{data}"}"#, r#"{"ok": 0, "e": "{code}"}"#),
        (r#"{"ok": 1, "...": "{data}"}"#, r#"{"ok": "1", "e": "{code}"}"#),
        (r#"{"ok": "1", "...": "{data}"}"#, r#"{"ok": "{status}", "e": "{code}"}"#),
        (r#"{"ok": "1", "...": "{data}"}"#, r#"{"ok": ["1"], "e": "{code}"}"#),
        (r#"{"ok": 1, "...": "{data}"}"#, r#"{"ok": null, "e": "{code}"}"#),
        (r#"{"ok": 1, "...": "{data}"}"#, r#"{"e": "{code}"}"#),
        (r#"{"ok": 1, "...": "{data}"}"#, r#""{code}""#),
        (r#"{"a": {"ok": 1}, "...": "{data}"}"#, r#"{"a": "{code}"}"#),
        // Something, where a success has nothing.
        (r#"{"v": 1, "e": null, "...": "{data}"}"#, r#"{"v": 1, "e": "{code}"}"#),
        (r#"{"v": 1, "e": null, "...": "{data}"}"#, r#"{"v": 1, "e": {"a": [{"code": "{code}"}]}}"#),
        (r#"{"v": 1, "e": null, "...": "{data}"}"#, r#"{"v": 1, "e": true, "code": "{code}"}"#),
        (r#"{"v": 1, "e": null, "...": "{data}"}"#, r#"{"v": 1, "e": 0.1, "code": "{code}"}"#),
        (r#"{"v": 1, "e": null, "...": "{data}"}"#, r#"{"v": 1, "e": "{_}", "code": "{code}"}"#),
        (r#"{"v": 1, "e": null, "...": "{data}"}"#, r#"{"v": 1, "e": "00", "code": "{code}"}"#),
    ] {
        assert!(!is_ambiguous(success, failure), "{success} {failure}");
    }
    let success = r#"{"v": 1, "t": "a", "e": null, "id": "{request_id}", "...": "{data}"}"#;
    for rest in [
        r#""e": null"#,
        r#""e": false"#,
        r#""e": -0.0e5"#,
        r#""e": """#,
        r#""e": "0""#,
        r#""e": []"#,
        r#""e": {"a": [{"b": 0}]}"#,
        // Values that may be absent.
        r#""e": "{code?}""#,
        r#""e": "{message}""#,
        r#""e": "{request_id}""#,
        r#""e": {"status": "{status}", "wait": "{retry_after}s", "title": "{meaning}"}"#,
        r#""id": 5"#,
        r#""other": "{_}""#,
    ] {
        let failure = format!(r#"{{"v": 1, "t": "a", "code": "{{code}}", {rest}}}"#);
        assert!(is_ambiguous(success, &failure), "{failure}");
    }
    assert!(is_ambiguous(r#"{"v": 1.0, "...": "{data}"}"#, r#"{"v": 1.00, "code": "{code}"}"#));
    let any = r#"{"v": "{_}", "t": "a", "code": "{code}"}"#;
    assert!(!is_ambiguous(success, any), "any value is written as none");
}

#[test]
fn largest_envelope_is_accepted() {
    let deep = format!("{}\"{{code}}\"{}", "[{\"a\": ".repeat(4), "}]".repeat(4));
    let wide: Vec<_> = (0..63).map(|key| format!("\"k{key}\": [],")).collect();
    let wide = format!("{{{} \"code\": \"{{code}}\"}}", wide.concat());
    let failures =
        [deep.as_str(), &wide, "\"{code}\"", "\"{code}\"", "\"{code}\"", "\"{code}\"", "\"{code}\"", "\"{code}\""];
    let read = envelope(&format!("{{\"failure\": [{}]}}", failures.join(", ")));
    assert_eq!(read.failures.len(), 8);
    assert_eq!(Layout::new(&read).shape.nodes.len(), 1 + 8 + 64);
}

/// Returns the JSON of samples, most of which are invalid in some way.
fn sample() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        Just("{code}"),
        Just("{message}"),
        Just("{data}"),
        Just("{data}"),
        Just("{request_id?}"),
        Just("{_}"),
        Just("{_}#{code}:{_}"),
        Just("{status}"),
        Just("{"),
        Just("{x}"),
        Just("ok"),
        Just(""),
    ];
    let scalar = prop_oneof![Just("null"), Just("true"), Just("0"), Just("-1.5e3")].prop_map(str::to_owned);
    let leaf = prop_oneof![4 => text.prop_map(|text| format!("\"{text}\"")), 1 => scalar];
    leaf.prop_recursive(4, 16, 4, |inner| {
        let key = prop_oneof![Just("a"), Just("b"), Just("..."), Just("{code}")];
        let member = (key, inner.clone()).prop_map(|(key, value)| format!("\"{key}\": {value}"));
        prop_oneof![
            1 => prop::collection::vec(inner, 0..3).prop_map(|elements| format!("[{}]", elements.join(", "))),
            3 => prop::collection::vec(member, 0..4).prop_map(|members| format!("{{{}}}", members.join(", "))),
        ]
    })
}

proptest! {
    #[test]
    fn every_envelope_has_a_layout(success in sample(), failure in sample(), header in sample()) {
        let (rules, read) = flawed(
            &format!(r#"{{"success": {success}, "failure": {failure}, "headers": {{"x": {header}}}}}"#));
        let layout = Layout::new(&read);
        let nodes = layout.shape.nodes;
        prop_assert!(usize::from(layout.shape.data) < nodes.len());
        prop_assert_eq!(nodes.len(), 1 + layout.members.len() + layout.shape.elements.len());
        for node in 1..=layout.shape.data {
            prop_assert!(layout.members.iter().any(|(parent, _, child)| (*parent, *child) == (node - 1, node)));
        }
        for (parent, key, child) in &layout.members {
            prop_assert!(parent < child && nodes[usize::from(*parent)].has_children);
            prop_assert_eq!(layout.child(*parent, key), *child);
        }
        if rules.is_empty() {
            let shape = layout.shape;
            let reads = |field| shape.failures.iter().all(|failure| {
                failure.places.iter().any(|place| place.slot.field == field)
            });
            prop_assert!(reads(Field::Code) || reads(Field::Message)
                || shape.failures.iter().all(|failure| !failure.places.is_empty()));
        }
    }
}
