//! What a service answers: data or a failure, in one envelope.

use alloc::boxed::Box;

use crate::api_error::ApiError;
use crate::error_code::ErrorCode;

#[cfg(feature = "serde")]
pub(crate) mod de;
#[cfg(feature = "serde")]
mod ser;

/// The data of a success, and the id of the request that it answers.
///
/// ```
/// use errtable::Success;
///
/// let success = Success::new(["ins-1", "ins-2"]).with_request_id("b5b41468");
/// assert_eq!(success.data.len(), 2);
/// assert_eq!(success.request_id.as_deref(), Some("b5b41468"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Success<T> {
    /// What the service answered.
    pub data: T,
    /// The id of the request, where the service gave one.
    pub request_id: Option<Box<str>>,
}

impl<T> Success<T> {
    /// Data without a request id.
    pub fn new(data: T) -> Self {
        Self { data, request_id: None }
    }

    /// The same with the id of the request; an empty id is none.
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<Box<str>>) -> Self {
        self.request_id = present(Some(request_id.into()));
        self
    }
}

/// A whole answer of the service: what stands under `Response` on the wire.
///
/// Reads and writes `{"Response": {…}}` in every self-describing serde format. A failure is told by its `Error` key, in
/// whatever order the keys come. Writing gives the documented bytes, so a server or a mock answers with the same types.
///
/// # Reading
///
/// One pass: `T` gets every key of `Response` but `Error` and `RequestId`, without a buffer in between. `T` gets
/// `RequestId` too where it is a struct with a field of that name; a map or a struct with `flatten` declares no names.
/// `T` may be a struct, a map, an enum in any of serde's forms, a newtype or `Option` of these (`None` where no key is
/// left for it), or `()` and a unit struct, which take any data.
///
/// Plain `Deserialize` reads no further once `T` has failed, and returns the format's own error. With a JSON body in
/// hand, [`from_slice`](crate::from_slice) and [`from_response`](crate::from_response) promise more.
///
/// # Writing
///
/// `()`, a unit struct and `None` write no keys. A `T` that is no struct or map is an error, and so is one whose own
/// `Error` key would read back as a failure. Where `T` writes `RequestId` itself, the envelope does not.
///
/// ```
/// use errtable::{CommonError, Envelope};
///
/// let failure = Envelope::<(), _>::failure(CommonError::InternalError, "try again", Some("ed93f3cb".into()));
/// let json = serde_json::to_string(&failure)?;
/// assert_eq!(json, r#"{"Response":{"Error":{"Code":"InternalError","Message":"try again"},"RequestId":"ed93f3cb"}}"#);
///
/// let answer: Envelope<(), CommonError> = serde_json::from_str(&json)?;
/// let error = answer.into_result().unwrap_err();
/// assert_eq!(error.code().known(), Some(CommonError::InternalError));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub enum Envelope<T, C> {
    /// The service did what it was asked.
    Success(Success<T>),
    /// It did not, and says why.
    Failure(ApiError<C>),
}

impl<T, C> Envelope<T, C> {
    /// A success; an empty request id is none.
    pub fn success(data: T, request_id: Option<Box<str>>) -> Self {
        Self::Success(Success { data, request_id: present(request_id) })
    }

    /// The success, or the failure as an error.
    ///
    /// # Errors
    ///
    /// The failure that the service answered with.
    pub fn into_result(self) -> Result<Success<T>, ApiError<C>> {
        match self {
            Self::Success(success) => Ok(success),
            Self::Failure(failure) => Err(failure),
        }
    }
}

impl<T, C: ErrorCode> Envelope<T, C> {
    /// A failure with a code of the service's own table; an empty request id is none.
    pub fn failure(code: C, message: impl Into<Box<str>>, request_id: Option<Box<str>>) -> Self {
        Self::Failure(ApiError::from_parts(code.into(), message.into(), request_id))
    }
}

impl<T, C> From<Result<Success<T>, ApiError<C>>> for Envelope<T, C> {
    fn from(result: Result<Success<T>, ApiError<C>>) -> Self {
        match result {
            Ok(success) => Self::Success(success),
            Err(failure) => Self::Failure(failure),
        }
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

/// The request id, unless it is empty.
fn present(request_id: Option<Box<str>>) -> Option<Box<str>> {
    request_id.filter(|id| !id.is_empty())
}
