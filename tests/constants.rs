//! The constants of a sample distinguish a success from a failure, in any key order.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::time::Duration;

use errtable::{ApiError, Enveloped, Error, Malformed, MalformedKind, Retry, Success, error_table, from_response};
use errtable::{Envelope, from_slice};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use reading::permutations;

mod reading;

#[error_table("fixtures/tables/slack.json")]
enum Slack {}

#[error_table("fixtures/tables/wechat.json")]
enum WeChat {}

#[error_table("fixtures/tables/json-rpc.json")]
enum JsonRpc {}

/// Reads a body from every order of its members, with and without status 200, which must agree.
fn read<T: DeserializeOwned + Debug + PartialEq, C: Enveloped>(members: &[&str]) -> Result<Success<T>, Error<C>> {
    let mut outcomes = permutations(members).into_iter().map(|members| {
        let body = format!("{{{}}}", members.join(", "));
        let result = from_slice::<T, C>(body.as_bytes());
        let with_status = from_response::<T, C>(200, &(), body.as_bytes());
        let plain = serde_json::from_str::<Envelope<T, C>>(&body).map(Envelope::into_result);
        match (&result, with_status, plain) {
            (Ok(success), Ok(with_status), Ok(Ok(plain))) => {
                assert_eq!((&success.data, &success.request_id), (&with_status.data, &with_status.request_id));
                assert_eq!(*success, plain, "{body}");
            }
            (Err(Error::Api(failure)), Err(Error::Api(with_status)), Ok(Err(plain))) => {
                assert_eq!(failure.clone().with_status(200), with_status, "{body}");
                assert_eq!(*failure, plain, "{body}");
            }
            (Err(Error::Malformed(malformed)), Err(Error::Malformed(with_status)), Err(_)) => {
                assert_eq!((malformed.kind(), malformed.path()), (with_status.kind(), with_status.path()), "{body}");
            }
            (result, with_status, plain) => panic!("{body}: {result:?}, {with_status:?}, {plain:?}"),
        }
        (body, result)
    });
    let (_, first) = outcomes.next().unwrap();
    for (body, outcome) in outcomes {
        match (&outcome, &first) {
            (Err(Error::Malformed(a)), Err(Error::Malformed(b))) => {
                let [a, b] = [a, b].map(|m| (m.kind(), m.path(), m.request_id()));
                assert_eq!(a, b, "{body}");
            }
            _ => assert_eq!(outcome, first, "{body}"),
        }
    }
    first
}

/// Reads a failure.
fn fail<C: Enveloped>(members: &[&str]) -> ApiError<C> {
    match read::<Value, C>(members) {
        Err(Error::Api(failure)) => failure,
        other => panic!("{members:?}: expected a failure, found {other:?}"),
    }
}

/// Reads a body that must be malformed.
fn reject<T: DeserializeOwned + Debug + PartialEq, C: Enveloped>(members: &[&str]) -> Malformed {
    match read::<T, C>(members) {
        Err(Error::Malformed(malformed)) => malformed,
        other => panic!("{members:?}: expected a malformed body, found {other:?}"),
    }
}

