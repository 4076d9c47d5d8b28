//! Responses are written by the samples of a table, and read again.

use std::fmt::Debug;
use std::time::Duration;

use errtable::{ApiError, Code, Envelope, Enveloped, Error, ErrorCode, error_table, from_response, from_slice};
use errtable_spec::__private::{Writable, Written};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use made::{Made, make};
use model::generate::{Source, envelope};

mod made;
#[path = "model/envelope/mod.rs"]
mod model;

/// Declares an enum for each named envelope.
macro_rules! named {
    ($($name:ident $envelope:literal,)*) => {$(
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
        #[error_code(envelope = $envelope)]
        enum $name {
            #[error_code("quota_full", description = "The quota is used up.", retry = "throttled", retry_after_ms = 1500)]
            QuotaFull,
        }
    )*};
}

named! {
    Nested "nested",
    Flat "flat",
    Problem "problem",
    Google "google",
    JsonRpc "json-rpc",
}

#[error_table("fixtures/envelopes/slack.json")]
enum Slack {}
#[error_table("fixtures/envelopes/wechat.json")]
enum WeChat {}
#[error_table("fixtures/envelopes/stripe.json")]
enum Stripe {}
#[error_table("fixtures/envelopes/aws_json_1_0_dynamodb.json")]
enum Aws {}
#[error_table("fixtures/envelopes/azure_arm.json")]
enum Azure {}
#[error_table("fixtures/envelopes/cloudflare.json")]
enum Cloudflare {}
#[error_table("fixtures/envelopes/github_rest.json")]
enum GitHub {}
#[error_table("fixtures/envelopes/google_aip193.json")]
enum Aip193 {}
#[error_table("fixtures/envelopes/telegram.json")]
enum Telegram {}
#[error_table("fixtures/envelopes/matrix.json")]
enum Matrix {}
#[error_table("fixtures/envelopes/kubernetes_status.json")]
enum Kubernetes {}
#[error_table("fixtures/envelopes/tencent_cloud_v3.json")]
enum Tencent {}

fn failure<C: Enveloped>(code: impl Into<Code<C>>) -> ApiError<C> {
    ApiError::new(code, "no more").with_request_id("id-1").with_status(429)
}

fn write<C: Enveloped>(error: ApiError<C>) -> Value {
    serde_json::to_value(Envelope::<(), C>::Failure(error)).unwrap()
}

#[test]
fn named_envelopes_are_written() {
    assert_eq!(
        write::<Nested>(failure(Nested::QuotaFull)),
        json!({"error": {"code": "quota_full", "message": "no more"}})
    );
    assert_eq!(write::<Flat>(failure(Flat::QuotaFull)), json!({"code": "quota_full", "message": "no more"}));
    assert_eq!(
        write::<Problem>(failure(Problem::QuotaFull)),
        json!({"type": "quota_full", "title": "The quota is used up.", "status": 429, "detail": "no more"})
    );
    assert_eq!(
        write::<Problem>(ApiError::new("new", "")),
        json!({"type": "new", "detail": ""}),
        "without meaning and status"
    );
    assert_eq!(
        write::<Google>(failure(Google::QuotaFull)),
        json!({"error": {"message": "no more", "details": [
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "quota_full"},
            {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.5s"},
        ]}})
    );
    assert_eq!(
        write::<Google>(ApiError::new("new", "no")),
        json!({"error": {"message": "no", "details": [
            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "new"},
        ]}}),
        "without a wait"
    );
    assert_eq!(
        write::<JsonRpc>(failure(JsonRpc::QuotaFull)),
        json!({"jsonrpc": "2.0", "error": {"code": "quota_full", "message": "no more"}, "id": "id-1"})
    );
}

#[test]
fn envelopes_of_services_are_written() {
    assert_eq!(
        write::<Slack>(failure(Slack::Ratelimited)),
        json!({"ok": false, "error": "ratelimited", "response_metadata": {"messages": ["no more"]}})
    );
    assert_eq!(write::<Slack>(ApiError::new("new", "")), json!({"ok": false, "error": "new"}));
    assert_eq!(write::<Aws>(failure("NewException")), json!({"__type": "NewException", "message": "no more"}));
    assert_eq!(write::<WeChat>(failure("40013")), json!({"errcode": "40013", "errmsg": "no more"}));
}

