//! An error code from the wire, known or unknown.

mod retry;

use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use core::cmp::Ordering;
use core::convert::Infallible;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use errtable_spec::__private::parse_digits;
use errtable_spec::MAX_CODE_LEN;

use crate::error_code::{ErrorCode, is_numeric};
use crate::escape::fmt_code;

/// An error code as the service sent it: a known `C`, or the text of an unknown code.
///
/// Services add codes every month, so expect unknown ones. Every constructor looks the text up: a
/// `Code` is unknown only if the table does not contain it. An alias becomes the code that it
/// stands for.
///
/// A `Code` takes 16 bytes on 64-bit platforms.
///
/// ```
/// use errtable::{Code, CommonError, RetryAction, Retry};
///
/// let known: Code<CommonError> = "InternalError".into();
/// assert_eq!(known, CommonError::InternalError);
/// assert_eq!(known.known(), Some(CommonError::InternalError));
///
/// let unknown: Code<CommonError> = "InvalidParameterValue.New".into();
/// assert_eq!(unknown.as_str(), "InvalidParameterValue.New");
/// assert_eq!(unknown.known(), None);
/// assert_eq!(unknown.ancestor(), Some(CommonError::InvalidParameterValue));
/// assert_eq!(unknown.retry(), Retry::Never);
/// assert_eq!(unknown.retry_action(true), RetryAction::GiveUp);
/// ```
#[derive(Clone)]
pub struct Code<C>(Repr<C>);

/// Private, so that only a failed lookup constructs `Unknown`.
#[derive(Clone)]
enum Repr<C> {
    Known(C),
    Unknown(Box<str>),
}

impl<C: ErrorCode> Code<C> {
    /// Returns the code as sent on the wire.
    ///
    /// In a numeric table, this is the name of a known code, and the digits of an unknown number.
    ///
    /// ```
    /// use errtable::{Code, CommonError};
    ///
    /// let code: Code<CommonError> = "Quota.New".into();
    /// assert_eq!(code.as_str(), "Quota.New");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Known(code) => code.as_str(),
            Repr::Unknown(text) => text,
        }
    }

    /// Looks up a number of a numeric table.
    ///
    /// An unknown number is kept as its digits. In a table without numbers, the digits themselves
    /// are looked up as a code.
    ///
    /// ```
    /// use errtable::{Code, ErrorCode};
    ///
    /// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    /// enum RpcError {
    ///     #[error_code(number = -32601)]
    ///     MethodNotFound,
    /// }
    ///
    /// let known = Code::from_number(-32601);
    /// assert_eq!(known, RpcError::MethodNotFound);
    ///
    /// let unknown = Code::<RpcError>::from_number(-32000);
    /// assert_eq!(unknown.as_str(), "-32000");
    /// assert_eq!(unknown, Code::from("-32000"));
    /// ```
    #[must_use]
    pub fn from_number(number: i64) -> Self {
        // In a table without numbers, the digits may be a code.
        C::from_number(number).map_or_else(|| Self::from(number.to_string()), Self::from)
    }

    /// Returns the number, if the table is numeric.
    ///
    /// An unknown code has a number if its text is one, such as `-32000`.
    ///
    /// ```
    /// use errtable::{Code, CommonError, ErrorCode};
    ///
    /// #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
    /// enum RpcError {
    ///     #[error_code(number = -32601)]
    ///     MethodNotFound,
    /// }
    ///
    /// assert_eq!(Code::from(RpcError::MethodNotFound).number(), Some(-32601));
    /// assert_eq!(Code::<RpcError>::from("-32000").number(), Some(-32000));
    /// assert_eq!(Code::<RpcError>::from("ParseError").number(), None);
    /// assert_eq!(Code::<CommonError>::from("7").number(), None);
    /// ```
    #[must_use]
    pub fn number(&self) -> Option<i64> {
        match &self.0 {
            Repr::Known(code) => code.number(),
            Repr::Unknown(text) => parse_digits(text).filter(|_| is_numeric::<C>()),
        }
    }

    /// Returns the code, if the table contains it.
    ///
    /// ```
    /// use errtable::{Code, CommonError};
    ///
    /// let code: Code<CommonError> = "InternalError".into();
    /// assert_eq!(code.known(), Some(CommonError::InternalError));
    /// assert_eq!(Code::<CommonError>::from("Quota.New").known(), None);
    /// ```
    #[must_use]
    pub fn known(&self) -> Option<C> {
        match self.0 {
            Repr::Known(code) => Some(code),
            Repr::Unknown(_) => None,
        }
    }

    /// Returns whether this is the given known code.
    ///
    /// ```
    /// use errtable::{Code, CommonError};
    ///
    /// let code: Code<CommonError> = "InternalError".into();
    /// assert!(code.is(CommonError::InternalError));
    /// ```
    #[must_use]
    pub fn is(&self, known: C) -> bool {
        self.known() == Some(known)
    }

    /// Returns the code if it is known, else `_OTHER`, for use as the label of a metric.
    ///
    /// The number of distinct labels is bounded, whatever the service sends. OpenTelemetry defines
    /// `_OTHER` for its attribute [`error.type`].
    ///
    /// [`error.type`]: https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/
    ///
    /// ```
    /// use errtable::{Code, CommonError};
    ///
    /// assert_eq!(Code::from(CommonError::InternalError).label(), "InternalError");
    /// assert_eq!(Code::<CommonError>::from("Quota.New").label(), "_OTHER");
    /// ```
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.known().map_or("_OTHER", C::as_str)
    }

    /// Returns the known ancestor: `InvalidParameterValue` for `InvalidParameterValue.New`.
    ///
    /// This is the longest part before a dot that the table contains. Prefixes over 255 bytes are
    /// not tried. The retry class of an ancestor does not apply to the code itself.
    ///
    /// ```
    /// use errtable::{Code, CommonError};
    ///
    /// let code: Code<CommonError> = "FailedOperation.Disk.Full".into();
    /// assert_eq!(code.ancestor(), Some(CommonError::FailedOperation));
    /// ```
    #[must_use]
    pub fn ancestor(&self) -> Option<C> {
        let text = self.as_str();
        let mut prefix = text.as_bytes().get(..=MAX_CODE_LEN).unwrap_or(text.as_bytes());
        while let Some(dot) = prefix.iter().rposition(|byte| *byte == b'.') {
            (prefix, _) = prefix.split_at(dot);
            if let Some(code) = text.get(..dot).and_then(C::from_code) {
                return Some(code);
            }
        }
        None
    }

    /// Looks up the code in another table, for example a service's code in the common table.
    ///
    /// If both tables are numeric, this looks up the number, because the service sent that.
    ///
    /// ```
    /// use errtable::{Code, CommonError, error_table};
    ///
    /// #[error_table(bundled = "common")]
    /// enum ServiceError {}
    ///
    /// let code = Code::from(ServiceError::InternalError);
    /// assert_eq!(code.recode::<CommonError>(), CommonError::InternalError);
    /// ```
    #[must_use]
    pub fn recode<D: ErrorCode>(&self) -> Code<D> {
        match self.number().filter(|_| is_numeric::<D>()) {
            Some(number) => Code::from_number(number),
            None => Code::from(self.as_str()),
        }
    }

    /// Looks up a known code, without allocation.
    fn look_up(text: &str) -> Option<Self> {
        C::from_code(text).map(Self::from)
    }
}

