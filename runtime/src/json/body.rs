//! The body of a response, in any envelope.

use serde_core::de::{Deserialize, Deserializer};

use crate::api_error::ApiError;
use crate::envelope::Success;
use crate::error_code::ErrorCode;

/// The body of a response: data or a failure.
///
/// [`from_response_as`](crate::from_response_as) parses any type that implements this trait.
/// [`Envelope`](crate::Envelope) is the body of the reference API.
///
/// ```
/// use errtable::{ApiError, Body, ErrorCode, Success, from_response_as};
/// use serde::Deserialize;
/// use serde::de::IgnoredAny;
///
/// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
/// enum ShopError {
///     #[error_code("4004")]
///     NoSuchOrder,
/// }
///
/// /// `{"code": 0, "data": {…}}`, or `{"code": 4004, "msg": "…"}`.
/// #[derive(Deserialize)]
/// struct Reply<T> {
///     code: u32,
///     #[serde(default)]
///     msg: String,
///     trace: Option<Box<str>>,
///     data: T,
/// }
///
/// impl<'de, T: Deserialize<'de>> Body<'de> for Reply<T> {
///     type Data = T;
///     type Code = ShopError;
///     const REQUEST_ID: &'static [&'static str] = &["trace"];
///
///     fn into_result(self) -> Result<Success<T>, ApiError<ShopError>> {
///         let id = self.trace.as_deref();
///         if self.code == 0 {
///             return Ok(Success::new(self.data).or_request_id(id));
///         }
///         let error = ApiError::new(self.code.to_string(), self.msg);
///         Err(error.or_request_id(id))
///     }
///
///     // A failure has no `data`, so it is not a valid `Reply<T>`.
///     fn recover(body: &[u8]) -> Option<ApiError<ShopError>> {
///         type Failure = Reply<Option<IgnoredAny>>;
///         let failure: Failure = serde_json::from_slice(body).ok()?;
///         failure.into_result().err()
///     }
/// }
///
/// let body = br#"{"code": 0, "data": [7, 8], "trace": "a1"}"#;
/// let success = from_response_as::<Reply<Vec<u32>>>(200, body)?;
/// assert_eq!(success, Success::new(vec![7, 8]).with_request_id("a1"));
///
/// let body = br#"{"code": 4004, "msg": "no such order", "trace": "a1"}"#;
/// let error = from_response_as::<Reply<Vec<u32>>>(404, body).unwrap_err();
/// assert_eq!(error.to_string(), "4004: no such order (request id a1)");
///
/// let body = br#"{"code": 0, "data": [7, "8"], "trace": "a1"}"#;
/// let error = from_response_as::<Reply<Vec<u32>>>(200, body).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "invalid data at data[1] (line 1 column 27): \
///      invalid type: string \"8\", expected u32 (status 200, request id a1)",
/// );
/// # Ok::<(), errtable::Error<ShopError>>(())
/// ```
///
/// serde buffers the body of an untagged enum and the keys of `#[serde(flatten)]`. Errors in their
/// data therefore have no path.
pub trait Body<'de>: Deserialize<'de> {
    /// The data of a success.
    type Data;

    /// The enum of the error codes.
    type Code: ErrorCode;

    /// The path of the request id in the body, or `&[]` if it contains none.
    ///
    /// The id must be a string. It is only read from a body that does not fit, even from invalid
    /// JSON: [`into_result`](Self::into_result) sets the id of a success. The element `"[]"`
    /// matches the elements of an array: `&["error", "details", "[]", "requestId"]`.
    const REQUEST_ID: &'static [&'static str];

    /// Another path of the request id.
    #[doc(hidden)]
    const FALLBACK_REQUEST_ID: &'static [&'static str] = &[];

    /// Converts the body to a `Result`.
    ///
    /// # Errors
    ///
    /// The service reported an error.
    ///
    /// ```
    /// use errtable::{Body, CommonError, Envelope};
    ///
    /// let envelope = Envelope::<(), CommonError>::failure("Quota.New", "");
    /// let error = Body::into_result(envelope).unwrap_err();
    /// assert_eq!(error.code().as_str(), "Quota.New");
    /// ```
    fn into_result(self) -> Result<Success<Self::Data>, ApiError<Self::Code>>;

    /// Returns the failure in a body that is valid JSON, but not a valid `Self`.
    ///
    /// A request id is added to it if it has none.
    ///
    /// ```
    /// use errtable::{Body, CommonError, Envelope};
    ///
    /// // The legacy form of the reference API has no `Response`.
    /// let body = br#"{"code": 4400, "codeDesc": "InternalError"}"#;
    /// let error = Envelope::<(), CommonError>::recover(body).unwrap();
    /// assert_eq!(*error.code(), CommonError::InternalError);
    /// ```
    #[must_use]
    fn recover(_body: &[u8]) -> Option<ApiError<Self::Code>> {
        None
    }

    /// Deserializes a body without the values of its envelope. The request id, if there is one,
    /// replaces text that the deserializer rejects.
    ///
    /// # Errors
    ///
    /// The body is not a valid `Self`.
    #[doc(hidden)]
    fn deserialize_data<D: Deserializer<'de>>(deserializer: D, _request_id: Option<&str>) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    /// Returns what [`recover`](Self::recover) returns, or the error of the envelope.
    ///
    /// # Errors
    ///
    /// The envelope is invalid, whatever the data.
    #[doc(hidden)]
    fn examine(body: &[u8]) -> serde_json::Result<Option<ApiError<Self::Code>>> {
        Ok(Self::recover(body))
    }
}
