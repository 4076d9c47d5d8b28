//! The keys that the envelope recognizes.

/// A key that the envelope recognizes, or any other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownKey {
    Response,
    Error,
    RequestId,
    /// `Code` of an `Error`.
    Code,
    /// `Message` of an `Error`.
    Message,
    /// The key of a number that `serde_json` represents as a map.
    Number,
    /// Any other key, which is not always a string in formats such as CBOR.
    Other,
}

impl KnownKey {
    /// Returns the key with this name, which is text in JSON, and may be bytes in CBOR.
    pub(super) fn from_bytes(name: &[u8]) -> Self {
        match name {
            b"Response" => Self::Response,
            b"Error" => Self::Error,
            b"RequestId" => Self::RequestId,
            b"Code" => Self::Code,
            b"Message" => Self::Message,
            b"$serde_json::private::Number" => Self::Number,
            _ => Self::Other,
        }
    }

    /// Returns whether the data must not contain the key in `Response`.
    pub(super) fn is_reserved(self) -> bool {
        matches!(self, Self::Error | Self::RequestId)
    }
}
