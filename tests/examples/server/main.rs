//! Serves an API with failures on the loopback interface, for the example `client`.
//!
//! ```sh
//! cargo run -p errtable-tests --example server [PORT]
//! ```
//!
//! The first line of the output is the URL. The default port is a free one.

mod service;

use std::io;

fn main() -> io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(0);
    println!("{}", service::start(port)?);
    loop {
        std::thread::park();
    }
}
