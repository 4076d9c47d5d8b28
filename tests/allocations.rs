//! Reading a body allocates what is kept of it, and nothing else.

use allocation_counter::measure;
use errtable::{CommonError, Error, from_slice};
use serde::Deserialize;

/// Data that borrows from the body.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "read, and not looked at")]
struct Borrowed<'a> {
    total_count: u64,
    #[serde(default)]
    name: &'a str,
}

/// How often reading a body allocates, and the bytes of it; what is read is dropped after the count.
fn count(body: &str) -> (u64, u64) {
    let mut result: Option<Result<_, Error<CommonError>>> = None;
    let info = measure(|| result = Some(from_slice::<Borrowed<'_>, _>(body.as_bytes())));
    drop(result);
    (info.count_total, info.bytes_total)
}

#[test]
fn a_success_that_borrows_keeps_its_request_id_alone() {
    assert_eq!(count(r#"{"Response":{"TotalCount":1,"Name":"orders"}}"#), (0, 0));
    assert_eq!(count(r#"{"Response":{"TotalCount":1,"Name":"orders","RequestId":"12345678"}}"#), (1, 8));
    assert_eq!(count(r#"{"Response":{"RequestId":"12345678","TotalCount":1,"Name":"orders"}}"#), (1, 8));
}

#[test]
fn a_failure_keeps_its_message_and_its_request_id_and_an_unknown_code() {
    let known = r#"{"Response":{"Error":{"Code":"InternalError","Message":"1234"},"RequestId":"12345678"}}"#;
    assert_eq!(count(known), (2, 12));
    let known_but_last = r#"{"Response":{"RequestId":"12345678","Error":{"Message":"1234","Code":"InternalError"}}}"#;
    assert_eq!(count(known_but_last), (2, 12));
    assert_eq!(count(&known.replace("InternalError", "Brand.New")), (3, 21));
}

#[test]
fn what_stands_before_the_failure_costs_what_t_and_its_error_take() {
    let before =
        r#"{"Response":{"TotalCount":1,"Error":{"Code":"InternalError","Message":"1234"},"RequestId":"12345678"}}"#;
    assert_eq!(count(before), (2, 12), "T is satisfied");
    let missing = before.replace("TotalCount", "Name").replace(":1", r#":"a""#);
    assert!(count(&missing).0 <= 2 + 3, "T's own error, of a missing field, takes three");
}
