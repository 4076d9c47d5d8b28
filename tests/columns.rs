//! Each column of a table becomes a typed `const fn` of the enum.
//! It returns `Option` unless the column is required or has a default.
//! A unique column also becomes a lookup.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use errtable::{ApiError, CommonError, Envelope, error_table};
use serde_json::{Value, json};

/// A table with a column of every type.
#[error_table("fixtures/tables/columns.json")]
pub enum ColumnsError {}

/// The table with columns of the README, which extends a bundled one.
#[error_table("spec/columns.json")]
pub enum MyApiError {}

/// A table with columns and without rows.
#[error_table("fixtures/tables/empty_columns.json")]
pub enum EmptyColumns {}

/// A table with required and unique columns, one of them inherited.
#[error_table("fixtures/tables/required.json")]
pub enum RequiredError {}

/// A table whose envelope is written with columns of every type.
#[error_table("fixtures/tables/written.json")]
pub enum WrittenError {}

/// Numbers without gaps.
#[error_table("fixtures/numbers/kafka.json")]
pub enum KafkaError {}

/// Numbers with gaps of up to five million.
#[error_table("fixtures/numbers/mongodb.json")]
pub enum MongoError {}

/// Numbers in three blocks.
#[error_table("fixtures/numbers/mysql.json")]
pub enum MySqlError {}

/// Codes that start with a digit, without `variant` keys.
#[error_table("fixtures/tables/sqlstate.json")]
pub enum SqlState {}

const UNAVAILABLE: Option<RequiredError> = RequiredError::from_errno(14);
const STATUS: Option<u16> = MyApiError::ResourceNotFound.http_status();
const SEVERITY: MyApiErrorSeverity = MyApiError::QuotaFull.severity();
const CHINESE: Option<&str> = MyApiError::QuotaFull.description_zh();
const CACHE: Option<Duration> = ColumnsError::Full.cache();

#[test]
fn column_methods_are_const() {
    assert_eq!(STATUS, Some(404));
    assert_eq!(SEVERITY, MyApiErrorSeverity::High);
    assert_eq!(CHINESE, Some("项目配额已用完。"));
    assert_eq!(CACHE, Some(Duration::from_millis(1500)));
}

#[test]
fn values_of_a_full_row_are_exact() {
    let full = ColumnsError::Full;
    assert_eq!(full.http_status(), Some(u16::MAX));
    assert_eq!(full.size(), Some(u32::MAX));
    assert_eq!(full.count(), u64::MAX);
    assert_eq!(full.offset(), i64::MIN);
    assert_eq!(full.share().to_bits(), 1.5e300_f64.to_bits());
    assert!(full.billable());
    assert_eq!(full.public(), Some(false));
    assert_eq!(full.doc_url(), "https://example.com/full");
    assert_eq!(full.ttl(), Duration::ZERO);
    assert_eq!(full.sent_as(), Some(599));
    assert_eq!(full.severity(), ColumnsErrorSeverity::OnCall);
    assert_eq!(full.audience(), Some(ColumnsErrorAudience::Operator));
    assert_eq!(full.description_zh(), Some("签名过期。"));
}

#[test]
fn missing_value_gives_the_default_or_none() {
    let bare = ColumnsError::Bare;
    assert_eq!((bare.http_status(), bare.size(), bare.public()), (None, None, None));
    assert_eq!((bare.cache(), bare.sent_as(), bare.audience(), bare.description_zh()), (None, None, None, None));
    assert_eq!((bare.count(), bare.offset(), bare.billable()), (7, -1, false));
    assert_eq!(bare.share().to_bits(), (-0.5_f64).to_bits());
    assert_eq!((bare.doc_url(), bare.ttl()), ("https://example.com/errors", Duration::from_millis(250)));
    assert_eq!(bare.severity(), ColumnsErrorSeverity::Low);
}

