//! Integration tests and examples of `errtable`, and the examples of the README as doc tests.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
