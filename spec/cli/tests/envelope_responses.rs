//! `errtable envelope` finds what a careful reader of documented responses finds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use errtable_cli::envelope::{EnvelopeOptions, envelope};
use errtable_cli::explain::{ExplainOptions, Explained, explain};
use errtable_cli::fmt::format;
use errtable_cli::input::Input;
use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

#[derive(Deserialize)]
struct Responses {
    apis: Vec<Api>,
}

#[derive(Deserialize)]
struct Api {
    name: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    kind: String,
    code: Value,
    message: Option<String>,
    request_id: Value,
}

fn apis() -> Vec<Api> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/envelopes.json");
    serde_json::from_str::<Responses>(&fs::read_to_string(path).unwrap()).unwrap().apis
}

/// Returns the failures with a code or a message.
fn failures(api: &Api) -> Vec<&Case> {
    let is_failure =
        |case: &&Case| case.expect.kind == "failure" && (!case.expect.code.is_null() || case.expect.message.is_some());
    api.cases.iter().filter(is_failure).collect()
}

/// Returns a code or an id as text, where "" means that there is not one.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Proposes an envelope from responses, and returns a table with it.
fn propose(cases: &[&Case], success: Option<&Case>, folder: &Path) -> Input {
    let write = |name: String, text: &str| {
        fs::write(folder.join(&name), text).unwrap();
        Input::Path(folder.join(name))
    };
    let bodies: Vec<_> =
        cases.iter().zip(0..).map(|(case, number)| write(format!("{number}.body"), &case.body)).collect();
    let headers = cases.iter().flat_map(|case| case.headers.clone()).collect();
    let status = cases.first().map(|case| case.status);
    let success = success.map(|case| write("success.body".to_owned(), &case.body));
    let proposal = envelope(&bodies, &EnvelopeOptions { success, status, headers }).unwrap();
    let text = proposal.text.expect("nothing found");
    write("t.json".to_owned(), &format!("{{\n  \"name\": \"t\",\n{text},\n  \"errors\": []\n}}\n"))
}

/// Returns what is read from a response by a table, or `None` if it is what is expected.
fn difference(case: &Case, table: &Input, folder: &Path) -> Option<String> {
    fs::write(folder.join("body"), &case.body).unwrap();
    let headers = case.headers.clone().into_iter().collect();
    let options = ExplainOptions { tables: vec![table.clone()], status: Some(case.status), headers };
    let explanation = explain(&Input::Path(folder.join("body")), &options).unwrap();
    let Explained::Failure(failure) = &explanation.outcome else { return Some(format!("{:?}", explanation.outcome)) };
    let found = [&failure.code, &failure.message, explanation.request_id.as_deref().unwrap_or_default()];
    let Expect { code, message, request_id, .. } = &case.expect;
    let expected = [&text(code), message.as_deref().unwrap_or_default(), &text(request_id)];
    (found != expected).then(|| format!("{found:?}, expected {expected:?}"))
}

/// Each API is proposed from its first failure. How the proposal reads the others shows how far one
/// sample carries.
#[test]
fn first_failure_is_read_for_each_api() {
    let (mut right, mut others) = (0, 0);
    for api in apis() {
        let folder = TempDir::new().unwrap();
        let failures = failures(&api);
        let table = propose(&failures[..1], None, folder.path());
        let text = fs::read_to_string(folder.path().join("t.json")).unwrap();
        assert_eq!(format(&text).as_ref(), Some(&text), "{}: not as `fmt` formats it", api.name);
        let is_right = |case: &&&Case| difference(case, &table, folder.path()).is_none();
        match difference(failures[0], &table, folder.path()) {
            None => right += 1,
            Some(difference) => println!("{}: {difference}\n{text}", api.name),
        }
        others += failures[1..].iter().filter(is_right).count();
    }
    println!("first failures: right in {right} of 21; other failures: right in {others} of 65");
    assert_eq!(right, 21);
    assert!(others >= 48, "{others}");
}

/// Failures of different forms are read by one proposal.
#[test]
fn all_failures_are_read_by_one_proposal() {
    let mut wrong = Vec::new();
    for api in apis() {
        let folder = TempDir::new().unwrap();
        let failures = failures(&api);
        let table = propose(&failures, None, folder.path());
        for case in failures {
            wrong.extend(
                difference(case, &table, folder.path()).map(|difference| format!("{}: {difference}", api.name)),
            );
        }
    }
    // The old code of a queue, which only a header has. A 202 and a 200 of APIs that the status of
    // the first failure, 400, makes a failure.
    let names: Vec<_> = wrong.iter().filter_map(|text| text.split(':').next()).collect();
    assert_eq!(names, ["discord", "aws_json_1_0_dynamodb", "oauth2_rfc6749"], "{wrong:#?}");
}

