//! Methods of a code return the values of its row.

mod tables;

use std::time::Duration;

use errtable::{ApiError, Code, CommonError, Error, Fault, Retry};
use tables::StorageError;

#[test]
fn methods_return_row_values() {
    let code = StorageError::RequestLimitExceededUpload;
    assert_eq!(code.retry(), Retry::Throttled);
    assert_eq!(code.fault(), Fault::Server, "the default of the table");
    assert_eq!(code.retry_after(), Some(Duration::from_millis(1500)));
    assert_eq!(code.description(), "");
    assert_eq!(code.family(), "RequestLimitExceeded");
    assert_eq!(code.table(), "storage");
}

#[test]
fn text_is_exact_in_every_script() {
    assert_eq!(StorageError::InternalErrorDisk.description(), "存储节点的磁盘发生故障。");
    assert_eq!(StorageError::UnsupportedOperationDot.as_str(), "UnsupportedOperation.");
    assert_eq!(StorageError::UnsupportedOperationDot.family(), "UnsupportedOperation");
}

#[test]
fn may_resend_follows_the_retry_class() {
    let classes = [
        (Retry::Never, false, false),
        (Retry::Throttled, true, true),
        (Retry::Conflict, true, true),
        (Retry::Reauthenticate, true, true),
        (Retry::Transient, false, true),
    ];
    assert_eq!(classes.map(|(class, ..)| class), Retry::ALL);
    for (class, any, idempotent) in classes {
        assert_eq!((class.may_resend(false), class.may_resend(true)), (any, idempotent), "{class}");
        assert_eq!(class.is_retryable(), idempotent, "{class}");
    }
}

#[test]
fn retry_and_fault_parse_from_display() {
    for class in Retry::ALL {
        assert_eq!(class.to_string().parse(), Ok(*class));
        assert!(!class.description().is_empty());
    }
    for fault in Fault::ALL {
        assert_eq!(fault.to_string().parse(), Ok(*fault));
    }
    assert_eq!(
        "Never".parse::<Retry>().unwrap_err().to_string(),
        "expected `never`, `throttled`, `conflict`, `reauthenticate` or `transient`",
    );
    assert_eq!("".parse::<Fault>().unwrap_err().to_string(), "expected `client`, `server` or `none`");
    assert_eq!(format!("[{:>6}][{:<10}]", Fault::None, Retry::Never), "[  none][never     ]");
}

#[test]
fn wrappers_return_the_same_metadata() {
    for code in StorageError::ALL.iter().copied() {
        let wrapped = Code::from(code);
        assert_eq!(wrapped.retry(), code.retry());
        assert_eq!(wrapped.retry_after(), code.retry_after());
        assert_eq!(wrapped.is_retryable(), code.is_retryable());
        assert_eq!(wrapped.may_resend(false), code.may_resend(false));
        let error = ApiError::new(code, "");
        assert_eq!((error.retry(), error.retry_after()), (code.retry(), code.retry_after()));
        assert_eq!((error.is_retryable(), error.may_resend(false)), (code.is_retryable(), code.may_resend(false)));
        let error = Error::from(error);
        assert_eq!((error.retry(), error.retry_after()), (code.retry(), code.retry_after()));
        assert_eq!((error.is_retryable(), error.may_resend(false)), (code.is_retryable(), code.may_resend(false)));
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
