use errtable::ErrorCode;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum Whitespace {
    #[error_code(" Leading")]
    Leading,
    #[error_code("Trailing\u{3000}", aliases("Trailing "))]
    Trailing,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum UnusedWait {
    #[error_code("A", retry_after_ms = 500)]
    Default,
    #[error_code("B", retry = "never", retry_after_ms = 500)]
    Never,
    #[error_code("C", retry = "thortled", retry_after_ms = 500)]
    Misspelt,
    #[error_code("D", retry = "throttled", retry_after_ms = 500)]
    Fine,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(envelope = "nestd")]
enum UnknownEnvelope {
    A,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(envelope, envelope = 5, envelope = "nested", envelope = "flat")]
enum TwoEnvelopes {
    A,
}

fn main() {}
