//! Generates random response bodies.

use errtable::CommonError;
use fastrand::Rng;

/// Returns a success with `rows` rows. Some texts are Chinese, some contain an escape.
pub(crate) fn success(rows: usize, random: &mut Rng) -> String {
    let topics: Vec<String> = (0..rows).map(|_| topic(random)).collect();
    let request_id = request_id(random);
    format!(r#"{{"Response":{{"TotalCount":{rows},"Topics":[{}],"RequestId":"{request_id}"}}}}"#, topics.join(","))
}

fn topic(random: &mut Rng) -> String {
    let describes = match random.usize(..8) {
        0 => "订单日志，保留三十天",
        1 => r#"orders of \"shop\", kept for the books"#,
        _ => "orders of a shop, kept for the books",
    };
    format!(
        r#"{{"TopicId":"{:016x}","TopicName":"orders-{}","LogsetId":"{:016x}","PartitionCount":{},"Index":{},"CreateTime":"2026-03-{:02} 08:30:00","Period":{},"Describes":"{describes}"}}"#,
        random.u64(..),
        random.u16(..),
        random.u64(..),
        random.u8(1..50),
        random.bool(),
        random.u8(1..29),
        random.u16(..3600),
    )
}

/// Returns a failure whose code is in the table.
pub(crate) fn failure(random: &mut Rng) -> String {
    failure_of(CommonError::ALL[random.usize(..CommonError::ALL.len())].as_str(), random)
}

/// Returns a failure whose code is not in the table.
pub(crate) fn unknown_failure(random: &mut Rng) -> String {
    let code = format!("InvalidParameterValue.{:08x}", random.u32(..));
    failure_of(&code, random)
}

fn failure_of(code: &str, random: &mut Rng) -> String {
    let (count, request_id) = (random.u16(..), request_id(random));
    format!(
        r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"The number of requests exceeds the limit of {count}."}},"RequestId":"{request_id}"}}}}"#
    )
}

fn request_id(random: &mut Rng) -> String {
    format!("{:08x}-9f1a-4a53-8b1b-{:012x}", random.u32(..), random.u64(..1 << 48))
}

/// Puts a key of the data before the error: `{"TotalCount":0,"Error":…}`.
pub(crate) fn late(failure: &str) -> String {
    failure.replacen(r#"{"Error""#, r#"{"TotalCount":0,"Error""#, 1)
}
