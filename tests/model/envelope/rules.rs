//! The sentences of the rules as cases: an envelope, a response, and what it is.

use std::time::Duration;

use super::{OneOf, Outcome};

/// An envelope, a status (0 if it is not known), headers, a body, and the rendered outcome.
///
/// The data fit if they contain no `misfit`.
pub(crate) type Case = (&'static str, u16, &'static [(&'static str, &'static str)], &'static str, &'static str);

const NESTED: &str = r#""nested""#;
const JSON_RPC: &str = r#""json-rpc""#;
const GOOGLE: &str = r#""google""#;
const SLACK: &str = r#"{"success": {"ok": true, "...": "{data}"}, "failure": {"ok": false, "error": "{code}"}}"#;
const RESULT: &str = r#"{"success": {"ok": 1, "r": {"...": "{data}"}}, "failure": {"ok": 0, "error": "{code}"}}"#;
const WECHAT: &str =
    r#"{"success": {"errcode": null, "...": "{data}"}, "failure": {"errcode": "{code}", "errmsg": "{message}"}}"#;
const PROBLEM: &str = r#"{"failure": {"type": "https://shop.example/errors/{code}", "title": "{meaning}",
    "status": "{status}", "detail": "{message}"}}"#;
const AWS: &str = r#"{"failure": {"__type": "{_}#{code}:{_}", "message": "{message}", "Message": "{message?}"},
    "headers": {"x-amzn-errortype": "{code?}:{_}", "x-amzn-requestid": "{request_id}"}}"#;
const TENCENT: &str = r#"{
    "success": {"Response": {"Error": null, "RequestId": "{request_id}", "...": "{data}"}, "RequestId": "{request_id?}"},
    "failure": [
        {
            "Response": {"Error": {"Code": "{code}", "Message": "{message}"}, "RequestId": "{request_id}"},
            "RequestId": "{request_id?}"
        },
        {"code": "{_}", "codeDesc": "{code}", "message": "{message}", "RequestId": "{request_id}"}
    ]
}"#;
const SAMPLES: &str = r#"{"failure": [{"a": "{code}", "m": "{message}", "id": "{request_id}", "w": "{retry_after}"},
    {"b": "{code}", "n": "{message}", "i": "{request_id}", "v": "{retry_after_ms}"}]}"#;
const CHOICES: &str = r#"{"failure": {"x": "{code?}", "y": "{code}", "z": "{code}", "i": "{request_id?}"},
    "headers": {"X-Code": "{code}", "x-id": "{request_id}"}}"#;
const WAITS: &str = r#"{"failure": {"c": "{code}", "s": "{retry_after}", "ms": "{retry_after_ms}", "d": "{retry_after}s"},
    "headers": {"retry-after": "{retry_after}"}}"#;
const NULLS: &str =
    r#"{"success": {"e": null, "r": "{data}"}, "failure": {"e": "{code}"}, "headers": {"x-code": "{code}"}}"#;
const FLOAT: &str = r#"{"success": {"v": 2.0, "...": "{data}"}, "failure": {"v": 1, "c": "{code}"}}"#;
const LIST: &str = r#"{"failure": {"e": [{"k": 1, "n": null, "c": "{code}", "in": [{"t": "x", "m": "{message}"}]}]}}"#;
const TEXTS: &str = r#"{"failure": {"errors": ["{message}"], "c": "{{{code}}}", "any": "{_}"}}"#;
const ROOT_LIST: &str = r#"{"failure": [[{"c": "{code}"}]]}"#;

