//! The growth of the cost with the number of rows: a table of the cost per row, and a chart.

use std::error::Error;

use plotters::prelude::SeriesLabelPosition;

use crate::Measured;
use crate::chart::Chart;
use crate::crates::{CONTENDERS, Contender, Profile};

/// Prints the cost per row of `errtable`.
pub(crate) fn print(all: &[Measured]) {
    println!("\n| a row of ours, µs | dev | release |\n|---|---:|---:|");
    for dev in ours(all, Profile::Dev) {
        let release = ours(all, Profile::Release).find(|release| release.rows == dev.rows);
        let micros = |measured: &Measured| measured.cost.seconds * 1e6 / measured.rows as f64;
        let release = release.map_or("–".to_owned(), |release| format!("{:.1}", micros(release)));
        println!("| of {} | {:.1} | {release} |", dev.rows, micros(dev));
    }
}

fn ours(all: &[Measured], profile: Profile) -> impl Iterator<Item = &Measured> {
    let name = CONTENDERS[0].name;
    all.iter().filter(move |measured| measured.contender.name == name && measured.profile == profile)
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
