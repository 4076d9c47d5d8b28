//! Counts the allocations of reading a response body, and their bytes.

mod bodies;
mod readers;

use allocation_counter::measure;
use bodies::{failure, late, success, unknown_failure};
use fastrand::Rng;
use readers::{OF_FAILURE, OF_SUCCESS, Reader};

fn main() {
    let random = &mut Rng::with_seed(7);
    for rows in [0, 1, 10, 1_000] {
        count(&format!("success, {rows} rows"), &success(rows, random), &OF_SUCCESS);
    }
    count("failure, known code", &failure(random), &OF_FAILURE);
    count("failure, unknown code", &unknown_failure(random), &OF_FAILURE);
    count("failure after a key of T", &late(&failure(random)), &OF_FAILURE);
}

fn count(title: &str, body: &str, readers: &[Reader]) {
    println!("\n### allocations: {title}\n\n| | allocations | bytes |\n|---|---:|---:|");
    for (name, read) in readers {
        let info = measure(|| {
            std::hint::black_box(read(body.as_bytes()));
        });
        println!("| {name} | {} | {} |", info.count_total, info.bytes_total);
    }
}