#[test]
fn zero_and_empty_string_are_values() {
    let zero = ColumnsError::Zero;
    assert_eq!((zero.http_status(), zero.size(), zero.count(), zero.offset()), (Some(0), Some(0), 0, 0));
    assert_eq!((zero.share().to_bits(), zero.public(), zero.description_zh()), (0, Some(true), Some("")));
    assert_eq!(zero.sent_as(), Some(100), "the lowest HTTP status");
}

#[test]
fn enum_column_becomes_an_enum() {
    let values: Vec<_> = ColumnsErrorSeverity::ALL.iter().map(|value| value.as_str()).collect();
    assert_eq!(values, ["low", "very high", "on-call"]);
    for value in ColumnsErrorSeverity::ALL {
        assert_eq!(value.to_string().parse(), Ok(*value));
    }
    assert_eq!(format!("[{:<5}]", ColumnsErrorSeverity::Low), "[low  ]");
    let error = "hihg".parse::<ColumnsErrorSeverity>().unwrap_err();
    assert_eq!(error.to_string(), "expected `low`, `very high` or `on-call`");
    assert_eq!(error.values(), ["low", "very high", "on-call"]);
    let distinct: BTreeSet<_> = ColumnsErrorSeverity::ALL.iter().collect();
    assert_eq!(distinct.len(), 3);
    // The enum is exhaustive, so a match needs no `_` arm.
    let name = |value| match value {
        ColumnsErrorAudience::User => "user",
        ColumnsErrorAudience::Operator => "operator",
    };
    assert_eq!(name(ColumnsErrorAudience::User), "user");
}

#[test]
fn column_covers_rows_of_the_base() {
    assert_eq!(MyApiError::ALL.len(), CommonError::ALL.len() + 1);
    assert_eq!(MyApiError::ResourceNotFound.http_status(), Some(404));
    assert_eq!(MyApiError::ResourceNotFound.meaning(), CommonError::ResourceNotFound.meaning());
    assert_eq!(MyApiError::InvalidParameter.http_status(), None);
    assert_eq!(MyApiError::InvalidParameter.severity(), MyApiErrorSeverity::Low, "the default applies to every row");
}

#[test]
fn required_column_returns_the_value() {
    let largest = RequiredError::Largest;
    assert_eq!((largest.errno(), largest.size(), largest.count()), (u16::MAX, u32::MAX, Some(u64::MAX)));
    assert_eq!((largest.offset(), largest.share().to_bits()), (i64::MAX, 1.5_f64.to_bits()));
    assert_eq!((largest.public(), largest.title(), largest.ttl()), (true, "the largest", Duration::from_millis(1500)));
    assert_eq!((largest.sent_as(), largest.level()), (599, RequiredErrorLevel::High));

    let smallest = RequiredError::Smallest;
    assert_eq!((smallest.errno(), smallest.size(), smallest.count(), smallest.offset()), (17, 0, Some(0), i64::MIN));
    assert_eq!((smallest.share().to_bits(), smallest.public()), (0, false));
    assert_eq!((smallest.title(), smallest.ttl()), ("", Duration::ZERO));
    assert_eq!((smallest.sent_as(), smallest.level()), (100, RequiredErrorLevel::Low));
}

#[test]
fn unique_values_are_looked_up() {
    assert_eq!(UNAVAILABLE, Some(RequiredError::Unavailable));
    for code in RequiredError::ALL.iter().copied() {
        assert_eq!(RequiredError::from_errno(code.errno()), Some(code));
        assert_eq!(RequiredError::from_size(code.size()), Some(code));
        assert_eq!(RequiredError::from_offset(code.offset()), Some(code));
        assert_eq!(RequiredError::from_sent_as(code.sent_as()), Some(code));
        assert_eq!(code.count().and_then(RequiredError::from_count), code.count().map(|_| code));
    }
    assert_eq!(RequiredError::Aborted.count(), None);
    assert_eq!((RequiredError::from_errno(0), RequiredError::from_errno(15)), (None, None));
    assert_eq!((RequiredError::from_count(1), RequiredError::from_offset(0)), (None, None));
    assert_eq!((RequiredError::from_sent_as(500), RequiredError::from_sent_as(0)), (None, None));
}

