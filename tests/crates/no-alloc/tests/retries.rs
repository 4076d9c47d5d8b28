//! Without `std`, waits are random only with a seed.

use std::time::Duration;

use errtable::{Retries, Step};
use no_alloc::StorageError::{DiskBusy, DiskFull, DiskLocked};

fn wait(millis: u64) -> Option<Step> {
    Some(Step::Wait(Duration::from_millis(millis)))
}

#[test]
fn waits_double_without_a_seed() {
    let mut retries = Retries::new(6);
    let steps = [DiskBusy, DiskBusy, DiskLocked, DiskBusy, DiskFull].map(|code| retries.step(&code, true));
    assert_eq!(steps, [wait(100), wait(200), wait(7400), wait(800), None]);
}

#[test]
fn seed_makes_waits_random() {
    let step = |seed| Retries::new(2).jitter(seed).step(&DiskBusy, false);
    assert_eq!(step(1), step(1));
    assert_ne!(step(1), step(2));
    assert_ne!(step(1), wait(100));
}
