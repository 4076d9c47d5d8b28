//! A changed envelope is explained by what is read from responses.

use std::fs;

use errtable_cli::diff::change::Effect;
use errtable_cli::diff::{Comparison, Deny};
use errtable_cli::error::Status;
use errtable_cli::input::Input;
use errtable_spec::Table;
use tempfile::TempDir;

/// Returns a table with an envelope.
fn table(envelope: &str) -> Table {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("t.json");
    fs::write(&path, format!(r#"{{"name": "t", "envelope": {envelope}, "errors": []}}"#)).unwrap();
    Input::Path(path).load_valid().unwrap()
}

/// Returns how a changed envelope is explained. It changes how programs behave.
fn explained(old: &str, new: &str) -> Vec<String> {
    let changes = Comparison::new(&table(old), &table(new), "2027-01-01").changes;
    assert!(changes.iter().all(|change| change.effects.contains(&Effect::EnvelopeChanged)));
    changes.into_iter().flat_map(|change| change.details).collect()
}

#[test]
fn changed_envelope_is_explained() {
    let flag = r#"{"success": {"ok": true, "...": "{data}"}, "failure": {"ok": false, "error": "{code}"}}"#;
    for (old, new, expected) in [
        (flag, flag, &[][..]),
        (flag, &flag.replace(r#""error""#, r#""code""#), &["code read from `code` instead of `error`"]),
        (
            flag,
            &flag.replace(r#""{code}""#, r#""urn:{code}""#),
            &["code read from `error` as `urn:{code}` instead of `error`"],
        ),
        (
            flag,
            &flag.replace(r#""{code}""#, r#""{{{code}}}""#),
            &["code read from `error` as `{{{code}}}` instead of `error`"],
        ),
        (
            flag,
            &flag.replace(r#""ok": true"#, r#""error": null"#),
            &["a success requires `error`: `null`", "a success no longer requires `ok`: `true`"],
        ),
        (
            flag,
            &flag.replace("}}", r#"}, "headers": {"X-Id": "{request_id}"}}"#),
            &["request id read from header `x-id`"],
        ),
        (flag, &flag.replace("false", "0"), &["constant `ok`: `0` in failures instead of `ok`: `false`"]),
        (flag, &flag.replace(r#""ok": false, "#, ""), &["constant `ok`: `false` removed from failures"]),
        (flag, &flag.replace("false", r#"false, "v": "a""#), &["constant `v`: `\"a\"` added to failures"]),
        (flag, &flag.replace("false", r#"false, "v": {}"#), &["the order of members or an empty member differs"]),
        (
            r#"{"failure": {"ok": false, "v": 1, "error": "{code}"}}"#,
            r#"{"failure": {"v": 1, "ok": false, "error": "{code}"}}"#,
            &["the order of members or an empty member differs"],
        ),
        (
            flag,
            r#""flat""#,
            &[
                "code read from `code` instead of `error`",
                "message read from `message`",
                "request id read from header `x-request-id`",
                "wait read from header `retry-after` in seconds",
                "data read from the whole body instead of the object",
                "a success no longer requires `ok`: `true`",
                "constant `ok`: `false` removed from failures",
            ],
        ),
        (r#""nested""#, r#"{"like": "nested"}"#, &[]),
    ] {
        assert_eq!(explained(old, new), expected, "{new}");
    }
}

/// Two forms of a failure, the second of which has a list.
const FORMS: &str = r#"{
    "success": {"id": "{request_id}", "...": "{data}"},
    "failure": [
        {"code": "{code}", "id": "{request_id}"},
        {"kind": "{_}", "list": [{"@type": "A", "code": "{code}"}], "text": "{message}", "hint": "{message}"}
    ]
}"#;

/// Returns how a change of [`FORMS`] is explained.
fn explained_part(from: &str, to: &str) -> Vec<String> {
    assert!(FORMS.contains(from), "{from}");
    explained(FORMS, &FORMS.replacen(from, to, 1))
}

#[test]
fn order_of_failures_is_explained() {
    let swap = |text: &str, first: &str, second: &str| {
        text.replace(first, "FIRST").replace(second, first).replace("FIRST", second)
    };
    let swapped = swap(FORMS, r#"{"code": "{code}", "id": "{request_id}"}"#, FORMS.lines().nth(4).unwrap().trim());
    let samples = "samples of failures are tried in another order";
    assert_eq!(explained(FORMS, &swapped), [samples]);
    assert_eq!(
        explained(FORMS, &swapped.replace(r#", "hint": "{message}""#, "")),
        ["message no longer read from `hint`", samples]
    );
    let swapped = swap(FORMS, "text", "hint");
    assert_eq!(explained(FORMS, &swapped), ["values of a response are tried in another order"]);
}

#[test]
fn number_of_samples_is_explained() {
    let one = r#"{"failure": {"code": "{code}", "text": "{message}"}}"#;
    let two = r#"{"failure": [{"code": "{code}", "text": "{message}"}, {"fault": "{code}", "text": "{message}"}]}"#;
    assert_eq!(explained(one, two), ["code also read from `fault`"]);
    assert_eq!(explained(two, one), ["code no longer read from `fault`"]);
}

#[test]
fn key_with_a_dot_is_not_a_path() {
    let (key, path) = (r#"{"failure": {"a.b": "{code}"}}"#, r#"{"failure": {"a": {"b": "{code}"}}}"#);
    assert_eq!(explained(key, path), ["code read from `a.b` instead of `\"a.b\"`"]);
}

#[test]
fn constant_of_an_element_is_explained() {
    let removed = "an element of a list no longer requires `list[].@type`: `\"A\"`";
    assert_eq!(explained_part(r#""@type": "A", "#, ""), [removed]);
    let added = "an element of a list requires `list[].@type`: `\"B\"`";
    assert_eq!(explained_part(r#""A""#, r#""B""#), [added, removed]);
}

#[test]
fn removed_any_value_is_explained() {
    let expected = "a sample of a failure no longer requires `kind`: `\"{_}\"`";
    assert_eq!(explained_part(r#""kind": "{_}", "#, ""), [expected]);
}

#[test]
fn request_id_of_a_success_is_explained() {
    let expected = "request id of a success no longer read from `id`";
    assert_eq!(explained_part(r#""success": {"id": "{request_id}", "#, r#""success": {"#), [expected]);
}

#[test]
fn unit_of_a_wait_is_explained() {
    let body = r#"{"failure": {"code": "{code}", "wait": "{retry_after_ms}"}}"#;
    let expected = "wait read from `wait` in seconds instead of milliseconds";
    assert_eq!(explained(body, &body.replace("_ms", "")), [expected]);
    let header = r#"{"failure": {"code": "{code}"}, "headers": {"x-wait": "{retry_after_ms}"}}"#;
    let expected = "wait read from header `x-wait` in seconds instead of milliseconds";
    assert_eq!(explained(header, &header.replace("_ms", "")), [expected]);
    let expected = "wait read from header `wait` in seconds instead of header `x-wait` in milliseconds";
    assert_eq!(explained(header, &header.replace("_ms", "").replace("x-wait", "wait")), [expected]);
}

#[test]
fn written_value_is_explained() {
    let body = r#"{"failure": {"code": "{code}", "title": "{meaning}", "errors": "{details}"}}"#;
    for (from, to, expected) in [
        ("errors", "invalid", "details written at `invalid` instead of `errors`"),
        (r#", "errors": "{details}""#, "", "details no longer written at `errors`"),
        ("{meaning}", "Error: {meaning}", "meaning written at `title` as `Error: {meaning}` instead of `title`"),
        ("}}", r#", "status": "{status}"}}"#, "status written at `status`"),
    ] {
        assert_eq!(explained(body, &body.replace(from, to)), [expected], "{to}");
    }
}

#[test]
fn removed_sample_keeps_the_order_of_others() {
    let samples = [
        r#"{"code": "{code}", "message": "{message}"}"#,
        r#"{"fault": "{code}", "message": "{message}"}"#,
        r#"{"message": "{message}", "error": "{code}"}"#,
    ];
    let of = |samples: &[&str]| format!(r#"{{"failure": [{}]}}"#, samples.join(", "));
    for (position, key) in ["code", "fault", "error"].into_iter().enumerate() {
        let mut others = samples.to_vec();
        others.remove(position);
        let expected = format!("code no longer read from `{key}`");
        assert_eq!(explained(&of(&samples), &of(&others)), [expected]);
    }
}

#[test]
fn changed_envelope_is_denied() {
    let old = r#"{"success": {"ok": true, "...": "{data}"}, "failure": {"ok": false, "error": "{code}"}}"#;
    let new = r#"{"failure": {"ok": false, "error": "{code}"}}"#;
    let compare = |old, new| Comparison::new(&table(old), &table(new), "2027-01-01");
    assert_eq!(compare(old, new).status(&[Deny::Envelope]), Status::Findings);
    assert_eq!(compare(old, new).status(&[Deny::Breaking, Deny::Retry, Deny::Lifecycle]), Status::Success);
    assert_eq!(compare(old, old).status(&[Deny::Envelope]), Status::Success);
}
