//! Typed error codes generated from a table, and the response envelope that carries them.
//!
//! Services report errors as strings such as `AuthFailure.SignatureExpire`, and add new ones every
//! month. A table in JSON lists the codes, their descriptions and how each failed request may be
//! retried. [`error_table`] generates an enum from the table. [`from_response`] parses a response
//! body into data or into an error with one of these codes.
//!
//! ```
//! use errtable::{Code, CommonError, Retry};
//!
//! let code: CommonError = "RequestLimitExceeded".parse()?;
//! assert_eq!(code.retry(), Retry::Throttled);
//!
//! // An unknown code keeps its text.
//! let code: Code<CommonError> = "FailedOperation.New".into();
//! assert_eq!(code.as_str(), "FailedOperation.New");
//! assert_eq!(code.ancestor(), Some(CommonError::FailedOperation));
//! # Ok::<(), errtable::UnknownCode>(())
//! ```
//!
//! # Sending a request again
//!
//! The table specifies how a failed request may be retried. The number of attempts and the waiting
//! time are up to the caller. This loop builds and signs the request for each attempt, and renews
//! the credential once:
//!
//! ```
//! use std::thread::sleep;
//! use std::time::Duration;
//!
//! use errtable::{CommonError, Error, Resend, Success, from_response};
//!
//! # struct Client(u32);
//! # impl Client {
//! #     fn send_signed(&mut self) -> (u16, Vec<u8>) {
//! #         self.0 += 1;
//! #         let codes = ["", "RequestLimitExceeded", "AuthFailure.SignatureExpire"];
//! #         let code = codes.get(self.0 as usize).copied().unwrap_or_default();
//! #         (200, format!(r#"{{"Response": {{"Error": {{"Code": "{code}"}}}}}}"#).into_bytes())
//! #     }
//! #     fn renew_credential(&mut self) {}
//! # }
//! fn call(client: &mut Client, idempotent: bool) -> Result<Success<()>, Error<CommonError>> {
//!     let mut wait = Duration::from_millis(100);
//!     let mut renewed = false;
//!     for _ in 1..5 {
//!         let (status, body) = client.send_signed();
//!         let error = match from_response(status, &body) {
//!             Ok(success) => return Ok(success),
//!             Err(error) => error,
//!         };
//!         match error.resend(idempotent) {
//!             Resend::AfterWait | Resend::AfterRestart => {
//!                 sleep(error.retry_after().unwrap_or(wait));
//!                 wait *= 2;
//!             }
//!             Resend::AfterRenewal if !renewed => {
//!                 client.renew_credential();
//!                 renewed = true;
//!             }
//!             Resend::AfterRenewal | Resend::No => return Err(error),
//!         }
//!     }
//!     let (status, body) = client.send_signed();
//!     from_response(status, &body)
//! }
//! # assert!(call(&mut Client(0), false).is_ok());
//! ```
//!
//! # Features
//!
//! All are on by default. The crate is always `no_std`.
//!
//! | feature | enables |
//! |---|---|
//! | – | [`Retry`], [`Resend`], [`Fault`], [`ErrorCode`], [`UnknownCode`] without its text |
//! | `macros` | [`error_table`], [`derive(ErrorCode)`](derive@ErrorCode) |
//! | `common` | [`CommonError`] |
//! | `alloc` | [`Code`], [`ApiError`], [`Success`], [`Envelope`], the text in [`UnknownCode`] |
//! | `serde` | `Serialize` and `Deserialize` for these types and the generated enums |
//! | `json` | [`from_slice`], [`from_response`], [`Body`], [`Error`], [`Malformed`] |
//! | `std` | the `std` features of serde's crates |

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
#[cfg(feature = "alloc")]
mod find;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "json")]
mod malformed;
mod parse_value_error;
mod unknown_code;

#[cfg(feature = "alloc")]
pub use api_error::{ApiError, ApiErrorParts};
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
#[doc = include_str!("derive_error_code.md")]
#[doc(inline)]
pub use errtable_macros::ErrorCode;
#[cfg(feature = "macros")]
#[doc = include_str!("error_table.md")]
#[doc(inline)]
pub use errtable_macros::error_table;
pub use errtable_spec::{Fault, ParseFaultError, ParseResendError, ParseRetryError, Resend, Retry};
#[cfg(feature = "json")]
pub use json::{Body, from_response, from_response_as, from_slice};
#[cfg(feature = "json")]
pub use malformed::{Malformed, MalformedKind};
pub use parse_value_error::ParseValueError;
pub use unknown_code::UnknownCode;
