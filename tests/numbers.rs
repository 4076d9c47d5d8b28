//! Codes of numeric tables: the number is on the wire, the code is its name.

use std::collections::{BTreeMap, HashSet};

use errtable::{ApiError, Code, CommonError, ErrorCode, Retry, error_table};
use serde_json::Value;

#[error_table("fixtures/tables/kafka.json")]
enum Kafka {}

#[error_table("fixtures/tables/mongodb.json")]
enum MongoDb {}

/// Codes with the numbers at the ends of the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
enum Extreme {
    #[error_code(number = -9_223_372_036_854_775_808)]
    Min,
    #[error_code("-1", number = -1)]
    CodeMinus1,
    #[error_code(number = 0, aliases("Zero"))]
    Nil,
    #[error_code(number = 9_223_372_036_854_775_807)]
    Max,
}

/// Two codes of Kafka.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
#[error_code(table = "fixtures/tables/kafka.json")]
enum Handled {
    NotController,
    #[error_code("UNKNOWN_TOPIC_OR_PARTITION")]
    UnknownTopic,
}

const UNKNOWN_TOPIC: Option<Kafka> = Kafka::from_number(3);
const BY_DIGITS: Option<Kafka> = Kafka::from_code("-1");
const NUMBER: i64 = Kafka::RequestTimedOut.number();

#[test]
fn numbers_are_constants() {
    assert_eq!(UNKNOWN_TOPIC, Some(Kafka::UnknownTopicOrPartition));
    assert_eq!(BY_DIGITS, Some(Kafka::UnknownServerError));
    assert_eq!(NUMBER, 7);
}

#[test]
fn every_number_of_kafka_is_found() {
    let table: Value = serde_json::from_str(include_str!("fixtures/tables/kafka.json")).unwrap();
    let rows = table["errors"].as_array().unwrap().iter();
    let codes: BTreeMap<_, _> =
        rows.map(|row| (row["number"].as_i64().unwrap(), row["code"].as_str().unwrap())).collect();
    assert_eq!(codes.len(), Kafka::ALL.len());
    for number in i64::from(i16::MIN)..=i64::from(i16::MAX) {
        let known = codes.get(&number).map(|code| Kafka::from_code(code).unwrap());
        let digits = number.to_string();
        assert_eq!(Kafka::from_number(number), known, "{number}");
        assert_eq!(Kafka::from_code(&digits), known, "{number}");
        assert_eq!(Kafka::try_from(number).ok(), known, "{number}");
        let code = Code::<Kafka>::from_number(number);
        assert_eq!((code.known(), code.number()), (known, Some(number)));
        assert_eq!(code, Code::from(digits.as_str()));
        match known {
            Some(known) => assert_eq!((known.number(), i64::from(known)), (number, number)),
            None => assert_eq!((code.as_str(), code.label(), code.retry()), (digits.as_str(), "_OTHER", Retry::Never)),
        }
    }
}

#[test]
fn extreme_numbers_are_found() {
    for code in Extreme::ALL {
        let [below, above] = [code.number().wrapping_sub(1), code.number().wrapping_add(1)];
        assert_eq!(Extreme::from_number(code.number()), Some(*code));
        for number in [below, above] {
            let known = Extreme::ALL.iter().copied().find(|code| code.number() == number);
            assert_eq!(Extreme::from_number(number), known, "{number}");
        }
    }
    assert_eq!(Extreme::Min.number(), i64::MIN);
}

#[test]
fn only_canonical_digits_are_an_alias() {
    assert_eq!("3".parse(), Ok(Kafka::UnknownTopicOrPartition));
    assert_eq!(Kafka::try_from("3"), Ok(Kafka::UnknownTopicOrPartition));
    assert_eq!(Code::from("3".to_owned()), Kafka::UnknownTopicOrPartition);
    for text in ["03", "+3", "3 ", " 3", "3.0", "-0", "-3", "３", "0x3", ""] {
        assert_eq!(Kafka::from_code(text), None, "{text}");
        assert_eq!(Code::<Kafka>::from(text).as_str(), text);
    }
    assert_eq!(Code::<Kafka>::from("03").number(), None);
    assert_eq!(Extreme::from_code("-1"), Some(Extreme::CodeMinus1), "it is the code, too");
    assert_eq!(CommonError::from_code("3"), None);
}

