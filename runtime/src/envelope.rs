//! A response as a serde type: data or a failure.

#[cfg(feature = "json")]
mod de;
#[cfg(feature = "serde")]
mod ser;

use alloc::boxed::Box;

use crate::api_error::ApiError;
use crate::code::Code;
use crate::error_code::ErrorCode;
use crate::success::Success;

/// A response as a serde type: data, or a failure.
///
/// Prefer [`from_response`](crate::from_response), which knows the HTTP status and the headers.
///
/// # Deserialization
///
/// Use it with the `json` method of an HTTP client. `Deserialize` reads JSON as
/// [`from_slice`](crate::from_slice) does, in the envelope that the table of `C` describes. Any
/// other format is an error, and so is a body that is neither data nor a failure. `Deserialize`
/// does not see the headers: if the table has no sample `success`, a success has no request id.
///
/// `T` must own its data (`DeserializeOwned`). Where the sample `success` has `"...": "{data}"`,
/// `T` may be a struct, a map, an enum in any of serde's forms, or a newtype or `Option` of these.
/// `()` and unit structs ignore the data.
///
/// # Serialization
///
/// Use it in a server. `Serialize` writes the sample `success` of the table, or its first sample of
/// a failure, in any serde format:
///
/// - Values replace the placeholders. `{message}` and `{request_id}` are written as `""` if there
///   is no value.
/// - Any other member without a value is left out. So are null, `{_}`, second choices such as
///   `{code?}`, and elements of an array without any value.
/// - In a numeric table, a value that is just `{code}` is written as an integer. So is a request id
///   of digits, and a missing one is null there, as [JSON-RPC] requires.
/// - `{details}` is what [`ApiError::with_details`] set, never a part of a body that was read. A
///   gateway that passes a failure on sets the details again, as shown there.
///
/// Where the sample has `"...": "{data}"`, `T` must serialize as a struct or a map. `()`, unit
/// structs and `None` write no members. If `T` writes a member that the sample writes too, that is
/// an error, unless `T` writes null or the constant of the sample. A request id in `T` is written
/// instead of that of the envelope, unless it is empty.
///
/// A failure that clients would read as a success is an error. An example is a failure without a
/// code, if only the code tells the two apart.
///
/// Your server sets the HTTP status and the headers itself. The official clients of Tencent Cloud
/// require the status 200 and the content type `application/json`, even for a failure.
///
/// [JSON-RPC]: https://www.jsonrpc.org/specification#response_object
///
/// ```
/// use errtable::{CommonError, Envelope};
///
/// type Reply = Envelope<(), CommonError>;
///
/// let failure = Reply::failure(CommonError::InternalError, "try again");
/// let json = serde_json::to_value(failure.with_request_id("ed93f3cb"))?;
/// let expected = serde_json::json!({
///     "Response": {
///         "Error": { "Code": "InternalError", "Message": "try again" },
///         "RequestId": "ed93f3cb",
///     },
/// });
/// assert_eq!(json, expected);
///
/// let error = serde_json::from_value::<Reply>(json)?.into_result().unwrap_err();
/// assert_eq!(error.code().known(), Some(CommonError::InternalError));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub enum Envelope<T, C> {
    /// The request succeeded.
    Success(Success<T>),
    /// The service reported an error.
    Failure(ApiError<C>),
}

