//! Uses errtable without allocation.

#![no_std]

use errtable::ErrorCode;

/// An error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
pub enum StorageError {
    /// The disk is full.
    #[error_code("Disk.Full", number = 507)]
    DiskFull,
}
