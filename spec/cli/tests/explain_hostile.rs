//! A hostile body cannot write to a terminal, or forge a line, through `errtable explain`.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// Line breaks, terminal sequences, separators, overrides, zero-width characters and NUL.
const HOSTILE: &str = "A\n\r\u{1b}]0;t\u{7}\u{85}\u{9b}31m\u{2028}\u{2029}\u{202e}\u{2066}\u{200b}\u{feff}\0B";

/// Explains a body of standard input.
fn explain(arguments: &[&str], body: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_errtable"));
    command.args(["explain", "-"]).args(arguments);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// Checks that a text has visible characters and this number of lines. Returns the text.
fn check_printed(text: Vec<u8>, lines: usize) -> String {
    let text = String::from_utf8(text).unwrap();
    let is_hostile = |c: char| c != '\n' && !c.is_ascii_graphic() && HOSTILE.contains(c);
    assert!(!text.contains(is_hostile), "{text:?}");
    assert_eq!(text.lines().count(), lines, "{text}");
    text
}

fn body(code: &str, message: &str, request_id: &str) -> Value {
    json!({"Response": {"Error": {"Code": code, "Message": message}, "RequestId": request_id}})
}

#[test]
fn failure_is_printed_on_its_lines() {
    for format in ["text", "json"] {
        let arguments = ["--format", format];
        let plain = explain(&arguments, &body("Other", "text", "id-1").to_string());
        let lines = String::from_utf8(plain.stdout).unwrap().lines().count();
        let hostile = explain(&arguments, &body(HOSTILE, HOSTILE, HOSTILE).to_string());
        let text = check_printed(hostile.stdout, lines);
        assert!(text.contains("]0;t"), "{text}");
        check_printed(hostile.stderr, 0);
    }
}

#[test]
fn json_keeps_the_texts() {
    let output = explain(&["--format", "json"], &body(HOSTILE, HOSTILE, HOSTILE).to_string());
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!([&answer["code"], &answer["message"], &answer["request_id"]], [HOSTILE; 3]);
}

#[test]
fn success_is_printed_on_its_lines() {
    let output = explain(&[], &json!({"Response": {HOSTILE: HOSTILE, "RequestId": HOSTILE}}).to_string());
    let text = check_printed(output.stdout, 3);
    assert!(text.contains("]0;t"), "{text}");
}

#[test]
fn named_envelope_is_printed_on_its_lines() {
    let error = json!({"code": HOSTILE, "message": HOSTILE});
    let problem = json!({"type": HOSTILE, "detail": HOSTILE});
    let rpc = json!({"jsonrpc": "2.0", "error": error, "id": HOSTILE});
    let bodies = [(json!({ "error": error }), 5), (error, 5), (problem, 5), (rpc, 6), (json!(HOSTILE), 3)];
    for (body, lines) in bodies {
        let output = explain(&[], &body.to_string());
        let text = check_printed(output.stdout, lines);
        assert!(text.contains("]0;t"), "{text}");
    }
}

#[test]
fn malformed_body_is_printed_on_its_lines() {
    let duplicate = format!("{{\"Response\": {{\"RequestId\": 1, \"RequestId\": {}}}}}", json!(HOSTILE));
    let unknown = json!({ HOSTILE: HOSTILE }).to_string();
    for body in [HOSTILE, &format!("<html>{HOSTILE}"), &format!("{{\"{HOSTILE}\": {HOSTILE}"), &duplicate, &unknown] {
        let output = explain(&[], body);
        assert_eq!(output.status.code(), Some(1), "{body}");
        let text = String::from_utf8(output.stdout).unwrap();
        let lines = text.lines().count();
        assert!(text.starts_with("malformed: ") && lines <= 4, "{text}");
        check_printed(text.into_bytes(), lines);
        check_printed(output.stderr, 0);
    }
}
