//! Finds the error code in a response body.

use errtable::{ApiErrorParts, CommonError, Error, from_slice};
use serde_json::Value;

use crate::envelope::{CODE_KEYS, code_and_message, is_error_key};

/// What a body contains.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body {
    Success { request_id: Option<String> },
    Failure { code: String, message: Option<String>, request_id: Option<String> },
}

impl Body {
    pub(super) fn from_code(code: impl Into<String>) -> Self {
        Self::Failure { code: code.into(), message: None, request_id: None }
    }
}

/// The request ids of other envelopes.
const REQUEST_IDS: &[&str] = &["/RequestId", "/requestId", "/request_id", "/error/request_id"];

/// Parses a body: the envelope of the reference API, another one with one of `CODE_KEYS`, or only a
/// code. The error describes why it is neither of these.
pub(super) fn parse(bytes: &[u8]) -> Result<Body, String> {
    // The enum does not restrict the codes: an unknown one is kept.
    let malformed = match from_slice::<(), CommonError>(bytes) {
        Ok(success) => return Ok(Body::Success { request_id: success.request_id.map(String::from) }),
        Err(Error::Api(failure)) => {
            let ApiErrorParts { code, message, request_id, .. } = failure.into_parts();
            let message = Some(String::from(message)).filter(|message| !message.is_empty());
            let code = code.as_str().to_owned();
            let request_id = request_id.map(String::from).or_else(|| request_id_elsewhere(bytes));
            return Ok(Body::Failure { code, message, request_id });
        }
        Err(Error::Malformed(malformed)) => malformed,
    };
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::String(code)) => Ok(Body::from_code(code)),
        Ok(body) if body.get("Response").is_none() => other_envelope(&body).ok_or_else(no_code),
        Err(_) if is_code(bytes.trim_ascii()) => Ok(Body::from_code(String::from_utf8_lossy(bytes.trim_ascii()))),
        _ => Err(malformed.to_string()),
    }
}

/// Finds the code in the values of keys such as `error`, then in the body.
fn other_envelope(body: &Value) -> Option<Body> {
    let errors = body.as_object()?.iter().filter(|(key, _)| is_error_key(key)).map(|(_, error)| error);
    // `{"errors": [{"code": "…"}]}`
    let mut errors = errors.map(|error| error.get(0).unwrap_or(error)).chain([body]);
    let (code, message) = errors.find_map(|error| code_and_message(error.as_object()?))?;
    let request_id = REQUEST_IDS.iter().find_map(|pointer| text(body, pointer));
    let message = message.filter(|message| !message.is_empty()).map(str::to_owned);
    Some(Body::Failure { code, message, request_id })
}

fn no_code() -> String {
    let keys = CODE_KEYS.join("`, `");
    format!("the body contains none of the keys `{keys}`, in any case and with or without `_`")
}

/// Returns the request id of the legacy form, which the envelope does not define.
fn request_id_elsewhere(bytes: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(bytes).ok()?;
    REQUEST_IDS.iter().find_map(|pointer| text(&body, pointer))
}

fn text(body: &Value, pointer: &str) -> Option<String> {
    match body.pointer(pointer)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns whether a text is a code without quotes, as in `echo AuthFailure | errtable explain -`.
fn is_code(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_alphabetic) && text.iter().all(u8::is_ascii_graphic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(body: &str) -> (String, Option<String>, Option<String>) {
        match parse(body.as_bytes()).unwrap() {
            Body::Failure { code, message, request_id } => (code, message, request_id),
            Body::Success { .. } => panic!("{body}"),
        }
    }

    #[test]
    fn code_is_found_in_every_place() {
        let text = |text: &str| Some(text.to_owned());
        let bodies = [
            r#"{"Response": {"Error": {"Code": "A", "Message": "b"}, "RequestId": "c"}}"#,
            r#"{"Error": {"Code": "A", "Message": "b"}, "RequestId": "c"}"#,
            r#"{"error": {"code": "A", "message": "b", "request_id": "c"}}"#,
            r#"{"code": "A", "message": "b", "requestId": "c"}"#,
            r#"{"Code": "A", "Message": "b", "request_id": "c"}"#,
            r#"{"error": "A", "error_description": "b", "request_id": "c"}"#,
            r#"{"error_code": "A", "detail": "b", "request_id": "c"}"#,
            r#"{"errors": [{"code": "A", "msg": "b"}], "code": 400, "request_id": "c"}"#,
        ];
        for body in bodies {
            assert_eq!(failure(body), ("A".to_owned(), text("b"), text("c")), "{body}");
        }
        assert_eq!(failure(r#"{"code": 4400, "codeDesc": "A", "message": "b"}"#), ("A".to_owned(), text("b"), None));
        assert_eq!(failure(r#"{"error": {"code": 404}}"#).0, "404");
        assert_eq!(failure(r#""A""#).0, "A");
        assert_eq!(failure("A.B\n").0, "A.B");
    }

    #[test]
    fn success_keeps_the_request_id() {
        let success = parse(br#"{"Response": {"Total": 1, "RequestId": "c"}}"#);
        assert_eq!(success, Ok(Body::Success { request_id: Some("c".to_owned()) }));
    }

    #[test]
    fn searched_keys_are_named() {
        assert!(
            parse(br#"{"reason": "A"}"#)
                .unwrap_err()
                .contains("`code_desc`, `error_code`, `err_code`, `code`, `error`")
        );
    }

    #[test]
    fn body_without_code_is_an_error() {
        for body in
            ["", "<html>", "{}", "[]", "4 words of text", r#"{"Response": {"Error": "x"}, "code": "A"}"#, "\u{feff}A"]
        {
            assert!(parse(body.as_bytes()).is_err(), "{body}");
        }
    }
}
