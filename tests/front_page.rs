//! The first example of README against a shop that throttles, expires a token, loses a response and
//! then recovers: the requests that arrive, and what is bought.

use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use errtable::{Error, MalformedKind};
use readme::{Order, ShopError, check_out};

#[allow(unreachable_pub, reason = "a client exports the items of README")]
mod readme {
    include!(concat!(env!("OUT_DIR"), "/front_page.rs"));
}

/// What a shop has received and sold.
#[derive(Default)]
struct Shop {
    /// Token and idempotency key of each request.
    requests: Vec<(String, Option<String>)>,
    orders: u64,
    keys: HashSet<String>,
}

impl Shop {
    /// Buys once for each idempotency key. Returns a status line, headers and a body.
    fn respond(&mut self, token: &str, key: Option<String>) -> String {
        self.requests.push((token.to_owned(), key.clone()));
        if self.requests.len() == 1 {
            return response("429 Too Many Requests", "retry-after: 0.05\r\n", r#"{"error":{"code":"rate_limited"}}"#);
        }
        if token == "token-0" {
            return response("401 Unauthorized", "", r#"{"error":{"code":"token_expired"}}"#);
        }
        if key.is_none_or(|key| self.keys.insert(key)) {
            self.orders += 1;
        }
        let success = response("200 OK", "", r#"{"id":7}"#);
        // The third response breaks off.
        if self.requests.len() == 3 { success[..success.len() - 4].to_owned() } else { success }
    }
}

fn response(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

/// Starts a shop in a thread. Returns its address.
fn start(shop: Arc<Mutex<Shop>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().map(Result::unwrap) {
            let request = headers(&stream);
            let value = |name| request.iter().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            let response = shop.lock().unwrap().respond(&value("authorization: ").unwrap(), value("idempotency-key: "));
            (&stream).write_all(response.as_bytes()).unwrap();
        }
    });
    format!("http://{address}")
}

/// Reads the lines up to the empty one.
fn headers(stream: &TcpStream) -> Vec<String> {
    BufReader::new(stream).lines().map(Result::unwrap).take_while(|line| !line.is_empty()).collect()
}

/// Checks out at a new shop.
fn run(idempotency_key: Option<&str>) -> (Result<Order, Error<ShopError>>, Shop) {
    let shop = Arc::<Mutex<Shop>>::default();
    let url = start(Arc::clone(&shop));
    let agent = ureq::Agent::from(ureq::Agent::config_builder().http_status_as_error(false).build());
    let logins = RefCell::new(0);
    let post = || {
        let mut request = agent.post(&url).header("authorization", format!("token-{}", logins.borrow()));
        if let Some(key) = idempotency_key {
            request = request.header("idempotency-key", key);
        }
        let mut response = request.send_empty().unwrap();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        let mut body = Vec::new();
        // If the connection breaks, the start has arrived.
        let _ = response.body_mut().as_reader().read_to_end(&mut body);
        (response.status().as_u16(), headers, body)
    };
    let outcome = check_out(post, || *logins.borrow_mut() += 1, idempotency_key.is_some());
    (outcome, std::mem::take(&mut shop.lock().unwrap()))
}

#[test]
fn idempotent_request_survives_three_failures_and_buys_once() {
    let (outcome, shop) = run(Some("c1"));
    assert_eq!(outcome.unwrap().id, 7);
    let key = Some("c1".to_owned());
    // Throttled, the token has expired, the response is lost, recovered.
    let tokens = ["token-0", "token-0", "token-1", "token-1"];
    assert_eq!(shop.requests, tokens.map(|token| (token.to_owned(), key.clone())));
    assert_eq!(shop.orders, 1);
}

#[test]
fn other_request_is_not_retried_after_a_lost_response() {
    let (outcome, shop) = run(None);
    match outcome.err() {
        Some(Error::Malformed(malformed)) => assert_eq!(malformed.kind(), MalformedKind::Truncated),
        other => panic!("expected a truncated body, found {other:?}"),
    }
    assert_eq!(shop.requests, ["token-0", "token-0", "token-1"].map(|token| (token.to_owned(), None)));
    assert_eq!(shop.orders, 1);
}
