//! The vocabulary of a row: what may be retried, and whose fault an error is.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

/// Implements the items that `Retry` and `Fault` share: their variants are strings in a table.
macro_rules! vocabulary {
    ($name:ident, $error:ident, $default:expr, [$($variant:ident = $text:literal),+]) => {
        impl $name {
            /// All variants, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the name as tables write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }

            /// Converts a number of a packed column, or returns the default if it is out of range.
            #[doc(hidden)]
            #[must_use]
            pub const fn from_number(number: u64) -> Self {
                $(if number == Self::$variant as u64 {
                    return Self::$variant;
                })+
                $default
            }
        }

        /// Writes [`as_str`](Self::as_str); honours width.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($error(())),
                }
            }
        }

        #[doc = concat!("The error of parsing an invalid [`", stringify!($name), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $error(());

        impl fmt::Display for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt_expected(&[$($text),+], f)
            }
        }

        impl Error for $error {}
    };
}

/// Writes "expected `a`, `b` or `c`".
#[doc(hidden)]
pub fn fmt_expected(values: &[&str], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("expected ")?;
    for (index, value) in values.iter().enumerate() {
        let separator = match index {
            0 => "",
            last if last + 1 == values.len() => " or ",
            _ => ", ",
        };
        write!(f, "{separator}`{value}`")?;
    }
    Ok(())
}

/// How a request that failed with an error may be retried.
///
/// The class defines what is safe. How often to retry and how long to wait is the caller's policy.
///
/// ```
/// # extern crate errtable_spec as errtable;
/// use errtable::Retry;
///
/// let retry: Retry = "throttled".parse()?;
/// assert_eq!(retry, Retry::Throttled);
/// assert!(retry.may_resend(false));
/// assert!(!Retry::Transient.may_resend(false));
/// # Ok::<(), errtable::ParseRetryError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The same request would fail again.
    Never,
    /// A rate limit rejected the request before any work was done. Any request may be resent after
    /// a wait.
    Throttled,
    /// The state of a resource does not allow the request, and nothing was done. Wait until that
    /// state changes.
    Conflict,
    /// The signature or token is stale, and nothing was done. Sign again and resend *once*.
    Reauthenticate,
    /// The server failed, and the work may or may not have been done. Wait, and resend only
    /// idempotent requests.
    Transient,
}

vocabulary!(
    Retry,
    ParseRetryError,
    Retry::Never,
    [
        Never = "never",
        Throttled = "throttled",
        Conflict = "conflict",
        Reauthenticate = "reauthenticate",
        Transient = "transient"
    ]
);

impl Retry {
    /// Returns whether the request may be sent again without doing the work twice.
    ///
    /// `idempotent` is whether executing the request twice has the same effect as executing it
    /// once. For [`Reauthenticate`](Self::Reauthenticate), the request must be signed again first.
    #[must_use]
    pub const fn may_resend(self, idempotent: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Throttled | Self::Conflict | Self::Reauthenticate => true,
            Self::Transient => idempotent,
        }
    }

    /// Returns whether an idempotent request may be sent again: `may_resend(true)`.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        self.may_resend(true)
    }

    /// Returns what happened and how to resend, as a phrase for a log or a document.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Never => "the same request would fail again",
            Self::Throttled => "rejected by a rate limit before any work was done: wait, then send any request again",
            Self::Conflict => {
                "the state of a resource does not allow it: wait until the state changes, then send again"
            }
            Self::Reauthenticate => "the signature or token is stale: renew it, sign again and send once",
            Self::Transient => {
                "the server failed, the work may or may not have been done: wait, then send an idempotent request again"
            }
        }
    }
}

/// Who must act on an error.
///
/// ```
/// # extern crate errtable_spec as errtable;
/// use errtable::Fault;
///
/// assert_eq!(Fault::Server.to_string(), "server");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The caller: the request must change.
    Client,
    /// The service.
    Server,
    /// No one: the request would have succeeded, as in a dry run.
    None,
}

vocabulary!(Fault, ParseFaultError, Fault::Client, [Client = "client", Server = "server", None = "none"]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn may_resend_depends_on_class_and_idempotency() {
        let classes = [
            (Retry::Never, false, false),
            (Retry::Throttled, true, true),
            (Retry::Conflict, true, true),
            (Retry::Reauthenticate, true, true),
            (Retry::Transient, false, true),
        ];
        assert_eq!(classes.map(|(class, ..)| class), Retry::ALL);
        for (class, any, idempotent) in classes {
            assert_eq!([class.may_resend(false), class.may_resend(true)], [any, idempotent], "{class}");
            assert_eq!(class.is_retryable(), idempotent, "{class}");
        }
    }

    #[test]
    fn descriptions_are_distinct() {
        assert_eq!(Retry::Never.description(), "the same request would fail again");
        for class in Retry::ALL {
            let alike = Retry::ALL.iter().filter(|other| other.description() == class.description());
            assert_eq!(alike.count(), 1, "{class}");
        }
    }
}
