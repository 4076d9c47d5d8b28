//! Typed API errors and safe retries, from one table.
//!
//! List your API's error codes in a JSON file, and paste a failure with `{code}` where the code
//! goes. This is `spec/shop.json`:
//!
//! ```json
#![doc = include_str!("../spec/shop.json")]
//! ```
//!
//! errtable generates an enum from the table, reads every response, and tells you whether a request
//! may be retried:
//!
//! ```
//! use std::thread::sleep;
//!
//! use errtable::{Error, Retries, Step, error_table, from_response};
//!
//! #[error_table("spec/shop.json")]
//! pub enum ShopError {}
//!
//! # #[derive(Debug, serde::Deserialize)]
//! # struct Order {
//! #     id: u32,
//! # }
//! #
//! # struct Shop(std::vec::IntoIter<(u16, &'static str)>);
//! #
//! # impl Shop {
//! #     fn post(&mut self, _: &str) -> (u16, [(&str, &str); 2], Vec<u8>) {
//! #         let (status, body) = self.0.next().unwrap();
//! #         (status, [("retry-after", "0"), ("x-request-id", "a1")], body.into())
//! #     }
//! #
//! #     fn log_in(&mut self) {}
//! # }
//! #
//! /// Returns `None` if the cart is empty.
//! fn check_out(shop: &mut Shop) -> Result<Option<Order>, Error<ShopError>> {
//!     let mut retries = Retries::new(5); // five attempts, doubling waits
//!     loop {
//!         let (status, headers, body) = shop.post("/checkout");
//!         match from_response(status, &headers, &body) {
//!             Ok(success) => return Ok(Some(success.data)),
//!             Err(e) if e.is(ShopError::CartEmpty) => return Ok(None),
//!             // `false`: a checkout is not idempotent.
//!             Err(e) => match retries.next(e, false)? {
//!                 // No code of this table asks for a restart.
//!                 Step::Wait(time) | Step::Restart(time) => sleep(time),
//!                 Step::Renew => shop.log_in(),
//!             },
//!         }
//!     }
//! }
//! #
//! # let answer = |responses: &[_]| check_out(&mut Shop(responses.to_vec().into_iter()));
//! # let ok = (200, r#"{"id": 7}"#);
//! # let rate_limited = (429, r#"{"error": {"code": "rate_limited"}}"#);
//! # assert_eq!(answer(&[rate_limited, rate_limited, ok])?.unwrap().id, 7);
//! # assert!(answer(&[(400, r#"{"error": {"code": "cart_empty"}}"#)])?.is_none());
//! # let timeout = (504, r#"{"error": {"code": "payment_timeout"}}"#);
//! # assert!(answer(&[timeout, ok]).unwrap_err().is(ShopError::PaymentTimeout));
//! # let unknown = (400, r#"{"error": {"code": "card_stolen", "message": "no"}}"#);
//! # let error = answer(&[unknown, ok]).unwrap_err();
//! # assert_eq!(error.to_string(), "card_stolen: no (request id a1)");
//! # let error = answer(&[(502, "<html>"), ok]).unwrap_err();
//! # assert_eq!((error.status(), error.request_id()), (Some(502), Some("a1")));
//! # Ok::<(), Error<ShopError>>(())
//! ```
//!
//! - `rate_limited` is retried after the wait that the server asks for.
//! - `payment_timeout` is returned, because the card may have been charged.
//! - A code that your table doesn't list yet is kept, and retried as its HTTP status permits.
//! - A body that can't be read, such as the HTML page of a gateway, is an [`Error`] with the
//!   status, the position and the request id.
//!
//! Servers write the same responses with [`Envelope`]. For an enum that you write by hand, use
//! [`derive(ErrorCode)`](derive@ErrorCode).
//!
//! # Guide
//!
//! - [The table format](guide::table): keys, retry classes, base tables, columns, compatibility
//! - [Bundled tables](guide::tables): Kafka, PostgreSQL, gRPC, JSON-RPC, and how to extend them
//! - [Envelopes](guide::envelopes): how to read any response, and how to write one
//! - [Numbers](guide::numbers): codes that are integers, such as those of Kafka and JSON-RPC
//! - [Evolving](guide::evolving): how to add, rename, replace and remove codes
//! - [Retrying](guide::retrying): a loop that handles each step
//! - [Recipes](guide::recipes) for ureq, reqwest, tower, backon, tokio-retry2, tokio-postgres,
//!   tonic, anyhow, tracing and metrics
//! - [Servers](guide::servers): a service that answers with your codes
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
//! | none | [`Retry`], [`RetryAction`], [`Fault`], [`ErrorCode`], [`Enveloped`], [`UnknownCode`] |
//! | none | [`Retries`], [`Step`], [`Retryable`] |
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
#[cfg(any(feature = "std", test))]
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