/// Writes a failure and reads it again.
fn check_round_trip<C: Enveloped>(code: &str) {
    let written = failure::<C>(code);
    for json in [
        serde_json::to_vec(&Envelope::<(), C>::Failure(written.clone())).unwrap(),
        // Keys in another order.
        serde_json::to_vec(&write(written.clone())).unwrap(),
    ] {
        let error = from_response::<(), C>(429, &(), &json).unwrap_err();
        let Error::Api(error) = error else { panic!("{}: {error}", String::from_utf8_lossy(&json)) };
        assert_eq!((error.code(), error.message()), (written.code(), written.message()), "{}", C::NAME);
        assert!(matches!(error.request_id(), None | Some("id-1")), "{error:?}");
    }
    // Another format has the same members.
    let packed = rmp_serde::to_vec(&Envelope::<(), C>::Failure(written.clone())).unwrap();
    assert_eq!(rmp_serde::from_slice::<Value>(&packed).unwrap(), write(written), "{}", C::NAME);
}

#[test]
fn failures_round_trip() {
    check_round_trip::<Nested>("quota_full");
    check_round_trip::<Flat>("quota_full");
    check_round_trip::<Problem>("quota_full");
    check_round_trip::<Google>("quota_full");
    check_round_trip::<JsonRpc>("quota_full");
    check_round_trip::<Slack>("ratelimited");
    check_round_trip::<WeChat>("40013");
    check_round_trip::<Stripe>("card_declined");
    check_round_trip::<Aws>("NewException");
    check_round_trip::<Azure>("NewCode");
    check_round_trip::<Cloudflare>("9109");
    check_round_trip::<GitHub>("missing_field");
    check_round_trip::<Aip193>("RATE_LIMIT_EXCEEDED");
    check_round_trip::<Telegram>("429");
    check_round_trip::<Matrix>("M_LIMIT_EXCEEDED");
    check_round_trip::<Kubernetes>("NotFound");
    check_round_trip::<Tencent>("RequestLimitExceeded");
}

/// Asserts that failures are rejected if they would be read as a success.
#[track_caller]
fn check_rejected<C: Enveloped>(failures: &[(&str, &str)]) {
    for (code, message) in failures {
        let failure = Envelope::<(), C>::failure(*code, *message);
        let error = serde_json::to_string(&failure).map_err(|error| error.to_string()).unwrap_err();
        assert_eq!(error, "this failure would be read as a success");
    }
}

#[test]
fn failure_that_agrees_with_a_success_is_rejected() {
    check_rejected::<JsonRpc>(&[("", ""), ("0", "")]);
    check_rejected::<WeChat>(&[("", ""), ("", "boom"), ("0", "boom")]);
    check_rejected::<Tencent>(&[("", ""), ("0", "0")]);
    // The constant of a failure contradicts that of a success.
    assert_eq!(write::<Slack>(ApiError::new("", ""))["ok"], false);
    // The status is something.
    assert!(make(
        r#"{"success": {"error": null, "...": "{data}"}, "failure": {"error": {"code": "{code}", "status": "{status}"}}}"#
    ));
    let error = ApiError::<Made>::new("", "").with_status(500);
    assert_eq!(write(error.clone()), json!({"error": {"code": "", "status": 500}}));
    let json = serde_json::to_vec(&Envelope::<(), Made>::Failure(error)).unwrap();
    assert!(matches!(from_slice::<(), Made>(&json), Err(Error::Api(_))));
    check_rejected::<Made>(&[("", ""), ("0", "lost")]);
}

