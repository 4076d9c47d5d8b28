//! The recipes of the guide against the example server: outcomes, requests and waits. Also the
//! examples of its page on retries.

// Its macros are in scope below.
#[macro_use]
mod retrying;

mod anyhow;
mod backon;
mod dependencies;
mod guide;
mod metrics;
mod reqwest;
mod server;
mod servers;
#[path = "../examples/server/service.rs"]
mod service;
mod tokio_postgres;
mod tokio_retry2;
mod tonic;
mod tower;
mod tracing;
mod ureq;

/// The recipe for reqwest, which another recipe uses.
#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod client {
    include!(concat!(env!("OUT_DIR"), "/reqwest.rs"));
}