/// A success is read as one, and the failure still as what it is.
#[test]
fn success_is_distinguished() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for api in apis() {
        let failure = failures(&api)[0];
        // Nothing in a list distinguishes it: a batch of JSON-RPC.
        let is_success = |case: &&Case| case.expect.kind == "success" && !case.body.starts_with('[');
        for success in api.cases.iter().filter(is_success) {
            let folder = TempDir::new().unwrap();
            let table = propose(&[failure], Some(success), folder.path());
            let text = fs::read_to_string(folder.path().join("t.json")).unwrap();
            assert_eq!(difference(failure, &table, folder.path()), None, "{}: {text}", api.name);
            let result = difference(success, &table, folder.path()).unwrap_or_default();
            count += 1;
            if result != "Success" {
                wrong.push(format!("{}: {result}\n{}\n{text}", api.name, success.body));
            }
        }
    }
    println!("successes: {count}, wrong: {}", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Bodies in the form of other services, with the code, the message and the id.
const OTHERS: &[(&str, [&str; 3])] = &[
    (
        r#"{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}, "request_id": "r"}"#,
        ["overloaded_error", "Overloaded", "r"],
    ),
    (r#"{"status": 404, "error": "Not Found", "message": "No order 17", "path": "/o"}"#, ["404", "No order 17", ""]),
    (
        r#"{"name": "UNPROCESSABLE", "message": "m m", "debug_id": "r", "details": [{"issue": "I", "description": "d"}]}"#,
        ["UNPROCESSABLE", "m m", "r"],
    ),
    (r#"{"code": 21211, "message": "m", "more_info": "https://a.example/21211", "status": 400}"#, ["21211", "m", ""]),
    (r#"{"errors": [{"id": "9", "status": "422", "code": "bad", "title": "t", "detail": "d d"}]}"#, ["bad", "d d", ""]),
    (r#"{"error": {"message": "m m", "type": "OAuthException", "code": 190, "fbtrace_id": "r"}}"#, ["190", "m m", "r"]),
    (r#"{"errors": "Not Found"}"#, ["", "Not Found", ""]),
    (r#"{"detail": "Not found."}"#, ["", "Not found.", ""]),
    (r#"{"errors": [{"message": "m", "extensions": {"code": "UNKNOWN"}}], "data": null}"#, ["UNKNOWN", "m", ""]),
    (r#"{"code": 1001, "msg": "m", "data": null, "traceId": "r"}"#, ["1001", "m", "r"]),
    (r#"{"Error": {"Type": "Sender", "Code": "A", "Message": "m"}, "RequestId": "r"}"#, ["A", "m", "r"]),
    (r#"{"fault": {"faultstring": "m", "detail": {"errorcode": "a.b.C"}}}"#, ["a.b.C", "m", ""]),
    (r#"{"resultCode": "E1", "resultMsg": "m", "result": null}"#, ["E1", "m", ""]),
    (r#"{"errorCode": "E1", "errorSummary": "m", "errorLink": "E1", "errorId": "r"}"#, ["E1", "m", "r"]),
    (r#"[{"message": "m", "errorCode": "A"}]"#, ["A", "m", ""]),
    (r#"{"type": "https://a.example/p/no-credit", "title": "t", "detail": "d"}"#, ["no-credit", "d", ""]),
    (r#"{"meta": {"code": 400, "errorType": "a_b", "errorDetail": "m m", "requestId": "r"}}"#, ["a_b", "m m", "r"]),
];

#[test]
fn other_services_are_read() {
    for (body, [code, message, request_id]) in OTHERS {
        let folder = TempDir::new().unwrap();
        let expect = |text: &str| Value::from(Some(text).filter(|text| !text.is_empty()));
        let expect = Expect {
            kind: "failure".to_owned(),
            code: expect(code),
            message: Some((*message).to_owned()),
            request_id: expect(request_id),
        };
        let case = Case { status: 400, headers: BTreeMap::new(), body: (*body).to_owned(), expect };
        let table = propose(&[&case], None, folder.path());
        assert_eq!(difference(&case, &table, folder.path()), None, "{body}");
    }
}
