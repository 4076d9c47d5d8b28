//! `errtable explain` reads a response by the envelope that fits.

use std::fs;
use std::path::Path;
use std::time::Duration;

use errtable_cli::error::{Error, Status};
use errtable_cli::explain::{ExplainOptions, Explained, Explanation, explain};
use errtable_cli::input::Input;
use errtable_spec::{Retry, envelope_names};
use tempfile::TempDir;

const GOOGLE: &str = r#"{"error": {"code": 429, "message": "m", "status": "RESOURCE_EXHAUSTED", "details": [
    {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE", "domain": "d"},
    {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"}]}}"#;

const REFERENCE: &str = r#"{"Response": {"Error": {"Code": "A", "Message": "m"}, "RequestId": "r"}}"#;

/// A table with its own envelope, and two codes.
const SHOP: &str = r#"{"name": "shop",
    "envelope": {"success": {"ok": true, "...": "{data}"},
        "failure": {"ok": false, "fault": {"id": "{code}", "text": "{message}"}},
        "headers": {"x-trace": "{request_id}", "x-wait": "{retry_after_ms}"}},
    "errors": [{"code": "A", "retry": "throttled"}, {"code": "B"}]}"#;

const PLAIN: &str = r#"{"name": "plain", "errors": [{"code": "A"}]}"#;

const NESTED: &str = r#"{"name": "nested-api", "envelope": "nested", "errors": [{"code": "A"}]}"#;

/// Explains a body by tables, each with its text.
fn explained(body: &str, tables: &[&str], status: Option<u16>, headers: &[(&str, &str)]) -> Explanation {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        Input::Path(folder.path().join(name))
    };
    let tables = tables.iter().zip(0..).map(|(table, number)| write(&format!("{number}.json"), table)).collect();
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let mut explanation = explain(&write("body", body), &ExplainOptions { tables, status, headers }).unwrap();
    // The name of a file without its folder.
    let envelope = explanation.envelope.as_deref().map(Path::new).and_then(Path::file_name);
    explanation.envelope = envelope.map(|name| name.to_string_lossy().into_owned());
    explanation
}

/// Returns the envelope, the code and the message of a failure.
fn failure(explanation: &Explanation) -> (&str, &str, &str) {
    match &explanation.outcome {
        Explained::Failure(failure) => {
            (explanation.envelope.as_deref().unwrap_or_default(), &failure.code, &failure.message)
        }
        _ => panic!("{explanation:?}"),
    }
}

fn is_success(explanation: &Explanation) -> bool {
    matches!(explanation.outcome, Explained::Success)
}