#[test]
fn failure_without_the_value_that_a_success_lacks_is_rejected() {
    assert!(make(
        r#"{"success": {"status": null, "...": "{data}"}, "failure": {"status": "{status}", "code": "{code}"}}"#
    ));
    check_rejected::<Made>(&[("full", "no more")]);
    assert_eq!(write(failure::<Made>("full")), json!({"status": 429, "code": "full"}));

    assert!(make(
        r#"{"success": {"errors": null, "...": "{data}"}, "failure": {"errors": "{details}", "code": "{code}"}}"#
    ));
    for (details, is_written) in [
        (json!([]), false),
        (json!({}), false),
        (json!(0), false),
        (json!(0.0), false),
        (json!(0.5), true),
        (json!([0]), true),
    ] {
        let error = failure::<Made>("full").with_details(&details).unwrap();
        let written = serde_json::to_string(&Envelope::<(), Made>::Failure(error));
        assert_eq!(written.is_ok(), is_written, "{details}");
    }

    // Only the status tells the responses apart.
    for (error, written) in [("", json!({"code": ""})), (r#""error": false, "#, json!({"error": false, "code": ""}))] {
        assert!(make(&format!(
            r#"{{"success": {{"error": null, "...": "{{data}}"}}, "failure": {{{error}"code": "{{code}}"}}}}"#
        )));
        assert_eq!(write(ApiError::<Made>::new("", "")), written);
    }
}

/// Writes a success, and reads it again.
fn check_success<T, C>(data: &T, expected: &Value)
where
    T: Serialize + for<'de> serde::Deserialize<'de> + Debug + PartialEq + Clone,
    C: Enveloped,
{
    let written = Envelope::<T, C>::success(data.clone()).with_request_id("id-1");
    let json = serde_json::to_string(&written).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), *expected);
    assert_eq!(from_slice::<T, C>(json.as_bytes()).unwrap().data, *data);
}

