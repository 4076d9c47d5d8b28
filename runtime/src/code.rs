//! A code from the wire: one that the table knows, or the text of one that it does not.

use alloc::boxed::Box;
use alloc::string::String;
use core::cmp::Ordering;
use core::convert::Infallible;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;
use core::time::Duration;

use errtable_spec::{MAX_CODE_LEN, Retry};

use crate::error_code::ErrorCode;
use crate::escape::fmt_code;

/// A code as a service sent it: a known `C`, or the text of one that the table does not hold.
///
/// Services add codes every month, so an unknown one is normal and keeps its text. Nobody can build an
/// unknown code that the table knows: every way in looks the text up first. An alias is read as its code
/// and never written back. Takes 16 bytes.
///
/// ```
/// use errtable::{Code, CommonError, Retry};
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
/// ```
#[derive(Clone)]
pub struct Code<C>(Repr<C>);

/// Private, so that an `Unknown` is only ever made by a look-up that failed.
#[derive(Clone)]
enum Repr<C> {
    Known(C),
    Unknown(Box<str>),
}

impl<C: ErrorCode> Code<C> {
    /// The code as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Known(code) => code.as_str(),
            Repr::Unknown(text) => text,
        }
    }

    /// The code, where the table holds it.
    #[must_use]
    pub fn known(&self) -> Option<C> {
        match self.0 {
            Repr::Known(code) => Some(code),
            Repr::Unknown(_) => None,
        }
    }

    /// The nearest known code above this one: `InvalidParameterValue` for `InvalidParameterValue.New`.
    ///
    /// Tries the dotted prefixes of the text, the longest first, and none over 255 bytes. An ancestor says what family an
    /// unknown code is of; its retry class is not the code's, so the decision is the caller's.
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

    /// What resending needs; [`Retry::Never`] for an unknown code.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.known().map_or(Retry::Never, C::retry)
    }

    /// How long to wait before the next attempt, where the table says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.known().and_then(C::retry_after)
    }

    /// Whether an idempotent request may be sent again: `may_resend(true)`.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry().is_retryable()
    }

    /// Whether a new attempt may be sent without doing the work twice; for [`Retry::Reauthenticate`] one that is signed anew.
    #[must_use]
    pub fn may_resend(&self, idempotent: bool) -> bool {
        self.retry().may_resend(idempotent)
    }

    /// Reads the same text by another table: a service's code as a common one, or the other way.
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
        Code::from(self.as_str())
    }

    /// The known code of a text, without allocating.
    fn look_up(text: &str) -> Option<Self> {
        C::from_code(text).map(Self::from)
    }
}

impl<C: ErrorCode> From<C> for Code<C> {
    fn from(code: C) -> Self {
        Self(Repr::Known(code))
    }
}

/// Allocates only where the table does not hold the text.
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

/// By text; codes of one table are equal where their texts are.
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

/// By text, so that known and unknown codes sort together.
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

/// By text, as `Eq` and `Ord`.
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

/// The code, with control characters, line separators and bidi overrides escaped; honours width.
impl<C: ErrorCode> fmt::Display for Code<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_code(self.as_str(), f)
    }
}

/// `Known(InternalError)` or `Unknown("InternalError.New")`.
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
    use alloc::string::String;
    use core::fmt;
    use core::marker::PhantomData;

    use serde_core::de::{Deserialize, Deserializer, Error, Visitor};
    use serde_core::ser::{Serialize, Serializer};

    use super::Code;
    use crate::error_code::ErrorCode;

    /// Writes the code as a string.
    impl<C: ErrorCode> Serialize for Code<C> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    /// Reads any string; allocates only for an unknown code.
    impl<'de, C: ErrorCode> Deserialize<'de> for Code<C> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_str(CodeVisitor(PhantomData))
        }
    }

    struct CodeVisitor<C>(PhantomData<C>);

    impl<C: ErrorCode> Visitor<'_> for CodeVisitor<C> {
        type Value = Code<C>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an error code")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Code<C>, E> {
            Ok(text.into())
        }

        fn visit_string<E: Error>(self, text: String) -> Result<Code<C>, E> {
            Ok(text.into())
        }
    }
}
