//! Enums over the bundled service tables, and the common codes that they share.

use std::collections::BTreeSet;

use errtable::{Code, CommonError, ErrorCode, Retry, error_table};

/// The error codes of `CKafka`.
#[error_table(bundled = "ckafka")]
pub enum CkafkaError {}

/// The error codes of CLS.
#[error_table(bundled = "cls")]
pub enum ClsError {}

/// The error codes of TCHouse-P.
#[error_table(bundled = "tchouse-p")]
pub enum TchousePError {}

/// The error codes of `WeData`.
#[error_table(bundled = "wedata")]
pub enum WedataError {}

/// Converts each code of a service to `CommonError` and back.
fn check_recode<C: ErrorCode>() {
    let mut common = 0;
    for code in C::ALL.iter().copied() {
        let recoded = Code::from(code).recode::<CommonError>();
        assert_eq!(recoded.known().is_some(), code.table() == CommonError::NAME, "{code}");
        assert_eq!(recoded.as_str(), code.as_str());
        assert_eq!(recoded.recode::<C>(), code);
        common += usize::from(recoded.known().is_some());
    }
    assert_eq!(common, CommonError::ALL.len(), "each service contains all common codes");
}

#[test]
fn common_codes_recode_to_common_error() {
    check_recode::<CkafkaError>();
    check_recode::<ClsError>();
    check_recode::<TchousePError>();
    check_recode::<WedataError>();
    let codes = [
        Code::from(CkafkaError::InternalError).recode::<CommonError>(),
        Code::from(ClsError::InternalError).recode(),
        Code::from(TchousePError::InternalError).recode(),
        Code::from(WedataError::InternalError).recode(),
    ];
    assert!(codes.iter().all(|code| *code == CommonError::InternalError));
}

#[test]
fn service_may_override_a_common_code() {
    let (service, common) = (WedataError::AuthFailureSignatureExpire, CommonError::AuthFailureSignatureExpire);
    assert_eq!((service.as_str(), service.table()), (common.as_str(), "common"));
    assert_eq!((service.retry(), common.retry()), (Retry::Renew, Retry::Renew));
    assert_ne!(service.meaning(), common.meaning());
}

#[test]
fn code_of_another_service_is_unknown() {
    let code = Code::from(ClsError::FailedOperationReadQpsLimit);
    assert_eq!(code.retry(), Retry::Throttled);
    let recoded = code.recode::<CkafkaError>();
    assert_eq!((recoded.as_str(), recoded.known(), recoded.retry()), (code.as_str(), None, Retry::Never));
    assert_eq!(recoded.ancestor(), Some(CkafkaError::FailedOperation));
}

#[test]
fn nearest_tolerates_case_and_missing_family() {
    assert_eq!(ClsError::nearest("TopicNotExist"), Some(ClsError::ResourceNotFoundTopicNotExist));
    assert_eq!(ClsError::nearest("readqpslimit"), Some(ClsError::FailedOperationReadQpsLimit));
    assert_eq!(ClsError::nearest("FailedOperation.ReadQpsLimits"), Some(ClsError::FailedOperationReadQpsLimit));
    assert_eq!(ClsError::nearest("ResourceNotFound.TopicNotExits"), Some(ClsError::ResourceNotFoundTopicNotExist));
    assert_eq!(ClsError::nearest("ResourceNotFoundTopicNotExist"), Some(ClsError::ResourceNotFoundTopicNotExist));
}

#[test]
fn service_enums_have_distinct_names() {
    let names = [CkafkaError::NAME, ClsError::NAME, TchousePError::NAME, WedataError::NAME];
    assert_eq!(BTreeSet::from(names).len(), 4);
    let sizes = [size_of::<CkafkaError>(), size_of::<ClsError>(), size_of::<TchousePError>(), size_of::<WedataError>()];
    assert_eq!(sizes, [1; 4]);
}
