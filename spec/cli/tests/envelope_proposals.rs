//! What `errtable envelope` proposes and notes, for bodies and headers of one property each.

use std::fs;

use errtable_cli::envelope::{EnvelopeOptions, Proposal, envelope};
use errtable_cli::input::Input;
use tempfile::TempDir;

/// Responses of two payment services: a header repeats the id of the body.
const REPEATED_IDS: &[(&str, &str, &str)] = &[
    (
        r#"{"name": "UNPROCESSABLE_ENTITY", "message": "m m", "debug_id": "b1d1f06c7246c"}"#,
        "Paypal-Debug-Id",
        "b1d1f06c7246c",
    ),
    (
        r#"{"status": 422, "errorCode": "14_006", "message": "m m", "pspReference": "882671234567890K"}"#,
        "pspReference",
        "882671234567890K",
    ),
];

#[test]
fn header_that_repeats_the_request_id_is_one() {
    for (body, name, id) in REPEATED_IDS {
        let text = proposal_with(body, &[(name, id)]);
        assert!(text.contains(&format!(r#"{{ "{}": "{{request_id}}" }}"#, name.to_ascii_lowercase())), "{text}");
        assert_eq!(text.matches("{request_id}").count(), 2, "{text}");
    }
}

#[test]
fn other_header_with_a_value_of_the_body_is_ignored() {
    for (member, name, value) in [
        ("version", "x-version", "2024-01-01"),
        ("date", "date", "Mon, 01 Jan 2024 00:00:00 GMT"),
        ("location", "location", "/orders/882671234567890"),
        ("account", "x-tenant", "882671234567890K"),
        ("language", "x-language", "abcdefghijklmnop"),
        ("type", "x-kind", "ORDER_LOCKED_17"),
    ] {
        let body = format!(r#"{{"code": "A_B", "message": "m m", "{member}": "{value}"}}"#);
        let text = proposal_with(&body, &[(name, value)]);
        assert!(!text.contains("{request_id}"), "{text}");
    }
}

#[test]
fn other_header_beside_a_request_id_is_ignored() {
    let body = r#"{"code": "A_B", "message": "m m", "request_id": "7f3a"}"#;
    let text = proposal_with(body, &[("x-tenant", "882671234567890K")]);
    assert!(!text.contains("headers"), "{text}");
}

#[test]
fn header_is_read_by_its_name() {
    for (name, value, expected) in [
        ("CF-Ray", "230b030023ae2822", r#"{ "cf-ray": "{request_id}" }"#),
        ("Audit-Id", "4f1c", r#"{ "audit-id": "{request_id}" }"#),
        ("x-amzn-ErrorType", "A_B:http://a.example/", r#"{ "x-amzn-errortype": "{code?}:{_}" }"#),
        ("x-ms-error-code", "A_B", r#"{ "x-ms-error-code": "{code?}" }"#),
    ] {
        let text = proposal_with(BODY, &[(name, value)]);
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn header_with_a_wait_is_read() {
    for (name, value, expected) in [
        ("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT", r#"{ "retry-after": "{retry_after}" }"#),
        ("x-ms-retry-after-ms", "1500", r#"{ "x-ms-retry-after-ms": "{retry_after_ms}" }"#),
        ("X-RateLimit-Reset-After", "64.57", r#"{ "x-ratelimit-reset-after": "{retry_after}" }"#),
    ] {
        let text = proposal_with(BODY, &[(name, value)]);
        assert!(text.contains(expected), "{text}");
    }
    let text = proposal_with(BODY, &[("x-ratelimit-reset-after", "64.57"), ("retry-after", "65")]);
    let expected = r#"{ "x-ratelimit-reset-after": "{retry_after?}", "retry-after": "{retry_after}" }"#;
    assert!(text.contains(expected), "{text}");
}

#[test]
fn request_id_of_the_client_is_a_second_choice() {
    let client = ("x-ms-client-request-id", "a17f");
    let text = proposal_with(BODY, &[client]);
    assert!(text.contains(r#"{ "x-ms-client-request-id": "{request_id}" }"#), "{text}");
    let text = proposal_with(BODY, &[client, ("x-ms-request-id", "b28a")]);
    let expected = r#"{ "x-ms-client-request-id": "{request_id?}", "x-ms-request-id": "{request_id}" }"#;
    assert!(text.contains(expected), "{text}");
}

#[test]
fn header_that_looks_like_a_wait_is_noted() {
    for (name, value, expected) in [
        (
            "X-RateLimit-Reset",
            "1735689600",
            "header `x-ratelimit-reset` is a point in time, so it is not read as a wait",
        ),
        (
            "ratelimit-reset",
            "30",
            "header `ratelimit-reset` is not read: if it is a wait, add `\"ratelimit-reset\": \"{retry_after}\"` to \
             `headers`",
        ),
    ] {
        let proposal = propose_with(BODY, &[(name, value)]);
        assert!(!proposal.text.unwrap().contains("headers"));
        assert!(proposal.notes.contains(&expected.to_owned()), "{:?}", proposal.notes);
    }
}

#[test]
fn message_in_an_object_is_read() {
    for (body, expected) in [
        (
            r#"{"error": {"code": "A_B", "message": {"lang": "en-us", "value": "Not there."}}}"#,
            r#""message": { "value": "{message}" }"#,
        ),
        (r#"{"code": "A_B", "message": {"en": "Not there."}}"#, r#""message": { "en": "{message}" }"#),
        (
            r#"{"error": {"code": "A_B", "problem": "Not there."}}"#,
            r#""error": { "code": "{code}", "problem": "{message}" }"#,
        ),
    ] {
        let proposal = propose_with(body, &[]);
        let text = proposal.text.unwrap();
        assert!(text.contains(expected), "{text}");
    }
    // A hint or a text beside a message is not noted.
    for key in ["hint", "text"] {
        let body = format!(r#"{{"error": {{"code": "A_B", "message": "m m", "{key}": "Try later."}}}}"#);
        let notes = propose_with(&body, &[]).notes;
        assert!(!notes.iter().any(|note| note.contains("may be a message")), "{notes:?}");
    }
}

#[test]
fn missing_message_is_noted() {
    let notes = propose_with(r#"{"code": "A_B", "request_id": "r"}"#, &[]).notes;
    let expected = "nothing looks like a message: a failure of this form has only a code";
    assert_eq!(notes[0], expected);
    let bodies = [BODY, r#"{"code": "C_D"}"#].map(str::to_owned);
    let notes = propose_all(&bodies, None).notes;
    assert!(notes[0].ends_with(&format!("1`: {expected}")), "{notes:?}");
}

/// A failure without a request id and a wait.
const BODY: &str = r#"{"code": "A_B", "message": "m m"}"#;

/// Returns the proposal for a body with headers.
fn proposal_with(body: &str, headers: &[(&str, &str)]) -> String {
    propose_with(body, headers).text.unwrap()
}

fn propose_with(body: &str, headers: &[(&str, &str)]) -> Proposal {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("body");
    fs::write(&path, body).unwrap();
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let options = EnvelopeOptions { headers, ..Default::default() };
    envelope(&[Input::Path(path)], &options).unwrap()
}

#[test]
fn request_id_may_be_a_large_integer() {
    for (id, is_id) in [("18446744073709551615", true), ("-9223372036854775808", true), ("18446744073709551616", false)]
    {
        let text = proposal_with(&format!(r#"{{"code": "A_B", "request_id": {id}}}"#), &[]);
        assert_eq!(text.contains("{request_id}"), is_id, "{text}");
    }
}

#[test]
fn code_in_a_list_is_offered() {
    let body = r#"{"name": "UNPROCESSABLE_ENTITY", "message": "The action could not be performed.",
        "details": [{"issue": "ORDER_ALREADY_CAPTURED", "description": "Order already captured."}]}"#;
    let expected = "`details[].issue` (`ORDER_ALREADY_CAPTURED`) may be a code, too, and is more specific: `name` is \
        taken, because a list may have several elements or none; for both, write `{code}` there and `{code?}` in `name`";
    let notes = propose_all(&[body.to_owned()], None).notes;
    assert!(notes.contains(&expected.to_owned()), "{notes:?}");
    let body = r#"{"errors": [{"code": "A_B", "type": "C_D", "message": "m m"}]}"#;
    let notes = propose_all(&[body.to_owned()], None).notes;
    assert!(!notes.iter().any(|note| note.contains("more specific")), "{notes:?}");
    // A sample reads the first element with a constant.
    let body = r#"{"code": "A_B", "details": [{"@type": "T", "code": "C_D"}, {"@type": "T", "code": "E_F"}]}"#;
    let notes = propose_all(&[body.to_owned()], None).notes;
    assert!(notes.iter().any(|note| note.contains("`C_D`")) && !notes.iter().any(|note| note.contains("`E_F`")));
}

/// Returns the proposal for bodies, and for the one of a success.
fn propose_all(failures: &[String], success: Option<&str>) -> Proposal {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, body: &str| {
        let path = folder.path().join(name);
        fs::write(&path, body).unwrap();
        Input::Path(path)
    };
    let failures: Vec<_> = failures.iter().enumerate().map(|(number, body)| write(&number.to_string(), body)).collect();
    let options = EnvelopeOptions { success: success.map(|body| write("success", body)), ..Default::default() };
    envelope(&failures, &options).unwrap()
}

fn proposal(failures: &[String], success: Option<&str>) -> String {
    propose_all(failures, success).text.unwrap()
}

#[test]
fn notes_of_like_failures_are_not_repeated() {
    let body =
        |code: &str| format!(r#"{{"errorCode": "{code}", "status": 422, "title": "Invalid.", "detail": "m m"}}"#);
    let notes = propose_all(&[body("A_B"), body("C_D")], None).notes;
    let expected = [
        "`status` (`422`) may be a code, too, but is an HTTP status: `errorCode` is taken",
        "`title` may be a message, too: `detail` is taken",
    ];
    assert_eq!(notes[..2], expected);
    assert!(!notes[2..].iter().any(|note| expected.contains(&&**note)), "{notes:?}");
}

#[test]
fn code_that_all_failures_have_is_less_likely() {
    // A member `name` is still less likely.
    for (other, expected) in [("type", r#""type": "{code}""#), ("name", r#""code": "{code}""#)] {
        let body = |code: &str| format!(r#"{{"{other}": "{code}", "code": "SAME", "message": "m m"}}"#);
        let text = proposal(&[body("A_B"), body("C_D")], None);
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn request_id_that_one_failure_has_is_a_first_choice() {
    let text = proposal(&[BODY, r#"{"code": "A_B", "request_id": "r"}"#].map(str::to_owned), None);
    assert!(text.contains(r#""request_id": "{request_id}""#), "{text}");
}

#[test]
fn at_most_8_forms_are_proposed() {
    let failure = |number: usize| format!(r#"{{"error_{number}": {BODY}}}"#);
    for (count, note) in [(8, None), (9, Some("the failures have 9 forms: only the first 8 are proposed"))] {
        let Proposal { text, notes, .. } = propose_all(&(0..count).map(failure).collect::<Vec<_>>(), None);
        assert_eq!(text.unwrap().matches("{code}").count(), 8);
        assert_eq!(notes.iter().find(|note| note.contains("forms")).map(String::as_str), note);
    }
}

#[test]
fn member_of_nothings_is_null_in_a_success() {
    let success = r#"{"error": {"code": "", "message": ""}, "user": {"id": 1}}"#;
    let text = proposal(&[r#"{"error": {"code": "A_B", "message": "m x"}}"#.to_owned()], Some(success));
    assert!(text.contains(r#""success": { "error": null, "...": "{data}" }"#), "{text}");
}

#[test]
fn failures_with_many_places_are_one_sample() {
    let failures: Vec<_> =
        (0..100).map(|number| format!(r#"{{"code": "A_B", "k{number}_message": "some text"}}"#)).collect();
    assert!(proposal(&failures, None).contains("k0_message"));
}

#[test]
fn value_and_object_at_one_place_keep_the_first() {
    let failures = [r#"{"code": "A_B", "error": "some text"}"#, r#"{"code": "A_C", "error": {"message": "other"}}"#];
    let text = proposal(&failures.map(str::to_owned), None);
    assert!(text.contains(r#""error": "{message}""#), "{text}");
}

#[test]
fn malformed_reading_is_not_a_message() {
    let proposal = propose_all(&[r#"{"message": "some text"}"#.to_owned()], Some(r#"{"data": 1}"#));
    // With a status of 2xx, a failure needs a code.
    let [(_, failure), (_, success)] = proposal.readings.as_slice() else { panic!("{:?}", proposal.readings) };
    assert!(failure.starts_with("malformed: the body is not a valid response envelope"), "{failure}");
    assert_eq!(success, "success");
}
