//! An envelope that `serde_json` writes is equal when it is read.
//!
//! The lines of the input are a code, a message, a request id, and the data as JSON.

#![no_main]

use errtable::{ApiError, CommonError, Envelope, from_slice};
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value, json};

type Data = Map<String, Value>;
type Reply = Envelope<Data, CommonError>;

fuzz_target!(|text: &str| {
    let mut lines = text.splitn(4, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let (code, message, request_id, data) = (next(), next(), next(), next());
    let failure = Reply::Failure(ApiError::new(code, message).with_request_id(request_id));
    // A code and a message of nothing are a success.
    let is_nothing = |text| matches!(text, "" | "0");
    let is_success = is_nothing(code) && is_nothing(message);
    check(&failure, (!is_success).then(|| failure.clone()));
    if let Ok(data) = serde_json::from_str::<Data>(data) {
        let expected = expected(data.clone(), request_id);
        check(&Reply::success(data).with_request_id(request_id), expected);
    }
});

/// Returns what is read if the data are written with a request id, or `None` if they are invalid.
fn expected(mut data: Data, request_id: &str) -> Option<Reply> {
    // A null `Error` is left out.
    if data.remove("Error").is_some_and(|error| !error.is_null()) {
        return None;
    }
    // Of the request ids, that of the data counts. One that is neither a string nor an integer is
    // not read.
    let request_id = match data.remove("RequestId") {
        None | Some(Value::Null) => request_id.to_owned(),
        Some(Value::String(own)) if own.is_empty() => request_id.to_owned(),
        Some(Value::Number(own)) if own.is_i64() || own.is_u64() => own.to_string(),
        Some(own) => own.as_str().unwrap_or_default().to_owned(),
    };
    // `serde_json` limits the depth, and does not read the last digit of each fraction exactly.
    let body = json!({"Response": data}).to_string();
    let Ok(Value::Object(mut body)) = serde_json::from_str(&body) else { return None };
    let Some(Value::Object(data)) = body.remove("Response") else { return None };
    Some(Reply::success(data).with_request_id(request_id))
}

/// Writes an envelope, and compares what is read.
fn check(envelope: &Reply, expected: Option<Reply>) {
    let read = serde_json::to_vec(envelope).ok().and_then(|json| {
        let plain = serde_json::from_slice::<Reply>(&json).ok();
        let result = from_slice::<Data, CommonError>(&json);
        assert_eq!(result.is_ok(), matches!(plain, Some(Envelope::Success(_))), "{result:?}");
        plain
    });
    assert_eq!(read, expected);
}
