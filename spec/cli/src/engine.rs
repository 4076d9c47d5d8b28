//! Reads a response by an envelope that is known only at run time.

use std::cell::Cell;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use errtable::{Enveloped, Error, ErrorCode, Fault, MalformedKind, Retry, from_response, from_slice};
use errtable_spec::__private::{Layout, Shape, Written};
use errtable_spec::Envelope;
use serde::de::IgnoredAny;

/// A response: a body, and what is known besides.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Response<'r> {
    pub(crate) body: &'r [u8],
    pub(crate) status: Option<u16>,
    pub(crate) headers: &'r [(String, String)],
}

/// A response as an envelope reads it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) content: Content,
    pub(crate) request_id: Option<String>,
    /// The wait that the response asks for.
    pub(crate) wait: Option<Duration>,
    /// The class that the status or a malformed body has. A table may know another one.
    pub(crate) retry: Retry,
    /// Where the class comes from, if not from the status: the body is empty or truncated.
    pub(crate) cause: Option<&'static str>,
}

/// What a response is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// Data.
    Success,
    /// What the service reported. A missing code or message is empty.
    Failure { code: String, message: String },
    /// Neither, for this reason.
    Malformed(String),
}

/// Returns the layout of an envelope. It is static, as an expansion has it.
pub(crate) fn static_layout(envelope: &Envelope) -> &'static Layout {
    Box::leak(Box::new(Layout::new(envelope)))
}

/// Reads a response by an envelope.
pub(crate) fn read(response: &Response<'_>, layout: &'static Layout) -> Reading {
    LAYOUT.set(layout);
    let Response { body, status, headers } = *response;
    let result = match status {
        Some(status) => from_response::<IgnoredAny, AnyCode>(status, headers, body),
        None => from_slice::<IgnoredAny, AnyCode>(body),
    };
    let error = match result {
        Ok(success) => {
            let request_id = success.request_id.map(String::from);
            return Reading { content: Content::Success, request_id, wait: None, retry: Retry::Never, cause: None };
        }
        Err(error) => error,
    };
    let (request_id, wait, retry) = (error.request_id().map(str::to_owned), error.retry_after(), error.retry());
    let cause = match &error {
        // The outcome of a success is unknown.
        Error::Malformed(malformed) if status.is_none_or(|status| (200..300).contains(&status)) => {
            match malformed.kind() {
                MalformedKind::Empty => Some("the body is empty"),
                MalformedKind::Truncated => Some("the body is truncated"),
                _ => None,
            }
        }
        Error::Malformed(_) | Error::Api(_) => None,
    };
    let content = match error {
        Error::Api(failure) => {
            Content::Failure { code: failure.code().as_str().to_owned(), message: failure.message().to_owned() }
        }
        Error::Malformed(malformed) => Content::Malformed(malformed.to_string()),
    };
    Reading { content, request_id, wait, retry, cause }
}

thread_local! {
    /// The envelope that [`AnyCode`] currently has.
    static LAYOUT: Cell<&'static Layout> = const { Cell::new(&NO_LAYOUT) };
}

/// The layout before the first response is read.
static NO_LAYOUT: Layout = Layout {
    shape: Shape {
        nodes: &[],
        data: 0,
        is_mixed: false,
        constants: 0,
        success_ids: &[],
        failures: &[],
        elements: &[],
        headers: &[],
        success: Written::Data,
        failure: Written::Data,
    },
    members: Vec::new(),
};

/// The codes of no table, so that the text of each code is kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum AnyCode {}

impl Enveloped for AnyCode {
    fn shape() -> &'static Shape {
        &LAYOUT.get().shape
    }

    fn child(node: u16, key: &str) -> u16 {
        LAYOUT.get().child(node, key)
    }
}

impl ErrorCode for AnyCode {
    const NAME: &'static str = "any";
    const ALL: &'static [Self] = &[];

    fn from_code(_code: &str) -> Option<Self> {
        None
    }

    fn as_str(self) -> &'static str {
        match self {}
    }

    fn meaning(self) -> &'static str {
        match self {}
    }

    fn retry(self) -> Retry {
        match self {}
    }

    fn fault(self) -> Fault {
        match self {}
    }

    fn retry_after(self) -> Option<Duration> {
        match self {}
    }

    fn family(self) -> &'static str {
        match self {}
    }

    fn table(self) -> &'static str {
        match self {}
    }

    fn nearest(_text: &str) -> Option<Self> {
        None
    }
}

impl fmt::Display for AnyCode {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl StdError for AnyCode {}
