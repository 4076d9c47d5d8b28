//! The data that an expansion embeds. The readers are `no_std` and `const`.

pub(crate) mod column_value;
pub(crate) mod dictionary;
pub(crate) mod displace;
pub(crate) mod hash;
pub(crate) mod index;
pub(crate) mod ints;
pub(crate) mod shape;
pub(crate) mod strs;
pub(crate) mod unique;
pub(crate) mod windows;
#[cfg(feature = "table")]
pub(crate) mod write;

/// The maximum length of a code or alias, in bytes. A longer text never matches.
pub const MAX_CODE_LEN: usize = 255;

/// The maximum number of codes and aliases in a table.
pub const MAX_CODES: usize = 65_535;
