//! Responses with integer codes: a service and a client of JSON-RPC, and bodies of Kafka.

use errtable::{ApiError, Code, Envelope, ErrorCode, Retry, error_table, from_slice};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[error_table("fixtures/tables/json-rpc.json")]
enum Rpc {}

#[error_table("fixtures/tables/kafka.json")]
enum Kafka {}

#[error_table("fixtures/tables/mongodb.json")]
enum MongoDb {}

#[derive(Deserialize)]
struct Request<'a> {
    method: &'a str,
    params: [i64; 2],
    id: Value,
}

/// Answers a request.
fn serve(request: &str) -> String {
    let Request { method, params: [a, b], id } = serde_json::from_str(request).unwrap();
    let reply = match method {
        "sub" => Envelope::success(a - b),
        "div" => a.checked_div(b).map_or_else(|| Envelope::failure(Rpc::InternalError, "by zero"), Envelope::success),
        "own" => Envelope::failure(Code::from_number(-32000), "of this server"),
        _ => Envelope::failure(Rpc::MethodNotFound, method),
    };
    let reply = match id {
        Value::String(id) => reply.with_request_id(id),
        Value::Null => reply,
        id => reply.with_request_id(id.to_string()),
    };
    serde_json::to_string(&reply).unwrap()
}

/// Calls a method.
fn call(method: &str, params: [i64; 2]) -> Result<i64, errtable::Error<Rpc>> {
    let request = json!({"jsonrpc": "2.0", "method": method, "params": params, "id": 7});
    from_slice(serve(&request.to_string()).as_bytes()).map(|success| success.data)
}

#[test]
fn client_reads_what_the_server_writes() {
    assert_eq!(call("sub", [5, 3]).unwrap(), 2);
    let error = call("div", [1, 0]).unwrap_err();
    assert_eq!(error.to_string(), "InternalError (-32603): by zero (request id 7)");
    assert_eq!(error.retry(), Retry::Transient);
    assert!(call("mod", [5, 3]).unwrap_err().is(Rpc::MethodNotFound));
}

#[test]
fn unknown_code_is_kept_and_written_again() {
    let sent = serve(r#"{"method": "own", "params": [0, 0], "id": 7}"#);
    assert_eq!(sent, r#"{"jsonrpc":"2.0","error":{"code":-32000,"message":"of this server"},"id":7}"#);
    let reply: Envelope<i64, Rpc> = serde_json::from_str(&sent).unwrap();
    assert_eq!(serde_json::to_string(&reply).unwrap(), sent);
    let error = reply.into_result().unwrap_err();
    assert_eq!((error.code().known(), error.code().number()), (None, Some(-32000)));
}

#[test]
fn details_are_the_data_of_an_error() {
    let error = ApiError::new(Rpc::InternalError, "by zero").with_details(&json!({"operand": 2})).unwrap();
    let sent = serde_json::to_string(&Envelope::<(), _>::from(error.with_request_id("7"))).unwrap();
    let data = r#""data":{"operand":2}"#;
    assert_eq!(sent, format!(r#"{{"jsonrpc":"2.0","error":{{"code":-32603,"message":"by zero",{data}}},"id":7}}"#));
}

#[test]
fn request_id_is_written_as_it_was_sent() {
    for id in ["7", "-7", "0", r#""a1""#, r#""07""#, r#""+7""#, r#""-0""#, "18446744073709551615", "null"] {
        for (method, result) in
            [("sub", r#""result":2"#), ("own", r#""error":{"code":-32000,"message":"of this server"}"#)]
        {
            let request = format!(r#"{{"method": "{method}", "params": [5, 3], "id": {id}}}"#);
            assert_eq!(serve(&request), format!(r#"{{"jsonrpc":"2.0",{result},"id":{id}}}"#));
        }
    }
    let beyond = Envelope::<_, Rpc>::success(1).with_request_id("18446744073709551616");
    assert_eq!(serde_json::to_value(beyond).unwrap()["id"], "18446744073709551616");
}

#[test]
fn names_and_digits_are_read() {
    for code in ["-32601", r#""-32601""#, r#""MethodNotFound""#] {
        let body = format!(r#"{{"jsonrpc": "2.0", "error": {{"code": {code}, "message": "no"}}, "id": null}}"#);
        let error = from_slice::<(), Rpc>(body.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "MethodNotFound (-32601): no", "{code}");
    }
    let body = br#"{"ok": 0, "errmsg": "no", "codeName": "NotMaster"}"#;
    assert!(from_slice::<(), MongoDb>(body).unwrap_err().is(MongoDb::NotWritablePrimary));
}

#[test]
fn unknown_name_is_written_as_text() {
    let reply = Envelope::<(), Kafka>::failure("NEW_ERROR", "no");
    assert_eq!(serde_json::to_string(&reply).unwrap(), r#"{"errorCode":"NEW_ERROR","errorMessage":"no"}"#);
}

#[test]
fn code_zero_that_would_be_a_success_is_rejected() {
    let write = |code: Kafka, message: &str| serde_json::to_string(&Envelope::<(), _>::failure(code, message));
    let expected = "this failure would be read as a success";
    assert_eq!(write(Kafka::None, "no").unwrap_err().to_string(), expected);
    assert_eq!(write(Kafka::UnknownServerError, "").unwrap(), r#"{"errorCode":-1,"errorMessage":""}"#);
    let success = from_slice::<Value, Kafka>(br#"{"errorCode": 0, "topic": "a"}"#).unwrap();
    assert_eq!(success.data, json!({"topic": "a"}));
}

#[test]
fn messagepack_is_written_with_integers() {
    let reply = Envelope::<(), _>::failure(Rpc::MethodNotFound, "no").with_request_id("7");
    let written = rmp_serde::to_vec(&reply).unwrap();
    let error = b"\xA5error\x82\xA4code\xD1\x80\xA7\xA7message\xA2no";
    assert_eq!(written, [&b"\x83\xA7jsonrpc\xA32.0"[..], error, b"\xA2id\x07"].concat());
}

/// Checks that a failure is read as it was written.
fn check_round_trip<C: errtable::Enveloped>(reply: &Envelope<(), C>) {
    let json = serde_json::to_string(reply).unwrap();
    let read: Envelope<(), C> = serde_json::from_str(&json).unwrap();
    assert!(read == *reply, "{json}");
}

proptest! {
    #[test]
    fn any_code_and_id_round_trips(number: i64, name in "[A-Za-z]+", id in "[0-9+-]{0,21}|.{0,9}") {
        for code in [Code::<Rpc>::from_number(number), Code::from(name)] {
            check_round_trip(&Envelope::failure(code.clone(), "no").with_request_id(id.clone()));
            check_round_trip(&Envelope::failure(code.recode::<MongoDb>(), "no"));
        }
    }
}

#[test]
fn table_without_numbers_writes_texts() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
    #[error_code(envelope = "json-rpc")]
    enum Texts {
        #[error_code("-32601")]
        MethodNotFound,
    }
    fn write<T: Serialize>(reply: &Envelope<T, Texts>) -> Value {
        serde_json::to_value(reply).unwrap()
    }
    let reply = write(&Envelope::<(), _>::failure(Texts::MethodNotFound, "no").with_request_id("7"));
    assert_eq!(reply, json!({"jsonrpc": "2.0", "error": {"code": "-32601", "message": "no"}, "id": "7"}));
    assert_eq!(write(&Envelope::success(1)), json!({"jsonrpc": "2.0", "result": 1, "id": ""}));
}