#[test]
fn digits_are_an_alias_ignoring_case() {
    let primary = Some(MongoDb::NotWritablePrimary);
    for text in ["10107", "notmaster", "NOTWRITABLEPRIMARY"] {
        assert_eq!(MongoDb::from_code_ignore_case(text), primary, "{text}");
    }
    assert_eq!(MongoDb::from_code_ignore_case("10108"), None);
}

#[test]
fn cast_is_a_position() {
    assert_eq!((Kafka::UnknownServerError as i64, Kafka::UnknownServerError.number()), (0, -1));
}

#[test]
fn unknown_number_is_an_error_with_its_digits() {
    let error = Kafka::try_from(-999).unwrap_err();
    assert_eq!((error.enum_name(), error.as_str()), ("Kafka", "-999"));
    assert_eq!(error.to_string(), "unknown `Kafka` code `-999`");
    assert_eq!(error, "-999".parse::<Kafka>().unwrap_err());
}

#[test]
fn error_shows_the_name_and_the_number() {
    let show = |code: Code<Kafka>| ApiError::new(code, "no").to_string();
    assert_eq!(show(Kafka::UnknownTopicOrPartition.into()), "UNKNOWN_TOPIC_OR_PARTITION (3): no");
    assert_eq!(show(Code::from_number(999)), "999: no");
    assert_eq!(show("NEW_ERROR".into()), "NEW_ERROR: no");
    assert_eq!(ApiError::new(Extreme::CodeMinus1, "no").to_string(), "-1: no");
    assert_eq!(Kafka::UnknownTopicOrPartition.to_string(), "UNKNOWN_TOPIC_OR_PARTITION");
}

#[test]
fn subset_of_a_numeric_table_is_numeric() {
    assert_eq!(Handled::UnknownTopic.number(), 3);
    assert_eq!(Handled::from_number(41), Some(Handled::NotController));
    let other = Code::<Handled>::from_number(7);
    assert_eq!((other.known(), other.number()), (None, Some(7)));
}

#[test]
fn numeric_tables_are_recoded_by_number() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
    enum Renamed {
        #[error_code(number = 3)]
        NoSuchTopic,
        #[error_code("NOT_CONTROLLER", number = 999)]
        Misleading,
    }
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
    #[error_code(rename_all = "SCREAMING_SNAKE_CASE")]
    enum Names {
        NotController,
    }

    let code = Code::from(Kafka::UnknownTopicOrPartition);
    assert_eq!(code.recode::<Renamed>(), Renamed::NoSuchTopic);
    assert_eq!(ApiError::new(code.clone(), "").recode::<Renamed>().code(), &Renamed::NoSuchTopic);
    let not_controller = Code::from(Kafka::NotController);
    assert_eq!(not_controller.recode::<Renamed>().number(), Some(41), "not `Misleading`, which has the name");
    assert_eq!(not_controller.recode::<Names>(), Names::NotController);
    assert_eq!(code.recode::<Names>().as_str(), "UNKNOWN_TOPIC_OR_PARTITION");
    assert_eq!(Code::<Kafka>::from_number(-2).recode::<Renamed>().number(), Some(-2));
    assert_eq!(Code::<Names>::from("41").recode::<Kafka>(), Kafka::NotController);
    assert_eq!(Code::<Kafka>::from("NoSuchTopic").recode::<Renamed>(), Renamed::NoSuchTopic, "without a number");
}

#[test]
fn library_reads_numbers_of_any_table() {
    fn numbers<C: ErrorCode>() -> Vec<Option<i64>> {
        C::ALL.iter().map(|code| code.number()).collect()
    }
    assert_eq!(numbers::<Extreme>(), [Some(i64::MIN), Some(-1), Some(0), Some(i64::MAX)]);
    assert_eq!(numbers::<CommonError>(), [None; 26]);
    assert_eq!(<CommonError as ErrorCode>::from_number(0), None);
    assert_eq!(Code::<CommonError>::from_number(7).number(), None);
}

#[test]
fn digits_of_a_table_without_numbers_are_its_code() {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ErrorCode)]
    enum Texts {
        #[error_code("507")]
        DiskFull,
    }
    assert_eq!(Code::from_number(507), Texts::DiskFull);
}

#[test]
fn unknown_number_equals_its_digits() {
    let codes = [Code::<Kafka>::from_number(999), "999".into(), "3".into(), Kafka::UnknownTopicOrPartition.into()];
    assert_eq!(HashSet::from(codes.clone()).len(), 2);
    assert_eq!((&codes[0], &codes[2]), (&codes[1], &codes[3]));
    assert!(size_of::<Code<Kafka>>() <= 16);
}
