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

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum MissingNumber {
    #[error_code(number = -1)]
    A,
    B,
    #[error_code("C")]
    C,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum WrongNumbers {
    #[error_code(number = 3)]
    A,
    #[error_code(number = 3)]
    B,
    #[error_code("5", number = 4, aliases("4", "-6"))]
    C,
    #[error_code(number = "7")]
    D,
    #[error_code(number = 9223372036854775808)]
    E,
    #[error_code(number = 8, number = 9)]
    F,
    #[error_code(number)]
    G,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(bundled = "common")]
enum NumberOfTable {
    #[error_code(number = 3)]
    InternalError,
}

fn main() {
    let _ = MissingNumber::B.number();
    let _ = i64::from(WrongNumbers::B);
}
