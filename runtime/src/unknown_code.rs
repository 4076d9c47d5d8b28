//! The error for a code that a table does not contain.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "alloc")]
use alloc::string::ToString as _;
use core::error::Error;
use core::fmt;

use crate::error_code::ErrorCode;
#[cfg(feature = "alloc")]
use crate::escape::Escaped;

/// An error code that the table does not contain.
///
/// It contains the name of the enum and, with feature `alloc`, the text of the code or the digits
/// of the number. `Display` suggests the known code with the most similar spelling.
///
/// ```
/// use errtable::CommonError;
///
/// let error = "RequestLimitExeeded".parse::<CommonError>().unwrap_err();
/// assert_eq!(error.as_str(), "RequestLimitExeeded");
/// assert_eq!(
///     error.to_string(),
///     "unknown `CommonError` code `RequestLimitExeeded`; \
///      did you mean `RequestLimitExceeded`?",
/// );
/// ```
#[derive(Clone)]
pub struct UnknownCode {
    enum_name: &'static str,
    #[cfg(feature = "alloc")]
    text: Box<str>,
    #[cfg(feature = "alloc")]
    nearest: fn(&str) -> Option<&'static str>,
}

impl UnknownCode {
    #[cfg_attr(not(feature = "alloc"), allow(clippy::extra_unused_type_parameters))]
    pub(crate) fn new<C: ErrorCode>(enum_name: &'static str, code: impl fmt::Display) -> Self {
        #[cfg(not(feature = "alloc"))]
        let _ = code;
        Self {
            enum_name,
            #[cfg(feature = "alloc")]
            text: code.to_string().into(),
            #[cfg(feature = "alloc")]
            nearest: |text| C::nearest(text).map(C::as_str),
        }
    }

    /// Returns the name of the enum.
    ///
    /// ```
    /// use errtable::CommonError;
    ///
    /// let error = "Quota.New".parse::<CommonError>().unwrap_err();
    /// assert_eq!(error.enum_name(), "CommonError");
    /// ```
    #[must_use]
    pub fn enum_name(&self) -> &'static str {
        self.enum_name
    }

    /// Returns the unknown code, or the digits of an unknown number.
    ///
    /// ```
    /// use errtable::CommonError;
    ///
    /// let error = "Quota.New".parse::<CommonError>().unwrap_err();
    /// assert_eq!(error.as_str(), "Quota.New");
    /// ```
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

#[cfg(feature = "alloc")]
impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown `{}` code `{}`", self.enum_name, Escaped(&self.text))?;
        match (self.nearest)(&self.text) {
            Some(code) => write!(f, "; did you mean `{}`?", Escaped(code)),
            None => Ok(()),
        }
    }
}

#[cfg(not(feature = "alloc"))]
impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown `{}` code", self.enum_name)
    }
}

impl fmt::Debug for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("UnknownCode");
        debug.field("enum_name", &self.enum_name);
        #[cfg(feature = "alloc")]
        debug.field("text", &self.text);
        debug.finish_non_exhaustive()
    }
}

/// Compares the enum and the text.
impl PartialEq for UnknownCode {
    fn eq(&self, other: &Self) -> bool {
        #[cfg(feature = "alloc")]
        let same_text = self.text == other.text;
        #[cfg(not(feature = "alloc"))]
        let same_text = true;
        same_text && self.enum_name == other.enum_name
    }
}

impl Eq for UnknownCode {}

impl Error for UnknownCode {}
