//! Typed error codes generated from a table, which also describes the responses that contain them.
//!
//! A table lists the error codes of an API, and how each failed request may be retried. This is
//! `spec/my-api.json`:
//!
//! ```json
#![doc = include_str!("../spec/my-api.json")]
//! ```
//!
//! [`error_table`] generates an enum from the table:
//!
//! ```
//! use errtable::{Code, error_table};
//!
//! #[error_table("spec/my-api.json")]
//! pub enum MyApiError {}
//!
//! fn advice(code: &Code<MyApiError>) -> String {
//!     match code.known() {
//!         Some(MyApiError::QuotaFull) => "delete a project first".to_owned(),
//!         Some(known) if known.is_retryable() => {
//!             format!("retry it: {}", known.retry())
//!         }
//!         Some(known) => known.meaning().to_owned(),
//!         // Services add codes every month.
//!         None => format!("unknown code {code}"),
//!     }
//! }
//!
//! assert_eq!(advice(&"Upload.TooFast".into()), "retry it: throttled");
//! assert_eq!(advice(&"Upload.TooBig".into()), "unknown code Upload.TooBig");
//! ```
//!
//! The key `envelope` of the table describes what a response looks like. [`from_response`] reads
//! the response as your data, or as an error with one of your codes:
//!
//! ```
//! # #[errtable::error_table("spec/my-api.json")]
//! # pub enum MyApiError {}
//! let headers = [("retry-after", "7"), ("x-request-id", "a1")];
//! let body = br#"{"error": {"code": "Token.Expired", "message": ""}}"#;
//! let error = errtable::from_response::<(), MyApiError>(401, &headers, body);
//! let error = error.unwrap_err();
//! assert!(error.is(MyApiError::TokenExpired));
//! assert_eq!(error.request_id(), Some("a1"));
//! ```
//!
//! [`derive(ErrorCode)`](derive@ErrorCode) implements the same for a hand-written enum.
//!
//! # Guide
//!
//! - [The table format](guide::table): keys, retry classes, base tables, columns, compatibility
//! - [Envelopes](guide::envelopes): how to read any response, and how to write one
//! - [Numbers](guide::numbers): codes that are integers, such as those of Kafka and JSON-RPC
//! - [Evolving](guide::evolving): how to add, rename, replace and remove codes
//! - [Retrying](guide::retrying): a loop that handles each step
//! - [Recipes](guide::recipes) for ureq, reqwest, tower, backon, tokio-retry2, anyhow and tracing,
//!   and for a server and its client
//! - [Questions](guide::questions): matching, derives, envelopes, paths, features
//! - [Migrating](guide::migrating) from strum, thiserror and your own response types, and when to
//!   use these instead
//!
//! # Features
//!
//! All but `http` are on by default. Without `std`, the crate is `no_std`.
//!
//! | feature | enables |
//! |---|---|
//! | – | [`Retry`], [`RetryAction`], [`Fault`], [`ErrorCode`], [`Enveloped`], [`UnknownCode`] |
//! | – | [`Retries`], [`Step`], [`Retryable`] |
//! | `macros` | [`error_table`], [`derive(ErrorCode)`](derive@ErrorCode) |
//! | `common` | [`CommonError`] |
//! | `alloc` | [`Code`], [`ApiError`], [`Success`], [`Envelope`], the text in [`UnknownCode`] |
//! | `serde` | `Serialize` and `Deserialize` for these types and the generated enums |
//! | `json` | [`from_response`], [`from_slice`], [`Headers`], [`Error`], [`Malformed`] |
//! | `std` | random waits of [`Retries`], and the `std` features of serde's crates |
//! | `http` | [`Headers`] for `http::HeaderMap` |

#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used))]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[doc(hidden)]
pub mod __private;
#[cfg(feature = "alloc")]
mod api_error;
#[cfg(feature = "alloc")]
mod code;
#[cfg(feature = "common")]
mod common;
#[cfg(feature = "alloc")]
mod envelope;
mod enveloped;
#[cfg(feature = "json")]
mod error;
mod error_code;
#[cfg(feature = "alloc")]
mod escape;
#[cfg(feature = "alloc")]
mod find;
#[cfg(any(doc, doctest))]
pub mod guide;
#[cfg(feature = "json")]
mod malformed;
mod parse_value_error;
#[cfg(feature = "json")]
mod response;
mod retries;
#[cfg(feature = "alloc")]
mod success;
mod unknown_code;

#[cfg(feature = "alloc")]
pub use api_error::{ApiError, ApiErrorParts};
#[cfg(feature = "alloc")]
pub use code::Code;
#[cfg(feature = "common")]
pub use common::CommonError;
#[cfg(feature = "alloc")]
pub use envelope::Envelope;
pub use enveloped::Enveloped;
#[cfg(feature = "json")]
pub use error::Error;
pub use error_code::ErrorCode;
#[cfg(feature = "macros")]
#[doc = include_str!("derive_error_code.md")]
#[doc(inline)]
pub use errtable_macros::ErrorCode;
#[cfg(feature = "macros")]
#[doc = include_str!("error_table.md")]
#[doc(inline)]
pub use errtable_macros::error_table;
pub use errtable_spec::{Fault, ParseFaultError, ParseRetryActionError, ParseRetryError, Retry, RetryAction};
#[cfg(feature = "json")]
pub use malformed::{Malformed, MalformedKind};
pub use parse_value_error::ParseValueError;
#[cfg(feature = "json")]
pub use response::headers::Headers;
#[cfg(feature = "json")]
pub use response::{from_response, from_slice};
pub use retries::{Retries, Retryable, Step};
#[cfg(feature = "alloc")]
pub use success::Success;
pub use unknown_code::UnknownCode;
