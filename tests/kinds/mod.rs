//! Checks a kind of data type with bodies that fit and bodies that do not.

#![allow(dead_code, reason = "each test file uses a part of this module")]

use std::fmt::Debug;

use errtable::{CommonError, Error, MalformedKind, from_slice};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::reading::{ID, permutations, read_data};

/// Members of `Response` that do not fit, their path below `Response`, and a part of the message.
pub(crate) type Misfit<'a> = (&'a [&'a str], &'a str, &'a str);

/// Checks the data in a success, in a failure, and in bodies that do not fit, in any key order.
#[expect(clippy::needless_pass_by_value, reason = "each test writes a new value")]
pub(crate) fn check<T: DeserializeOwned + Debug + PartialEq>(members: &[&str], data: T, misfits: &[Misfit<'_>]) {
    assert_eq!(read_data::<T>(&[members, &[ID]].concat()), data);
    let error = r#""Error": {"Code": "InternalError"}"#;
    check_failure::<T>(&[members, &[error]].concat());
    for (members, path, message) in misfits {
        check_failure::<T>(&[*members, &[error]].concat());
        check_misfit::<T>(members, path, message);
    }
}

/// Checks that a failure is found, and its request id, whether the data fits or not.
pub(crate) fn check_failure<T: DeserializeOwned + Debug>(members: &[&str]) {
    for members in permutations(&[members, &[ID]].concat()) {
        let body = format!(r#"{{"Response": {{{}}}}}"#, members.join(", "));
        let error = from_slice::<T, CommonError>(body.as_bytes()).unwrap_err();
        assert_eq!(
            (error.known(), error.request_id()),
            (Some(CommonError::InternalError), Some("id-1")),
            "{body}: {error}"
        );
    }
}

/// Checks the path and the message of bodies that do not fit.
pub(crate) fn check_misfit<T: DeserializeOwned + Debug>(members: &[&str], path: &str, message: &str) {
    for members in permutations(&[members, &[ID]].concat()) {
        let body = format!(r#"{{"Response": {{{}}}}}"#, members.join(", "));
        let Err(Error::Malformed(malformed)) = from_slice::<T, CommonError>(body.as_bytes()) else { panic!("{body}") };
        assert_eq!((malformed.kind(), malformed.request_id()), (MalformedKind::Data, Some("id-1")), "{body}");
        assert_eq!(malformed.path(), Some(&*format!("Response{path}")), "{malformed}: {body}");
        assert!(malformed.to_string().contains(message), "{malformed}: {body}");
    }
}

/// Data with a number.
#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct Size {
    pub(crate) size: u64,
}

pub(crate) const WRONG_SIZE: Misfit<'_> = (&[r#""size": "x""#], ".size", "invalid type: string \"x\", expected u64");
pub(crate) const NO_SIZE: Misfit<'_> = (&[r#""other": 1"#], "", "missing field `size`");
