//! A static library without std that defines an allocator.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings)]

use core::panic::PanicInfo;

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

extern crate alloc;

use errtable::{Code, Error, Retries, Step, from_response, from_slice};

#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// Reads a response body.
///
/// # Errors
///
/// Returns the errors of [`from_slice`].
pub fn answer(body: &[u8]) -> Result<alloc::string::String, Error<Codes>> {
    let success = from_slice::<alloc::collections::BTreeMap<alloc::string::String, u64>, Codes>(body)?;
    Ok(alloc::format!("{} {}", Code::<Codes>::from("x"), success.data.len()))
}

/// Reads a response with a status and headers.
///
/// # Errors
///
/// Returns the errors of [`from_response`].
pub fn respond(status: u16, wait: &str, body: &[u8]) -> Result<(), Error<Codes>> {
    from_response(status, &[("retry-after", wait)], body).map(|success| success.data)
}

/// Decides what to do after a failure.
///
/// # Errors
///
/// Returns the error if there is nothing safe to do.
pub fn retry(retries: &mut Retries, error: Error<Codes>) -> Result<Step, Error<Codes>> {
    retries.next(error, false)
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}
