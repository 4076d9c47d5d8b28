//! Codes round-trip through `Display`, `FromStr`, `TryFrom`, serde and `Code`.

mod tables;

use std::fmt::Debug;

use errtable::{Code, CommonError, ErrorCode, UnknownCode};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tables::{BaseError, StorageError};

/// Checks every code of a table.
fn check_round_trips<C>()
where
    C: ErrorCode + Serialize + DeserializeOwned + std::str::FromStr<Err = UnknownCode>,
    C: for<'a> TryFrom<&'a str, Error = UnknownCode> + Debug,
{
    for code in C::ALL.iter().copied() {
        let text = code.to_string();
        assert_eq!(text, code.as_str());
        assert_eq!(text.parse::<C>(), Ok(code));
        assert_eq!(C::try_from(&text), Ok(code));

        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(json, serde_json::to_string(code.as_str()).unwrap());
        assert_eq!(serde_json::from_str::<C>(&json).unwrap(), code);
        assert_eq!(serde_json::from_value::<C>(serde_json::to_value(code).unwrap()).unwrap(), code);

        let known = Code::from(code);
        assert_eq!(Code::<C>::from(text.as_str()), known);
        assert_eq!(Code::<C>::from(text.clone()), known);
        assert_eq!(text.parse::<Code<C>>(), Ok(known.clone()));
        assert_eq!(known.to_string(), text);
        assert_eq!(serde_json::to_string(&known).unwrap(), json);
        assert_eq!(serde_json::from_str::<Code<C>>(&json).unwrap(), known);
        assert_eq!(known.known(), Some(code));
        assert_eq!(known, code);
        assert_eq!(C::ALL.iter().filter(|other| known == **other).count(), 1, "{code} must equal exactly one code");
        assert_eq!(known, text.as_str());
    }
}

#[test]
fn every_code_round_trips() {
    check_round_trips::<CommonError>();
    check_round_trips::<StorageError>();
    check_round_trips::<BaseError>();
}

#[test]
fn alias_is_read_but_never_written() {
    let code = StorageError::RequestLimitExceededUpload;
    for alias in ["SlowDown", "503 Slow Down"] {
        assert_eq!(alias.parse(), Ok(code));
        assert_eq!(serde_json::from_str::<StorageError>(&format!("\"{alias}\"")).unwrap(), code);
        assert_eq!(Code::<StorageError>::from(alias).as_str(), "RequestLimitExceeded.Upload");
    }
}

#[test]
fn escaped_code_is_read() {
    let code: CommonError = serde_json::from_str(r#""Internal\u0045rror""#).unwrap();
    assert_eq!(code, CommonError::InternalError);
    let code: Code<CommonError> = serde_json::from_str(r#""New\u0045rror""#).unwrap();
    assert_eq!(code, "NewError");
}

#[test]
fn display_supports_width_and_alternate_form() {
    let code = CommonError::InternalError;
    assert_eq!(format!("[{code:<15}][{code:>15}][{code:.8}]"), "[InternalError  ][  InternalError][Internal]");
    assert_eq!(format!("{code:#}"), "InternalError: Internal error.");
    assert_eq!(format!("{:#}", StorageError::UnsupportedOperationDot), "UnsupportedOperation.", "no description");
    let described = "InternalError: Internal error.";
    assert_eq!(format!("[{code:#32}]"), format!("[{described}  ]"));
    assert_eq!(format!("[{code:*>#32}][{code:*^#35}]"), format!("[**{described}][**{described}***]"));
    assert_eq!(format!("[{code:#.17}][{code:#3}]"), format!("[InternalError: In][{described}]"));
    let code = Code::from(code);
    assert_eq!(format!("[{code:<15}][{code:>15}]"), "[InternalError  ][  InternalError]");
    let unknown = Code::<CommonError>::from("New");
    assert_eq!(format!("[{unknown:^7}]"), "[  New  ]");
}

proptest! {
    #[test]
    fn any_text_round_trips(text in "\\PC{0,80}") {
        let code = Code::<CommonError>::from(text.as_str());
        prop_assert_eq!(code.as_str(), &text);
        let json = serde_json::to_string(&code).unwrap();
        prop_assert_eq!(&json, &serde_json::to_string(&text).unwrap());
        let back: Code<CommonError> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(back, code);
    }

    #[test]
    fn codes_compare_and_hash_by_text(texts in proptest::collection::vec("[A-C.]{0,3}|InternalError|FailedOperation", 2)) {
        use std::hash::BuildHasher;
        let hasher = std::hash::RandomState::new();
        let [a, b] = [&texts[0], &texts[1]].map(|text| Code::<CommonError>::from(text.as_str()));
        prop_assert_eq!(a.cmp(&b), texts[0].cmp(&texts[1]));
        prop_assert_eq!(a == b, texts[0] == texts[1]);
        prop_assert_eq!(hasher.hash_one(&a) == hasher.hash_one(&b), texts[0] == texts[1]);
    }
}