impl<T, C> Envelope<T, C> {
    /// Creates a success without a request id.
    ///
    /// ```
    /// use errtable::{CommonError, Envelope};
    ///
    /// let envelope = Envelope::<(), CommonError>::success(());
    /// let json = serde_json::to_string(&envelope.with_request_id("ed93f3cb"))?;
    /// assert_eq!(json, r#"{"Response":{"RequestId":"ed93f3cb"}}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn success(data: T) -> Self {
        Self::Success(Success::new(data))
    }

    /// Creates a failure without a request id.
    ///
    /// A gateway can pass on a code that its table does not contain:
    ///
    /// ```
    /// use errtable::{CommonError, Envelope};
    ///
    /// let envelope = Envelope::<(), CommonError>::failure("Disk.Full", "full");
    /// let error = envelope.into_result().unwrap_err();
    /// assert_eq!(error.code(), &"Disk.Full");
    /// ```
    #[must_use]
    pub fn failure(code: impl Into<Code<C>>, message: impl Into<Box<str>>) -> Self {
        Self::Failure(ApiError::new(code, message))
    }

    /// Sets the request id. An empty string removes it.
    ///
    /// ```
    /// use errtable::{CommonError, Envelope};
    ///
    /// let envelope = Envelope::<_, CommonError>::success("data");
    /// let success = envelope.with_request_id("a1").into_result()?;
    /// assert_eq!(success.request_id.as_deref(), Some("a1"));
    /// # Ok::<(), errtable::ApiError<CommonError>>(())
    /// ```
    #[must_use]
    pub fn with_request_id(self, request_id: impl Into<Box<str>>) -> Self {
        match self {
            Self::Success(success) => Self::Success(success.with_request_id(request_id)),
            Self::Failure(failure) => Self::Failure(failure.with_request_id(request_id)),
        }
    }

    /// Converts the envelope to a `Result`.
    ///
    /// # Errors
    ///
    /// Returns the failure as an [`ApiError`].
    ///
    /// ```
    /// use errtable::{CommonError, Envelope};
    ///
    /// let envelope = Envelope::<_, CommonError>::success("data");
    /// assert_eq!(envelope.into_result()?.data, "data");
    /// # Ok::<(), errtable::ApiError<CommonError>>(())
    /// ```
    pub fn into_result(self) -> Result<Success<T>, ApiError<C>> {
        match self {
            Self::Success(success) => Ok(success),
            Self::Failure(failure) => Err(failure),
        }
    }
}

/// Wraps the result of a handler.
///
/// ```
/// use errtable::{ApiError, CommonError, Envelope, Success};
///
/// fn handle(name: &str) -> Result<Success<usize>, ApiError<CommonError>> {
///     match name.len() {
///         0 => Err(ApiError::new("MissingParameter", "no name")),
///         length => Ok(Success::new(length)),
///     }
/// }
///
/// assert_eq!(Envelope::from(handle("a")), Envelope::success(1));
/// ```
impl<T, C> From<Result<Success<T>, ApiError<C>>> for Envelope<T, C> {
    fn from(result: Result<Success<T>, ApiError<C>>) -> Self {
        match result {
            Ok(success) => Self::Success(success),
            Err(failure) => Self::Failure(failure),
        }
    }
}

/// Wraps a success, for example one with a request id.
///
/// ```
/// use errtable::{CommonError, Envelope, Success};
///
/// let success = Success::new(7).or_request_id("a1");
/// let envelope: Envelope<_, CommonError> = success.into();
/// assert_eq!(envelope, Envelope::success(7).with_request_id("a1"));
/// ```
impl<T, C> From<Success<T>> for Envelope<T, C> {
    fn from(success: Success<T>) -> Self {
        Self::Success(success)
    }
}

/// Wraps a failure, for example one of another service that a gateway passes on.
///
/// ```
/// use errtable::{ApiError, CommonError, Envelope};
///
/// let error = ApiError::new(CommonError::InternalError, "try again");
/// let envelope: Envelope<(), _> = error.clone().into();
/// assert_eq!(envelope, Envelope::Failure(error));
/// ```
impl<T, C> From<ApiError<C>> for Envelope<T, C> {
    fn from(failure: ApiError<C>) -> Self {
        Self::Failure(failure)
    }
}

impl<T: PartialEq, C: ErrorCode> PartialEq for Envelope<T, C> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Success(a), Self::Success(b)) => a == b,
            (Self::Failure(a), Self::Failure(b)) => a == b,
            _ => false,
        }
    }
}

impl<T: Eq, C: ErrorCode> Eq for Envelope<T, C> {}
