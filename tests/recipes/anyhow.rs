//! The recipe for anyhow.

use errtable::{ApiError, CommonError, Error};
use serde_json::json;

use self::recipe::{describe, is_throttled};
use crate::server::{FAILURE_ID, Server, run};

#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod recipe {
    include!(concat!(env!("OUT_DIR"), "/anyhow.rs"));
}

/// Calls an action of a new server.
fn fail(action: &str) -> anyhow::Error {
    run(describe(Server::new().request(action, &json!({})))).unwrap_err()
}

#[test]
fn failure_is_found_below_the_context() {
    let error = fail("Throttled");
    let found = ApiError::<CommonError>::find(error.as_ref()).unwrap();
    assert_eq!((found.request_id(), is_throttled(&error)), (Some(FAILURE_ID), true));
    assert!(!is_throttled(&fail("DryRun")));
}

#[test]
fn each_error_of_the_chain_has_a_text() {
    let texts = format!("{:#}", fail("DryRun"));
    let start = "cannot describe the zones: the request failed: DryRunOperation: ";
    assert!(texts.starts_with(start), "{texts}");
}

#[derive(Debug, thiserror::Error)]
enum Transparent {
    #[error(transparent)]
    Service(#[from] Error<CommonError>),
}

#[test]
fn failure_in_a_transparent_error_is_not_found() {
    let failure = Error::from(ApiError::new(CommonError::InternalError, ""));
    assert_eq!(ApiError::<CommonError>::find(&Transparent::from(failure)), None);
}
