//! The recipes of the guide against the example server: outcomes, requests and waits.

mod anyhow;
mod dependencies;
mod reqwest;
mod server;
mod server_and_client;
#[path = "../examples/server/service.rs"]
mod service;
mod tokio_retry2;
mod tower;
mod tracing;

/// The recipe for reqwest, which other recipes use.
#[allow(unreachable_pub, reason = "an SDK exports the items of the recipe")]
mod client {
    include!(concat!(env!("OUT_DIR"), "/reqwest.rs"));
}
