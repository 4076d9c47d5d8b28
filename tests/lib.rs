//! The downstream user of `errtable`.
