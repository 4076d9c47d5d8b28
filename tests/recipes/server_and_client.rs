//! The recipe for a server and a client of one table, over loopback.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread::spawn;

use errtable::{ApiError, Code, Success};
use reqwest::Client;
use serde_json::{Value, json};

use self::recipe::{Order, Response, TicketError, advice, handle, respond};
use crate::client::{ClientError, send};
use crate::server::run;

#[allow(unreachable_pub, reason = "a server and a client export the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/Server and client.rs"));
}

type Outcome = Result<Success<Order>, ClientError<TicketError>>;

/// Sends a request to a server that answers with the response.
fn receive((status, headers, body): Response) -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        assert_ne!(connection.read(&mut [0; 4096]).unwrap(), 0);
        write!(connection, "HTTP/1.1 {status} \r\ncontent-length: {}\r\n", body.len()).unwrap();
        for (name, value) in headers {
            write!(connection, "{name}: {value}\r\n").unwrap();
        }
        connection.write_all(&[b"\r\n", &*body].concat()).unwrap();
    });
    let outcome = run(send(Client::builder().no_proxy().build().unwrap().get(url)));
    server.join().unwrap();
    outcome
}

fn failure(response: Response) -> ApiError<TicketError> {
    match receive(response) {
        Err(ClientError::Service(errtable::Error::Api(error))) => error,
        other => panic!("expected a failure, found {other:?}"),
    }
}

#[test]
fn order_and_request_id_arrive() {
    let success = receive(handle(4, "a1").unwrap()).unwrap();
    assert_eq!((success.data.seats, success.request_id.as_deref()), (4, Some("a1")));
}

#[test]
fn failure_is_a_problem_of_the_table() {
    let (status, headers, body) = handle(0, "a1").unwrap();
    assert_eq!(status, 422);
    assert_eq!(headers, [("x-request-id", "a1".to_owned()), ("content-type", "application/problem+json".to_owned())]);
    let expected = json!({
        "type": "https://tickets.example/errors/invalid-order",
        "title": "The order is invalid.",
        "status": 422,
        "detail": "an order without seats",
        "invalid": [{"field": "seats", "reason": "must be at least 1"}],
    });
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), expected);
}

#[test]
fn details_and_request_id_of_a_failure_arrive() {
    let error = failure(handle(0, "a1").unwrap());
    assert!(error.is(TicketError::InvalidOrder));
    assert_eq!((error.status(), error.request_id()), (Some(422), Some("a1")));
    assert_eq!(advice(&error), "seats must be at least 1");
}

#[test]
fn wait_of_the_table_is_sent_in_whole_seconds() {
    let error = ApiError::new(TicketError::TooManyOrders, "10 a minute");
    assert_eq!(advice(&error), "order again in 1.5s");
    let error = failure(respond::<Order>(Err(error), "a1").unwrap());
    assert_eq!(advice(&error), "order again in 2s");
}

#[test]
fn failure_without_details_or_wait_is_printed() {
    let error = failure(handle(5, "a1").unwrap());
    assert!(error.is(TicketError::SoldOut));
    assert_eq!(advice(&error), "sold-out: 4 seats are left (request id a1)");
}

#[test]
fn status_line_is_the_status_of_the_body() {
    let error = ApiError::new(TicketError::SoldOut, "").with_status(410);
    let (status, _, body) = respond::<Order>(Err(error), "a1").unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, &body["status"]), (410, &json!(410)));
}

#[test]
fn code_that_the_table_does_not_list_has_status_500() {
    let code = Code::<TicketError>::from("hall-closed");
    let error = failure(respond::<Order>(Err(ApiError::new(code, "")), "a1").unwrap());
    assert_eq!((error.code().as_str(), error.status()), ("hall-closed", Some(500)));
}
