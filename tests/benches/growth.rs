//! The growth of the cost with the number of rows: tables, and a chart.

use std::error::Error;

use plotters::prelude::SeriesLabelPosition;

use crate::Measured;
use crate::chart::Chart;
use crate::crates::{CONTENDERS, Contender, Profile};

/// Prints a table with a row for each contender, and the memory of `errtable`.
pub(crate) fn print(all: &[Measured], profile: Profile, counts: &[usize]) {
    let headings: String = counts.iter().map(|rows| format!(" {rows} codes |")).collect();
    println!("\n| {profile} build, s (ratio to ours) |{headings}\n|---|{}", "---:|".repeat(counts.len()));
    let cost = |contender: &Contender, rows| {
        let is_it = |measured: &&Measured| measured.contender.name == contender.name && measured.rows == rows;
        all.iter().filter(|measured| measured.profile == profile).find(is_it).map(|measured| measured.cost)
    };
    let print_row = |name: &str, cell: &dyn Fn(usize) -> Option<String>| {
        let cells: String = counts.iter().map(|rows| format!(" {} |", cell(*rows).unwrap_or_default())).collect();
        println!("| {name} |{cells}");
    };
    let [ours, others @ ..] = &CONTENDERS;
    print_row(ours.name, &|rows| Some(format!("{:.2}", cost(ours, rows)?.seconds)));
    for other in others {
        print_row(other.name, &|rows| {
            let (seconds, ours) = (cost(other, rows)?.seconds, cost(ours, rows)?.seconds);
            Some(format!("{seconds:.2} ({:.2}x)", seconds / ours))
        });
    }
    print_row("ours, MiB at its peak", &|rows| Some(cost(ours, rows)?.mebibytes.to_string()));
}

/// Draws the release builds of all contenders.
pub(crate) fn draw(all: &[Measured]) -> Result<(), Box<dyn Error>> {
    let release = || all.iter().filter(|measured| measured.profile == Profile::Release);
    let slowest = release().map(|measured| measured.cost.seconds).fold(1.0, f64::max);
    let line = |contender: &Contender| {
        let own = release().filter(|measured| measured.contender.name == contender.name);
        let points = own.map(|measured| (measured.rows as f64, measured.cost.seconds)).collect();
        (contender.name.replace('`', ""), points)
    };
    let chart = Chart {
        file: "build-time.svg",
        caption: "Release build of one enum of error codes",
        x: ("codes", 80.0..80_000.0),
        y: ("seconds beyond an empty crate", 0.005..slowest * 1.5),
        legend: SeriesLabelPosition::UpperLeft,
    };
    chart.draw(CONTENDERS.iter().map(line).collect())
}
