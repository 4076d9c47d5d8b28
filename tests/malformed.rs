//! The error for a malformed body reports the reason, the field, the position and the request id.

mod failing;

use std::collections::HashMap;
use std::error::Error as _;

use errtable::{CommonError, Error, Malformed, MalformedKind, Retry, RetryAction, from_response, from_slice};
use failing::{FAILURE, SUCCESS, read_malformed};
use serde_json::Value;

/// The message of a body with neither data nor an error code.
const NEITHER: &str = "neither the data nor an error code was found";

#[test]
fn invalid_envelope_reports_path_and_reason() {
    for (body, path, message) in [
        (r#"{"Response": {}, "Response": {}}"#, "Response", "duplicate field `Response`"),
        (r#"{"Response": {"Error": {"Code": "X"}}, "Response": {}}"#, "Response", "duplicate field `Response`"),
        (r#"{"Response": 1, "Response": {}}"#, "Response", "duplicate field `Response`"),
        (r#"{"RequestId": 1, "Response": {}, "RequestId": 1}"#, "RequestId", "duplicate field `RequestId`"),
        (r#"{"Response": {"RequestId": 1, "\u0052equestId": 1}}"#, "Response.RequestId", "duplicate field `RequestId`"),
        (
            r#"{"Response": {"Error": null, "A": 1, "Error": {"Code": "X"}}}"#,
            "Response.Error",
            "duplicate field `Error`",
        ),
        (
            r#"{"Response": {"Error": {"Code": "X"}, "A": 1, "Error": null}}"#,
            "Response.Error",
            "duplicate field `Error`",
        ),
        (
            r#"{"Response": {"RequestId": "a", "A": 1, "RequestId": "a"}}"#,
            "Response.RequestId",
            "duplicate field `RequestId`",
        ),
        (r#"{"Response": {"Error": {"Code": "X", "Code": "X"}}}"#, "Response.Error.Code", "duplicate field `Code`"),
        (r#"{"Response": {"Error": {"Code": "", "Code": ""}}}"#, "Response.Error.Code", "duplicate field `Code`"),
        (
            r#"{"Response": {"Error": {"Code": "X", "Message": 1, "Message": 1}}}"#,
            "Response.Error.Message",
            "duplicate field `Message`",
        ),
        (r#"{"Response": null}"#, "Response", NEITHER),
        (r#"{"Response": [{}]}"#, "Response", NEITHER),
        (r#"{"Response":"x"}"#, "Response", NEITHER),
        (r#"{"Response": 5, "code": 0, "codeDesc": "Success"}"#, "Response", NEITHER),
        ("{}", "", NEITHER),
        (r#"{"response": {}}"#, "", NEITHER),
        (r#"[{"Response": {}}]"#, "", NEITHER),
        (r#""Response""#, "", NEITHER),
        ("null", "", NEITHER),
    ] {
        for malformed in [
            read_malformed::<Value>(body),
            read_malformed::<()>(body),
            read_malformed::<Option<HashMap<String, Value>>>(body),
        ] {
            assert_eq!(
                (malformed.kind(), malformed.path().unwrap_or_default()),
                (MalformedKind::Envelope, path),
                "{body}"
            );
            let text = malformed.to_string();
            assert!(text.starts_with("the body is not a valid response envelope") && text.contains(message), "{text}");
        }
    }
}

#[test]
fn invalid_envelope_reports_its_position() {
    for (body, line, column) in [
        // A value that is not an object: its first byte.
        ("{\n\"Response\": 5}", 2, 13),
        ("\n null", 2, 2),
        ("{\"code\": 0}", 1, 1),
    ] {
        let malformed = read_malformed::<()>(body);
        assert_eq!((malformed.line(), malformed.column()), (line, column), "{malformed}");
    }
    for body in ["{\"Response\": {},\n\"Response\"", "{\"Response\": {},\n\"\\u0052esponse\""] {
        let malformed = read_malformed::<()>(format!("{body}: {{}}}}"));
        let column = body.lines().last().unwrap().len();
        assert!(malformed.line() == 2 && malformed.column() >= column, "{malformed}");
    }
}

#[test]
fn duplicates_are_malformed_at_any_status() {
    for body in [
        r#"{"Response": {"Error": {"Code": "X"}, "Error": {"Code": "X"}}}"#,
        r#"{"Response": {"Error": {"Code": "X", "Code": "X"}}}"#,
        r#"{"Response": {"RequestId": "a", "RequestId": "a"}}"#,
        r#"{"code": 1, "codeDesc": "X", "code": 1}"#,
    ] {
        for status in [200, 400, 503] {
            let error = from_response::<(), CommonError>(status, &(), body.as_bytes()).unwrap_err();
            let Error::Malformed(malformed) = error else { panic!("{body}: {error}") };
            assert_eq!((malformed.kind(), malformed.status()), (MalformedKind::Envelope, Some(status)), "{malformed}");
        }
    }
    // The data may contain any key twice.
    let body = r#"{"Response": {"A": 1, "A": 2, "B": {"Error": 1, "Error": 1}}, "C": 1, "C": 1}"#;
    assert!(from_slice::<Value, CommonError>(body.as_bytes()).is_ok());
}

#[test]
fn invalid_envelope_outranks_invalid_data() {
    for body in [
        r#"{"Response": {"Total": "x", "Error": {"Code": "X", "Code": "X"}, "RequestId": "id-1"}}"#,
        r#"{"Response": {"Error": {"Message": 1, "Message": 1}, "Total": "x", "RequestId": "id-1"}}"#,
        r#"{"Response": {"Total": "x", "Error": "X", "RequestId": "id-1"}, "Response": {}}"#,
        r#"{"Response": {"Total": "x", "RequestId": "id-1"}, "RequestId": 1, "RequestId": 1}"#,
    ] {
        let malformed = read_malformed::<HashMap<String, u64>>(body);
        assert_eq!((malformed.kind(), malformed.request_id()), (MalformedKind::Envelope, Some("id-1")), "{body}");
    }
}

#[test]
fn failure_outranks_invalid_data() {
    for body in [
        r#"{"Response": {"Total": "x", "Error": {"Code": true}, "RequestId": "id-1"}}"#,
        r#"{"Response": {"Error": {"Code": true}, "Total": "x", "RequestId": "id-1"}}"#,
        r#"{"Response": {"Total": "x", "Error": {"New": [1]}, "Total": 1, "RequestId": "id-1"}}"#,
    ] {
        let error = from_slice::<HashMap<String, u64>, CommonError>(body.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "failure without a code (request id id-1)", "{body}");
    }
}

#[test]
fn invalid_json_outranks_invalid_data() {
    for (body, kind) in [
        (r#"{"Response": {"Total": "x"}"#, MalformedKind::Truncated),
        (r#"{"Response": {"Total": "x"}} x"#, MalformedKind::Syntax),
        (r#"{"Response": {"Total": "x", "A": NaN}}"#, MalformedKind::Syntax),
        (r#"{"Response": {"Error": {"Code": "X"}}"#, MalformedKind::Truncated),
        (r#"{"Response": {"Error": {"Code": "X"}}}x"#, MalformedKind::Syntax),
    ] {
        assert_eq!(read_malformed::<HashMap<String, u64>>(body).kind(), kind, "{body}");
        let error = from_response::<HashMap<String, u64>, CommonError>(404, &(), body.as_bytes()).unwrap_err();
        assert!(matches!(&error, Error::Malformed(malformed) if malformed.kind() == kind), "{body}: {error}");
    }
}

#[test]
fn invalid_json_reports_its_position() {
    let html = "<html>\r\n<head><title>502 Bad Gateway</title></head>";
    for (body, kind, line, column, text) in [
        ("", MalformedKind::Empty, 1, 0, "the body is empty"),
        (" \r\n", MalformedKind::Empty, 2, 0, "the body is empty"),
        (
            html,
            MalformedKind::Syntax,
            1,
            1,
            "the body is not valid JSON (line 1 column 1): expected value; \
             the body starts with `<html>\\r\\n<head><title>502 Bad Gateway</ti`",
        ),
        (
            "404 page not found",
            MalformedKind::Syntax,
            1,
            5,
            "the body is not valid JSON (line 1 column 5): trailing characters; the body starts with `404 page not found`",
        ),
        (
            "{\"Response\": {}} {}",
            MalformedKind::Syntax,
            1,
            18,
            "the body is not valid JSON (line 1 column 18): trailing characters",
        ),
        (
            "{\"Response\": {}}\0",
            MalformedKind::Syntax,
            1,
            17,
            "the body is not valid JSON (line 1 column 17): trailing characters",
        ),
        (
            "{\"Response\": {\"A\": [1, 2,]}}",
            MalformedKind::Syntax,
            1,
            26,
            "the body is not valid JSON at Response.A (line 1 column 26): expected value",
        ),
        (
            "{\"Response\": {\"A\":\n [1, {\"B\": \"x",
            MalformedKind::Truncated,
            2,
            13,
            "the body is truncated at Response.A[1].B (line 2 column 13): EOF while parsing a string",
        ),
    ] {
        let malformed = read_malformed::<Value>(body);
        assert_eq!((malformed.kind(), malformed.line(), malformed.column()), (kind, line, column), "{body}");
        assert_eq!(malformed.to_string(), text);
    }
}

#[test]
fn invalid_encoding_keeps_the_request_id() {
    let marked = read_malformed::<Value>("\u{feff}{\"Response\": {\"RequestId\": \"id-1\"}}");
    assert_eq!((marked.kind(), marked.line(), marked.column()), (MalformedKind::Syntax, 1, 1));
    assert_eq!(marked.request_id(), Some("id-1"));
    assert!(marked.to_string().contains("unexpected byte order mark"), "{marked}");

    let latin = read_malformed::<Value>(b"{\"Response\": {\n\"Name\": \"caf\xe9\", \"RequestId\": \"id-1\"}}");
    assert_eq!((latin.kind(), latin.line(), latin.column()), (MalformedKind::Encoding, 2, 13));
    assert_eq!(latin.request_id(), Some("id-1"));
    let text = "the body is not valid UTF-8 (line 2 column 13): invalid byte at offset 27 (request id id-1)";
    assert_eq!(latin.to_string(), text);

    let failure = read_malformed::<Value>(
        b"{\"Response\": {\"Error\": {\"Code\": \"X\", \"Message\": \"\xff\"}, \"RequestId\": \"id-1\"}}",
    );
    assert_eq!(failure.kind(), MalformedKind::Encoding);
    let utf16 = read_malformed::<Value>(b"\xff\xfe{\0}\0");
    assert_eq!((utf16.kind(), utf16.column()), (MalformedKind::Encoding, 1));
}

#[test]
fn body_start_and_status_are_kept() {
    let body = format!(r#"{{"Response": {{"RequestId": "id-1", "A": "{}"}}}} words"#, "é".repeat(300));
    let Err(Error::Malformed(malformed)) = from_response::<Value, CommonError>(502, &(), body.as_bytes()) else {
        panic!("{body}")
    };
    assert_eq!(malformed.body_start(), &body.as_bytes()[..256]);
    assert_eq!((malformed.status(), malformed.request_id()), (Some(502), Some("id-1")));
    assert!(malformed.to_string().ends_with(" (status 502, request id id-1)"), "{malformed}");
    assert_eq!(read_malformed::<Value>(b"x\xff").body_start(), b"x\xff");
    let truncated = read_malformed::<Value>(r#"{"Response": {"RequestId": "id-1", "Rows": [{"Id"#);
    assert_eq!(truncated.request_id(), Some("id-1"));
}

#[test]
fn status_determines_the_retry_class() {
    for status in 0..1000 {
        let error = from_response::<(), CommonError>(status, &(), b"<html>").unwrap_err();
        assert_eq!(error.retry(), Retry::from_http_status(status), "{status}");
    }
    let error = from_slice::<(), CommonError>(b"<html>").unwrap_err();
    assert_eq!((error.retry(), error.status()), (Retry::Never, None));
    let error = from_response::<(), CommonError>(503, &(), b"").unwrap_err();
    assert_eq!((error.status(), error.retry_after(), error.code()), (Some(503), None, None));
    for (status, any, idempotent) in [(400, false, false), (429, true, true), (503, false, true)] {
        let error = from_response::<(), CommonError>(status, &(), b"").unwrap_err();
        let Error::Malformed(malformed) = &error else { panic!("{error}") };
        assert_eq!(
            [false, true].map(|idempotent| malformed.retry_action(idempotent) != RetryAction::GiveUp),
            [any, idempotent],
            "{status}"
        );
        assert_eq!(
            (malformed.is_retryable(), malformed.retry_action(true) != RetryAction::GiveUp),
            (idempotent, idempotent)
        );
    }
    // The code of the table decides in a failure.
    let error = from_response::<(), CommonError>(503, &(), FAILURE.as_bytes()).unwrap_err();
    assert_eq!((error.retry(), error.status()), (Retry::Never, Some(503)));
    let error = from_response::<(), CommonError>(500, &(), SUCCESS.as_bytes()).unwrap_err();
    assert_eq!((error.retry(), error.status()), (Retry::Transient, Some(500)));
}

#[test]
fn incomplete_success_is_transient() {
    for body in ["", " \r\n", "-", r#"{"Response": {"RequestId": "id-1""#, r#"{"Response": {"A": -1."#] {
        assert_eq!(read_malformed::<Value>(body).retry(), Retry::Transient, "{body}");
        for (status, retry) in [
            (199, Retry::Never),
            (200, Retry::Transient),
            (299, Retry::Transient),
            (300, Retry::Never),
            (404, Retry::Never),
            (429, Retry::Throttled),
        ] {
            let error = from_response::<Value, CommonError>(status, &(), body.as_bytes()).unwrap_err();
            assert_eq!(error.retry(), retry, "{status} {body}");
        }
    }
    assert_eq!(read_malformed::<()>("{}").retry(), Retry::Never);
    // The last one ends as the start of a number does.
    for body in ["<html>", r#"{"Response": 01, "A": -1."#] {
        assert_eq!(read_malformed::<()>(body).retry(), Retry::Never, "{body}");
    }
}

#[test]
fn errors_are_cloneable_comparable_and_small() {
    let error = from_response::<(), CommonError>(502, &(), b"<html>").unwrap_err();
    assert_eq!(error.clone(), error);
    assert_ne!(error, from_response::<(), CommonError>(503, &(), b"<html>").unwrap_err());
    assert!(error.source().is_none());
    let Error::Malformed(malformed) = error.clone() else { panic!("{error}") };
    assert_eq!(malformed.to_string(), error.to_string());
    assert_eq!(Error::<CommonError>::from(malformed), error);
    assert!(format!("{error:?}").contains(r#"body_start: "<html>""#), "{error:?}");
    assert_eq!(size_of::<Malformed>(), size_of::<usize>());
}

#[test]
fn request_id_is_found_in_invalid_json() {
    for body in [
        r#"{"Response":{"A":NaN,"RequestId":"r"}}"#,
        "{\"Response\":{\"A\":\"x\ty\",\"RequestId\":\"r\"}}",
        r#"{"Response":{"A":"\q","RequestId":"r"}}"#,
        r#"{"Response":{"A":01,"RequestId":"r"}}"#,
        r#"{"Response":{"A":[1,],"RequestId":"r"}}"#,
        r#"{"Response":{"A":True,"Request\u0049d":"r"}}"#,
        r#"{"Response":{"Error":{"Code":1,"Code":1},"RequestId":"r"}}"#,
        r#"{"Response":{"RequestId":"r","RequestId":"s"}}"#,
        r#"callback({"Response":{"RequestId":"r"}})"#,
        r#"<html>{"Response":{"RequestId":"r"}}"#,
        r#"{"Response":[],"RequestId":"r"}"#,
        r#"{"RequestId":"beside","Response":{"A":NaN,"RequestId":"r"}}"#,
        r#"{"Response":{"A":[{"RequestId":"of an item"}],"RequestId":"r","B":NaN}}"#,
        r#"{"Other":{"RequestId":"of another"},"Response":{"A":NaN,"RequestId":"r"}}"#,
    ] {
        assert_eq!(read_malformed::<Value>(body).request_id(), Some("r"), "{body}");
    }
    for body in [
        r#"{"Response":{"A":[{"RequestId":"of an item"}],"B":NaN}}"#,
        r#"{"Response":{"A":NaN},"Other":{"RequestId":"of another"}}"#,
        r#"{"Response":{"A":NaN,"RequestId":"r"#,
    ] {
        assert_eq!(read_malformed::<Value>(body).request_id(), None, "{body}");
    }
}

#[test]
fn request_id_is_found_among_duplicates() {
    for body in [
        r#"{"Response":{},"RequestId":null,"RequestId":"r"}"#,
        r#"{"Response":{"RequestId":"","RequestId":"r"}}"#,
        r#"{"Response":{},"Response":{"RequestId":"r"}}"#,
    ] {
        assert_eq!(read_malformed::<Value>(body).request_id(), Some("r"), "{body}");
    }
}

/// The rest of the digits may be missing.
#[test]
fn truncated_integer_is_not_a_request_id() {
    for body in [r#"{"Response":{"RequestId":10"#, r#"{"RequestId":10"#, r#"{"Response":{"RequestId":-1"#] {
        assert_eq!(read_malformed::<Value>(body).request_id(), None, "{body}");
        assert!(read_malformed::<Value>(format!("{body},")).request_id().is_some(), "{body}");
    }
}

#[test]
fn invalid_data_has_the_request_id_beside_it() {
    for body in [
        r#"{"Response":{"A":"x","RequestId":"r"},"code":1,"codeDesc":"X"}"#,
        r#"{"Response":{"A":"x","RequestId":"r"},"code":1,"codeDesc":"X","RequestId":"beside"}"#,
    ] {
        let malformed = read_malformed::<HashMap<String, u64>>(body);
        assert_eq!((malformed.kind(), malformed.request_id()), (MalformedKind::Data, Some("r")), "{malformed}");
    }
}

/// No text after it makes the body valid.
#[test]
fn invalid_last_byte_is_not_a_truncation() {
    for body in [
        "{-",
        "{1",
        "{'",
        "{,",
        "[1,]",
        "[1 2",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a" -"#,
        "{}}",
        r#"{"Response": {}}]"#,
        r#"{"Response": {}},"#,
        r#"{"Response": {}} {"#,
    ] {
        let malformed = read_malformed::<()>(body);
        assert_eq!((malformed.kind(), malformed.retry()), (MalformedKind::Syntax, Retry::Never), "{malformed}: {body}");
    }
}

#[test]
fn object_without_response_reports_its_start() {
    let text = read_malformed::<Value>(r#"{"message":"no Route matched with those values"}"#).to_string();
    assert_eq!(
        text,
        "the body is not a valid response envelope (line 1 column 1): \
         neither the data nor an error code was found; \
         the body starts with `{\"message\":\"no Route matched with those `",
    );
}
