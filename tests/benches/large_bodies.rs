//! Measures the time of reading bodies of 1 to 100 MiB, for each byte, and the memory.
//!
//! `cargo run --release --manifest-path tests/benches/Cargo.toml --bin large-bodies` prints a
//! table. Arguments select kinds of bodies by a part of their name. `--draw` reads the table from
//! standard input and draws `tests/benches/large-bodies.svg`.

mod chart;
#[path = "../large/mod.rs"]
mod large;

use std::error::Error;
use std::hint::black_box;
use std::io;
use std::time::{Duration, Instant};

use allocation_counter::measure;
use plotters::prelude::SeriesLabelPosition;

use chart::{Chart, Line};
use large::{KINDS, Kind};

/// The sizes of bodies, in MiB.
const SIZES: [usize; 7] = [1, 2, 5, 10, 20, 50, 100];

const MIB: usize = 1 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["--draw"] {
        return draw(&io::read_to_string(io::stdin())?);
    }
    let is_selected = |kind: &Kind| arguments.is_empty() || arguments.iter().any(|part| kind.name.contains(part));
    let sizes: Vec<String> = SIZES.iter().map(|size| format!(" {size} MiB |")).collect();
    println!(
        "| ns for each byte |{} MiB at its peak, kept |\n|---|{}",
        sizes.concat(),
        "---:|".repeat(SIZES.len() + 1)
    );
    for kind in KINDS.iter().filter(|kind| is_selected(kind)) {
        let times: Vec<String> = SIZES.iter().map(|size| format!(" {:.2} |", nanoseconds(kind, size * MIB))).collect();
        println!("| {} |{} {} |", kind.name, times.concat(), memory(kind, SIZES[6] * MIB));
    }
    Ok(())
}

/// Returns the shortest time of a byte in several readings, as many as fit into half a second.
fn nanoseconds(kind: &Kind, size: usize) -> f64 {
    let body = (kind.body)(size);
    let mut shortest = Duration::MAX;
    let first = Instant::now();
    while first.elapsed() < Duration::from_millis(500) {
        let start = Instant::now();
        let result = black_box((kind.read)(black_box(&body)));
        shortest = shortest.min(start.elapsed());
        drop(result);
    }
    shortest.as_secs_f64() * 1e9 / body.len() as f64
}

/// Returns the peak beyond the body, and what the data of the sound body keeps.
fn memory(kind: &Kind, size: usize) -> String {
    let (body, sound) = ((kind.body)(size), (kind.sound)(size));
    let (mut result, mut data) = (None, None);
    let peak = measure(|| result = Some((kind.read)(&body))).bytes_max;
    result.iter().for_each(|outcome| kind.check(outcome));
    let kept = measure(|| data = Some((kind.read)(&sound))).bytes_current;
    format!("{:.1}, {:.1}", peak as f64 / MIB as f64, kept as f64 / MIB as f64)
}

/// Draws the rows of a table.
fn draw(table: &str) -> Result<(), Box<dyn Error>> {
    let rows = table.lines().filter_map(line);
    let chart = Chart {
        file: "large-bodies.svg",
        caption: "Reading a large body",
        // The legend is to the right of the lines.
        x: ("MiB", 0.8..2_000.0),
        y: ("ns for each byte", 0.08..200.0),
        legend: SeriesLabelPosition::UpperRight,
    };
    chart.draw(rows.collect())
}

/// Reads a row of the table. The headings are not numbers.
fn line(row: &str) -> Option<Line> {
    let mut cells = row.split('|').map(str::trim).skip(1);
    let name = cells.next()?.replace('`', "");
    let times: Option<Vec<f64>> = cells.take(SIZES.len()).map(|cell| cell.parse().ok()).collect();
    let points = SIZES.iter().map(|size| *size as f64).zip(times?);
    Some((name, points.collect()))
}
