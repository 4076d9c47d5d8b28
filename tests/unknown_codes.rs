//! An unknown code keeps its text, has no retry class, and is escaped when printed.

mod tables;

use errtable::{ApiError, Code, CommonError, ErrorCode, Retry, RetryAction};
use tables::StorageError;

#[test]
fn text_is_kept_exactly() {
    for text in ["InternalError ", "internalError", "UnsupportedOperation.", "", ".", "新错误", "a\u{8}b"] {
        let code = Code::<CommonError>::from(text);
        assert_eq!((code.as_str(), code.as_ref(), code.known()), (text, text, None));
        assert_ne!(code, CommonError::InternalError);
        assert_eq!(Code::<CommonError>::from(text.to_owned()), code);
        assert!(code == text && code == *text && code != format!("{text}x").as_str() && code != *"Other");
        assert_eq!(format!("{code:?}"), format!("Unknown({text:?})"));
        assert_eq!(code.label(), "_OTHER", "the number of labels is bounded");
        assert!(!code.is(CommonError::InternalError));
    }
}

#[test]
fn unknown_code_is_never_retryable() {
    let code = Code::<CommonError>::from("RequestLimitExceeded.New");
    assert_eq!(code.ancestor(), Some(CommonError::RequestLimitExceeded));
    assert_eq!(code.retry(), Retry::Never, "the ancestor does not count");
    assert!(!code.is_retryable());
    assert_eq!(code.retry_action(true), RetryAction::GiveUp);
    assert_eq!(code.retry_after(), None);
    let error = ApiError::new(code, "");
    assert!(!error.is_retryable());
    assert_eq!(error.with_status(503).retry(), Retry::Transient, "the status decides, if it is known");
}

#[test]
fn known_text_gives_a_known_code() {
    for code in CommonError::ALL {
        let text = code.as_str();
        let codes = [Code::from(text), Code::from(text.to_owned()), text.parse().unwrap()];
        assert!(codes.iter().all(|found| found.is(*code) && found.label() == text));
        assert_eq!(codes.map(|code| code.known()), [Some(*code); 3]);
    }
}

#[test]
fn known_and_unknown_codes_sort_by_text() {
    let [unknown, known, longer] =
        ["InternalErro", "InternalError", "InternalError.New"].map(Code::<CommonError>::from);
    assert!(unknown < known && known < longer && longer > unknown);
    let mut codes = [&longer, &known, &unknown];
    codes.sort();
    assert_eq!(codes, [&unknown, &known, &longer]);
}

#[test]
fn ancestor_is_the_longest_known_prefix() {
    let ancestor = |text: &str| Code::<StorageError>::from(text).ancestor();
    assert_eq!(ancestor("ResourceNotFound.Bucket.Gone"), Some(StorageError::ResourceNotFoundBucket));
    assert_eq!(ancestor("ResourceNotFound.Table.Gone"), Some(StorageError::ResourceNotFound));
    assert_eq!(ancestor("ResourceNotFound.Bucket"), Some(StorageError::ResourceNotFound), "a known code");
    assert_eq!(ancestor("UnsupportedOperation..X"), Some(StorageError::UnsupportedOperationDot));
    for orphan in ["ResourceNotFoundX", "ResourceNotFound", "", ".", "Nothing.Known"] {
        assert_eq!(ancestor(orphan), None, "{orphan}");
    }
}

#[test]
fn ancestor_is_at_most_255_bytes() {
    let long = format!("InternalError.{}", ".x".repeat(1_000_000));
    assert_eq!(Code::<CommonError>::from(long).ancestor(), Some(CommonError::InternalError));
    let split = format!("{}错.x", "x".repeat(254));
    assert_eq!(Code::<CommonError>::from(split).ancestor(), None, "the limit splits a character");
}

