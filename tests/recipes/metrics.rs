//! The recipes for Prometheus, OpenTelemetry and Sentry: labels are bounded.

use errtable::{ApiError, Error, Malformed, error_table};
use prometheus::{IntCounterVec, Opts};
use sentry::test::with_captured_events;

#[error_table("spec/shop.json")]
enum ShopError {}

macro_rules! recipe {
    ($($name:ident $file:literal)*) => {$(
        #[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
        mod $name {
            include!(concat!(env!("OUT_DIR"), "/", $file, ".rs"));
        }
    )*};
}

recipe! { prometheus_recipe "Prometheus" opentelemetry_recipe "OpenTelemetry" sentry_recipe "Sentry" }

/// A known code, two that the table does not list, and a body that is not JSON.
fn errors() -> Vec<Error<ShopError>> {
    let codes = ["cart_empty", "brand_new", "brand_newer"];
    let errors = codes.map(|code| ApiError::new(code, "cart c1").with_request_id("a1").into());
    errors.into_iter().chain([Malformed::new(502, b"<html>", "an HTML page").into()]).collect()
}

#[test]
fn unknown_codes_share_a_label() {
    let counter = IntCounterVec::new(Opts::new("errors", "errors"), &["table", "code"]).unwrap();
    for error in errors() {
        prometheus_recipe::count(&counter, &error);
    }
    let count = |label| counter.with_label_values(&["shop", label]).get();
    assert_eq!(["cart_empty", "_OTHER", "malformed"].map(count), [1, 2, 1]);
}

#[test]
fn error_type_is_a_label() {
    let values = errors().into_iter().map(|error| opentelemetry_recipe::error_type(&error).value.to_string());
    assert_eq!(values.collect::<Vec<_>>(), ["cart_empty", "_OTHER", "_OTHER", "malformed"]);
}

#[test]
fn issue_is_a_table_and_a_label() {
    let events = with_captured_events(|| errors().iter().for_each(sentry_recipe::report));
    let fingerprints: Vec<_> = events.iter().map(|event| event.fingerprint.join(" ")).collect();
    assert_eq!(fingerprints, ["shop cart_empty", "shop _OTHER", "shop _OTHER", "shop malformed"]);
    assert_eq!(events[0].extra["request_id"], "a1");
}
