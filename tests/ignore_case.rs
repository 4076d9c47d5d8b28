//! Where a table says so, a code is also found without regard to ASCII case; the exact look-up stays exact.

use errtable::{Code, error_table};

/// A table that ignores case.
#[error_table("fixtures/tables/any_case.json")]
pub enum AnyCase {}

const CONST: Option<AnyCase> = AnyCase::from_code_ignore_case("FAILEDOPERATION.DBERROR");

#[test]
fn codes_and_aliases_are_found_in_any_case() {
    assert_eq!(CONST, Some(AnyCase::FailedOperationDbError));
    for text in ["FailedOperation.DBError", "failedoperation.dberror", "fAILEDoPERATION.dbeRROR", "db", "DB", "Db"] {
        assert_eq!(AnyCase::from_code_ignore_case(text), Some(AnyCase::FailedOperationDbError), "{text}");
    }
    assert_eq!(AnyCase::from_code_ignore_case("签名.EXPIRED").map(AnyCase::as_str), Some("签名.Expired"));
    assert_eq!(AnyCase::from_code_ignore_case("OK"), Some(AnyCase::Ok));
}

#[test]
fn what_is_no_code_is_none() {
    for text in ["", "o", "okk", "FailedOperation.DB-Error", &"k".repeat(255), &"k".repeat(256), &"k".repeat(5000)] {
        assert_eq!(AnyCase::from_code_ignore_case(text), None, "{text}");
    }
}

#[test]
fn the_exact_look_up_stays_exact() {
    assert_eq!(AnyCase::from_code("FAILEDOPERATION.DBERROR"), None);
    assert_eq!(AnyCase::from_code("failedoperation.dberror"), Some(AnyCase::FailedOperationDbError), "an alias");
    assert_eq!("OK".parse::<AnyCase>().ok(), None);
    assert_eq!(Code::<AnyCase>::from("OK").known(), None);
}
