//! Reads response bodies, and prints the data or the typed code of each.
//!
//! ```sh
//! cargo run -p errtable --example decode [FILE…]
//! ```
//!
//! Without files, it reads a success, a failure and a throttled request.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use errtable::{ApiError, CommonError, Error};
use serde_json::{Map, Value};

/// Two responses from the page "Responses" of Tencent Cloud API 3.0, and a throttled one.
const BODIES: [(&str, &str); 3] = [
    (
        "success",
        r#"{"Response": {
            "TotalCount": 0, "InstanceStatusSet": [], "RequestId": "b5b41468-520d-4192-b42f-595cc34b6c1c"
        }}"#,
    ),
    (
        "failure",
        r#"{"Response": {
            "Error": {
                "Code": "AuthFailure.SignatureFailure",
                "Message": "The provided credentials could not be validated."
            },
            "RequestId": "ed93f3cb-f35e-473f-b9f3-0d451b8b79c6"
        }}"#,
    ),
    (
        "throttled",
        r#"{"Response": {
            "Error": { "Code": "RequestLimitExceeded", "Message": "The frequency limit is 20 a second." },
            "RequestId": "f3c4c5b2-08a3-4d4c-9d6f-6a6b0a2b3c11"
        }}"#,
    ),
];

fn main() -> ExitCode {
    let files: Vec<_> = env::args_os().skip(1).collect();
    if files.iter().any(|file| file == "--help") {
        println!("usage: decode [FILE…]");
        return ExitCode::SUCCESS;
    }
    if files.is_empty() {
        for (name, body) in BODIES {
            print(name, body.as_bytes());
        }
    }
    let mut status = ExitCode::SUCCESS;
    for file in files.iter().map(Path::new) {
        match std::fs::read(file) {
            Ok(body) => print(&file.display().to_string(), &body),
            Err(error) => {
                eprintln!("error: cannot read `{}`: {error}", file.display());
                status = ExitCode::FAILURE;
            }
        }
    }
    status
}

fn print(name: &str, body: &[u8]) {
    println!("{name}");
    match errtable::from_slice::<Map<String, Value>, CommonError>(body) {
        Ok(success) => {
            let keys: Vec<_> = success.data.keys().map(String::as_str).collect();
            println!("  data        {}", keys.join(", "));
            println!("  request id  {}", success.request_id.as_deref().unwrap_or("none"));
        }
        Err(Error::Api(error)) => print_failure(&error),
        Err(error @ Error::Malformed(_)) => println!("  malformed   {error}"),
    }
    println!();
}

fn print_failure(error: &ApiError<CommonError>) {
    let code = error.code();
    if let Some(known) = code.known() {
        println!("  code        CommonError::{known:?}");
        println!("  meaning     {}", known.meaning());
    } else {
        let ancestor = code.ancestor().map_or("none".to_owned(), |ancestor| format!("{ancestor:#}"));
        println!("  code        {code} (not in the table)");
        println!("  ancestor    {ancestor}");
    }
    if !error.message().is_empty() {
        println!("  message     {}", error.message().escape_debug());
    }
    println!("  fault       {}", error.fault());
    let retry = error.retry();
    println!("  retry       {retry}: {}", retry.meaning());
    println!(
        "  what to do  any request: {}, idempotent request: {}",
        error.retry_action(false),
        error.retry_action(true)
    );
    println!("  request id  {}", error.request_id().unwrap_or("none"));
}
