//! Lists the retryable codes of four services by retry class.
//!
//! ```sh
//! cargo run -p errtable-tests --example retryable
//! ```

use errtable::{ErrorCode, Retry, RetryAction, error_table};

/// The error codes of `CKafka`.
#[error_table(bundled = "ckafka")]
enum CkafkaError {}

/// The error codes of CLS.
#[error_table(bundled = "cls")]
enum ClsError {}

/// The error codes of TCHouse-P.
#[error_table(bundled = "tchouse-p")]
enum TchousePError {}

/// The error codes of `WeData`.
#[error_table(bundled = "wedata")]
enum WedataError {}

fn main() {
    print::<CkafkaError>();
    print::<ClsError>();
    print::<TchousePError>();
    print::<WedataError>();
}

fn print<C: ErrorCode>() {
    let retryable = C::ALL.iter().filter(|code| code.retry_action(true) != RetryAction::GiveUp).count();
    println!("{}: {retryable} of {} codes are retryable", C::NAME, C::ALL.len());
    for class in Retry::ALL.iter().filter(|class| class.retry_action(true) != RetryAction::GiveUp) {
        let codes = || C::ALL.iter().copied().filter(|code| code.retry() == *class);
        if codes().next().is_some() {
            println!("  {class}: {}", class.meaning());
            for code in codes() {
                let wait = code.retry_after().map(|wait| format!(", after {wait:?}")).unwrap_or_default();
                println!("    {code} ({}{wait})", code.table());
            }
        }
    }
    println!();
}
