//! Counts the allocations of reading a response body, and their bytes.

mod bodies;
mod readers;

use allocation_counter::measure;
use bodies::{failure, late, success, unknown_failure};
use fastrand::Rng;
use readers::{OF_FAILURE, OF_SUCCESS, Reader};

fn main() {
    let random = &mut Rng::with_seed(7);
    let sizes = [("empty", 0), ("1 element", 1), ("10 elements", 10), ("1,000 elements", 1_000)];
    count("success", &OF_SUCCESS, &sizes.map(|(heading, rows)| (heading, success(rows, random))));
    let failures = [
        ("known code", failure(random)),
        ("unknown code", unknown_failure(random)),
        ("after a key of T", late(&failure(random))),
    ];
    count("failure", &OF_FAILURE, &failures);
}

/// Prints a table with a row for each reader, and a column for each body.
fn count(title: &str, readers: &[Reader], bodies: &[(&str, String)]) {
    let headings: String = bodies.iter().map(|(heading, _)| format!(" {heading} |")).collect();
    println!("\n| {title}: allocations (bytes) |{headings}\n|---|{}", "---:|".repeat(bodies.len()));
    for (name, read) in readers {
        let cells = bodies.iter().map(|(_, body)| {
            let info = measure(|| {
                std::hint::black_box(read(body.as_bytes()));
            });
            format!(" {} ({}) |", info.count_total, info.bytes_total)
        });
        println!("| {name} |{}", cells.collect::<String>());
    }
}
