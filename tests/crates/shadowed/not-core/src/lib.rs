//! A crate that dependents rename to `core`.
