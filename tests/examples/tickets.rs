//! The service of the guide's page "Servers".
//!
//! ```sh
//! cargo run -p errtable-tests --example tickets
//! curl -i localhost:8080/orders --json '{"seats": 0}' -H 'accept-language: de'
//! ```

use tokio::net::TcpListener;
use tokio::runtime::Builder;

#[allow(dead_code, unreachable_pub, reason = "a service and a client export the items of the page")]
mod service {
    include!(concat!(env!("OUT_DIR"), "/servers.rs"));
}

fn main() -> std::io::Result<()> {
    Builder::new_current_thread().enable_io().build()?.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", 8080)).await?;
        println!("http://{}", listener.local_addr()?);
        axum::serve(listener, service::router()).await
    })
}
