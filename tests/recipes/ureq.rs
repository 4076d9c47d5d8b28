//! The recipe for ureq.

use std::cell::Cell;
use std::time::Duration;

use errtable::{Retry, Retryable, Success};
use serde_json::{Value, json};

use self::recipe::{ClientError, agent, call};
use crate::server::{CloudError, PlainError, Server, break_after, run};

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/ureq.rs"));
}

type Outcome = Result<Success<()>, ClientError<CloudError>>;

/// Calls an action of a new server, with the parameters of each build. Returns whether it succeeds,
/// and the requests.
fn retry(action: &str, idempotent: bool, params: impl Fn(u32) -> Value) -> (bool, u32) {
    let (server, agent, token, builds) = (Server::new(), agent(), Cell::new("token-0"), Cell::new(0));
    let build = || {
        builds.set(builds.get() + 1);
        Ok(params(builds.get()))
    };
    let send = |params: &Value| {
        let request = agent.post(server.url()).header("X-TC-Action", action).header("X-TC-Token", token.get());
        Ok(request.send(params.to_string())?)
    };
    let renew = || {
        token.set("token-1");
        Ok(())
    };
    let outcome: Outcome = call(idempotent, build, send, renew);
    (outcome.is_ok(), run(server.count(action)))
}

fn run_action(action: &str, idempotent: bool) -> (bool, u32) {
    retry(action, idempotent, |_| json!({"Fault": "InternalError"}))
}

#[test]
fn bad_gateway_is_retried_if_idempotent() {
    assert_eq!(run_action("BadGateway", true), (true, 2));
    assert_eq!(run_action("BadGateway", false), (false, 1));
}

#[test]
fn internal_error_is_retried_if_idempotent() {
    assert_eq!(run_action("Buy", true), (true, 2));
    assert_eq!(run_action("Buy", false), (false, 1));
}

#[test]
fn token_is_renewed_once() {
    assert_eq!(run_action("StaleSignature", false), (true, 2));
    assert_eq!(run_action("StaleToken", true), (false, 2));
}

#[test]
fn restart_sends_a_new_request() {
    assert_eq!(retry("Rename", false, |attempt| json!({"Version": attempt - 1})), (true, 2));
}

#[test]
fn request_that_was_not_sent_is_not_retried() {
    let agent = agent();
    let sent = |url: &str| ClientError::<CloudError>::from(agent.get(url).call().unwrap_err()).retry();
    assert_eq!(sent("no scheme"), Retry::Never);
}

/// Nothing was sent, so this is safe for any request.
#[test]
fn refused_connection_can_be_retried() {
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = agent().get(format!("http://{address}")).call().unwrap_err();
    assert_eq!(ClientError::<CloudError>::from(error).retry(), Retry::Throttled);
}

/// The `12` that arrives may be the start of `1234`.
#[test]
fn truncated_body_is_not_a_success() {
    let (url, agent) = (break_after("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n12"), agent());
    let send = |(): &()| Ok(agent.get(&url).call()?);
    let error = call::<(), u32, PlainError>(false, || Ok(()), send, || Ok(())).unwrap_err();
    assert!(matches!(&error, ClientError::Transport(_)));
    assert_eq!(error.retry(), Retry::Transient);
}

#[test]
fn broken_connection_leaves_status_headers_and_start_of_the_body() {
    let response = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 999\r\n\r\n\
                    {\"Response\": {\"RequestId\": \"b5b41468\", \"TotalCount\": 1";
    let (url, agent) = (break_after(response), agent());
    let send = |(): &()| Ok(agent.get(&url).call()?);
    let error = call::<(), (), CloudError>(false, || Ok(()), send, || Ok(())).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    let ClientError::Service(error) = error else { panic!("expected a malformed body, found {error:?}") };
    assert_eq!((error.status(), error.request_id()), (Some(429), Some("b5b41468")));
}

/// The service may have done the work before the connection broke.
#[test]
fn broken_connection_is_transient() {
    for response in ["", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"Response\": {"] {
        let (url, agent) = (break_after(response), agent());
        let send = |(): &()| Ok(agent.post(&url).send_empty()?);
        let error = call::<(), (), CloudError>(false, || Ok(()), send, || Ok(())).unwrap_err();
        assert_eq!((error.retry(), error.retry_after()), (Retry::Transient, None), "{response:?}: {error:?}");
    }
}