#[test]
fn every_i16_is_looked_up_in_kafkas_list() {
    let known: BTreeMap<i64, KafkaError> = KafkaError::ALL.iter().map(|code| (code.errno(), *code)).collect();
    assert_eq!(known.len(), 130);
    for errno in i16::MIN..=i16::MAX {
        let errno = errno.into();
        assert_eq!(KafkaError::from_errno(errno), known.get(&errno).copied(), "{errno}");
    }
    for errno in [i64::MIN, -32_769, 65_535, 65_536, (1 << 32) - 1, 1 << 32, i64::MAX] {
        assert_eq!(KafkaError::from_errno(errno), None, "{errno}");
    }
}

#[test]
fn sparse_numbers_are_looked_up() {
    let known: BTreeMap<i64, MongoError> = MongoError::ALL.iter().map(|code| (code.errno(), *code)).collect();
    for errno in (0..100_000).chain(known.keys().flat_map(|errno| errno - 9..errno + 9)) {
        assert_eq!(MongoError::from_errno(errno), known.get(&errno).copied(), "{errno}");
    }
    let known: BTreeMap<i64, MySqlError> = MySqlError::ALL.iter().map(|code| (code.errno(), *code)).collect();
    for errno in -10..10_000 {
        assert_eq!(MySqlError::from_errno(errno), known.get(&errno).copied(), "{errno}");
    }
}

/// Returns what a server answers with.
fn written(error: ApiError<WrittenError>) -> Value {
    serde_json::to_value(Envelope::<(), _>::Failure(error)).unwrap()
}

#[test]
fn values_of_columns_are_written() {
    let error = ApiError::new(WrittenError::Full, "");
    let full = json!({
        "code": "Full",
        "status": 429,
        "billable": true,
        "port": 65_535,
        "size": 4_294_967_295_u32,
        "count": u64::MAX,
        "offset": i64::MIN,
        "share": 0.5,
        "ttl": u64::MAX,
        "help": [{ "url": "see https://example.com/full", "severity": "very high", "audience": "operator" }],
    });
    assert_eq!(written(error.clone()), full);
    assert_eq!(written(error.with_status(503))["status"], 503, "the status of the error goes before the column");
}

#[test]
fn column_without_a_value_is_not_written() {
    let bare = json!({ "code": "Bare", "billable": false, "size": 0, "ttl": 250, "help": [{ "severity": "low" }] });
    assert_eq!(written(ApiError::new(WrittenError::Bare, "")), bare);
    let unknown = written(ApiError::new("Other", ""));
    assert_eq!(unknown["code"], "Other");
    assert_eq!((&unknown["size"], &unknown["help"][0]["severity"]), (&Value::Null, &Value::Null));
}

#[test]
fn variant_prefix_replaces_variant_keys() {
    assert_eq!(SqlState::ALL.len(), 46);
    let digits = SqlState::ALL.iter().filter(|code| code.as_str().starts_with(|c: char| c.is_ascii_digit()));
    assert_eq!(digits.count(), 42, "codes that are not variant names");
    for code in SqlState::ALL {
        assert!(format!("{code:?}").eq_ignore_ascii_case(&format!("Sql{code}")), "{code}");
    }
    assert_eq!(SqlState::from_code("23505"), Some(SqlState::Sql23505));
    assert_eq!((SqlState::Sql40p01.as_str(), SqlState::Sql40p01.condition()), ("40P01", "deadlock_detected"));
    assert!(!include_str!("fixtures/tables/sqlstate.json").contains("\"variant\""));
}

#[test]
fn empty_table_has_column_methods() {
    assert_eq!(EmptyColumns::from_errno(0), None);
    let _: fn(EmptyColumns) -> u64 = EmptyColumns::errno;
    let _: fn(EmptyColumns) -> Option<u16> = EmptyColumns::http_status;
    let _: fn(EmptyColumns) -> EmptyColumnsSeverity = EmptyColumns::severity;
    assert_eq!(EmptyColumnsSeverity::ALL.len(), 1);
}