#[test]
fn data_receives_scalar_constants() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Reply {
        ok: bool,
        error: Option<String>,
    }

    let success = read::<Value, Slack>(&[r#""ok": true"#, r#""channel": {"ok": false}"#, r#""ts": "1""#]).unwrap();
    assert_eq!(success, Success::new(json!({"ok": true, "channel": {"ok": false}, "ts": "1"})));
    // The code of a success is data.
    let success = read::<Reply, Slack>(&[r#""ok": true"#, r#""error": "channel_not_found""#]).unwrap();
    assert_eq!(success.data, Reply { ok: true, error: Some("channel_not_found".into()) });
}

#[test]
fn constant_that_differs_is_a_failure() {
    let failure = fail::<Slack>(&[r#""ok": false"#, r#""error": "channel_not_found""#, r#""needed": [1]"#]);
    assert!(failure.is(Slack::ChannelNotFound));
    for ok in ["false", "null", "1", r#""true""#, r#""""#, "[true]", r#"{"ok": true}"#, "1e999", r#""\ud83d""#] {
        let failure = fail::<Slack>(&[&format!(r#""ok": {ok}"#), r#""error": "new""#]);
        assert_eq!((failure.code().as_str(), failure.message()), ("new", ""), "{ok}");
        assert_eq!(fail::<Slack>(&[&format!(r#""ok": {ok}"#), r#""a": 1"#]).code().as_str(), "", "{ok}");
    }
    assert_eq!(fail::<Slack>(&[]).to_string(), "failure without a code");
    assert_eq!(fail::<Slack>(&[r#""error": "new""#]).to_string(), "new");
}

#[test]
fn body_without_the_constant_is_a_failure() {
    for body in ["[]", "5", "null", r#"[{"ok": true}]"#, r#""ok""#] {
        let error = from_slice::<Value, Slack>(body.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "failure without a code", "{body}");
    }
}

#[test]
fn constant_is_compared_before_the_data() {
    // `{"a": "x"}` is not a map of numbers.
    for ok in [r#""ok": false"#, r#""ok": null"#] {
        let error = read::<HashMap<String, u64>, Slack>(&[r#""a": "x""#, ok, r#""error": "new""#]).unwrap_err();
        assert_eq!(error.to_string(), "new");
    }
    let malformed = reject::<BTreeMap<String, bool>, Slack>(&[r#""a": 1"#, r#""ok": true"#]);
    assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Data, Some("a")));
}

#[test]
fn duplicate_constant_is_malformed() {
    for members in [[r#""ok": true"#, r#""ok": true"#], [r#""ok": false"#, r#""\u006fk": true"#]] {
        let malformed = reject::<Value, Slack>(&members);
        assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Envelope, Some("ok")), "{malformed}");
        assert!(malformed.to_string().contains("duplicate field `ok`"), "{malformed}");
    }
}

#[test]
fn wait_of_the_table_is_replaced_by_a_header() {
    let body = br#"{"ok": false, "error": "ratelimited"}"#;
    let error = from_response::<(), Slack>(429, &(), body).unwrap_err();
    assert_eq!((error.retry(), error.retry_after()), (Retry::Throttled, Some(Duration::from_secs(1))));
    let error = from_response::<(), Slack>(429, &[("Retry-After", "30")], body).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
}

#[test]
fn status_outranks_the_constants() {
    let body = br#"{"ok": true, "error": "ratelimited"}"#;
    assert!(from_response::<Value, Slack>(200, &(), body).is_ok());
    assert!(from_response::<Value, Slack>(500, &(), body).unwrap_err().is(Slack::Ratelimited));
}

#[test]
fn null_is_nothing() {
    let data = || json!({"errmsg": "ok", "a": 1});
    for code in ["0", "-0", "0.0", "0e5", r#""0""#, r#""""#, "null", "false", "[]", "{}"] {
        let code = format!(r#""errcode": {code}"#);
        let success = read::<Value, WeChat>(&[&code, r#""errmsg": "ok""#, r#""a": 1"#]).unwrap();
        assert_eq!(success.data, data(), "{code}");
    }
    assert_eq!(read::<Value, WeChat>(&[r#""errmsg": "ok""#, r#""a": 1"#]).unwrap().data, data());
    assert_eq!(read::<Value, WeChat>(&[]).unwrap().data, json!({}));
}

#[test]
fn integer_code_is_found_in_the_table() {
    for code in ["40013", r#""40013""#] {
        let failure = fail::<WeChat>(&[&format!(r#""errcode": {code}"#), r#""errmsg": "invalid appid""#, r#""a": 1"#]);
        assert!(failure.is(WeChat::InvalidAppId), "{code}");
        assert_eq!(failure.to_string(), "40013: invalid appid");
    }
    assert_eq!(fail::<WeChat>(&[r#""errcode": -1"#]).retry(), Retry::Transient);
    for (code, text) in [("true", "m"), ("0.5", "m"), ("[0]", "m"), (r#"{"errcode": 0}"#, "m")] {
        let failure = fail::<WeChat>(&[&format!(r#""errcode": {code}"#), r#""errmsg": "m""#]);
        assert_eq!((failure.code().as_str(), failure.message()), ("", text), "{code}");
    }
}

#[test]
fn list_is_neither_data_nor_a_failure() {
    // The constant null is in every body, but the data is an object.
    for body in ["[]", "5", "null"] {
        let Err(Error::Malformed(malformed)) = from_slice::<Value, WeChat>(body.as_bytes()) else { panic!("{body}") };
        assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Envelope, None), "{malformed}");
    }
}

const VERSION: &str = r#""jsonrpc": "2.0""#;

#[test]
fn data_in_a_member_may_have_any_type() {
    fn check<T: DeserializeOwned + Debug + PartialEq>(result: &str, data: T) {
        let result = format!(r#""result": {result}"#);
        let success = read::<T, JsonRpc>(&[&result, VERSION, r#""id": 7"#]).unwrap();
        assert_eq!(success, Success::new(data).with_request_id("7"));
        let success = read::<T, JsonRpc>(&[&result, VERSION, r#""id": "a1""#, r#""error": null"#]).unwrap();
        assert_eq!(success.request_id.as_deref(), Some("a1"));
        // The data is not read, but must be there.
        assert_eq!(read::<Value, JsonRpc>(&[&result, VERSION]).unwrap().request_id, None);
    }

    #[derive(Debug, Deserialize, PartialEq)]
    enum State {
        Running,
        Failed(u8),
    }

    check("19", 19_u8);
    check("-0.5", -0.5);
    check("true", true);
    check(r#""x""#, "x".to_owned());
    check("[1, [2]]", (1, [2]));
    check(r#"[{"error": 1}]"#, vec![BTreeMap::from([("error".to_owned(), 1)])]);
    check(r#"{"result": {"id": 1}}"#, json!({"result": {"id": 1}}));
    check("null", Value::Null);
    check("null", None::<u8>);
    check("null", ());
    check("3", Some(3));
    check(r#""Running""#, State::Running);
    check(r#"{"Failed": 3}"#, State::Failed(3));
}

#[test]
fn data_in_a_member_may_borrow() {
    let body = br#"{"id": "a", "result": ["x", "y"], "jsonrpc": "2.0"}"#;
    assert_eq!(from_slice::<Vec<&str>, JsonRpc>(body).unwrap().data, ["x", "y"]);
}

#[test]
fn absent_data_reads_as_null_beside_a_constant() {
    assert_eq!(read::<Option<u8>, JsonRpc>(&[VERSION, r#""id": 7"#]).unwrap(), Success::new(None).with_request_id("7"));
    assert_eq!(read::<(), JsonRpc>(&[VERSION]).unwrap(), Success::new(()));
    assert_eq!(read::<Value, JsonRpc>(&[VERSION, r#""error": {}"#]).unwrap().data, Value::Null);
    let malformed = reject::<u8, JsonRpc>(&[VERSION, r#""id": 7"#]);
    assert_eq!((malformed.kind(), malformed.request_id()), (MalformedKind::Data, Some("7")), "{malformed}");
}

#[test]
fn data_that_does_not_fit_is_located() {
    for (result, path) in [(r#""x""#, "result"), ("[1]", "result"), ("null", "result")] {
        let malformed = reject::<u8, JsonRpc>(&[&format!(r#""result": {result}"#), VERSION, r#""id": 7"#]);
        assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Data, Some(path)), "{malformed}");
        assert_eq!(malformed.request_id(), Some("7"));
    }
    let malformed = reject::<Vec<HashMap<String, u8>>, JsonRpc>(&[r#""result": [{"a": 1}, {"b": "x"}]"#, VERSION]);
    assert_eq!(malformed.path(), Some("result[1].b"), "{malformed}");
}

#[test]
fn text_constant_is_compared_by_its_text() {
    let success = read::<u8, JsonRpc>(&[r#""json\u0072pc": "2\u002e0""#, r#""result": 1"#]).unwrap();
    assert_eq!(success.data, 1);
    for version in [r#""1.0""#, "2.0", "2", "null", r#"["2.0"]"#, r#""2.0 ""#, r#""2.0\ud83d""#] {
        let failure = fail::<JsonRpc>(&[&format!(r#""jsonrpc": {version}"#), r#""result": 1"#, r#""id": 7"#]);
        assert_eq!(failure.to_string(), "failure without a code (request id 7)", "{version}");
    }
}

#[test]
fn failure_in_a_member_is_read() {
    let error = r#""error": {"code": -32601, "message": "no such method", "data": [1]}"#;
    for result in [r#""result": null"#, r#""result": {"a": 1}"#, r#""other": 1"#] {
        let failure = fail::<JsonRpc>(&[VERSION, error, r#""id": null"#, result]);
        assert!(failure.is(JsonRpc::MethodNotFound));
        assert_eq!(failure.to_string(), "MethodNotFound (-32601): no such method");
    }
    let error = r#""error": {"message": "slow", "code": -32000}"#;
    assert_eq!(fail::<JsonRpc>(&[VERSION, error, r#""id": 7"#]).to_string(), "-32000: slow (request id 7)");
    assert_eq!(fail::<JsonRpc>(&[VERSION, r#""error": "x""#]).to_string(), "failure without a code");
}

#[test]
fn duplicate_members_are_malformed() {
    for (members, path) in [
        (&[VERSION, r#""result": 1"#, r#""result": 2"#] as &[&str], "result"),
        (&[VERSION, VERSION, r#""result": 1"#], "jsonrpc"),
        (&[VERSION, r#""id": 1"#, r#""result": 1"#, r#""id": 1"#], "id"),
        (&[VERSION, r#""error": null"#, r#""result": 1"#, r#""error": null"#], "error"),
        (&[VERSION, r#""error": {"code": 1, "code": 1}"#], "error.code"),
    ] {
        let malformed = reject::<Value, JsonRpc>(members);
        assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Envelope, Some(path)), "{malformed}");
    }
    // A duplicate in the data is the data's.
    assert!(read::<Value, JsonRpc>(&[VERSION, r#""result": {"id": 1, "id": 2}"#]).is_ok());
}

#[test]
fn unpaired_surrogate_in_a_constant_or_key_is_not_an_error() {
    let failure = fail::<JsonRpc>(&[r#""jsonrpc": "\ud83d""#, r#""error": {"code": "x\udc00"}"#, r#""id": "\ud83d""#]);
    assert_eq!(failure.to_string(), "x\u{fffd} (request id \u{fffd})");
    let malformed = reject::<u8, JsonRpc>(&[VERSION, r#""result": 1"#, r#""id": "\ud83d""#]);
    assert_eq!((malformed.kind(), malformed.path()), (MalformedKind::Envelope, Some("id")), "{malformed}");
    let success = read::<u8, JsonRpc>(&[VERSION, r#""result": 1"#, r#""error": 0.0"#, r#""\ud83d": 1"#]).unwrap();
    assert_eq!(success, Success::new(1), "beside an unusual value");
}
