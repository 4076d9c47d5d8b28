//! Generates bodies of responses: any member at any place, also twice, with any value.

#![allow(dead_code, reason = "each test file uses a part of this module")]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

/// A body with a `Response` object.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// The members; `None` is `Response`.
    pub(crate) outer: Vec<Option<String>>,
    /// The members of `Response`.
    pub(crate) response: Vec<String>,
}

impl Body {
    pub(crate) fn outer_members(&self) -> Vec<String> {
        let response = format!("\"Response\": {}", object(&self.response));
        self.outer.iter().map(|member| member.as_ref().unwrap_or(&response).clone()).collect()
    }

    pub(crate) fn to_json(&self) -> String {
        object(&self.outer_members())
    }
}

fn object(members: &[String]) -> String {
    format!("{{{}}}", members.join(","))
}

pub(crate) fn generate_body() -> impl Strategy<Value = Body> {
    (vec(generate_outer_member(), 0..4), any::<Index>(), vec(generate_response_member(), 0..7)).prop_map(
        |(outer, place, response)| {
            let mut outer: Vec<_> = outer.into_iter().map(Some).collect();
            outer.insert(place.index(outer.len() + 1), None);
            Body { outer, response }
        },
    )
}

/// Generates a body that may be of the legacy form, or have an invalid `Response`.
pub(crate) fn generate_any_body() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => generate_body().prop_map(|body| body.to_json()),
        2 => vec(generate_outer_member(), 0..5).prop_map(|members| object(&members)),
        1 => generate_value(),
    ]
}

fn generate_outer_member() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => member("RequestId", generate_value()),
        2 => member("codeDesc", generate_value()),
        2 => member("code", generate_value()),
        2 => member("message", generate_value()),
        1 => member("Response", generate_value()),
        1 => member("Error", generate_error()),
        2 => generate_other_member(),
    ]
}

fn generate_response_member() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => member("RequestId", generate_value()),
        4 => member("Error", generate_error()),
        4 => member("TotalCount", any::<u8>().prop_map(|count| count.to_string())),
        4 => member("InstanceStatusSet", vec(generate_value(), 0..3).prop_map(|values| format!("[{}]", values.join(",")))),
        4 => member("Name", generate_text()),
        1 => member("TotalCount", generate_value()),
        1 => member("InstanceStatusSet", generate_value()),
        1 => member("Name", generate_value()),
        2 => generate_other_member(),
    ]
}

/// Generates the value of `Error`: mostly an object.
fn generate_error() -> impl Strategy<Value = String> {
    let members = prop_oneof![
        4 => member("Code", generate_value()),
        4 => member("Message", generate_value()),
        1 => generate_other_member(),
    ];
    prop_oneof![
        1 => Just("null".to_owned()),
        6 => vec(members, 0..4).prop_map(|members| object(&members)),
        1 => generate_value(),
    ]
}

fn generate_other_member() -> impl Strategy<Value = String> {
    let key = prop_oneof![19 => "[A-Za-z]{0,2}", 1 => Just("\\ud83d".to_owned())];
    (key, generate_value()).prop_map(|(key, value)| format!("\"{key}\": {value}"))
}

/// Generates a member. Its key may be escaped: `"\u0043ode"`.
fn member(key: &'static str, value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (prop::bool::weighted(0.2), value).prop_map(move |(is_escaped, value)| {
        let (first, rest) = key.split_at(1);
        let first = if is_escaped { format!("\\u00{:02x}", first.as_bytes()[0]) } else { first.to_owned() };
        format!("\"{first}{rest}\": {value}")
    })
}

/// Generates a value: a text half of the time.
fn generate_value() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        select(vec!["0", "0.0", "-0", "18446744073709551615", "18446744073709551616", "1.5", "1e999", "-1e999"])
            .prop_map(String::from),
    ];
    let scalar = prop_oneof![
        4 => generate_text(),
        1 => number,
        1 => select(vec!["null", "true", "false"]).prop_map(String::from),
    ];
    scalar.prop_recursive(3, 12, 3, |value| {
        let inner = prop_oneof![
            member("RequestId", value.clone()),
            member("Error", value.clone()),
            member("Code", value.clone())
        ];
        prop_oneof![
            vec(value, 0..3).prop_map(|values| format!("[{}]", values.join(", "))),
            vec(inner, 0..3).prop_map(|members| object(&members)),
        ]
    })
}

/// Generates a string. It may contain an unpaired surrogate, which is valid JSON.
fn generate_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => ".{0,6}".prop_map(|text| Value::from(text).to_string()),
        2 => select(vec!["InternalError", "0", "id-1", "", "4400"]).prop_map(|text| format!("\"{text}\"")),
        1 => select(vec!["\\ud83d", "\\udc00x", "\\ud83d\\ude00", "\\ud83d\\u0041", "\\/\\b"])
            .prop_map(|text| format!("\"{text}\"")),
    ]
}
