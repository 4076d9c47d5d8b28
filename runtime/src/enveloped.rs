//! The trait of error codes whose table describes the responses.

use errtable_spec::__private::{ColumnValue, Shape};

use crate::error_code::ErrorCode;

/// An enum of error codes whose table describes what a response looks like.
///
/// `#[error_table]` and `#[derive(ErrorCode)]` implement the trait if the table or one of its bases
/// has the key `envelope`. If the codes are in the enum itself, add
/// `#[error_code(envelope = "nested")]`. Do not implement the trait by hand: its items may change
/// in any release.
///
/// Make a library generic over this trait to read the responses of any API:
///
/// ```
/// use errtable::{Enveloped, Error, ErrorCode, Success, from_response};
/// use serde::de::DeserializeOwned;
///
/// /// A response of some HTTP client.
/// struct Response {
///     status: u16,
///     headers: Vec<(String, String)>,
///     body: Vec<u8>,
/// }
///
/// fn read<T: DeserializeOwned, C: Enveloped>(
///     response: &Response,
/// ) -> Result<Success<T>, Error<C>> {
///     from_response(response.status, &response.headers, &response.body)
/// }
///
/// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
/// #[error_code(envelope = "nested")]
/// enum UploadError {
///     QuotaFull,
/// }
///
/// let body = br#"{"error": {"code": "QuotaFull"}}"#.to_vec();
/// let response = Response { status: 400, headers: Vec::new(), body };
/// let error = read::<(), UploadError>(&response).unwrap_err();
/// assert!(error.is(UploadError::QuotaFull));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no envelope",
    label = "its table does not describe what a response looks like",
    note = "add the key `envelope` to the table, for example `\"envelope\": \"nested\"`",
    note = "if the codes are in the enum itself, add `#[error_code(envelope = \"nested\")]`"
)]
pub trait Enveloped: ErrorCode {
    /// Returns the samples of the envelope.
    #[doc(hidden)]
    fn shape() -> &'static Shape;

    /// Returns the member of a node, or 0 if no sample names it.
    #[doc(hidden)]
    fn child(node: u16, key: &str) -> u16;

    /// Returns the value of the column of type `http_status`.
    #[doc(hidden)]
    fn http_status(_code: Self) -> Option<u16> {
        None
    }

    /// Returns the value of a column that a written sample names.
    #[doc(hidden)]
    fn column(_code: Self, _name: &str) -> Option<ColumnValue> {
        None
    }
}

/// The envelope of a table, as an expansion implements it.
///
/// This trait requires nothing of the enum. If an expansion implemented [`Enveloped`] itself, rustc
/// would report missing derives twice. An expansion omits what its samples do not need.
pub trait EnvelopeData {
    /// See [`Enveloped::shape`].
    fn shape() -> &'static Shape;

    /// See [`Enveloped::child`].
    fn child(node: u16, key: &str) -> u16;

    /// See [`Enveloped::http_status`].
    #[inline]
    fn http_status(_code: Self) -> Option<u16>
    where
        Self: Sized,
    {
        None
    }

    /// See [`Enveloped::column`].
    #[inline]
    fn column(_code: Self, _name: &str) -> Option<ColumnValue>
    where
        Self: Sized,
    {
        None
    }
}

// Without this, rustdoc shows the hidden functions on the page of each enum.
#[doc(hidden)]
#[diagnostic::do_not_recommend]
impl<C: ErrorCode + EnvelopeData> Enveloped for C {
    #[inline]
    fn shape() -> &'static Shape {
        <C as EnvelopeData>::shape()
    }

    #[inline]
    fn child(node: u16, key: &str) -> u16 {
        <C as EnvelopeData>::child(node, key)
    }

    #[inline]
    fn http_status(code: Self) -> Option<u16> {
        <C as EnvelopeData>::http_status(code)
    }

    #[inline]
    fn column(code: Self, name: &str) -> Option<ColumnValue> {
        <C as EnvelopeData>::column(code, name)
    }
}