#[test]
fn successes_are_written() {
    let members = std::collections::BTreeMap::from([("a".to_owned(), 1)]);
    check_success::<_, Nested>(&members, &json!({"a": 1}));
    check_success::<_, Nested>(&vec![1, 2], &json!([1, 2]));
    check_success::<_, JsonRpc>(&7, &json!({"jsonrpc": "2.0", "result": 7, "id": "id-1"}));
    check_success::<_, Cloudflare>(&members, &json!({"success": true, "result": {"a": 1}}));
    check_success::<_, Tencent>(&members, &json!({"Response": {"a": 1, "RequestId": "id-1"}}));
    let success = Envelope::<_, Slack>::success(members);
    assert_eq!(serde_json::to_string(&success).unwrap(), r#"{"ok":true,"a":1}"#);
}

#[test]
fn data_may_repeat_a_constant_of_the_sample() {
    let write = |data: Value| serde_json::to_string(&Envelope::<_, Slack>::success(data)).map_err(|e| e.to_string());
    for data in [json!({"a": 1}), json!({"ok": true, "a": 1}), json!({"ok": null, "a": 1})] {
        assert_eq!(write(data).unwrap(), r#"{"ok":true,"a":1}"#);
    }
    for data in [json!({"ok": false}), json!({"ok": "true"}), json!({"ok": {}})] {
        assert_eq!(write(data).unwrap_err(), "the data of a response contains `ok`, which the envelope writes");
    }
}

#[test]
fn data_may_repeat_a_number_of_the_sample() {
    #[derive(Serialize)]
    struct Data {
        version: Inner,
    }
    #[derive(Serialize)]
    struct Inner {
        number: u8,
    }
    fn write_success<T: Serialize>(data: T) -> Result<String, String> {
        serde_json::to_string(&Envelope::<_, Made>::success(data)).map_err(|error| error.to_string())
    }

    assert!(make(
        r#"{"success": {"version": 2, "max": 18446744073709551615, "offset": -3, "ratio": 1.5, "...": "{data}"},
            "failure": {"code": "{code}"}}"#
    ));
    let expected = r#"{"version":2,"max":18446744073709551615,"offset":-3,"ratio":1.5,"a":1}"#;
    for data in [
        json!({"a": 1}),
        json!({"version": 2, "max": u64::MAX, "offset": -3, "ratio": 1.5, "a": 1}),
        json!({"ratio": null, "a": 1}),
    ] {
        assert_eq!(write_success(data).unwrap(), expected);
    }
    let rejected = |key| Err(format!("the data of a response contains `{key}`, which the envelope writes"));
    for version in [json!(3), json!(2.0), json!("2"), json!(true)] {
        assert_eq!(write_success(json!({"version": version})), rejected("version"), "{version}");
    }
    assert_eq!(write_success(json!({"max": u64::MAX - 1})), rejected("max"));
    assert_eq!(write_success(Data { version: Inner { number: 2 } }), rejected("version"));
}

#[test]
fn each_request_id_beside_the_data_is_written() {
    assert!(make(
        r#"{"success": {"id": "{request_id}", "trace": "{request_id}", "...": "{data}"}, "failure": {"code": "{code}"}}"#
    ));
    for (data, id, expected) in [
        (json!({"a": 1}), "id-1", r#"{"a":1,"id":"id-1","trace":"id-1"}"#),
        (json!({"a": 1}), "", r#"{"a":1,"id":"","trace":""}"#),
        (json!({"id": "own"}), "id-1", r#"{"id":"own","trace":"id-1"}"#),
        (json!({"trace": "own"}), "id-1", r#"{"trace":"own","id":"id-1"}"#),
        (json!({"id": "own", "trace": "too"}), "id-1", r#"{"id":"own","trace":"too"}"#),
        (json!({"id": null, "trace": ""}), "id-1", r#"{"id":"id-1","trace":"id-1"}"#),
        (json!({"id": null, "trace": ""}), "", r#"{"id":null,"trace":""}"#),
    ] {
        let success = Envelope::<_, Made>::success(data).with_request_id(id);
        assert_eq!(serde_json::to_string(&success).unwrap(), expected);
    }
}

#[test]
fn details_are_written_and_read() {
    assert!(make(r#"{"failure": {"code": "{code}", "message": "{message}", "details": "{details}"}}"#));
    let error = ApiError::<Made>::new("invalid", "no").with_details(&json!({"field": "name"})).unwrap();
    assert_eq!(error.details::<Value>().unwrap(), json!({"field": "name"}));
    assert!(error.body().is_empty());
    let json = write(error);
    assert_eq!(json, json!({"code": "invalid", "message": "no", "details": {"field": "name"}}));
    let without = json!({"code": "invalid", "message": "no"});
    assert_eq!(write(ApiError::<Made>::new("invalid", "no")), without);
    // A failure that is passed on has the details that are set again.
    let Err(Error::Api(read)) = from_response::<(), Made>(400, &(), json.to_string().as_bytes()) else { panic!() };
    assert_eq!(write(read.clone()), without);
    let received: Value = read.details().unwrap();
    assert_eq!(write(read.with_details(&received["details"]).unwrap()), json);
}

#[test]
fn text_around_a_value_is_written() {
    assert!(make(
        r#"{"failure": {"type": "https://shop.example/{code}", "wait": "{retry_after} s", "ms": "{retry_after_ms}",
            "any": "{_}", "half": "{_}:{message}", "nothing": null, "second": "{code?}", "braces": "{{}}", "n": 1.5}}"#
    ));
    let error = ApiError::<Made>::new("full", "m").with_retry_after(Duration::from_millis(2500));
    let expected = json!({
        "type": "https://shop.example/full", "wait": "2.5 s", "ms": 2500, "half": "m", "braces": "{}", "n": 1.5,
    });
    assert_eq!(write(error), expected);
    let expected = json!({"type": "https://shop.example/full", "half": "", "braces": "{}", "n": 1.5});
    assert_eq!(write(ApiError::<Made>::new("full", "")), expected);
}

#[test]
fn whole_seconds_are_written_as_an_integer() {
    assert!(make(r#"{"failure": {"code": "{code}", "wait": "{retry_after}"}}"#));
    for (millis, wait) in [(2000, json!(2)), (2500, json!(2.5)), (0, json!(0))] {
        let error = ApiError::<Made>::new("full", "").with_retry_after(Duration::from_millis(millis));
        assert_eq!(write(error)["wait"], wait);
    }
}

#[test]
fn body_without_values_is_empty() {
    for (sample, expected) in [(r#"[[{"code": "{code}"}]]"#, json!([])), (r#"{"list": ["{code}"]}"#, json!({}))] {
        assert!(make(&format!(r#"{{"failure": {sample}}}"#)));
        assert_eq!(write(ApiError::<Made>::new("", "")), expected);
    }
}

/// Returns whether a part of a sample is true for a test.
fn has_part(written: &Written, test: &dyn Fn(&Written) -> bool) -> bool {
    let inner = match written {
        Written::Object(members) => members.iter().any(|(_, member)| has_part(member, test)),
        Written::Array(elements) => elements.iter().any(|element| has_part(element, test)),
        Written::Value(..) | Written::Constant(_) | Written::Data | Written::Rest => false,
    };
    test(written) || inner
}

fn writes(written: &Written, value: Writable) -> bool {
    has_part(written, &|part| matches!(part, Written::Value(found, ..) if *found == value))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_successes_round_trip(choices in prop::collection::vec(any::<u8>(), 0..400)) {
        if !make(&envelope(&mut Source::new(&choices))) {
            return Ok(());
        }
        let written = Envelope::<_, Made>::success(json!({"Zq": 1})).with_request_id("Zq1");
        let json = serde_json::to_string(&written).unwrap();
        let read = from_response::<Value, Made>(200, &(), json.as_bytes()).map_err(|error| format!("{error}: {json}"));
        let read = read.unwrap();
        // Mixed data has the constants of the sample, too.
        prop_assert_eq!(&read.data["Zq"], &json!(1), "{}", json);
        if writes(&Made::shape().success, Writable::RequestId) {
            prop_assert_eq!(read.request_id.as_deref(), Some("Zq1"), "{}", json);
        }
    }

    #[test]
    fn generated_failures_are_not_read_as_successes(choices in prop::collection::vec(any::<u8>(), 0..400)) {
        if !make(&envelope(&mut Source::new(&choices))) || Made::shape().constants == 0 {
            return Ok(());
        }
        for (code, message) in [("", ""), ("0", "Zq"), ("Zq", ""), ("Zq", "Zq")] {
            if let Ok(json) = serde_json::to_string(&Envelope::<(), Made>::failure(code, message)) {
                prop_assert!(from_slice::<IgnoredAny, Made>(json.as_bytes()).is_err(), "{}", json);
            }
        }
    }

    #[test]
    fn generated_envelopes_round_trip(choices in prop::collection::vec(any::<u8>(), 0..400)) {
        if !make(&envelope(&mut Source::new(&choices))) {
            return Ok(());
        }
        let written = failure::<Made>("Zq1").with_retry_after(Duration::from_millis(2500));
        let shape = Made::shape();
        let sample = &shape.failure;
        let json = match serde_json::to_vec(&Envelope::<(), Made>::Failure(written.clone())) {
            Ok(json) => json,
            // Without a meaning, a failure may look like a success, and is rejected.
            Err(_) if writes(sample, Writable::Meaning) => return Ok(()),
            Err(error) => panic!("{error}"),
        };
        let text = String::from_utf8_lossy(&json);
        let Err(Error::Api(read)) = from_response::<(), Made>(429, &(), &json) else { panic!("{text}") };
        // `{_}` is not written, but required of what is read.
        let is_complete = shape.failures.first().is_some_and(|failure| failure.required.is_empty());
        // An element may be read by the sample of another one.
        let has_arrays = has_part(sample, &|part| matches!(part, Written::Array(_)));
        if is_complete && !has_arrays && writes(sample, Writable::Code) {
            prop_assert_eq!(read.code(), written.code(), "{}", text);
            // Without a status, only a constant or the code of a whole body tells it from data.
            let is_whole = shape.data == 0 && !shape.is_mixed;
            if shape.constants > 0 || is_whole {
                let found = from_slice::<Value, Made>(&json).unwrap_err();
                prop_assert_eq!(found.code(), Some(written.code()), "{}", text);
            }
            if writes(sample, Writable::Message) {
                prop_assert_eq!(read.message(), written.message(), "{}", text);
            }
        }
    }
}
