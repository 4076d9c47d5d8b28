//! The words a row may use: what may be retried, and whose fault an error is.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

/// What `Retry` and `Fault` have in common: a closed list of words.
macro_rules! words {
    ($name:ident, $error:ident, $expected:literal, $default:expr, [$($variant:ident = $word:literal),+]) => {
        impl $name {
            /// Every value, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it stands in a table.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// The value of a number in a packed column; the default where there is none of that number.
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

            fn from_str(word: &str) -> Result<Self, $error> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($error(())),
                }
            }
        }

        #[doc = concat!("The text is no [`", stringify!($name), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $error(());

        impl fmt::Display for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($expected)
            }
        }

        impl Error for $error {}
    };
}

/// What resending a request that met this error needs.
///
/// The class says what may be done, never how often or how long to wait: that is the caller's policy.
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
    /// Refused for its rate before any work was done: after a wait it is safe for every request.
    Throttled,
    /// The state of a resource stands in the way and nothing was done: wait until that state changes.
    Conflict,
    /// The signature or token is stale and nothing was done: sign again, then send at once, *one* time.
    Reauthenticate,
    /// The server failed and the work may or may not be done: wait, and resend only an idempotent request.
    Transient,
}

words!(
    Retry,
    ParseRetryError,
    "expected `never`, `throttled`, `conflict`, `reauthenticate` or `transient`",
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
    /// Whether a new attempt may be sent without doing the work twice.
    ///
    /// `idempotent` says whether the request may be carried out twice without harm.
    /// For [`Reauthenticate`](Self::Reauthenticate) a new attempt is one that is signed anew.
    #[must_use]
    pub const fn may_resend(self, idempotent: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Throttled | Self::Conflict | Self::Reauthenticate => true,
            Self::Transient => idempotent,
        }
    }

    /// Whether an idempotent request may be sent again: `may_resend(true)`.
    #[must_use]
    pub const fn is_retryable(self) -> bool {
        self.may_resend(true)
    }

    /// What happened and what resending needs, in one clause for a log or a document.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::Never => "the same request would fail again",
            Self::Throttled => "refused for its rate before any work was done: wait, then send any request again",
            Self::Conflict => "the state of a resource stands in the way: wait until it changes, then send again",
            Self::Reauthenticate => "the signature or token is stale: renew it, sign again and send at once, one time",
            Self::Transient => {
                "the server failed and the work may or may not be done: wait, then send an idempotent request again"
            }
        }
    }
}

/// Who has to act on an error.
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
    /// Nobody: the answer is an error in form alone, as for a dry run that would have succeeded.
    None,
}

words!(
    Fault,
    ParseFaultError,
    "expected `client`, `server` or `none`",
    Fault::Client,
    [Client = "client", Server = "server", None = "none"]
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_resent_depends_on_the_class_and_the_request() {
        for (class, any, idempotent) in [
            (Retry::Never, false, false),
            (Retry::Throttled, true, true),
            (Retry::Conflict, true, true),
            (Retry::Reauthenticate, true, true),
            (Retry::Transient, false, true),
        ] {
            assert_eq!([class.may_resend(false), class.may_resend(true)], [any, idempotent], "{class}");
            assert_eq!(class.is_retryable(), idempotent, "{class}");
        }
    }

    #[test]
    fn each_class_says_what_resending_needs() {
        assert_eq!(Retry::Never.description(), "the same request would fail again");
        for class in Retry::ALL {
            let alike = Retry::ALL.iter().filter(|other| other.description() == class.description());
            assert_eq!(alike.count(), 1, "{class}");
        }
    }
}