#[test]
fn best_envelope_is_found_without_table() {
    for (body, expected) in [
        (REFERENCE, ("bundled:common", "A", "m")),
        (r#"{"code": 4400, "codeDesc": "A", "message": "m"}"#, ("bundled:common", "A", "m")),
        (r#"{"error": {"code": "A", "message": "m"}}"#, ("nested", "A", "m")),
        (r#"{"error": {"code": 7, "message": "m"}}"#, ("nested", "7", "m")),
        (r#"{"error": {"code": "A", "message": "m", "status": 400}}"#, ("nested", "A", "m")),
        (r#"{"code": "A", "message": "m"}"#, ("flat", "A", "m")),
        (r#"{"code": "A", "message": "m", "type": "t"}"#, ("flat", "A", "m")),
        (r#"{"type": "A", "title": "t", "status": 403, "detail": "m"}"#, ("problem", "A", "m")),
        (r#"{"type": "A", "title": "t", "status": 403, "detail": "m", "code": "B"}"#, ("problem", "A", "m")),
        (GOOGLE, ("google", "RATE", "m")),
        (r#"{"error": {"code": 403, "message": "m", "status": "DENIED"}}"#, ("google", "DENIED", "m")),
        (r#"{"jsonrpc": "2.0", "error": {"code": -32601, "message": "m"}, "id": 7}"#, ("json-rpc", "-32601", "m")),
        (r#"{"jsonrpc": "2.0", "error": {"code": -1, "message": "m"}, "id": null}"#, ("json-rpc", "-1", "m")),
    ] {
        let explanation = explained(body, &[], None, &[]);
        assert_eq!(failure(&explanation), expected, "{body}");
        // A success of the envelopes over HTTP is any body.
        let explanation = explained(body, &[], Some(400), &[]);
        assert_eq!(failure(&explanation), expected, "{body}");
    }
}

/// A body of each named envelope, with the code 7.
const NAMED: [(&str, &str); 5] = [
    ("nested", r#"{"error": {"code": 7, "message": "m"}}"#),
    ("flat", r#"{"code": 7, "message": "m"}"#),
    ("problem", r#"{"type": "7", "detail": "m"}"#),
    ("google", r#"{"error": {"status": "7", "message": "m"}}"#),
    ("json-rpc", r#"{"jsonrpc": "2.0", "error": {"code": 7, "message": "m"}, "id": 1}"#),
];

#[test]
fn named_envelope_fits_with_and_without_table() {
    assert_eq!(NAMED.map(|(name, _)| name), *envelope_names());
    for (name, body) in NAMED {
        assert_eq!(failure(&explained(body, &[], None, &[])), (name, "7", "m"));
        let table =
            format!(r#"{{"name": "t", "envelope": "{name}", "errors": [{{"code": "7", "variant": "Seven"}}]}}"#);
        for status in [None, Some(400)] {
            let explanation = explained(body, &[&table], status, &[]);
            assert_eq!(failure(&explanation), ("0.json", "7", "m"), "{name}");
            assert_eq!((explanation.status(), &*explanation.notes), (Status::Success, &[][..]), "{name}");
        }
    }
}

/// Both envelopes read the body, so that the better one is taken although it is the second.
#[test]
fn envelope_that_describes_most_of_the_body_is_taken() {
    for (first, second, body) in [
        // The second has more values of the body.
        (r#"{"v": 1, "code": "{code}"}"#, r#"{"v": 2, "code": "{code}"}"#, r#"{"v": 2, "code": "A"}"#),
        (r#"{"v": "1", "code": "{code}"}"#, r#"{"v": "2", "code": "{code}"}"#, r#"{"v": "2", "code": "A"}"#),
        (r#"{"v": true, "code": "{code}"}"#, r#"{"v": false, "code": "{code}"}"#, r#"{"v": false, "code": "A"}"#),
        (
            r#"{"code": "{code}"}"#,
            r#"{"code": "{code}", "list": [{"text": "{message}"}]}"#,
            r#"{"code": "A", "list": [{"text": "m"}]}"#,
        ),
        // The second has fewer values that the body lacks.
        (r#"{"code": "{code}", "id": "{request_id}"}"#, r#"{"code": "{code}"}"#, r#"{"code": "A"}"#),
        (r#"{"code": "{code}", "text": "{message}"}"#, r#"{"code": "{code}", "data": null}"#, r#"{"code": "A"}"#),
        (
            r#"{"code": "{code}", "list": [{"text": "{message}", "id": "{request_id}"}]}"#,
            r#"{"code": "{code}", "text": "{message}"}"#,
            r#"{"code": "A"}"#,
        ),
    ] {
        let table = |failure| format!(r#"{{"name": "t", "envelope": {{"failure": {failure}}}, "errors": []}}"#);
        let explanation = explained(body, &[&table(first), &table(second)], None, &[]);
        let (envelope, code, _) = failure(&explanation);
        assert_eq!((envelope, code), ("1.json", "A"), "{first} {second}");
    }
}

#[test]
fn success_with_other_members_describes_most_of_the_body() {
    let table = |success| {
        format!(
            r#"{{"name": "t", "envelope": {{"success": {success}, "failure": {{"error": "{{code}}"}}}}, "errors": []}}"#
        )
    };
    let tables = [r#"{"result": "{data}"}"#, r#"{"ok": true, "...": "{data}"}"#].map(table);
    let explanation = explained(r#"{"ok": true, "result": 1}"#, &[&tables[0], &tables[1]], None, &[]);
    assert!(is_success(&explanation), "{explanation:?}");
    assert_eq!(explanation.envelope.as_deref(), Some("1.json"));
}

#[test]
fn wait_and_request_id_are_read() {
    assert_eq!(explained(GOOGLE, &[], None, &[]).wait, Some(Duration::from_millis(1500)));
    assert_eq!(explained(REFERENCE, &[], None, &[]).request_id.as_deref(), Some("r"));
    let headers = [("X-Trace", "t"), ("x-wait", "20")];
    let explanation = explained(r#"{"ok": false, "fault": {"id": "A"}}"#, &[SHOP], Some(200), &headers);
    assert_eq!(explanation.wait, Some(Duration::from_millis(20)));
    assert_eq!(explanation.request_id.as_deref(), Some("t"));
}

#[test]
fn given_table_goes_first() {
    let body = r#"{"ok": false, "fault": {"id": "A", "text": "m"}, "error": {"code": "B", "message": "m"}}"#;
    assert_eq!(failure(&explained(body, &[SHOP], None, &[])), ("0.json", "A", "m"));
    assert_eq!(failure(&explained(body, &[PLAIN, SHOP], None, &[])), ("1.json", "A", "m"));
    assert_eq!(failure(&explained(body, &[NESTED, SHOP], None, &[])), ("1.json", "A", "m"), "describes more");
    assert_eq!(failure(&explained(body, &[], None, &[])), ("nested", "B", "m"));
    // The table of the program decides what the program sees.
    assert_eq!(failure(&explained(GOOGLE, &[NESTED], None, &[])), ("0.json", "429", "m"));
    assert!(is_success(&explained(r#"{"ok": true, "code": "A"}"#, &[SHOP], None, &[])));
    assert!(is_success(&explained(GOOGLE, &[NESTED], Some(200), &[])));
}

#[test]
fn other_envelope_is_noted() {
    let explanation = explained(REFERENCE, &[PLAIN, NESTED], None, &[]);
    assert_eq!(failure(&explanation), ("bundled:common", "A", "m"));
    let [no_key, no_fit] = &explanation.notes[..] else { panic!("{:?}", explanation.notes) };
    assert!(no_key.ends_with("0.json` has no key `envelope`"), "{no_key}");
    assert!(no_fit.ends_with("1.json` does not fit the body") && no_fit.starts_with("the envelope of"), "{no_fit}");
    // The given tables are searched all the same.
    assert_eq!(explanation.status(), Status::Success);
}

#[test]
fn message_alone_fits() {
    let body = r#"{"Response": {"Error": {"Message": "m"}, "RequestId": "r"}}"#;
    assert_eq!(failure(&explained(body, &[], None, &[])), ("bundled:common", "", "m"));
    let explanation = explained(r#"{"detail": "m"}"#, &[], Some(503), &[]);
    assert_eq!(failure(&explanation), ("problem", "", "m"));
    assert_eq!((explanation.retry, explanation.status()), (Retry::Transient, Status::Findings));
    assert_eq!(failure(&explained(r#"{"ok": false}"#, &[SHOP], None, &[])), ("0.json", "", ""));
    let code = r#"{"ok": false, "fault": {"text": "m"}, "code": "A"}"#;
    assert_eq!(failure(&explained(code, &[SHOP], None, &[])), ("flat", "A", ""), "a code goes first");
}

#[test]
fn success_is_read_by_its_members() {
    for (body, envelope) in [
        (r#"{"Response": {"RequestId": "r"}}"#, "bundled:common"),
        (r#"{"jsonrpc": "2.0", "result": 1, "id": "r"}"#, "json-rpc"),
    ] {
        let explanation = explained(body, &[], None, &[]);
        assert!(is_success(&explanation), "{explanation:?}");
        assert_eq!((explanation.envelope.as_deref(), explanation.request_id.as_deref()), (Some(envelope), Some("r")));
        assert_eq!(explanation.status(), Status::Success);
    }
}

#[test]
fn success_without_members_is_noted() {
    let explanation = explained(r#"{"rows": []}"#, &[], Some(200), &[]);
    assert!(is_success(&explanation));
    assert_eq!(explanation.envelope, None);
    assert_eq!(explanation.notes, ["no envelope fits the body: the status alone makes it a success"]);
    assert!(is_success(&explained("", &[], Some(204), &[])));

    let explanation = explained(r#"{"rows": []}"#, &[NESTED], None, &[]);
    assert!(is_success(&explanation));
    assert_eq!(explanation.notes, ["without `--status`, a body without a code counts as a success"]);
    assert!(explained(r#"{"rows": []}"#, &[NESTED], Some(200), &[]).notes.is_empty());
}

#[test]
fn malformed_body_has_a_class_and_a_reason() {
    let headers = [("x-request-id", "r"), ("retry-after", "7")];
    for (body, status, why, retry) in [
        ("<html>", Some(503), "the body is not valid JSON", Retry::Transient),
        ("<html>", None, "the body is not valid JSON", Retry::Never),
        ("", None, "the body is empty", Retry::Transient),
        ("busy", Some(429), "the body is not valid JSON", Retry::Throttled),
        (r#"{"Response": {"Rows": ["#, None, "the body is truncated", Retry::Transient),
        (r#"{"Response": {"Error": {"Code": 1, "Code": 2}}}"#, None, "the body is not a valid", Retry::Never),
        (r#"{"reason": "A"}"#, None, "no envelope fits the body: tried `bundled:common`, `nested`", Retry::Never),
        (r#"{"reason": "A"}"#, Some(503), "no envelope fits the body: tried", Retry::Transient),
        ("[]", None, "no envelope fits the body", Retry::Never),
    ] {
        let headers = if status.is_some() { &headers[..] } else { &[] };
        let explanation = explained(body, &[], status, headers);
        let Explained::Malformed(found) = &explanation.outcome else { panic!("{explanation:?}") };
        assert!(found.starts_with(why), "{found}");
        assert_eq!((explanation.retry, explanation.status()), (retry, Status::Findings), "{body}");
        if status.is_some() {
            assert_eq!(explanation.request_id.as_deref(), Some("r"), "{body}");
            assert_eq!(explanation.wait, Some(Duration::from_secs(7)), "{body}");
        }
    }
    let wait = explained("<html>", &[], Some(503), &headers[1..]).wait;
    assert_eq!(wait, Some(Duration::from_secs(7)), "without a request id");
    // A key may be escaped.
    for cut in [r#"{"Response": {"RequestId": "r", "Rows": ["#, r#"{"Respon\u0073e": {"RequestId": "r", "Rows": ["#] {
        assert_eq!(explained(cut, &[], None, &[]).request_id.as_deref(), Some("r"), "{cut}");
    }
}

#[test]
fn code_alone_needs_no_envelope() {
    for text in ["A.B", "\"A.B\"", "A.B\n"] {
        assert_eq!(failure(&explained(text, &[], None, &[])), ("", "A.B", ""), "{text}");
    }
    let options = ExplainOptions { status: Some(503), ..ExplainOptions::default() };
    let explanation = explain(&Input::Path("Not.A.File".into()), &options).unwrap();
    assert_eq!((failure(&explanation), explanation.retry), (("", "Not.A.File", ""), Retry::Transient));
}

#[test]
fn tables_that_define_a_code_alike_have_one_entry() {
    let plain = r#"{"name": "t", "columns": {"level": "u16"}, "errors": [{"code": "A"}]}"#;
    for (other, expected) in [
        (plain.to_owned(), &[2][..]),
        (plain.replace(r#""A""#, r#""A", "retry": "throttled""#), &[1, 1]),
        (plain.replace(r#""A""#, r#""A", "level": 3"#), &[1, 1]),
    ] {
        let Explained::Failure(failure) = explained("A", &[plain, &other], None, &[]).outcome else { panic!() };
        let tables: Vec<_> = failure.entries.iter().map(|entry| entry.tables.len()).collect();
        assert_eq!(tables, expected, "{other}");
    }
}

#[test]
fn given_table_decides_what_is_malformed() {
    for body in ["", r#"{"rows": []}"#, "<html>"] {
        let explanation = explained(body, &[SHOP], Some(200), &[("x-trace", "t")]);
        assert!(matches!(explanation.outcome, Explained::Malformed(_) | Explained::Failure(_)), "{explanation:?}");
        assert_eq!(explanation.envelope.as_deref(), Some("0.json"), "{body}");
        assert_eq!(explanation.request_id.as_deref(), Some("t"), "{body}");
        assert_eq!(explanation.status(), Status::Findings, "{body}");
    }
    // Without a table, the status decides.
    assert!(is_success(&explained("", &[], Some(200), &[])));
}

#[test]
fn class_of_a_truncated_body_is_not_from_the_status() {
    for (body, status, cause) in [
        (r#"{"ok": true, "rows": ["#, Some(200), Some("the body is truncated")),
        ("", Some(200), Some("the body is empty")),
        (r#"{"ok": true, "rows": ["#, None, Some("the body is truncated")),
        (r#"{"ok": true, "rows": ["#, Some(503), None),
        ("<html>", Some(200), None),
    ] {
        assert_eq!(explained(body, &[SHOP], status, &[]).cause, cause, "{body} {status:?}");
    }
}

#[test]
fn request_id_of_an_envelope_that_does_not_fit_is_not_shown() {
    for body in [r#"{"id": 7, "rows": []}"#, r#"{"id": 7, "rows": ["#, r#"{"id": 7, "reason": "A"}"#] {
        for status in [None, Some(200), Some(503)] {
            assert_eq!(explained(body, &[], status, &[]).request_id, None, "{body} {status:?}");
        }
    }
    let explanation = explained(r#"{"jsonrpc": "2.0", "id": 7, "result": ["#, &[], None, &[]);
    assert_eq!(explanation.request_id.as_deref(), Some("7"));
}

#[test]
fn code_in_a_success_is_noted() {
    let body = r#"{"error": {"code": "A", "message": "m"}}"#;
    let explanation = explained(body, &[NESTED], Some(200), &[]);
    assert!(is_success(&explanation));
    assert_eq!(
        explanation.notes,
        ["the body has the code `A`, but the table has no `success`, so every 2xx is a success"]
    );
    assert!(explained(r#"{"rows": []}"#, &[NESTED], Some(200), &[]).notes.is_empty());
    assert!(explained(r#"{"ok": true, "fault": {"id": "A"}}"#, &[SHOP], Some(200), &[]).notes.is_empty());
}

#[test]
fn path_without_a_file_is_an_error() {
    let folder = TempDir::new().unwrap();
    let table = folder.path().join("t.json");
    fs::write(&table, r#"{"name": "t", "errors": [{"code": "orders/locked"}]}"#).unwrap();
    let options = ExplainOptions { tables: vec![Input::Path(table)], ..ExplainOptions::default() };
    let outcome =
        |subject: &str| explain(&Input::Path(subject.into()), &options).map(|explanation| explanation.status());
    assert_eq!(outcome("orders/locked").unwrap(), Status::Success);
    assert_eq!(outcome("typo").unwrap(), Status::Findings);
    for subject in ["sample/typo.json", "typo.json", "orders/typo"] {
        let Err(Error::Input { message, .. }) = outcome(subject) else { panic!("{subject}") };
        assert_eq!(message, format!("cannot read `{subject}`: no such file, and no table lists this code"));
    }
}

#[test]
fn integer_alone_is_a_code() {
    const RPC: &str = r#"{"name": "rpc", "errors": [{"code": "MethodNotFound", "number": -32601}]}"#;
    let explanation = explained("-32601\n", &[RPC], None, &[]);
    assert_eq!(failure(&explanation).1, "-32601");
    assert_eq!(explanation.status(), Status::Success);
    assert!(is_success(&explained("-32601", &[RPC], Some(200), &[])), "a response");
    for body in ["1.5", "9223372036854775808", "true", r#""""#] {
        let explanation = explained(body, &[], None, &[]);
        assert!(matches!(explanation.outcome, Explained::Malformed(_)), "{body}: {explanation:?}");
    }
}
