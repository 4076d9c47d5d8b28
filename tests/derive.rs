//! A hand-written enum of codes says what its table says, and has the items that a generated one has.

mod scratch;

use std::collections::HashSet;
use std::time::Duration;

use errtable::{ApiError, Code, CommonError, ErrorCode, Fault, Retry};
use scratch::Scratch;

/// Three codes of a bundled table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(bundled = "common")]
enum Subset {
    /// Found by the name that the table gives it.
    RequestLimitExceeded,
    InternalError,
    #[error_code("AuthFailure.SignatureExpire")]
    Stale,
}

#[test]
fn each_variant_has_the_metadata_of_its_row() {
    for (code, common) in [
        (Subset::RequestLimitExceeded, CommonError::RequestLimitExceeded),
        (Subset::InternalError, CommonError::InternalError),
        (Subset::Stale, CommonError::AuthFailureSignatureExpire),
    ] {
        assert_eq!(common.as_str().parse(), Ok(code));
        assert_eq!(code.as_str(), common.as_str());
        assert_eq!(code.description(), common.description());
        assert_eq!((code.retry(), code.fault()), (common.retry(), common.fault()));
        assert_eq!((code.family(), code.table()), (common.family(), "common"));
    }
    assert_eq!(Subset::ALL, [Subset::RequestLimitExceeded, Subset::InternalError, Subset::Stale]);
    assert_eq!(Subset::NAME, "common");
}

#[test]
fn the_rest_of_the_table_is_kept_as_text_and_never_resent() {
    let rest = CommonError::ALL.iter().filter(|code| Subset::from_code(code.as_str()).is_none());
    assert_eq!(rest.clone().count(), 23);
    for text in rest.map(|code| code.as_str()).chain(["Brand.New"]) {
        let code = Code::<Subset>::from(text);
        assert_eq!((code.as_str(), code.known(), code.retry()), (text, None, Retry::Never));
    }
    let throttled = CommonError::ResourceInUse;
    assert_eq!((throttled.retry(), Code::<Subset>::from(throttled.as_str()).retry()), (Retry::Conflict, Retry::Never));
}

const CONST: Option<Subset> = Subset::from_code("InternalError");

#[test]
fn it_has_the_items_and_traits_of_a_generated_enum() {
    fn check<T: ErrorCode + AsRef<str> + Into<&'static str> + serde::Serialize + serde::de::DeserializeOwned>() {}
    check::<Subset>();
    check::<Inline>();
    assert_eq!(CONST, Some(Subset::InternalError));
    assert_eq!(size_of::<Subset>(), 1);
    assert_eq!(serde_json::to_string(&Subset::Stale).unwrap(), "\"AuthFailure.SignatureExpire\"");
    assert_eq!(serde_json::from_str::<Subset>("\"InternalError\"").unwrap(), Subset::InternalError);
    assert_eq!(format!("{:#}", Subset::InternalError), "InternalError: Internal error.");
    assert_eq!(format!("{:?}", Subset::Stale), "Stale");
    assert_eq!(Subset::nearest("InternalEror"), Some(Subset::InternalError));
    assert!(Subset::InternalError == "InternalError");
    assert_eq!(ApiError::<Subset>::new(Subset::Stale, "late").to_string(), "AuthFailure.SignatureExpire: late");
    assert_eq!("X".parse::<Subset>().unwrap_err().to_string(), "unknown `Subset` code `X`");
}

/// A part of a table with columns.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(table = "spec/my-api.json", crate = ::errtable)]
enum MyHandled {
    ResourceNotFound,
    QuotaFull,
}

#[test]
fn columns_of_the_table_come_along() {
    const STATUS: Option<u16> = MyHandled::ResourceNotFound.http_status();
    assert_eq!(STATUS, Some(404));
    assert_eq!(MyHandled::QuotaFull.severity(), MyHandledSeverity::High);
    assert_eq!(MyHandled::QuotaFull.description_zh(), Some("项目配额已用完。"));
    assert_eq!((MyHandled::QuotaFull.table(), MyHandled::ResourceNotFound.table()), ("my-api", "common"));
}

