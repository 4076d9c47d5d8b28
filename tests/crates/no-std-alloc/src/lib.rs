//! A static library without std, with an allocator of its own.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings)]

use core::panic::PanicInfo;

/// Codes.
#[errtable::error_table("spec/family.json")]
pub enum Codes {}

/// A part of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]
#[error_code(table = "spec/family.json")]
pub enum Part {
    /// One code.
    FailedOperationAlpha,
}

extern crate alloc;

use errtable::{Code, Error, from_slice};

#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// Reads a body.
///
/// # Errors
///
/// As `from_slice`.
pub fn answer(body: &[u8]) -> Result<alloc::string::String, Error<Codes>> {
    let success = from_slice::<alloc::collections::BTreeMap<alloc::string::String, u64>, Codes>(body)?;
    Ok(alloc::format!("{} {}", Code::<Codes>::from("x"), success.data.len()))
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}
