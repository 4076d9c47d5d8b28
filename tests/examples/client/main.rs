//! Calls each action of the example `server`, and prints the outcome and the requests of each.
//!
//! ```sh
//! cargo run -p errtable-tests --example server 8080 &
//! cargo run -p errtable-tests --example client http://127.0.0.1:8080
//! ```

mod sdk;

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Duration;

use errtable::{Fault, Success, error_table};
use sdk::{Client, ClientError, Request};
use serde::Deserialize;
use serde_json::{Value, json};

#[error_table("spec/cloud.json")]
enum CloudError {}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Versioned {
    version: u32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("usage: client URL")?;
    let client = Client::new(url, Duration::from_secs(1), |wait| {
        println!("  wait {wait:?}");
        std::thread::sleep(wait);
    });
    let actions = ["DescribeZones", "Throttled", "StaleSignature", "StaleToken", "DryRun", "BadGateway"];
    for action in actions.into_iter().chain(["Truncated", "Problem", "Slow"]) {
        print(action, &client.call(true, || Ok(Request { action, params: json!({}) })));
    }
    // A conflict of versions requires a new request from the current version.
    let rename = || {
        let read = || Ok(Request { action: "DescribeVersion", params: json!({}) });
        let current: Versioned = client.call(true, read)?.data;
        Ok(Request { action: "Rename", params: json!({"Version": current.version}) })
    };
    print("Rename", &client.call(false, rename));
    let buy = json!({"Fault": "InternalError", "ClientToken": "4f1c"});
    print("Buy", &client.call(true, || Ok(Request { action: "Buy", params: buy.clone() })));

    let read = || Ok(Request { action: "DescribeCounts", params: json!({}) });
    let counts: BTreeMap<String, u32> = client.call::<_, CloudError>(true, read)?.data;
    for (action, count) in counts {
        println!("{count} {action}");
    }
    Ok(())
}

fn print(action: &str, result: &Result<Success<Value>, ClientError<CloudError>>) {
    match result {
        Ok(success) => println!("{action}: {}", success.data),
        Err(ClientError::Service(error)) => match error.known() {
            Some(code) if code.fault() == Fault::None => println!("{action}: the request would succeed"),
            _ => println!("{action}: {error}"),
        },
        Err(ClientError::Transport(error)) => println!("{action}: {error}"),
    }
}
