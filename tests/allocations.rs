//! Reading a body allocates only what the result keeps.

use allocation_counter::measure;
use errtable::{CommonError, Error, from_slice};
use serde::Deserialize;

/// Data that borrows from the body.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "the test does not read the fields")]
struct Borrowed<'a> {
    total_count: u64,
    #[serde(default)]
    name: &'a str,
}

/// Returns how often reading a body allocates, and how many bytes.
fn count_allocations(body: &str) -> (u64, u64) {
    let mut result: Option<Result<_, Error<CommonError>>> = None;
    let info = measure(|| result = Some(from_slice::<Borrowed<'_>, _>(body.as_bytes())));
    // Dropped after the count.
    drop(result);
    (info.count_total, info.bytes_total)
}

#[test]
fn borrowed_success_allocates_only_request_id() {
    assert_eq!(count_allocations(r#"{"Response":{"TotalCount":1,"Name":"orders"}}"#), (0, 0));
    assert_eq!(count_allocations(r#"{"Response":{"TotalCount":1,"Name":"orders","RequestId":"12345678"}}"#), (1, 8));
    assert_eq!(count_allocations(r#"{"Response":{"RequestId":"12345678","TotalCount":1,"Name":"orders"}}"#), (1, 8));
}

#[test]
fn failure_allocates_only_its_texts() {
    let known = r#"{"Response":{"Error":{"Code":"InternalError","Message":"1234"},"RequestId":"12345678"}}"#;
    assert_eq!(count_allocations(known), (2, 12));
    let known_but_last = r#"{"Response":{"RequestId":"12345678","Error":{"Message":"1234","Code":"InternalError"}}}"#;
    assert_eq!(count_allocations(known_but_last), (2, 12));
    assert_eq!(count_allocations(&known.replace("InternalError", "Brand.New")), (3, 21));
}

#[test]
fn keys_before_error_allocate_nothing() {
    let before =
        r#"{"Response":{"TotalCount":1,"Error":{"Code":"InternalError","Message":"1234"},"RequestId":"12345678"}}"#;
    assert_eq!(count_allocations(before), (2, 12), "the data is complete");
    let missing = before.replace("TotalCount", "Name").replace(":1", r#":"a""#);
    assert_eq!(count_allocations(&missing), (2, 12), "the `missing field` error of the data is never created");
}
