//! Each bundled service has an enum, and a common code means the same in all of them unless its table says otherwise.

use std::collections::BTreeSet;

use errtable::{Code, CommonError, ErrorCode, Retry, error_table};

/// What `CKafka` can answer.
#[error_table(bundled = "ckafka")]
pub enum CkafkaError {}

/// What CLS can answer.
#[error_table(bundled = "cls")]
pub enum ClsError {}

/// What TCHouse-P can answer.
#[error_table(bundled = "tchouse-p")]
pub enum TchousePError {}

/// What `WeData` can answer.
#[error_table(bundled = "wedata")]
pub enum WedataError {}

/// A common code of a service is the same code, read as a common one and back.
fn recodes<C: ErrorCode>() {
    let mut common = 0;
    for code in C::ALL.iter().copied() {
        let recoded = Code::from(code).recode::<CommonError>();
        assert_eq!(recoded.known().is_some(), code.table() == CommonError::NAME, "{code}");
        assert_eq!(recoded.as_str(), code.as_str());
        assert_eq!(recoded.recode::<C>(), code);
        common += usize::from(recoded.known().is_some());
    }
    assert_eq!(common, CommonError::ALL.len(), "each service has all common codes");
}

#[test]
fn a_common_code_of_any_service_recodes_to_the_same_common_error() {
    recodes::<CkafkaError>();
    recodes::<ClsError>();
    recodes::<TchousePError>();
    recodes::<WedataError>();
    let codes = [
        Code::from(CkafkaError::InternalError).recode::<CommonError>(),
        Code::from(ClsError::InternalError).recode(),
        Code::from(TchousePError::InternalError).recode(),
        Code::from(WedataError::InternalError).recode(),
    ];
    assert!(codes.iter().all(|code| *code == CommonError::InternalError));
}

#[test]
fn a_service_may_say_something_else_of_a_common_code() {
    let (service, common) = (WedataError::AuthFailureSignatureExpire, CommonError::AuthFailureSignatureExpire);
    assert_eq!((service.as_str(), service.table()), (common.as_str(), "common"));
    assert_eq!((service.retry(), common.retry()), (Retry::Reauthenticate, Retry::Reauthenticate));
    assert_ne!(service.description(), common.description());
}

#[test]
fn a_code_of_one_service_is_text_to_another() {
    let code = Code::from(ClsError::FailedOperationReadQpsLimit);
    assert_eq!(code.retry(), Retry::Throttled);
    let elsewhere = code.recode::<CkafkaError>();
    assert_eq!((elsewhere.as_str(), elsewhere.known(), elsewhere.retry()), (code.as_str(), None, Retry::Never));
    assert_eq!(elsewhere.ancestor(), Some(CkafkaError::FailedOperation));
}

#[test]
fn a_forgotten_family_is_found_in_a_real_table() {
    assert_eq!(ClsError::nearest("TopicNotExist"), Some(ClsError::ResourceNotFoundTopicNotExist));
    assert_eq!(ClsError::nearest("readqpslimit"), Some(ClsError::FailedOperationReadQpsLimit));
    assert_eq!(ClsError::nearest("FailedOperation.ReadQpsLimits"), Some(ClsError::FailedOperationReadQpsLimit));
    assert_eq!(ClsError::nearest("ResourceNotFound.TopicNotExits"), Some(ClsError::ResourceNotFoundTopicNotExist));
    assert_eq!(ClsError::nearest("ResourceNotFoundTopicNotExist"), Some(ClsError::ResourceNotFoundTopicNotExist));
}

#[test]
fn enums_of_several_services_live_side_by_side() {
    let names = [CkafkaError::NAME, ClsError::NAME, TchousePError::NAME, WedataError::NAME];
    assert_eq!(BTreeSet::from(names).len(), 4);
    let sizes = [size_of::<CkafkaError>(), size_of::<ClsError>(), size_of::<TchousePError>(), size_of::<WedataError>()];
    assert_eq!(sizes, [1; 4]);
}
