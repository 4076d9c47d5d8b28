//! A table with `"ignore_case": true` adds a lookup that ignores ASCII case.
//! The other lookups stay exact.

use errtable::{Code, error_table};

/// A table that ignores case.
#[error_table("fixtures/tables/any_case.json")]
pub enum AnyCase {}

const CONST: Option<AnyCase> = AnyCase::from_code_ignore_case("FAILEDOPERATION.DBERROR");

#[test]
fn lookup_ignores_ascii_case() {
    assert_eq!(CONST, Some(AnyCase::FailedOperationDbError));
    for text in ["FailedOperation.DBError", "failedoperation.dberror", "fAILEDoPERATION.dbeRROR", "db", "DB", "Db"] {
        assert_eq!(AnyCase::from_code_ignore_case(text), Some(AnyCase::FailedOperationDbError), "{text}");
    }
    assert_eq!(AnyCase::from_code_ignore_case("签名.EXPIRED").map(AnyCase::as_str), Some("签名.Expired"));
    assert_eq!(AnyCase::from_code_ignore_case("OK"), Some(AnyCase::Ok));
}

#[test]
fn unknown_text_is_not_found() {
    for text in ["", "o", "okk", "FailedOperation.DB-Error", &"k".repeat(255), &"k".repeat(256), &"k".repeat(5000)] {
        assert_eq!(AnyCase::from_code_ignore_case(text), None, "{text}");
    }
}

#[test]
fn other_lookups_stay_exact() {
    assert_eq!(AnyCase::from_code("FAILEDOPERATION.DBERROR"), None);
    assert_eq!(AnyCase::from_code("failedoperation.dberror"), Some(AnyCase::FailedOperationDbError), "an alias");
    assert_eq!("OK".parse::<AnyCase>().ok(), None);
    assert_eq!(Code::<AnyCase>::from("OK").known(), None);
}