/// Codes without a table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, ErrorCode)]
#[error_code(rename_all = "SCREAMING_SNAKE_CASE")]
enum Inline {
    /// The quota is used up,
    /// to the last byte.
    ///
    /// This paragraph is for readers of the source.
    #[error_code("Quota.Full", retry = "conflict", fault = "server", retry_after_ms = 500, aliases("Full", "507"))]
    QuotaFull,
    /// Not this.
    #[error_code(description = "But this.")]
    NotFound,
    #[deprecated(note = "the service stopped sending it")]
    OldOne,
    #[error_code("type")]
    r#Type,
}

#[test]
#[expect(deprecated, reason = "a deprecated variant is a code like any other")]
fn codes_and_metadata_may_stand_on_the_variants() {
    let full = Inline::QuotaFull;
    assert_eq!(full.as_str(), "Quota.Full");
    assert_eq!(full.description(), "The quota is used up, to the last byte.");
    assert_eq!((full.retry(), full.fault()), (Retry::Conflict, Fault::Server));
    assert_eq!(full.retry_after(), Some(Duration::from_millis(500)));
    for alias in ["Full", "507"] {
        assert_eq!(alias.parse(), Ok(full));
    }
    assert_eq!((Inline::NotFound.as_str(), Inline::NotFound.description()), ("NOT_FOUND", "But this."));
    assert_eq!((Inline::NotFound.retry(), Inline::NotFound.fault()), (Retry::Never, Fault::Client));
    assert_eq!((Inline::OldOne.as_str(), Inline::Type.as_str()), ("OLD_ONE", "type"));
    assert_eq!((Inline::NAME, Inline::NotFound.table()), ("inline", "inline"));
    assert!(Inline::QuotaFull < Inline::Type, "`Ord` is the user's derive");
}

/// A name of its own, and codes that are the names of the variants.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(name = "my-service")]
enum Named {
    NotFound,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum HTTPError {}

#[test]
fn the_name_is_said_or_derived() {
    assert_eq!(
        (Named::NAME, Named::NotFound.table(), Named::NotFound.as_str()),
        ("my-service", "my-service", "NotFound")
    );
    assert_eq!(HTTPError::NAME, "http-error");
    assert!(HTTPError::ALL.is_empty());
}

/// One enum per case, all of one name.
macro_rules! cases {
    ($($case:literal => $code:literal,)*) => {$({
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
        #[error_code(rename_all = $case)]
        enum Cased {
            RequestLimitExceeded,
        }
        assert_eq!(Cased::RequestLimitExceeded.as_str(), $code);
    })*};
}

#[test]
fn every_case_is_written() {
    cases! {
        "lowercase" => "requestlimitexceeded",
        "UPPERCASE" => "REQUESTLIMITEXCEEDED",
        "PascalCase" => "RequestLimitExceeded",
        "camelCase" => "requestLimitExceeded",
        "snake_case" => "request_limit_exceeded",
        "SCREAMING_SNAKE_CASE" => "REQUEST_LIMIT_EXCEEDED",
        "kebab-case" => "request-limit-exceeded",
        "SCREAMING-KEBAB-CASE" => "REQUEST-LIMIT-EXCEEDED",
    }
}

#[test]
fn a_code_too_long_is_an_error_and_not_a_build_that_never_ends() {
    let long = "a".repeat(256);
    let main = format!(
        "#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]\nenum E {{\n    #[error_code(\"{long}\", aliases(\"{long}\"))]\n    A,\n}}\nfn main() {{ let _ = E::A.as_str(); }}\n"
    );
    let message = Scratch::new("long", &main).fail();
    assert!(message.contains("error: the code is 256 bytes long: at most 255 bytes are a code"), "{message}");
    assert!(message.contains("error: the alias is 256 bytes long"), "{message}");
    assert_eq!(message.matches("error: ").count(), 3, "and cargo's own: {message}");
}

#[test]
fn a_table_that_cannot_be_read_is_one_error_however_many_variants_there_are() {
    let main = "#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]\n#[error_code(table = \"t.json\")]\nenum E { A, B, C }\nfn main() {}\n";
    let scratch = Scratch::new("unread", main);
    for table in ["{", r#"{"name": "t", "extends": ["missing.json"], "errors": [{"code": "A"}]}"#] {
        scratch.write("t.json", table);
        let message = scratch.fail();
        assert_eq!(message.matches("error: ").count(), 2, "the message, and cargo's own: {message}");
    }
}

#[test]
fn codes_hash_as_users_derive_it() {
    let codes: HashSet<_> = Subset::ALL.iter().chain(Subset::ALL).collect();
    assert_eq!(codes.len(), 3);
}
