//! Reads responses by an envelope that is made at run time.

#![allow(dead_code, reason = "each test file uses a part of this module")]

use std::cell::Cell;
use std::io::{self, ErrorKind};

use errtable::{Enveloped, Error, ErrorCode, from_response, from_slice};
use errtable_spec::__private::{Layout, Shape};
use errtable_spec::{Files, Rule, Table};
use serde::de::DeserializeOwned;

use crate::model::Response;
use crate::model::check::Found;

/// A code of the table that was made last on this thread. It has no rows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
pub(crate) enum Made {}

thread_local! {
    static LAYOUT: Cell<&'static Layout> = panic!("no table was made");
}

impl Enveloped for Made {
    fn shape() -> &'static Shape {
        &LAYOUT.get().shape
    }

    fn child(node: u16, key: &str) -> u16 {
        LAYOUT.get().child(node, key)
    }
}

/// A table in memory.
struct Text(String);

impl Files for Text {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == "t.json" { Ok(self.0.clone().into_bytes()) } else { Err(ErrorKind::NotFound.into()) }
    }
}

/// Makes a table with an envelope, by which responses are read on this thread. Returns whether the
/// envelope is small enough.
pub(crate) fn make(envelope: &str) -> bool {
    let loaded = Table::load(&Text(format!(r#"{{"name": "t", "envelope": {envelope}, "errors": []}}"#)), "t.json");
    if let [diagnostic] = loaded.diagnostics.as_slice()
        && diagnostic.rule() == Rule::EnvelopeTooLarge
    {
        return false;
    }
    assert!(loaded.diagnostics.is_empty(), "{envelope}: {:#?}", loaded.diagnostics);
    let envelope = loaded.table.envelope.unwrap();
    LAYOUT.set(Box::leak(Box::new(Layout::new(&envelope))));
    true
}

/// Reads a response by the table that was made last.
pub(crate) fn read_response<T: DeserializeOwned>(response: &Response<'_>) -> Found<T> {
    let result = match response.status {
        Some(status) => from_response::<T, Made>(status, response.headers, response.body),
        None => from_slice::<T, Made>(response.body),
    };
    match result {
        Ok(success) => Found::Success { data: success.data, request_id: success.request_id.map(String::from) },
        Err(Error::Api(error)) => Found::Failure {
            code: error.code().as_str().to_owned(),
            message: error.message().to_owned(),
            request_id: error.request_id().map(String::from),
            retry_after: error.retry_after(),
        },
        Err(Error::Malformed(error)) => {
            Found::Malformed { request_id: error.request_id().map(String::from), retry_after: error.retry_after() }
        }
    }
}
