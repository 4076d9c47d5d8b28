//! A new server, and a client that counts its requests.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpListener};
use std::thread::spawn;
use std::time::Duration;

use errtable::{Success, error_table};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tokio::runtime::Builder;
use tokio::time::Instant;

use crate::client::{ClientError, send};
use crate::service;

#[error_table("spec/cloud.json")]
pub(crate) enum CloudError {}

/// An enum for responses whose whole body is the data.
#[error_table("spec/shop.json")]
pub(crate) enum PlainError {}

pub(crate) type Outcome = Result<Success<()>, ClientError<CloudError>>;

/// A request id of the server.
pub(crate) const FAILURE_ID: &str = "ed93f3cb";

pub(crate) struct Server {
    client: Client,
    url: String,
}

impl Server {
    pub(crate) fn new() -> Self {
        // A pool would have a clock, which a paused runtime advances.
        let client = Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap();
        Self { client, url: service::start(0).unwrap() }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn request(&self, action: &str, params: &Value) -> RequestBuilder {
        self.client.post(&self.url).header("X-TC-Action", action).body(params.to_string())
    }

    pub(crate) async fn send(&self, action: &str, params: &Value) -> Outcome {
        send(self.request(action, params)).await
    }

    /// Returns how many requests of an action the server has received.
    pub(crate) async fn count(&self, action: &str) -> u32 {
        let counts = send::<BTreeMap<String, u32>, CloudError>(self.request("DescribeCounts", &json!({}))).await;
        counts.unwrap().data[action]
    }
}

/// Answers one request with the start of a response, and breaks the connection. Returns the URL.
pub(crate) fn break_after(response: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        assert_ne!(connection.read(&mut [0]).unwrap(), 0);
        connection.write_all(response.as_bytes()).unwrap();
        connection.shutdown(Shutdown::Write).unwrap();
        // To close with unread data would discard the response.
        io::copy(&mut connection, &mut io::sink()).unwrap();
    });
    format!("http://{address}")
}

/// Runs a future with real waits.
pub(crate) fn run<F: Future>(future: F) -> F::Output {
    Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// Runs a future with skipped waits. Returns its result, and the sum of the waits.
pub(crate) fn run_skipping_waits<F: Future>(future: F) -> (F::Output, Duration) {
    let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let start = Instant::now();
        (future.await, start.elapsed())
    })
}
