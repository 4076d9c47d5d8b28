//! The trait of the enums whose table describes a response.

use errtable_spec::Shape;

use crate::error_code::ErrorCode;

/// An enum whose table has the key `envelope`.
pub trait Enveloped: ErrorCode {
    /// Returns the samples.
    #[doc(hidden)]
    fn shape() -> &'static Shape;

    /// Returns the member of a node, or 0 if no sample names it.
    #[doc(hidden)]
    fn child(node: u16, key: &str) -> u16;
}
