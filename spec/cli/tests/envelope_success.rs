//! What `errtable envelope` proposes for successes: the sample, and notes about it.

use std::fs;

use errtable_cli::envelope::{EnvelopeOptions, Proposal, envelope};
use errtable_cli::input::Input;
use serde_json::Value;
use tempfile::TempDir;

/// Returns the proposal for a failure with a status, and for a success.
fn propose(failure: &str, success: Option<&str>, status: Option<u16>) -> Proposal {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, body: &str| {
        let path = folder.path().join(name);
        fs::write(&path, body).unwrap();
        Input::Path(path)
    };
    let success = success.map(|body| write("success", body));
    let options = EnvelopeOptions { success, status, ..Default::default() };
    envelope(&[write("failure", failure)], &options).unwrap()
}

/// Returns a sample of a proposal: `success` or `failure`.
fn sample(proposal: &Proposal, key: &str) -> Option<Value> {
    let text = proposal.text.as_ref().unwrap();
    let mut table: Value = serde_json::from_str(&format!("{{{text}}}")).unwrap();
    table["envelope"].get_mut(key).map(Value::take)
}

fn json(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| serde_json::from_str(text).unwrap())
}

const NESTED: &str = r#"{"error": {"code": "A_B", "message": "m m"}}"#;

const WITH_FLAG: &str = r#"{"ok": false, "code": "A_B", "message": "m m"}"#;

const IN_LIST: &str = r#"{"results": [{"code": "A_B", "message": "m m"}]}"#;

#[test]
fn success_has_constants_that_a_failure_contradicts() {
    for (failure, success, expected) in [
        (NESTED, r#"{"id": 1}"#, r#"{"error": null, "...": "{data}"}"#),
        (r#"{"meta": {"code": "A_B", "message": "m m"}}"#, r#"{"id": 1}"#, r#"{"meta": null, "...": "{data}"}"#),
        (WITH_FLAG, r#"{"ok": true, "id": 1}"#, r#"{"ok": true, "...": "{data}"}"#),
        (
            r#"{"status": "error", "version": "1", "code": "A_B", "message": "m m"}"#,
            r#"{"status": "success", "version": "2", "id": 1}"#,
            r#"{"status": "success", "...": "{data}"}"#,
        ),
        (
            r#"{"code": "A_B", "message": "m m"}"#,
            r#"{"code": "SUCCESS", "data": {}}"#,
            r#"{"code": "SUCCESS", "data": "{data}"}"#,
        ),
        // Both are a list with an element.
        (IN_LIST, r#"{"results": [{"id": 1}]}"#, ""),
    ] {
        let proposal = propose(failure, Some(success), None);
        assert_eq!(sample(&proposal, "success"), json(expected), "{failure}");
    }
}

#[test]
fn code_that_a_success_also_has_stays_in_its_place() {
    let proposal = propose(r#"{"message": "m m", "status": "A_B"}"#, Some(r#"{"status": "OK", "id": 1}"#), None);
    assert_eq!(sample(&proposal, "success"), json(r#"{"status": "OK", "...": "{data}"}"#));
    let text = proposal.text.unwrap();
    assert!(text.contains(r#""failure": { "message": "{message}", "status": "{code}" }"#), "{text}");
}

#[test]
fn success_is_guessed_for_failures_with_status_200() {
    for (failure, expected) in [
        (NESTED, r#"{"error": null, "...": "{data}"}"#),
        (r#"{"meta": {"code": "A_B", "message": "m m"}}"#, r#"{"meta": {"code": null, "...": "{data}"}}"#),
        (WITH_FLAG, r#"{"ok": true, "...": "{data}"}"#),
        // `retryable` is not a name of a flag, and "no" is not a boolean.
        (
            r#"{"retryable": false, "success": "no", "code": "A_B", "message": "m m"}"#,
            r#"{"code": null, "...": "{data}"}"#,
        ),
    ] {
        let proposal = propose(failure, None, Some(200));
        assert_eq!(sample(&proposal, "success"), json(expected), "{failure}");
    }
}

#[test]
fn success_that_the_status_implies_is_left_out() {
    for (failure, success, has_success) in [
        (NESTED, r#"{"id": 1}"#, false),
        (NESTED, r#"{"data": 1}"#, true),
        (WITH_FLAG, r#"{"ok": true, "id": 1}"#, true),
    ] {
        let proposal = propose(failure, Some(success), Some(400));
        assert_eq!(sample(&proposal, "success").is_some(), has_success, "{failure} {success}");
    }
}

#[test]
fn request_id_of_a_success_is_read() {
    let in_failure = r#"{"code": "A_B", "message": "m m", "request_id": "r"}"#;
    let in_meta = r#"{"code": "A_B", "message": "m m", "meta": {"request_id": "r"}}"#;
    let in_response = r#"{"code": "A_B", "message": "m m", "response": {"request_id": "r"}}"#;
    for (failure, success, expected) in [
        (
            in_failure,
            r#"{"request_id": "s", "data": {}}"#,
            r#"{"code": null, "request_id": "{request_id}", "data": "{data}"}"#,
        ),
        (in_failure, r#"{"request_id": "", "data": {}}"#, r#"{"code": null, "data": "{data}"}"#),
        (
            in_meta,
            r#"{"meta": {"request_id": "s"}, "id": 1}"#,
            r#"{"code": null, "meta": {"request_id": "{request_id}"}, "...": "{data}"}"#,
        ),
        (in_meta, r#"{"data": {}}"#, r#"{"code": null, "data": "{data}"}"#),
        // The data contains the id.
        (in_response, r#"{"response": {"request_id": "s", "id": 1}}"#, r#"{"code": null, "response": "{data}"}"#),
    ] {
        let proposal = propose(failure, Some(success), None);
        assert_eq!(sample(&proposal, "success"), json(expected), "{success}");
    }
}

#[test]
fn success_that_only_the_status_distinguishes_is_noted() {
    let pass_status = "if failures have a status other than 2xx, pass it with `--status`, to leave `success` out";
    let only_status = "nothing in the bodies tells a success from a failure: only the status does";
    let name = r#"`"envelope": "nested"` reads the same, and is shorter"#;
    for (failure, success, status, expected) in [
        (NESTED, r#"{"id": 1}"#, None, vec![pass_status]),
        (NESTED, r#"{"id": 1}"#, Some(200), vec![]),
        (NESTED, r#"{"id": 1}"#, Some(400), vec![name]),
        (WITH_FLAG, r#"{"ok": true, "id": 1}"#, None, vec![]),
        (IN_LIST, r#"{"results": [{"id": 1}]}"#, None, vec![only_status]),
    ] {
        let notes = propose(failure, Some(success), status).notes;
        assert_eq!(notes, expected, "{failure} {success} {status:?}");
    }
}

#[test]
fn flag_is_noted_without_a_success() {
    let notes = |failure: &str| propose(failure, None, None).notes;
    let expected = "`ok` may tell a success from a failure: pass a success with `--success FILE`";
    assert_eq!(notes(WITH_FLAG)[0], expected);
    for failure in [
        r#"{"retryable": false, "code": "A_B", "message": "m m"}"#,
        r#"{"success": "no", "code": "A_B", "message": "m m"}"#,
    ] {
        let notes = notes(failure);
        assert!(!notes.iter().any(|note| note.contains("may tell")), "{notes:?}");
    }
}
