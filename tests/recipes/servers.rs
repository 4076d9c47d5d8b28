//! The guide's service over loopback: the responses that the page shows, and its clients.

use std::cell::Cell;
use std::io::Read as _;
use std::thread;

use axum::response::IntoResponse as _;
use errtable::{ApiError, Code, Envelope, Enveloped, Error, Success, from_response};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use ureq::Agent;
use ureq::http::Response;

use self::page::{DocumentedError, Order, TicketError, advice, router};
use self::readme::check_out;

#[allow(unreachable_pub, reason = "a service and a client export the items of the page")]
mod page {
    include!(concat!(env!("OUT_DIR"), "/servers.rs"));
}

#[allow(unreachable_pub, reason = "a client exports the items of README")]
mod readme {
    include!(concat!(env!("OUT_DIR"), "/front_page.rs"));
}

const PAGE: &str = include_str!("../../runtime/src/guide/servers.md");

/// A status, headers and a body.
type Parts = (u16, Vec<(String, String)>, Vec<u8>);

/// Starts a service in a thread. Returns its address.
fn start() -> String {
    let runtime = Builder::new_current_thread().enable_io().build().unwrap();
    let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || runtime.block_on(async { axum::serve(listener, router()).await }));
    address
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).build().into()
}

fn parts(mut response: Response<ureq::Body>) -> Parts {
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    let mut body = Vec::new();
    response.body_mut().as_reader().read_to_end(&mut body).unwrap();
    (response.status().as_u16(), headers, body)
}

/// Sends the request of a command such as `curl -i localhost:8080/orders --json '{}' -H 'a: b'`.
fn curl(address: &str, command: &str) -> Parts {
    let quoted: Vec<_> = command.split('\'').collect();
    let path = command.split(' ').find_map(|word| word.strip_prefix("localhost:8080")).unwrap();
    let mut request = agent().post(format!("http://{address}{path}"));
    let mut body = "";
    for option in quoted.chunks_exact(2) {
        if option[0].ends_with("-H ") {
            let (name, value) = option[1].split_once(": ").unwrap();
            request = request.header(name, value);
        } else {
            body = option[1];
            request = request.header("content-type", "application/json");
        }
    }
    parts(request.send(body).unwrap())
}

#[test]
fn responses_are_those_of_the_page() {
    let address = start();
    let (_, block) = PAGE.split_once("```text\n$ ").unwrap();
    let exchanges: Vec<_> = block.split_once("```").unwrap().0.split("\n$ ").collect();
    assert_eq!(exchanges.len(), 3);
    for exchange in exchanges {
        let (command, response) = exchange.split_once('\n').unwrap();
        let (head, expected) = response.split_once("\n\n").unwrap();
        let mut head = head.lines();
        let (status, headers, body) = curl(&address, command);
        assert_eq!(head.next().unwrap().split(' ').nth(1), Some(&*status.to_string()), "{command}");
        for header in head {
            let (name, value) = header.split_once(": ").unwrap();
            assert!(headers.contains(&(name.to_owned(), value.to_owned())), "{command}: {headers:?}");
        }
        assert_eq!(str::from_utf8(&body).unwrap(), expected.trim_end(), "{command}");
    }
}

/// Reads the response of an order for a number of seats.
fn order(address: &str, seats: u32) -> Result<Success<Order>, Error<TicketError>> {
    let (status, headers, body) = curl(address, &format!("curl localhost:8080/orders --json '{{\"seats\": {seats}}}'"));
    from_response(status, &headers, &body)
}

fn failure(outcome: Result<Success<Order>, Error<TicketError>>) -> ApiError<TicketError> {
    match outcome {
        Err(Error::Api(error)) => error,
        other => panic!("expected a failure, found {other:?}"),
    }
}

#[test]
fn client_reads_what_the_service_writes() {
    assert_eq!(order(&start(), 4).unwrap().data.seats, 4);

    let address = start();
    let error = failure(order(&address, 0));
    assert!(error.is(TicketError::InvalidOrder));
    assert_eq!((error.status(), advice(&error)), (Some(422), "seats must be at least 1".into()));
    let error = failure(order(&address, 4));
    assert!(error.is(TicketError::TooManyOrders));
    assert_eq!(advice(&error), "order again in 2s");

    let error = failure(order(&start(), 5));
    assert_eq!(advice(&error), "sold-out: No seats are left.");
}

/// The token is stale, then the request is too early, then it succeeds.
#[test]
fn client_of_readme_checks_out() {
    let address = start();
    let (token, requests) = (Cell::new("Bearer old"), Cell::new(0));
    let post = || {
        requests.set(requests.get() + 1);
        curl(&address, &format!("curl localhost:8080/checkout -H 'authorization: {}'", token.get()))
    };
    let order = check_out(post, || token.set("Bearer new"), false).unwrap();
    assert_eq!((order.id, requests.get()), (7, 3));
}

fn response_status<C: Enveloped>(code: impl Into<Code<C>>) -> u16 {
    ApiError::new(code, "").response_status()
}

#[test]
fn status_is_that_of_the_error_or_the_table_or_the_fault() {
    assert_eq!(response_status(TicketError::SoldOut), 409);
    assert_eq!(ApiError::new(TicketError::SoldOut, "").with_status(410).response_status(), 410);
    assert_eq!(response_status::<TicketError>("hall-closed"), 500, "not in the table");
    assert_eq!(response_status(readme::ShopError::CartEmpty), 400);
    assert_eq!(response_status(readme::ShopError::PaymentTimeout), 500);
}

/// The official clients of Tencent Cloud require both.
#[test]
fn envelope_alone_has_status_200_and_json() {
    let failure = Envelope::<(), _>::failure(TicketError::SoldOut, "").with_request_id("a1");
    let response = axum::Json(failure).into_response();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
}

#[test]
fn schemas_list_the_codes() {
    let codes: Vec<_> = TicketError::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes, DocumentedError::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());

    let schema = <DocumentedError as utoipa::PartialSchema>::schema();
    assert_eq!(serde_json::to_value(&schema).unwrap()["enum"], json!(codes));

    let schema = schemars::schema_for!(DocumentedError);
    let listed = schema.as_value()["oneOf"].as_array().unwrap();
    assert!(listed.iter().map(|one| &one["const"]).eq(&codes), "{listed:?}");

    let config = ts_rs::Config::default();
    let declaration = <DocumentedError as ts_rs::TS>::decl(&config);
    assert!(declaration.contains(r#""invalid-order" | "sold-out" | "too-many-orders""#), "{declaration}");
}
