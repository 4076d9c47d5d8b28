//! A service that fails in a different way for each action, then succeeds.

use std::collections::{BTreeMap, HashSet};
use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex};
use std::thread;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use errtable::{Code, Envelope, error_table};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::runtime;

#[error_table("spec/cloud.json")]
enum CloudError {}

/// The parameters of all actions.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Params {
    code: String,
    message: String,
    request_id: String,
    version: u32,
    fault: String,
    client_token: Option<String>,
}

/// The state of the service.
#[derive(Default)]
struct Shop {
    counts: BTreeMap<String, u32>,
    nonces: HashSet<String>,
    version: u32,
    /// The client token of each purchase, if it has one.
    purchases: Vec<Option<String>>,
}

impl Shop {
    /// Counts a request. Returns how many requests of this action have arrived.
    fn count(&mut self, action: &str) -> u32 {
        let count = self.counts.entry(action.to_owned()).or_default();
        *count += 1;
        *count
    }

    /// Buys once for each client token.
    fn buy(&mut self, client_token: Option<String>) {
        if client_token.is_none() || !self.purchases.contains(&client_token) {
            self.purchases.push(client_token);
        }
    }

    /// Returns the response, or `None` if the service never responds.
    fn respond(&mut self, action: &str, headers: &HeaderMap, params: Params) -> Option<Response> {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let count = self.count(action);
        // A request that is retried without a new signature has the nonce of the first one.
        if header("x-tc-nonce").is_some_and(|nonce| !self.nonces.insert(nonce.to_owned())) {
            return Some(failure(CloudError::AuthFailureSignatureFailure));
        }
        Some(match (action, count) {
            ("Throttled", 1 | 2) => {
                let seconds = [(RETRY_AFTER, count.to_string())];
                (seconds, failure(CloudError::RequestLimitExceeded)).into_response()
            }
            ("StaleSignature", _) if header("x-tc-token") == Some("token-0") => {
                failure(CloudError::AuthFailureSignatureExpire)
            }
            ("StaleToken", _) => failure(CloudError::AuthFailureTokenFailure),
            ("Rename", 1) => {
                self.version += 1; // Another client was faster.
                failure(CloudError::FailedOperationVersionConflict)
            }
            ("Rename", _) if params.version != self.version => failure(CloudError::FailedOperationVersionConflict),
            ("Overloaded", ..10) => failure(CloudError::RequestLimitExceeded),
            ("DryRun", _) => failure(CloudError::DryRunOperation),
            ("BadGateway", 1) => bad_gateway(),
            ("Truncated", 1) => ([(CONTENT_TYPE, "application/json")], r#"{"Response": {"Total"#).into_response(),
            ("Problem", _) => {
                let problem = json!({"type": "about:blank", "title": "Overloaded", "status": 503});
                ([(CONTENT_TYPE, "application/problem+json")], problem.to_string()).into_response()
            }
            ("Slow", 1) => return None,
            ("Buy", _) => {
                self.buy(params.client_token);
                match params.fault.as_str() {
                    "InternalError" if count == 1 => failure(CloudError::InternalError),
                    "BadGateway" if count == 1 => bad_gateway(),
                    _ => success(()),
                }
            }
            ("Fail", _) => {
                let code = Code::<CloudError>::from(params.code);
                let failure = Envelope::<(), _>::failure(code, params.message);
                axum::Json(failure.with_request_id(params.request_id)).into_response()
            }
            ("DescribeZones", _) => success(json!({"TotalCount": 1, "ZoneSet": [
                {"Zone": "ap-guangzhou-3", "ZoneName": "广州三区", "ZoneId": "100003", "ZoneState": "AVAILABLE"}]})),
            // The request id is in a header only.
            ("DescribeNothing", _) => ([("x-tc-requestid", "gateway-1")], r#"{"Response": {}}"#).into_response(),
            ("DescribeVersion", _) => success(json!({"Version": self.version})),
            ("DescribePurchases", _) => success(json!({"TotalCount": self.purchases.len()})),
            ("DescribeCounts", _) => success(&self.counts),
            ("Throttled" | "Overloaded" | "StaleSignature" | "Rename" | "BadGateway" | "Truncated" | "Slow", _) => {
                success(())
            }
            _ => failure(CloudError::InvalidAction),
        })
    }
}

fn success<T: Serialize>(data: T) -> Response {
    let success: Envelope<T, CloudError> = Envelope::success(data);
    axum::Json(success.with_request_id("b5b41468")).into_response()
}

fn failure(code: CloudError) -> Response {
    let failure = Envelope::<(), _>::failure(code, code.meaning());
    axum::Json(failure.with_request_id("ed93f3cb")).into_response()
}

fn bad_gateway() -> Response {
    let page = Html("<html><title>502 Bad Gateway</title></html>");
    (StatusCode::BAD_GATEWAY, [("x-tc-requestid", "gateway-1")], page).into_response()
}

async fn handle(State(shop): State<Arc<Mutex<Shop>>>, headers: HeaderMap, body: Bytes) -> Response {
    let action = headers.get("x-tc-action").and_then(|action| action.to_str().ok()).unwrap_or_default();
    let Ok(params) = serde_json::from_slice(&body) else {
        return failure(CloudError::InvalidParameter);
    };
    let response = shop.lock().unwrap().respond(action, &headers, params);
    match response {
        Some(response) => response,
        None => pending().await,
    }
}

/// Starts the service in a thread. Returns its URL. Port 0 is a free one.
pub(crate) fn start(port: u16) -> io::Result<String> {
    let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", port)))?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = Router::new().fallback(handle).with_state(Arc::default());
    thread::spawn(move || runtime.block_on(async { axum::serve(listener, router).await }));
    Ok(url)
}
