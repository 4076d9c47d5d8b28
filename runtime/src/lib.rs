//! One table of an API's error codes, a typed enum that keeps in step with it, and the response envelope that
//! carries the codes.
//!
//! Services answer with string error codes: `AuthFailure.SignatureExpire`, `RequestLimitExceeded`, thousands of
//! them, more every month. A table in JSON lists them, with what each one means and whether a request that met
//! it may be sent again. [`error_table`] makes an enum of the table, and [`from_response`] reads a body as
//! data or as an error with one of these codes.
//!
//! ```
//! use errtable::{Code, CommonError, Retry};
//!
//! let code: CommonError = "RequestLimitExceeded".parse()?;
//! assert_eq!(code.retry(), Retry::Throttled);
//!
//! // A code that the table does not hold keeps its text.
//! let code: Code<CommonError> = "FailedOperation.New".into();
//! assert_eq!(code.as_str(), "FailedOperation.New");
//! assert_eq!(code.ancestor(), Some(CommonError::FailedOperation));
//! # Ok::<(), errtable::UnknownCode>(())
//! ```
//!
//! # Features
//!
//! All are on by default.
//!
//! | feature | what needs it |
//! |---|---|
//! | – | [`Retry`], [`Fault`], [`ErrorCode`], [`UnknownCode`] without its text: `no_std`, no allocation |
//! | `macros` | [`error_table`] |
//! | `common` | [`CommonError`] |
//! | `alloc` | [`Code`], [`ApiError`], [`Success`], [`Envelope`], the text in [`UnknownCode`] |
//! | `serde` | `Serialize` and `Deserialize` of these and of the generated enums |
//! | `json` | [`from_slice`], [`from_response`], [`Error`], [`Malformed`] |
//! | `std` | only passed on to `serde_json` |

#![no_std]
#![cfg_attr(not(test), deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used))]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;

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
#[cfg(feature = "json")]
mod error;
mod error_code;
#[cfg(feature = "alloc")]
mod escape;
#[cfg(feature = "json")]
mod malformed;
mod parse_word_error;
#[cfg(feature = "json")]
mod response;
mod unknown_code;

#[cfg(feature = "alloc")]
pub use api_error::ApiError;
#[cfg(feature = "alloc")]
pub use code::Code;
#[cfg(feature = "common")]
pub use common::CommonError;
#[cfg(feature = "alloc")]
pub use envelope::{Envelope, Success};
#[cfg(feature = "json")]
pub use error::Error;
pub use error_code::ErrorCode;
#[cfg(feature = "macros")]
#[doc = include_str!("error_table.md")]
#[doc(inline)]
pub use errtable_macros::error_table;
pub use errtable_spec::{Fault, ParseFaultError, ParseRetryError, Retry};
#[cfg(feature = "json")]
pub use malformed::{Malformed, MalformedKind};
pub use parse_word_error::ParseWordError;
#[cfg(feature = "json")]
pub use response::{from_response, from_slice};
pub use unknown_code::UnknownCode;
