//! The vocabulary of a row: how a request can be retried, and who has to fix an error.

use core::fmt;

/// Implements the items that `Retry`, `RetryAction` and `Fault` share. A row of the list is a
/// variant, its name in tables, and its meaning. The first row is the example in the docs.
macro_rules! vocabulary {
    ($type:ident, $error:ident, [
        $first:ident, $first_name:literal, $first_meaning:literal;
        $($variant:ident, $name:literal, $meaning:literal;)*
    ]) => {
        impl $type {
            /// All variants, in order of declaration.
            pub const ALL: &'static [Self] = &[Self::$first, $(Self::$variant),*];

            const NAMES: &'static [&'static str] = &[$first_name, $($name),*];

            /// Returns the name, as tables and serde write it.
            ///
            /// ```
            /// # extern crate errtable_spec as errtable;
            #[doc = concat!("use errtable::", stringify!($type), ";")]
            ///
            #[doc = concat!("let name = ", stringify!($type), "::", stringify!($first), ".as_str();")]
            #[doc = concat!("assert_eq!(name, ", stringify!($first_name), ");")]
            /// ```
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::$first => $first_name,
                    $(Self::$variant => $name),*
                }
            }

            /// Returns the meaning, as a phrase for a log or a document.
            ///
            /// ```
            /// # extern crate errtable_spec as errtable;
            #[doc = concat!("use errtable::", stringify!($type), ";")]
            ///
            #[doc = concat!("let meaning = ", stringify!($type), "::", stringify!($first), ".meaning();")]
            #[doc = concat!("assert_eq!(meaning, ", stringify!($first_meaning), ");")]
            /// ```
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    Self::$first => $first_meaning,
                    $(Self::$variant => $meaning),*
                }
            }
        }

        /// Writes [`as_str`](Self::as_str); honours width.
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl core::str::FromStr for $type {
            type Err = $error;

            fn from_str(name: &str) -> Result<Self, $error> {
                match name {
                    $first_name => Ok(Self::$first),
                    $($name => Ok(Self::$variant),)*
                    _ => Err($error(())),
                }
            }
        }

        #[doc = concat!("The error of parsing an invalid [`", stringify!($type), "`].")]
        ///
        /// ```
        /// # extern crate errtable_spec as errtable;
        #[doc = concat!("use errtable::", stringify!($type), ";")]
        ///
        #[doc = concat!("let error = \"\".parse::<", stringify!($type), ">().unwrap_err();")]
        #[doc = concat!("assert!(error.to_string().starts_with(\"expected `", $first_name, "`\"));")]
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $error(());

        impl core::fmt::Display for $error {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::vocabulary::fmt_expected($type::NAMES, f)
            }
        }

        impl core::error::Error for $error {}

        /// Writes the name.
        #[cfg(feature = "serde")]
        impl serde_core::Serialize for $type {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        /// Reads the name.
        #[cfg(feature = "serde")]
        impl<'de> serde_core::Deserialize<'de> for $type {
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::vocabulary::serde::deserialize(Self::NAMES, deserializer)
            }
        }
    };
}

mod fault;
mod retry;
mod retry_action;
#[cfg(feature = "serde")]
mod serde;

pub use self::fault::{Fault, ParseFaultError};
pub use self::retry::{ParseRetryError, Retry};
pub use self::retry_action::{ParseRetryActionError, RetryAction};

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
