//! Reads response bodies, and prints the data or the typed code of each.
//!
//! ```sh
//! cargo run -p errtable-tests --example decode [FILE…]
//! ```
//!
//! The default files are the documented success and failure, and a throttled request.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use errtable::{ApiError, CommonError, Error};
use serde_json::{Map, Value};

fn main() -> ExitCode {
    let mut files: Vec<PathBuf> = env::args_os().skip(1).map(Into::into).collect();
    if files.iter().any(|file| file.as_os_str() == "--help") {
        println!("usage: decode [FILE…]");
        return ExitCode::SUCCESS;
    }
    if files.is_empty() {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        files = ["success.json", "failure.json", "throttled.json"].map(|name| fixtures.join(name)).to_vec();
    }
    let mut status = ExitCode::SUCCESS;
    for file in files {
        match std::fs::read(&file) {
            Ok(body) => print(&file.file_name().unwrap_or_default().to_string_lossy(), &body),
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
        println!("  fault       {}", known.fault());
    } else {
        let ancestor = code.ancestor().map_or("none".to_owned(), |ancestor| format!("{ancestor:#}"));
        println!("  code        {code} (not in the table)");
        println!("  ancestor    {ancestor}");
    }
    if !error.message().is_empty() {
        println!("  message     {}", error.message().escape_debug());
    }
    let retry = error.retry();
    let meaning = code.known().map_or("an unknown code is never retried", |_| retry.meaning());
    println!("  retry       {retry}: {meaning}");
    println!("  may resend  any request: {}, idempotent request: {}", error.may_resend(false), error.may_resend(true));
    println!("  request id  {}", error.request_id().unwrap_or("none"));
}
