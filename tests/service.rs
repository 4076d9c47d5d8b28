//! The service of the guide responds with the HTTP status of the table.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use errtable::{Envelope, Fault, error_table};

#[error_table("spec/columns.json")]
pub enum MyApiError {}

impl IntoResponse for MyApiError {
    fn into_response(self) -> Response {
        let status = self.http_status().unwrap_or(match self.fault() {
            Fault::Server => 500,
            Fault::Client | Fault::None => 400,
        });
        let status = StatusCode::from_u16(status);
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let failure = Envelope::<(), _>::failure(self, self.meaning());
        (status, axum::Json(failure)).into_response()
    }
}

#[test]
fn example_of_the_guide_is_tested() {
    let guide = include_str!("../runtime/src/guide/envelopes.md");
    let (_, example) = guide.split_once("```rust,ignore\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    assert!(include_str!("service.rs").contains(example));
}

#[test]
fn status_follows_the_table() {
    assert_eq!(MyApiError::ResourceNotFound.into_response().status(), 404);
    assert_eq!(MyApiError::InternalError.into_response().status(), 500);
    assert_eq!(MyApiError::QuotaFull.into_response().status(), 400);
}

#[test]
fn envelope_is_a_response_that_the_vendors_clients_read() {
    let failure = Envelope::<(), _>::failure(MyApiError::QuotaFull, "full").with_request_id("a1");
    let response = axum::Json(failure).into_response();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
}
