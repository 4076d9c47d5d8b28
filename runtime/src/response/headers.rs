//! The headers of a response.

use alloc::vec::Vec;

/// The headers of a response, for [`from_response`](crate::from_response).
///
/// Implemented for slices, arrays and vectors of name and value pairs, and for `()`, which has no
/// headers. With feature `http`, also for `http::HeaderMap`. Names match in any case ([RFC 9110],
/// section 5.1).
///
/// [RFC 9110]: https://www.rfc-editor.org/rfc/rfc9110#section-5.1
///
/// ```
/// use errtable::Headers;
///
/// let headers = [("Retry-After", "7"), ("X-Request-Id", "b5b41468")];
/// assert_eq!(headers.header("retry-after"), Some("7"));
/// assert_eq!(headers.header("date"), None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of headers",
    note = "for `http::HeaderMap`, enable the feature `http` of errtable",
    note = "for other types, pass a slice of names and values, or `&()` without headers"
)]
pub trait Headers {
    /// Returns the value of a header, or of the first one if there are several.
    ///
    /// Returns `None` for a value that is not text.
    ///
    /// ```
    /// use errtable::Headers;
    ///
    /// let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    /// let headers = vec![("date".to_owned(), date.to_owned())];
    /// assert!(headers.header("Date").is_some());
    /// assert!(().header("Date").is_none());
    /// ```
    #[must_use]
    fn header(&self, name: &str) -> Option<&str>;
}

impl Headers for () {
    fn header(&self, _name: &str) -> Option<&str> {
        None
    }
}

impl<H: Headers + ?Sized> Headers for &H {
    fn header(&self, name: &str) -> Option<&str> {
        (**self).header(name)
    }
}

impl<N: AsRef<str>, V: AsRef<str>> Headers for [(N, V)] {
    fn header(&self, name: &str) -> Option<&str> {
        self.iter().find(|(found, _)| found.as_ref().eq_ignore_ascii_case(name)).map(|(_, value)| value.as_ref())
    }
}

impl<N: AsRef<str>, V: AsRef<str>, const COUNT: usize> Headers for [(N, V); COUNT] {
    fn header(&self, name: &str) -> Option<&str> {
        self.as_slice().header(name)
    }
}

impl<N: AsRef<str>, V: AsRef<str>> Headers for Vec<(N, V)> {
    fn header(&self, name: &str) -> Option<&str> {
        self.as_slice().header(name)
    }
}

#[cfg(feature = "http")]
impl Headers for http::HeaderMap {
    fn header(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(|value| value.to_str().ok())
    }
}
