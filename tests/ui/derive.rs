use errtable::ErrorCode;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(bundled = "common")]
enum Misspelt {
    RequestLimitExceeded,
    InternalEror,
    #[error_code("AuthFailure.SignatureExpired")]
    Stale,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(bundled = "common", rename_all = "snake_case")]
enum WithTableWords {
    #[error_code(retry = "never")]
    InternalError,
    #[error_code("InternalError")]
    Again,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(name = "My API", rename_all = "snakecase", nmae = "x", "Code")]
#[repr(u32)]
enum Inline {
    #[error_code("A", retry = "thortled", fault = 5, aliases("A", ""))]
    Data(u8),
    #[error_code("A", "B")]
    Numbered = 5,
    #[error_code(crate = errtable, retry_after = 5, 5)]
    Words,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum Generic<const N: usize> {
    A,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
struct Struct;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum Words {
    #[error_code("A" oops, retry = never, fault = "server")]
    A,
    #[error_code(retry_after_ms = -5, aliases("a", b), oops!, description = 5)]
    B,
    #[error_code(retry_after_ms = 99999999999999999999, retry = "never", retry = "throttled")]
    C,
    ALL,
}

fn main() {}
