//! A static library without std or an allocator.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings)]

use core::panic::PanicInfo;

use errtable::{Retries, Step};

/// Codes.
#[errtable::error_table("spec/family.json")]
pub enum Codes {}

/// A hand-written enum over the same table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/family.json")]
pub enum Part {
    /// One code.
    FailedOperationAlpha,
}

/// The number of a code, which is a constant.
pub const ALPHA: Option<i64> = match Codes::from_code("-1") {
    Some(code) => Some(code.number()),
    None => None,
};

/// Uses the lookups, and returns the length of their texts.
#[must_use]
pub fn answer(code: &str) -> usize {
    let known = Codes::from_code(code).map_or(0, |code| code.meaning().len());
    let part: Result<Part, errtable::UnknownCode> = code.parse();
    known + part.map_or(0, |code| code.as_str().len()) + Codes::nearest(code).map_or(0, |code| code.family().len())
}

/// Decides what to do after a failure.
///
/// # Errors
///
/// Returns the code if there is nothing safe to do.
pub fn retry(retries: &mut Retries, code: Codes) -> Result<Step, Codes> {
    retries.next(code, false)
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}
