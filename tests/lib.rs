//! The downstream user of `errtable`: integration tests, examples, and the README's own example as a test.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
