//! The keys of `Response` that belong to the envelope.

/// A key of `Response` that the envelope reserves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reserved {
    Error,
    RequestId,
}

impl Reserved {
    /// Returns the reserved key with this name, which is text in JSON, and may be bytes in CBOR.
    pub(super) fn from_bytes(key: &[u8]) -> Option<Self> {
        match key {
            b"Error" => Some(Self::Error),
            b"RequestId" => Some(Self::RequestId),
            _ => None,
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::RequestId => "RequestId",
        }
    }
}
