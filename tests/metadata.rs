//! Methods of a code return the values of its row.

mod tables;

use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::time::Duration;

use errtable::{ApiError, Code, CommonError, Error, Fault, Retry, RetryAction};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tables::StorageError;

#[test]
fn methods_return_row_values() {
    let code = StorageError::RequestLimitExceededUpload;
    assert_eq!(code.retry(), Retry::Throttled);
    assert_eq!(code.fault(), Fault::Server, "the default of the table");
    assert_eq!(code.retry_after(), Some(Duration::from_millis(1500)));
    assert_eq!(code.meaning(), "");
    assert_eq!(code.family(), "RequestLimitExceeded");
    assert_eq!(code.table(), "storage");
}

#[test]
fn text_is_exact_in_every_script() {
    assert_eq!(StorageError::InternalErrorDisk.meaning(), "存储节点的磁盘发生故障。");
    assert_eq!(StorageError::UnsupportedOperationDot.as_str(), "UnsupportedOperation.");
    assert_eq!(StorageError::UnsupportedOperationDot.family(), "UnsupportedOperation");
}

#[test]
fn action_follows_the_retry_class() {
    let classes = [
        (Retry::Never, RetryAction::GiveUp, RetryAction::GiveUp),
        (Retry::Restart, RetryAction::Restart, RetryAction::Restart),
        (Retry::Throttled, RetryAction::Wait, RetryAction::Wait),
        (Retry::Conflict, RetryAction::Wait, RetryAction::Wait),
        (Retry::Renew, RetryAction::Renew, RetryAction::Renew),
        (Retry::Transient, RetryAction::GiveUp, RetryAction::Wait),
    ];
    assert_eq!(classes.map(|(class, ..)| class), Retry::ALL);
    for (class, any, idempotent) in classes {
        assert_eq!((class.retry_action(false), class.retry_action(true)), (any, idempotent), "{class}");
    }
}

#[test]
fn retryable_request_keeps_its_parameters() {
    let classes = [(false, false), (false, false), (true, true), (true, true), (true, true), (false, true)];
    for (class, (any, idempotent)) in Retry::ALL.iter().zip(classes) {
        let is_same = |action| matches!(action, RetryAction::Wait | RetryAction::Renew);
        let actions = [class.retry_action(false), class.retry_action(true)];
        assert_eq!(actions.map(is_same), [any, idempotent], "{class}");
        assert_eq!(class.is_retryable(), idempotent, "{class}");
    }
}

#[test]
fn vocabulary_parses_from_display_and_serde() {
    fn check<T: Copy + Debug + Display + PartialEq + FromStr + Serialize + DeserializeOwned>(all: &[T]) {
        for value in all {
            assert_eq!(value.to_string().parse().ok(), Some(*value));
            let json = serde_json::to_string(value).unwrap();
            assert_eq!(json, format!("\"{value}\""));
            assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value);
        }
    }
    check(Retry::ALL);
    check(RetryAction::ALL);
    check(Fault::ALL);
    assert_eq!(
        RetryAction::ALL.iter().map(|action| action.as_str()).collect::<Vec<_>>(),
        ["give_up", "wait", "renew", "restart"]
    );
}

#[test]
fn invalid_names_list_the_valid_ones() {
    assert_eq!(
        "Never".parse::<Retry>().unwrap_err().to_string(),
        "expected `never`, `restart`, `throttled`, `conflict`, `renew` or `transient`",
    );
    assert_eq!("".parse::<Fault>().unwrap_err().to_string(), "expected `client`, `server` or `none`");
    assert_eq!(
        serde_json::from_str::<RetryAction>("\"sleep\"").unwrap_err().to_string(),
        "unknown variant `sleep`, expected one of `give_up`, `wait`, `renew`, `restart` at line 1 column 7",
    );
    let error = serde_json::from_str::<Fault>("1").unwrap_err().to_string();
    assert!(error.starts_with("invalid type: integer `1`, expected a string"), "{error}");
}

#[test]
fn vocabulary_honours_width() {
    assert_eq!(format!("[{:>6}][{:<10}]", Fault::None, Retry::Never), "[  none][never     ]");
}

#[test]
fn wrappers_return_the_same_metadata() {
    for code in StorageError::ALL.iter().copied() {
        let wrapped = Code::from(code);
        let api = ApiError::new(code, "");
        let error = Error::from(api.clone());
        assert_eq!([wrapped.retry(), api.retry(), error.retry()], [code.retry(); 3]);
        assert_eq!([wrapped.retry_after(), api.retry_after(), error.retry_after()], [code.retry_after(); 3]);
        assert_eq!([wrapped.is_retryable(), api.is_retryable(), error.is_retryable()], [code.is_retryable(); 3]);
        for idempotent in [false, true] {
            let wrappers =
                [wrapped.retry_action(idempotent), api.retry_action(idempotent), error.retry_action(idempotent)];
            assert_eq!(wrappers, [code.retry_action(idempotent); 3]);
        }
    }
}

#[test]
fn recode_looks_up_another_table() {
    let code = Code::from(StorageError::ResourceNotFound);
    assert_eq!(code.recode::<CommonError>(), CommonError::ResourceNotFound);
    let code = Code::from(StorageError::ResourceNotFoundBucket).recode::<CommonError>();
    assert_eq!((code.known(), code.as_str()), (None, "ResourceNotFound.Bucket"));
    assert_eq!(code.recode::<StorageError>(), StorageError::ResourceNotFoundBucket, "the text was kept");
}

#[test]
#[expect(deprecated, reason = "a deprecated row becomes a deprecated variant")]
fn deprecated_code_is_still_found() {
    assert_eq!(StorageError::from_code("old_code"), Some(StorageError::OldCode));
    assert!(StorageError::ALL.contains(&StorageError::OldCode));
}
