//! A crate that others call `core`.