pub(crate) const CASES: &[Case] = &[
    // The default success is the whole body, of which nothing is looked at.
    (NESTED, 200, &[], r#"{"error":{"code":"A"}}"#, r#"data {"error":{"code":"A"}}"#),
    (NESTED, 200, &[], r#"{"error":{"code":"A","code":"B"}}"#, r#"data {"error":{"code":"A","code":"B"}}"#),
    (NESTED, 299, &[("X-REQUEST-ID", "r")], "[]", "data [] id=r"),
    (NESTED, 200, &[], "null", "data null"),
    (NESTED, 200, &[], "\"misfit\"", "Misfit"),
    (NESTED, 200, &[("x-request-id", "r")], "\"misfit\"", "Misfit id=r"),
    (NESTED, 200, &[], "{", "NotJson"),
    (NESTED, 200, &[], "{} x", "NotJson"),
    // Without a status, a code makes a failure.
    (NESTED, 0, &[], r#"{"error":{"code":"A","message":"m"}}"#, "code=A message=m"),
    (NESTED, 0, &[], r#"{"error":{"message":"m"}}"#, r#"data {"error":{"message":"m"}}"#),
    (NESTED, 0, &[], r#"{"error":{"code":null,"code":null}}"#, "Duplicate"),
    (NESTED, 0, &[], r#"{"error":{"code":"A","code":"A"}}"#, "Duplicate"),
    // An empty body with 2xx is null.
    (NESTED, 200, &[], "", "data null"),
    (NESTED, 204, &[("x-request-id", "r")], " \n", "data null id=r"),
    (NESTED, 0, &[], "", "Empty"),
    (NESTED, 500, &[("retry-after", "3")], "", "Empty wait=3s"),
    (SLACK, 200, &[], "", "Empty"),
    // Any JSON with another status is a failure.
    (NESTED, 500, &[], "null", ""),
    (NESTED, 199, &[], "5", ""),
    (NESTED, 300, &[], "{}", ""),
    (NESTED, 502, &[("x-request-id", "r")], "<html>", "NotJson id=r"),
    (NESTED, 500, &[], r#"{"error":{"code":"A"},"error":{}}"#, "Duplicate"),
    (NESTED, 500, &[], r#"{"x":1,"x":2,"error":{"y":1,"y":2,"code":"A"}}"#, "code=A"),
    (NESTED, 500, &[], r#"{"\u0065rror":{"\u0063ode":"\u0041"}}"#, "code=A"),
    // Codes are texts or integers.
    (NESTED, 500, &[], r#"{"error":{"code":-7,"message":5}}"#, "code=-7"),
    (NESTED, 500, &[], r#"{"error":{"code":0}}"#, "code=0"),
    (NESTED, 500, &[], r#"{"error":{"code":18446744073709551615}}"#, "code=18446744073709551615"),
    (NESTED, 500, &[], r#"{"error":{"code":18446744073709551616,"message":"m"}}"#, " message=m"),
    (NESTED, 500, &[], r#"{"error":{"code":-9223372036854775808}}"#, "code=-9223372036854775808"),
    (NESTED, 500, &[], r#"{"error":{"code":-9223372036854775809}}"#, ""),
    (NESTED, 500, &[], r#"{"error":{"code":1.0}}"#, ""),
    (NESTED, 500, &[], r#"{"error":{"code":1e2}}"#, ""),
    (NESTED, 500, &[], r#"{"error":{"code":-0}}"#, ""),
    (NESTED, 500, &[], r#"{"error":{"code":"","message":"m"}}"#, " message=m"),
    (NESTED, 500, &[], r#"{"error":{"code":true,"message":["m"]}}"#, ""),
    (NESTED, 500, &[], r#"{"error":[{"code":"A"}]}"#, ""),
    (NESTED, 500, &[], r#"{"error":{"code":"\ud83d","message":"\udc00!"}}"#, "code=\u{fffd} message=\u{fffd}!"),
    // Constants of a success.
    (SLACK, 200, &[], r#"{"n":1,"ok":true,"error":"w"}"#, r#"data {"n":1,"ok":true,"error":"w"}"#),
    (SLACK, 0, &[], r#"{"ok":true}"#, r#"data {"ok":true}"#),
    (SLACK, 500, &[], r#"{"ok":true}"#, ""),
    (SLACK, 200, &[], r#"{"ok":false,"error":"e"}"#, "code=e"),
    (SLACK, 200, &[], r#"{"ok":"true","error":"e"}"#, "code=e"),
    (SLACK, 200, &[], r#"{"error":"e","n":"misfit"}"#, "code=e"),
    (SLACK, 200, &[], r#"{"n":"misfit","ok":true,"error":"e"}"#, "Misfit"),
    (SLACK, 200, &[], "[]", ""),
    (SLACK, 200, &[], r#"{"ok":true,"ok":true}"#, "Duplicate"),
    (SLACK, 200, &[], r#"{"ok":true,"error":1,"error":2}"#, r#"data {"ok":true,"error":1,"error":2}"#),
    (SLACK, 500, &[], r#"{"ok":true,"error":1,"error":2}"#, "Duplicate"),
    (RESULT, 200, &[], r#"{"ok":1,"r":{"x":1}}"#, r#"data {"x":1}"#),
    (RESULT, 200, &[], r#"{"ok":1.0,"r":{"x":1}}"#, ""),
    (RESULT, 200, &[], r#"{"ok":1}"#, "data null"),
    (RESULT, 200, &[], r#"{"ok":1,"r":null}"#, "data null"),
    (RESULT, 200, &[], r#"{"ok":1,"r":[]}"#, "NoData"),
    (RESULT, 200, &[], r#"{"ok":1,"r":[],"error":"e"}"#, "code=e"),
    // null accepts nothing in its many forms.
    (WECHAT, 200, &[], r#"{"errcode":0,"errmsg":"ok"}"#, r#"data {"errmsg":"ok"}"#),
    (WECHAT, 200, &[], r#"{"a":1,"errcode":"0"}"#, r#"data {"a":1}"#),
    (WECHAT, 200, &[], r#"{"errcode":""}"#, "data {}"),
    (WECHAT, 200, &[], r#"{"errcode":false}"#, "data {}"),
    (WECHAT, 200, &[], r#"{"errcode":-0.0}"#, "data {}"),
    (WECHAT, 200, &[], r#"{"errcode":0e9}"#, "data {}"),
    (WECHAT, 200, &[], r#"{"errcode":[]}"#, "data {}"),
    (WECHAT, 200, &[], r#"{"errcode":{}}"#, "data {}"),
    (WECHAT, 200, &[], r#"{"errcode":{"x":0}}"#, ""),
    (WECHAT, 200, &[], r#"{"errcode":[0]}"#, ""),
    (WECHAT, 200, &[], r#"{"errcode":"00"}"#, "code=00"),
    (WECHAT, 200, &[], r#"{"errcode":true,"errmsg":"m"}"#, " message=m"),
    (WECHAT, 200, &[], r#"{"errcode":40001,"errmsg":"m","x":1}"#, "code=40001 message=m"),
    (WECHAT, 500, &[], r#"{"errcode":0,"errmsg":"m"}"#, "code=0 message=m"),
    (WECHAT, 200, &[], "{}", "data {}"),
    (WECHAT, 200, &[], "5", "NoData"),
    (WECHAT, 200, &[], "null", "NoData"),
    // The vendor's envelope.
    (TENCENT, 200, &[], r#"{"Response":{"A":1,"RequestId":"r"}}"#, r#"data {"A":1} id=r"#),
    (TENCENT, 200, &[], r#"{"Response":{"A":1},"RequestId":"o"}"#, r#"data {"A":1} id=o"#),
    (TENCENT, 200, &[], r#"{"RequestId":"o","Response":{"RequestId":7}}"#, "data {} id=7"),
    (TENCENT, 200, &[], r#"{"Response":{"Error":{"Code":"","Message":""}}}"#, "data {}"),
    (TENCENT, 200, &[], r#"{"Response":{"Error":{"Code":"0"}}}"#, "data {}"),
    (TENCENT, 200, &[], r#"{"Response":{"Error":{"Code":"A"},"RequestId":"r"}}"#, "code=A id=r"),
    (TENCENT, 200, &[], r#"{"Response":{"Error":{"Message":"m"}}}"#, " message=m"),
    (TENCENT, 200, &[], r#"{"Response":{"Error":{"Other":null},"RequestId":"r"}}"#, " id=r"),
    (TENCENT, 200, &[], r#"{"Response":{"Error":"x"}}"#, ""),
    (TENCENT, 200, &[], r#"{"Response":{"Error":{"Code":"","Code":""}}}"#, "Duplicate"),
    (TENCENT, 200, &[], r#"{"Response":{"RequestId":"r","RequestId":"r"}}"#, "Duplicate id=r"),
    (TENCENT, 200, &[], r#"{"Response":{},"code":1,"code":2}"#, "data {}"),
    (TENCENT, 200, &[], r#"{"Response":{"RequestId":"\ud83d"}}"#, "UnpairedSurrogate id=\u{fffd}"),
    (TENCENT, 200, &[], r#"{"Response":null}"#, "NoData"),
    (TENCENT, 200, &[], r#"{"RequestId":"o"}"#, "NoData id=o"),
    (TENCENT, 200, &[], r#"{"Response":{"RequestId":"r","A":"misfit"}}"#, "Misfit id=r"),
    (TENCENT, 200, &[], r#"{"code":4400,"codeDesc":"X","message":"m","RequestId":"r"}"#, "code=X message=m id=r"),
    (TENCENT, 200, &[], r#"{"code":0,"codeDesc":"X"}"#, "NoData"),
    (TENCENT, 200, &[], r#"{"codeDesc":"X"}"#, "NoData"),
    (TENCENT, 200, &[], r#"{"Response":{"RequestId":"r","A":"#, "NotJson id=r"),
    (TENCENT, 200, &[], r#"{"Response":{"RequestId":"r"#, "NotJson"),
    // JSON-RPC.
    (JSON_RPC, 200, &[], r#"{"jsonrpc":"2.0","id":1,"result":[1]}"#, "data [1] id=1"),
    (JSON_RPC, 200, &[], r#"{"jsonrpc":"2.0","id":"a","result":null,"error":null}"#, "data null id=a"),
    (JSON_RPC, 200, &[], r#"{"jsonrpc":"2.0","id":null}"#, "data null"),
    (JSON_RPC, 200, &[], r#"{"jsonrpc":2.0,"id":1,"result":1}"#, " id=1"),
    (
        JSON_RPC,
        200,
        &[],
        r#"{"jsonrpc":"2.0","error":{"code":-32601,"message":"m"},"id":2}"#,
        "code=-32601 message=m id=2",
    ),
    // Constants select the elements of a list.
    (
        GOOGLE,
        429,
        &[("retry-after", "9")],
        r#"{"error":{"status":"S","message":"m","details":[5,
            {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.5s"},
            {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":""},
            {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"R"},
            {"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"Q"}]}}"#,
        "code=R message=m wait=1.5s",
    ),
    (GOOGLE, 429, &[("retry-after", "9")], r#"{"error":{"status":"S","details":[]}}"#, "code=S wait=9s"),
    (LIST, 500, &[], r#"{"e":[{"k":"1","c":"A"},{"k":1,"n":5,"c":"B"},{"k":1,"c":"C"}]}"#, "code=C"),
    (LIST, 500, &[], r#"{"e":[{"k":1,"n":0,"in":[{"m":"a"},{"t":"x","m":"b"}]}]}"#, " message=b"),
    (LIST, 500, &[], r#"{"e":{"k":1,"c":"A"}}"#, ""),
    (LIST, 500, &[], r#"{"e":[{"k":2,"c":1,"c":2},{"k":1,"c":"A"}]}"#, "Duplicate"),
    (LIST, 500, &[], r#"{"e":[{"k":1,"c":"A"},{"k":2,"c":1,"c":2}]}"#, "code=A"),
    (LIST, 500, &[], r#"{"e":[{"k":1,"c":1,"c":2}]}"#, "Duplicate"),
    (ROOT_LIST, 500, &[], r#"[{},{"c":"A"}]"#, "code=A"),
    // Text around a placeholder, and `{_}`.
    (
        PROBLEM,
        400,
        &[],
        r#"{"type":"https://shop.example/errors/cart","detail":"m","status":400}"#,
        "code=cart message=m",
    ),
    (PROBLEM, 400, &[], r#"{"type":"about:blank"}"#, "code=about:blank"),
    (PROBLEM, 400, &[], r#"{"type":"https://shop.example/errors/","detail":"m"}"#, " message=m"),
    (AWS, 400, &[], r#"{"__type":"a.b#c#Code:http://x#y","Message":"m"}"#, "code=Code message=m"),
    (AWS, 400, &[], r#"{"__type":"Code","message":"m","Message":"n"}"#, "code=Code message=m"),
    (AWS, 400, &[("X-Amzn-ErrorType", "H:url"), ("x-amzn-requestid", "r")], "{}", "code=H id=r"),
    (AWS, 400, &[("X-Amzn-ErrorType", "H:url")], r#"{"__type":"B"}"#, "code=B"),
    (AWS, 400, &[("X-Amzn-ErrorType", "H:url")], "", "code=H"),
    (AWS, 200, &[("X-Amzn-ErrorType", "H:url")], "<", "code=H"),
    (AWS, 200, &[("X-Amzn-ErrorType", "H:url")], "", "data null"),
    (AWS, 200, &[("X-Amzn-ErrorType", "H:url")], "{}", "data {}"),
    (TEXTS, 400, &[], r#"{"errors":[5,"","m"],"c":"{A}","any":1}"#, "code=A message=m"),
    (TEXTS, 400, &[], r#"{"errors":["m"],"c":"{A}"}"#, ""),
    (TEXTS, 400, &[], r#"{"errors":["m"],"c":"A","any":{"x":0}}"#, "code=A message=m"),
    (TEXTS, 400, &[], r#"{"errors":["m"],"c":"{A}","any":"0"}"#, ""),
    // One sample decides.
    (SAMPLES, 500, &[], r#"{"m":"x","id":"1","b":"B","i":"2","v":1500}"#, "code=B id=2 wait=1.5s"),
    (SAMPLES, 500, &[], r#"{"a":"A","b":"B","i":"2","n":"n","w":2}"#, "code=A wait=2s"),
    (SAMPLES, 500, &[], r#"{"n":"n","id":"1","i":"2"}"#, " message=n id=2"),
    (SAMPLES, 500, &[], r#"{"i":"2","w":"1"}"#, " id=2 wait=1s"),
    // First and second choices, and headers.
    (CHOICES, 500, &[], r#"{"x":"X","z":"Z","y":"Y"}"#, "code=Y"),
    (CHOICES, 500, &[("x-code", "H")], r#"{"x":"X","z":"Z"}"#, "code=Z"),
    (CHOICES, 500, &[("x-code", "H"), ("X-ID", "h")], r#"{"x":"X","i":"i"}"#, "code=H id=h"),
    (CHOICES, 500, &[("x-code", "")], r#"{"x":"X","i":"i"}"#, "code=X id=i"),
    (CHOICES, 500, &[("x-code", "H")], "{}", "code=H"),
    (NULLS, 200, &[("x-code", "H")], r#"{"r":1}"#, "data 1"),
    (NULLS, 200, &[("x-code", "H")], r#"{"a":1}"#, "code=H"),
    (NULLS, 200, &[("x-code", "H")], r#"{"e":"E"}"#, "code=E"),
    (NULLS, 200, &[("x-code", "H")], r#"{"r":1,"e":0,"e":0}"#, "Duplicate"),
    (NULLS, 200, &[("x-code", "H")], r#"{"r":"misfit","e":0}"#, "Misfit"),
    (NULLS, 200, &[], r#"{"a":1}"#, "NoData"),
    (NULLS, 200, &[], r#"{"r":null}"#, "data null"),
    (NULLS, 200, &[], r#"{"r":1,"e":"\ud83d"}"#, "code=\u{fffd}"),
    // Numbers of constants.
    (FLOAT, 200, &[], r#"{"v":2.0}"#, r#"data {"v":2.0}"#),
    (FLOAT, 200, &[], r#"{"v":20e-1}"#, r#"data {"v":20e-1}"#),
    (FLOAT, 200, &[], r#"{"v":2}"#, ""),
    (FLOAT, 200, &[], r#"{"v":"2.0"}"#, ""),
    (FLOAT, 200, &[], r#"{"v":1e999,"c":"C"}"#, "code=C"),
    // Waits.
    (WAITS, 500, &[], r#"{"s":1.5}"#, " wait=1.5s"),
    (WAITS, 500, &[], r#"{"s":"+1e1"}"#, " wait=10s"),
    (WAITS, 500, &[], r#"{"s":"007.5s"}"#, " wait=7.5s"),
    (WAITS, 500, &[], r#"{"ms":"250"}"#, " wait=250ms"),
    (WAITS, 500, &[], r#"{"d":"2s"}"#, " wait=2s"),
    (WAITS, 500, &[], r#"{"d":3}"#, " wait=3s"),
    (WAITS, 500, &[], r#"{"s":-1,"ms":5}"#, " wait=5ms"),
    (WAITS, 500, &[], r#"{"s":"x","ms":"-1","d":".5"}"#, ""),
    (WAITS, 500, &[], r#"{"s":"5.","ms":" 1","d":"1e"}"#, ""),
    (WAITS, 500, &[], r#"{"s":1e30}"#, " wait=18446744073709551615.999999999s"),
    (WAITS, 500, &[("retry-after", "4")], r#"{"s":true}"#, " wait=4s"),
    (WAITS, 500, &[("retry-after", "4")], r#"{"s":0}"#, " wait=0ns"),
    (WAITS, 500, &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")], "{}", ""),
    (
        WAITS,
        500,
        &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"), ("Date", "Tue, 20 Oct 2015 07:27:30 GMT")],
        "{}",
        " wait=86430s",
    ),
    (
        WAITS,
        500,
        &[("retry-after", "Tue, 01 Mar 2016 00:00:00 GMT"), ("date", "Sun, 28 Feb 2016 23:59:59 GMT")],
        "{}",
        " wait=86401s",
    ),
    (
        WAITS,
        500,
        &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"), ("Date", "Wed, 21 Oct 2015 07:28:01 GMT")],
        "{}",
        "",
    ),
    (WAITS, 500, &[], r#"{"s":"Wed, 21 Oct 2015 07:28:00 GMT"}"#, ""),
];

/// Renders an outcome: `code=A message=m id=r wait=3s`, `data {} id=r` or `Misfit id=r`.
///
/// Values that are none are left out.
pub(crate) fn render(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Success { data, request_id } => format!("data {data}{}", render_id(&OneOf(vec![request_id.clone()]))),
        Outcome::Failure { code, message, request_id, retry_after } => {
            let code = if code.is_empty() { String::new() } else { format!("code={code}") };
            let message = if message.is_empty() { String::new() } else { format!(" message={message}") };
            format!("{code}{message}{}{}", render_id(request_id), render_wait(retry_after))
        }
        Outcome::Malformed { reason, request_id, retry_after } => {
            format!("{reason:?}{}{}", render_id(request_id), render_wait(retry_after))
        }
    }
}

fn render_id(ids: &OneOf<String>) -> String {
    let ids: Vec<_> = ids.0.iter().map(|id| id.as_ref().map_or(String::new(), |id| format!(" id={id}"))).collect();
    ids.join(" or")
}

fn render_wait(waits: &OneOf<Duration>) -> String {
    let waits: Vec<_> =
        waits.0.iter().map(|wait| wait.map_or(String::new(), |wait| format!(" wait={wait:?}"))).collect();
    waits.join(" or")
}
