//! Uses errtable without allocation.

#![no_std]

use errtable::ErrorCode;

/// An error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
pub enum StorageError {
    /// The disk is full.
    #[error_code("Disk.Full", number = 507)]
    DiskFull,
    /// The disk is busy.
    #[error_code("Disk.Busy", number = 503, retry = "throttled")]
    DiskBusy,
    /// Another process holds the lock.
    #[error_code("Disk.Locked", number = 423, retry = "conflict", retry_after_ms = 7000)]
    DiskLocked,
}