#[test]
fn parse_error_names_enum_and_nearest_code() {
    let error = "RequestLimitExceded".parse::<CommonError>().unwrap_err();
    assert_eq!((error.enum_name(), error.as_str()), ("CommonError", "RequestLimitExceded"));
    let text = "unknown `CommonError` code `RequestLimitExceded`; did you mean `RequestLimitExceeded`?";
    assert_eq!(error.to_string(), text);
    assert_eq!(error, error.clone());
    assert_ne!(error, "Other".parse::<CommonError>().unwrap_err());
    assert_ne!(error, "RequestLimitExceded".parse::<StorageError>().unwrap_err());
    assert_eq!("Zebra".parse::<CommonError>().unwrap_err().to_string(), "unknown `CommonError` code `Zebra`");
    assert!(format!("{error:?}").contains("RequestLimitExceded"));
    let error = serde_json::from_str::<CommonError>("\"RequestLimitExceded\"").unwrap_err();
    let message = "invalid value: string \"RequestLimitExceded\", expected a code of `CommonError` at line 1 column 21";
    assert_eq!(error.to_string(), message, "serde errors do not include the nearest code");
    let error = serde_json::from_str::<Code<CommonError>>("5").unwrap_err();
    assert!(error.to_string().starts_with("invalid type: integer `5`, expected an error code"), "{error}");
    let error = serde_json::from_str::<CommonError>("5").unwrap_err();
    assert!(error.to_string().starts_with("invalid type: integer `5`, expected a code of `CommonError`"), "{error}");
}

#[test]
fn nearest_finds_a_misspelt_code() {
    let nearest = |text: &str| CommonError::nearest(text).map(CommonError::as_str);
    assert_eq!(nearest("InternalEror"), Some("InternalError"));
    assert_eq!(nearest("internalerror"), Some("InternalError"));
    assert_eq!(nearest("AuthFailure.SignatrueExpire"), Some("AuthFailure.SignatureExpire"));
    assert_eq!(nearest("Zebra"), None);
    assert_eq!(nearest(""), None);
    assert_eq!(nearest(&"InternalError".repeat(20)), None, "a text over 255 bytes is ignored");
}

#[test]
fn hostile_text_is_escaped_when_printed() {
    let hostile = "Bad\u{1b}[2J\n200 OK\u{202e}\u{2028}";
    let escaped = r"Bad\u{1b}[2J\n200 OK\u{202e}\u{2028}";
    let code = Code::<CommonError>::from(hostile);
    assert_eq!(code.to_string(), escaped);
    assert_eq!(code.as_str(), hostile, "`as_str` is exact");
    let error = hostile.parse::<CommonError>().unwrap_err();
    assert_eq!(error.to_string(), format!("unknown `CommonError` code `{escaped}`"));
    let error = ApiError::<CommonError>::new(hostile, hostile).with_request_id(hostile);
    assert_eq!(error.to_string(), format!("{escaped}: {escaped} (request id {escaped})"));
    assert_eq!((error.message(), error.request_id()), (hostile, Some(hostile)));
    let plain = "签名过期 \"quoted\" \\ tab-free";
    assert_eq!(ApiError::<CommonError>::new("A", plain).to_string(), format!("A: {plain}"), "visible text is kept");
}

#[test]
fn all_invisible_characters_are_escaped() {
    for c in ['\0', '\u{7}', '\u{8}', '\t', '\r', '\u{7f}', '\u{85}', '\u{9b}', '\u{61c}', '\u{200e}', '\u{200f}']
        .into_iter()
        .chain(['\u{2028}', '\u{2029}'])
        .chain('\u{202a}'..='\u{202e}')
        .chain('\u{2066}'..='\u{2069}')
    {
        let code = Code::<CommonError>::from(format!("A{c}B"));
        assert!(!code.to_string().contains(c), "{c:?}");
    }
}

#[test]
fn empty_message_and_id_are_not_printed() {
    assert_eq!(ApiError::<CommonError>::new("A", "").to_string(), "A");
    assert_eq!(ApiError::<CommonError>::new("A", "m").with_request_id("").to_string(), "A: m");
    assert_eq!(ApiError::<CommonError>::new("A", "").with_request_id("r").to_string(), "A (request id r)");
    assert_eq!(CommonError::NAME, <CommonError as ErrorCode>::NAME);
}
