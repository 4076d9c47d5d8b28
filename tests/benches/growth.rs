//! The growth of the cost with the number of rows: a table of the cost per row, and a chart.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

use crate::Measured;
use crate::crates::{CONTENDERS, Profile};

const COLORS: [RGBColor; 4] =
    [RGBColor(0, 114, 178), RGBColor(120, 120, 120), RGBColor(213, 94, 0), RGBColor(204, 121, 167)];

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

/// Draws the release builds of all contenders on logarithmic axes.
pub(crate) fn draw(all: &[Measured]) -> Result<(), Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("build-time.svg");
    let release = || all.iter().filter(|measured| measured.profile == Profile::Release);
    let slowest = release().map(|measured| measured.cost.seconds).fold(1.0, f64::max);
    let area = SVGBackend::new(&path, (800, 480)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption("Release build of one enum of error codes", ("sans-serif", 22))
        .margin(16)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d((80_f64..80_000.0).log_scale(), (0.005..slowest * 1.5).log_scale())?;
    chart
        .configure_mesh()
        .x_desc("codes")
        .y_desc("seconds beyond an empty crate")
        .x_label_formatter(&f64::to_string)
        .y_label_formatter(&f64::to_string)
        .light_line_style(WHITE)
        .label_style(("sans-serif", 14))
        .draw()?;
    for (contender, color) in CONTENDERS.iter().zip(COLORS) {
        let points = || {
            let own = release().filter(|measured| measured.contender.name == contender.name);
            own.map(|measured| (measured.rows as f64, measured.cost.seconds))
        };
        chart
            .draw_series(LineSeries::new(points(), color.stroke_width(3)))?
            .label(contender.name.replace('`', ""))
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], color.stroke_width(3)));
        chart.draw_series(points().map(|point| Circle::new(point, 4, color.filled())))?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.9))
        .border_style(BLACK.mix(0.2))
        .label_font(("sans-serif", 14))
        .draw()?;
    area.present()?;
    Ok(())
}
