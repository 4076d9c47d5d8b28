//! Compares what an engine makes of a response with the independent reading.

use std::fmt::Debug;
use std::time::Duration;

use serde::de::DeserializeOwned;

use super::json::Json;
use super::sample::Envelope;
use super::{OneOf, Outcome, Response, Target, has_duplicates, read};

/// What an engine found in a response.
///
/// For the results of the library:
///
/// ```ignore
/// let found = match from_response::<T, C>(status, headers, body) {
///     Ok(success) => Found::Success {
///         data: success.data,
///         request_id: success.request_id.map(String::from),
///     },
///     Err(Error::Api(error)) => Found::Failure {
///         code: error.code().as_str().to_owned(),
///         message: error.message().to_owned(),
///         request_id: error.request_id().map(String::from),
///         retry_after: error.retry_after(),
///     },
///     Err(Error::Malformed(error)) => Found::Malformed {
///         request_id: error.request_id().map(String::from),
///         retry_after: error.retry_after(),
///     },
/// };
/// ```
///
/// The table must not have rows with `retry_after_ms`, because the reading has no table.
#[derive(Clone, Debug)]
pub(crate) enum Found<T> {
    Success { data: T, request_id: Option<String> },
    Failure { code: String, message: String, request_id: Option<String>, retry_after: Option<Duration> },
    Malformed { request_id: Option<String>, retry_after: Option<Duration> },
}

/// Checks what an engine found in a response. `fields` are those that `T` declares.
///
/// Panics if the rules do not allow it. A body of more than 100 levels, or 1000 containers, is not
/// checked, because `serde_json` limits the levels of `T`.
pub(crate) fn check<T: DeserializeOwned + Debug + PartialEq>(
    envelope: &Envelope,
    response: &Response<'_>,
    fields: &[&str],
    found: &Found<T>,
) {
    // The reading is recursive.
    let brackets = response.body.iter().filter(|byte| b"[{".contains(byte)).count();
    let body = str::from_utf8(response.body).ok().filter(|_| brackets <= 1000).and_then(Json::read);
    if brackets > 1000 || body.as_ref().is_some_and(|body| body.depth() > 100) {
        return;
    }
    let fits = |data: &str| serde_json::from_str::<T>(data).is_ok();
    let expected = read(envelope, response, &Target { fields, fits: &fits });
    assert!(
        agrees(&expected, found, body.as_ref(), envelope),
        "expected {expected:?}, found {found:?}, in {response:?} with the body {:?}, by {envelope:#?}",
        String::from_utf8_lossy(response.body),
    );
}

fn agrees<T: DeserializeOwned + PartialEq>(
    expected: &Outcome,
    found: &Found<T>,
    body: Option<&Json<'_>>,
    envelope: &Envelope,
) -> bool {
    // An engine may find an id after invalid JSON, or choose another of two duplicates.
    let is_json = body.is_some();
    let is_any = body.is_none_or(|body| has_duplicates(body, &envelope.samples()));
    let allows_id = |ids: &OneOf<String>, id: &Option<String>| {
        ids.allows(id.as_ref()) || is_any && (id.is_some() || !is_json && ids.0.contains(&None))
    };
    match (expected, found) {
        (Outcome::Success { data: json, request_id: expected }, Found::Success { data, request_id }) => {
            serde_json::from_str::<T>(json).is_ok_and(|expected| expected == *data) && expected == request_id
        }
        (
            Outcome::Failure { code, message, request_id: ids, retry_after: waits },
            Found::Failure { code: found_code, message: found_message, request_id, retry_after },
        ) => {
            (code, message) == (found_code, found_message)
                && allows_id(ids, request_id)
                && waits.allows_near(*retry_after)
        }
        (
            Outcome::Malformed { request_id: ids, retry_after: waits, .. },
            Found::Malformed { request_id, retry_after },
        ) => allows_id(ids, request_id) && waits.allows_near(*retry_after),
        _ => false,
    }
}

impl<T: PartialEq> OneOf<T> {
    fn allows(&self, found: Option<&T>) -> bool {
        self.0.iter().any(|allowed| allowed.as_ref() == found)
    }
}

const LONGEST: Duration = Duration::new(u32::MAX as u64, 999_999_999);

impl OneOf<Duration> {
    /// Allows for the rounding of an `f64`, and for the longest wait that an error keeps.
    fn allows_near(&self, found: Option<Duration>) -> bool {
        let is_near = |a: Duration, b: Duration| a.abs_diff(b).as_secs_f64() <= 1.5e-9 + a.as_secs_f64() * 1e-14;
        self.0.iter().any(|allowed| match (allowed, found) {
            (Some(allowed), Some(found)) => is_near(*allowed.min(&LONGEST), found.min(LONGEST)),
            (allowed, found) => allowed.is_none() && found.is_none(),
        })
    }
}
