//! A client that retries requests as the table of codes permits.

use std::cell::Cell;
use std::time::Duration;

use errtable::{Enveloped, Error, ErrorCode, Retries, Retry, Retryable, Step, Success, from_response};
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error as ThisError;
use ureq::Agent;

/// The limits of each call.
const POLICY: Retries = Retries::new(4);

/// The error of a call.
#[derive(Debug, ThisError)]
pub(crate) enum ClientError<C: ErrorCode> {
    /// There is no response.
    #[error("cannot reach the service")]
    Transport(#[from] ureq::Error),
    /// The service reported a failure, or its response is malformed.
    #[error("the request failed")]
    Service(#[from] Error<C>),
}

impl<C: ErrorCode> Retryable for ClientError<C> {
    fn retry(&self) -> Retry {
        match self {
            // The service may have done the work.
            Self::Transport(ureq::Error::Timeout(_) | ureq::Error::Io(_)) => Retry::Transient,
            Self::Transport(_) => Retry::Never,
            Self::Service(error) => error.retry(),
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Transport(_) => None,
            Self::Service(error) => error.retry_after(),
        }
    }
}

/// An action with its parameters.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) action: &'static str,
    pub(crate) params: Value,
}

/// A client of one service.
pub(crate) struct Client {
    agent: Agent,
    url: String,
    sleep: Box<dyn Fn(Duration)>,
    token: Cell<u32>,
    nonce: Cell<u32>,
}

impl Client {
    /// Creates a client. `timeout` limits each attempt, and `sleep` waits between attempts.
    pub(crate) fn new(url: String, timeout: Duration, sleep: impl Fn(Duration) + 'static) -> Self {
        // The body of a response with any status is read: it may contain a code.
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(timeout));
        let (token, nonce) = <(Cell<u32>, Cell<u32>)>::default();
        Self { agent: config.build().into(), url, sleep: Box::new(sleep), token, nonce }
    }

    /// Sends a request, at most four times. `build` creates the request, again after a restart.
    pub(crate) fn call<T: DeserializeOwned, C: Enveloped>(
        &self,
        idempotent: bool,
        mut build: impl FnMut() -> Result<Request, ClientError<C>>,
    ) -> Result<Success<T>, ClientError<C>> {
        let mut retries = POLICY;
        let mut request = build()?;
        loop {
            let error = match self.send(&request) {
                Ok(success) => return Ok(success),
                Err(error) => error,
            };
            match retries.next(error, idempotent)? {
                Step::Wait(time) => (self.sleep)(time),
                Step::Renew => self.renew_token(),
                Step::Restart(time) => {
                    (self.sleep)(time);
                    request = build()?;
                }
            }
        }
    }

    /// Signs and sends a request once.
    fn send<T: DeserializeOwned, C: Enveloped>(&self, request: &Request) -> Result<Success<T>, ClientError<C>> {
        let signed = self.agent.post(&self.url).header("X-TC-Action", request.action);
        let signed = signed.header("X-TC-Token", format!("token-{}", self.token.get()));
        let signed = signed.header("X-TC-Nonce", self.nonce.replace(self.nonce.get() + 1));
        let mut response = signed.send(request.params.to_string())?;
        let body = response.body_mut().read_to_vec()?;
        // The table names the headers of the request id and of the wait.
        Ok(from_response(response.status().as_u16(), response.headers(), &body)?)
    }

    fn renew_token(&self) {
        self.token.set(self.token.get() + 1);
    }
}
