use errtable::ErrorCode;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(bundled = "common")]
enum Misspelled {
    RequestLimitExceeded,
    InternalEror,
    #[error_code("AuthFailure.SignatureExpired")]
    Stale,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(bundled = "common", name = "common", rename_all = "snake_case", envelope = "nested")]
enum WithTable {
    #[error_code(retry = "never")]
    InternalError,
    #[error_code("InternalError")]
    Again,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(name = "My API", rename_all = "snakecase", nmae = "x", "Code")]
#[repr(u32)]
enum Inline {
    #[error_code("A", retry = "thortled", fault = 5, aliases("A", "B", "B", ""))]
    First,
    #[error_code("A", "B", aliases("A"))]
    Numbered = 5,
    #[error_code(crate = errtable, retry_after = 5, 5)]
    Arguments,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(bundled = "common", table = "spec/my-api.json", name = 5, crate = errtable, crate = errtable)]
enum TwoTables {}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(bundled = "common")]
enum WithData {
    InternalError,
    #[error_code(retry = "thortled")]
    Other(u8),
    Named { text: u8 },
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum Generic<const N: usize> {
    A,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
struct Struct;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum Malformed {
    #[error_code("A" unexpected, retry = never, fault = "server")]
    A,
    #[error_code(retry_after_ms = -5, aliases("a", b), unexpected!, description = 5)]
    B,
    #[error_code(retry_after_ms = 99999999999999999999, retry = "never", retry = "throttled")]
    C,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code]
enum Arguments {
    #[error_code]
    A,
    #[error_code = "B"]
    B,
    #[error_code(code = "a.b", aliases = "x")]
    C,
    #[error_code(retry, Quota.Full)]
    D,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code("spec/my-api.json", bundled = "my-api.json", crate)]
enum Path {}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[allow(non_camel_case_types)]
enum Conflicting {
    ALL,
    as_str,
    r#retry,
}

fn main() {}
