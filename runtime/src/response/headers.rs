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

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;

    #[test]
    fn names_match_in_any_case() {
        let headers = [("Retry-After", "7"), ("X-É", "8")];
        for (name, expected) in [
            ("retry-after", Some("7")),
            ("RETRY-AFTER", Some("7")),
            ("x-É", Some("8")),
            ("retry", None),
            ("retry-after ", None),
            ("retry_after", None),
            ("", None),
            // Only letters of ASCII have a case.
            ("x-é", None),
        ] {
            assert_eq!(headers.header(name), expected, "{name}");
        }
    }

    #[test]
    fn first_of_several_counts() {
        let headers = Vec::from([("date", "a"), ("ID", ""), ("id", "b")]);
        assert_eq!(headers.header("id"), Some(""));
        assert_eq!(headers.header("date"), Some("a"));
        assert_eq!((&headers.as_slice()).header("id"), Some(""));
        assert_eq!([(String::from("a"), String::from("b"))].header("A"), Some("b"));
        assert_eq!(().header("id"), None);
    }

    #[cfg(feature = "http")]
    #[test]
    fn value_that_is_not_text_is_none() {
        let mut headers = http::HeaderMap::new();
        headers.append("id", http::HeaderValue::from_static("a"));
        headers.append("id", http::HeaderValue::from_static("b"));
        headers.insert("bytes", http::HeaderValue::from_bytes(b"\xff").unwrap());
        assert_eq!(headers.header("ID"), Some("a"));
        assert_eq!(headers.header("bytes"), None);
        assert_eq!(headers.header("not a name"), None);
    }
}
