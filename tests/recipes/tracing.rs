//! The recipe for tracing.

use std::io;
use std::sync::{Arc, Mutex};

use errtable::{CommonError, Error, from_response};
use serde_json::json;

use self::recipe::log;
use crate::client::{ClientError, send};
use crate::server::{Server, run};

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/tracing.rs"));
}

#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl io::Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns what the recipe logs.
fn logged(error: &Error<CommonError>) -> String {
    let output = Output::default();
    let writer = output.clone();
    let subscriber = tracing_subscriber::fmt().without_time().with_writer(move || writer.clone()).finish();
    tracing::subscriber::with_default(subscriber, || log(error));
    let bytes = output.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

/// Returns what the recipe logs for a failure of the server.
fn logged_failure(code: &str, message: &str, request_id: &str) -> String {
    let params = json!({"Code": code, "Message": message, "RequestId": request_id});
    match run(send::<(), _>(Server::new().request("Fail", &params))) {
        Err(ClientError::Service(error)) => logged(&error),
        other => panic!("expected a failure, found {other:?}"),
    }
}

#[test]
fn fields_are_code_request_id_status_class_and_fault() {
    let line = logged_failure("InternalError", "try again", "a1");
    let fields = r#"code=InternalError request_id="a1" status=200 retry="transient" fault="server""#;
    assert!(line.contains(fields), "{line}");
    assert!(line.contains("InternalError: try again (request id a1)"), "{line}");
}

#[test]
fn unknown_fields_are_omitted() {
    let line = logged_failure("Quota.New", "", "");
    assert!(line.contains(r#"Quota.New code=Quota.New status=200 retry="never""#), "{line}");
    let line = logged(&from_response::<(), _>(502, &(), b"<html>").unwrap_err());
    assert!(line.contains(r#"status=502 retry="transient""#), "{line}");
    assert!(!line.contains("code=") && !line.contains("request_id="), "{line}");
}

#[test]
fn hostile_texts_are_logged_in_one_line() {
    let hostile = "a\r\nb\u{1b}[2J\u{2028}\u{202e}c";
    let line = logged_failure(hostile, hostile, hostile);
    let text = line.strip_suffix('\n').unwrap();
    assert_eq!(text.matches("[2J").count(), 5, "{text:?}");
    let breaks = |c: char| c.is_control() || ['\u{2028}', '\u{202e}'].contains(&c);
    assert!(!text.contains(breaks), "{text:?}");
}