impl<C: ErrorCode> From<C> for Code<C> {
    fn from(code: C) -> Self {
        Self(Repr::Known(code))
    }
}

/// Allocates only for an unknown code.
impl<C: ErrorCode> From<&str> for Code<C> {
    fn from(text: &str) -> Self {
        Self::look_up(text).unwrap_or_else(|| Self(Repr::Unknown(text.into())))
    }
}

impl<C: ErrorCode> From<String> for Code<C> {
    fn from(text: String) -> Self {
        Self::look_up(&text).unwrap_or_else(|| Self(Repr::Unknown(text.into_boxed_str())))
    }
}

impl<C: ErrorCode> FromStr for Code<C> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

/// Compares the text.
impl<C: ErrorCode> PartialEq for Code<C> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Known(a), Repr::Known(b)) => a == b,
            (Repr::Unknown(a), Repr::Unknown(b)) => a == b,
            _ => false,
        }
    }
}

impl<C: ErrorCode> Eq for Code<C> {}

impl<C: ErrorCode> PartialEq<C> for Code<C> {
    fn eq(&self, other: &C) -> bool {
        self.known() == Some(*other)
    }
}

impl<C: ErrorCode> PartialEq<str> for Code<C> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl<C: ErrorCode> PartialEq<&str> for Code<C> {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

/// Orders by text, so that known and unknown codes sort together.
impl<C: ErrorCode> Ord for Code<C> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl<C: ErrorCode> PartialOrd for Code<C> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Hashes the text, consistently with `Eq` and `Ord`.
impl<C: ErrorCode> Hash for Code<C> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl<C: ErrorCode> AsRef<str> for Code<C> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// Writes the code, with control characters, line separators and bidi overrides escaped.
///
/// Pads to the width if there is nothing to escape.
impl<C: ErrorCode> fmt::Display for Code<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_code(self.as_str(), f)
    }
}

/// Writes `Known(InternalError)` or `Unknown("InternalError.New")`.
impl<C: fmt::Debug> fmt::Debug for Code<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Known(code) => f.debug_tuple("Known").field(code).finish(),
            Repr::Unknown(text) => f.debug_tuple("Unknown").field(text).finish(),
        }
    }
}

#[cfg(feature = "serde")]
mod serde_impls {
    use serde_core::de::{Deserialize, Deserializer};
    use serde_core::ser::{Error, Serialize, Serializer};

    use crate::__private::serde::{CodeVisitor, deserialize_code, serialize};
    use crate::code::Code;
    use crate::error_code::{ErrorCode, is_numeric};

    /// Writes the code as a string, or in a numeric table as an integer.
    ///
    /// In a numeric table, an unknown code may be other text than digits. It is written as a
    /// string, and is an error in formats that are not human-readable.
    impl<C: ErrorCode> Serialize for Code<C> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match (self.known(), self.number()) {
                (Some(code), _) => serialize(code, serializer),
                (None, Some(number)) => serializer.serialize_i64(number),
                (None, None) if is_numeric::<C>() && !serializer.is_human_readable() => {
                    Err(S::Error::custom(format_args!("code `{self}` has no number")))
                }
                (None, None) => serializer.serialize_str(self.as_str()),
            }
        }
    }

    /// Reads any string, and in a numeric table any `i64`. Allocates only for an unknown code.
    impl<'de, C: ErrorCode> Deserialize<'de> for Code<C> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserialize_code::<C, _, _>(
                deserializer,
                CodeVisitor {
                    expecting: format_args!("an error code"),
                    from_text: |text| Some(text.into()),
                    from_number: |number| is_numeric::<C>().then(|| Self::from_number(number)),
                },
            )
        }
    }
}
