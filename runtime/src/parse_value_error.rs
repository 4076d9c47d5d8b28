//! The error for an unknown value of an enum column.

use core::error::Error;
use core::fmt;

use errtable_spec::__private::fmt_expected;

/// A value that an enum column does not declare.
///
/// ```
/// use errtable::error_table;
///
/// // "columns": { "severity": { "enum": ["low", "high"], "default": "low" } }
/// #[error_table("spec/columns.json")]
/// pub enum MyApiError {}
///
/// let error = "hihg".parse::<MyApiErrorSeverity>().unwrap_err();
/// assert_eq!(error.to_string(), "expected `low` or `high`");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseValueError {
    values: &'static [&'static str],
}

impl ParseValueError {
    pub(crate) const fn new(values: &'static [&'static str]) -> Self {
        Self { values }
    }

    /// Returns the values that the column declares.
    ///
    /// ```
    /// use errtable::error_table;
    ///
    /// #[error_table("spec/columns.json")]
    /// pub enum MyApiError {}
    ///
    /// let error = "hihg".parse::<MyApiErrorSeverity>().unwrap_err();
    /// assert_eq!(error.values(), ["low", "high"]);
    /// ```
    #[must_use]
    pub const fn values(&self) -> &'static [&'static str] {
        self.values
    }
}

impl fmt::Display for ParseValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_expected(self.values, f)
    }
}

impl Error for ParseValueError {}
