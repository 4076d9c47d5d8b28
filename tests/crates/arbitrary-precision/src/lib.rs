//! The tests of the envelope with the feature `arbitrary_precision` of `serde_json`, which passes
//! numbers as maps.
