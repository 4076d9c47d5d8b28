//! A hand-written enum has the same items and metadata as a generated enum.

mod scratch;

use std::collections::HashSet;
use std::time::Duration;

use errtable::{ApiError, Code, CommonError, ErrorCode, Fault, Retry};
use scratch::Scratch;

/// A subset of a bundled table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(bundled = "common")]
enum Subset {
    /// Found by its variant name.
    RequestLimitExceeded,
    InternalError,
    #[error_code("AuthFailure.SignatureExpire")]
    Stale,
}

#[test]
fn variant_has_metadata_of_its_row() {
    for (code, common) in [
        (Subset::RequestLimitExceeded, CommonError::RequestLimitExceeded),
        (Subset::InternalError, CommonError::InternalError),
        (Subset::Stale, CommonError::AuthFailureSignatureExpire),
    ] {
        assert_eq!(common.as_str().parse(), Ok(code));
        assert_eq!(code.as_str(), common.as_str());
        assert_eq!(code.meaning(), common.meaning());
        assert_eq!((code.retry(), code.fault()), (common.retry(), common.fault()));
        assert_eq!((code.family(), code.table()), (common.family(), "common"));
    }
    assert_eq!(Subset::ALL, [Subset::RequestLimitExceeded, Subset::InternalError, Subset::Stale]);
    assert_eq!(Subset::NAME, "common");
}

#[test]
fn other_codes_are_unknown_and_never_retried() {
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
fn has_items_and_traits_of_a_generated_enum() {
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

/// A subset of a table with columns.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(table = "spec/columns.json", crate = ::errtable)]
enum MyHandled {
    ResourceNotFound,
    QuotaFull,
}

#[test]
fn columns_are_readable() {
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
    /// This paragraph is not part of the description.
    #[error_code("Quota.Full", retry = "conflict", fault = "server", retry_after_ms = 500, aliases("Full", "507"))]
    QuotaFull,
    /// Documentation.
    #[error_code(description = "Description.")]
    NotFound,
    #[deprecated(note = "the service stopped sending it")]
    OldOne,
    #[error_code("type")]
    r#Type,
}

#[test]
#[expect(deprecated, reason = "tests a deprecated variant")]
fn attributes_define_codes_and_metadata() {
    let full = Inline::QuotaFull;
    assert_eq!(full.as_str(), "Quota.Full");
    assert_eq!(full.meaning(), "The quota is used up, to the last byte.");
    assert_eq!((full.retry(), full.fault()), (Retry::Conflict, Fault::Server));
    assert_eq!(full.retry_after(), Some(Duration::from_millis(500)));
    for alias in ["Full", "507"] {
        assert_eq!(alias.parse(), Ok(full));
    }
    assert_eq!((Inline::NotFound.as_str(), Inline::NotFound.meaning()), ("NOT_FOUND", "Description."));
    assert_eq!((Inline::NotFound.retry(), Inline::NotFound.fault()), (Retry::Never, Fault::Client));
    assert_eq!((Inline::OldOne.as_str(), Inline::Type.as_str()), ("OLD_ONE", "type"));
    assert_eq!((Inline::NAME, Inline::NotFound.table()), ("inline", "inline"));
    assert!(Inline::QuotaFull < Inline::Type, "`Ord` is derived by the user");
}

/// An explicit table name, and variant names as codes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[error_code(name = "my-service")]
enum Named {
    NotFound,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
enum HTTPError {}

#[test]
fn table_name_is_explicit_or_derived() {
    assert_eq!(
        (Named::NAME, Named::NotFound.table(), Named::NotFound.as_str()),
        ("my-service", "my-service", "NotFound")
    );
    assert_eq!(HTTPError::NAME, "http-error");
    assert!(HTTPError::ALL.is_empty());
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, ErrorCode)]
#[expect(non_camel_case_types, reason = "keywords are lower-case")]
enum Keywords {
    r#type,
    r#gen,
}

#[test]
fn raw_identifiers_are_valid() {
    assert_eq!(Keywords::ALL, [Keywords::r#type, Keywords::r#gen]);
    assert_eq!((Keywords::r#type.as_str(), Keywords::r#gen.as_str()), ("type", "gen"));
}

/// Declares one enum per case.
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
fn rename_all_supports_each_case() {
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
fn overlong_code_is_rejected() {
    let long = "a".repeat(256);
    let main = format!(
        "#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]\n\
         enum E {{\n    #[error_code(\"{long}\", aliases(\"{long}\"))]\n    A,\n}}\n\
         fn main() {{ let _ = E::A.as_str(); }}\n"
    );
    let message = Scratch::new("long", &main).fail();
    assert!(message.contains("error: code of 256 bytes is too long\n"), "{message}");
    assert!(message.contains("error: alias of 256 bytes is too long\n"), "{message}");
    assert_eq!(message.matches("error: ").count(), 3, "two, and one from cargo: {message}");
}

#[test]
fn unreadable_table_is_one_error() {
    let main = "#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, errtable::ErrorCode)]\n\
                #[error_code(table = \"t.json\")]\nenum E { A, B, C }\nfn main() {}\n";
    let scratch = Scratch::new("unread", main);
    for table in ["{", r#"{"name": "t", "extends": ["missing.json"], "errors": [{"code": "A"}]}"#] {
        scratch.write("t.json", table);
        let message = scratch.fail();
        assert_eq!(message.matches("error: ").count(), 2, "one, and one from cargo: {message}");
    }
}

#[test]
fn codes_hash_as_derived() {
    let codes: HashSet<_> = Subset::ALL.iter().chain(Subset::ALL).collect();
    assert_eq!(codes.len(), 3);
}
