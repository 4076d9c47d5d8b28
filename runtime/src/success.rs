//! The data of a successful response.

use alloc::boxed::Box;

/// The data of a successful response, the request id and the HTTP status.
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
    /// The data.
    pub data: T,
    /// The request id, if the service sent one.
    pub request_id: Option<Box<str>>,
    /// The HTTP status, if it is known.
    pub status: Option<u16>,
}

impl<T> Success<T> {
    /// Creates a success without a request id.
    ///
    /// ```
    /// use errtable::Success;
    ///
    /// let success = Success::new(vec!["ins-1"]);
    /// assert_eq!(success.data, ["ins-1"]);
    /// assert_eq!(success.request_id, None);
    /// ```
    #[must_use]
    pub fn new(data: T) -> Self {
        Self { data, request_id: None, status: None }
    }

    /// Sets the request id. An empty string removes it.
    ///
    /// ```
    /// use errtable::Success;
    ///
    /// let success = Success::new(()).with_request_id("b5b41468");
    /// assert_eq!(success.request_id.as_deref(), Some("b5b41468"));
    /// ```
    #[must_use]
    pub fn with_request_id(mut self, request_id: impl Into<Box<str>>) -> Self {
        self.request_id = Some(request_id.into()).filter(|id| !id.is_empty());
        self
    }

    /// Sets the request id, for example that of your request, if the response has none.
    ///
    /// An empty string is ignored.
    ///
    /// ```
    /// use errtable::Success;
    ///
    /// let success = Success::new(()).or_request_id("b5b41468");
    /// let success = success.or_request_id("ed93f3cb");
    /// assert_eq!(success.request_id.as_deref(), Some("b5b41468"));
    /// ```
    #[must_use]
    pub fn or_request_id<'a>(self, request_id: impl Into<Option<&'a str>>) -> Self {
        match request_id.into() {
            Some(request_id) if self.request_id.is_none() => self.with_request_id(request_id),
            _ => self,
        }
    }

    /// Converts the data, and keeps the request id and the status.
    ///
    /// ```
    /// use errtable::Success;
    ///
    /// let names = Success::new(vec!["a", "b"]).with_request_id("b5b41468");
    /// let count = names.map(|names| names.len());
    /// assert_eq!(count, Success::new(2).with_request_id("b5b41468"));
    /// ```
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Success<U> {
        Success { data: convert(self.data), request_id: self.request_id, status: self.status }
    }
}
