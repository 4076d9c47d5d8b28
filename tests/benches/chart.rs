//! Charts with a line for each contender, on logarithmic axes.

use std::error::Error;
use std::ops::Range;
use std::path::Path;

use plotters::prelude::*;

const COLORS: [RGBColor; 4] =
    [RGBColor(0, 114, 178), RGBColor(120, 120, 120), RGBColor(213, 94, 0), RGBColor(204, 121, 167)];

/// A chart, and the texts on it.
pub(crate) struct Chart {
    /// The file, next to the manifest.
    pub(crate) file: &'static str,
    pub(crate) caption: &'static str,
    pub(crate) x: (&'static str, Range<f64>),
    pub(crate) y: (&'static str, Range<f64>),
    pub(crate) legend: SeriesLabelPosition,
}

/// The name of a line, and its points.
pub(crate) type Line = (String, Vec<(f64, f64)>);

impl Chart {
    pub(crate) fn draw(self, lines: Vec<Line>) -> Result<(), Box<dyn Error>> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(self.file);
        let area = SVGBackend::new(&path, (800, 480)).into_drawing_area();
        area.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(&area)
            .caption(self.caption, ("sans-serif", 22))
            .margin(16)
            .x_label_area_size(44)
            .y_label_area_size(64)
            .build_cartesian_2d(self.x.1.log_scale(), self.y.1.log_scale())?;
        chart
            .configure_mesh()
            .x_desc(self.x.0)
            .y_desc(self.y.0)
            .x_label_formatter(&f64::to_string)
            .y_label_formatter(&f64::to_string)
            .light_line_style(WHITE)
            .label_style(("sans-serif", 14))
            .draw()?;
        for (number, (name, points)) in lines.into_iter().enumerate() {
            let color = color(number);
            chart
                .draw_series(LineSeries::new(points.iter().copied(), color.stroke_width(3)))?
                .label(name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], color.stroke_width(3)));
            chart.draw_series(points.into_iter().map(|point| Circle::new(point, 4, color.filled())))?;
        }
        chart
            .configure_series_labels()
            .position(self.legend)
            .background_style(WHITE.mix(0.9))
            .border_style(BLACK.mix(0.2))
            .label_font(("sans-serif", 14))
            .draw()?;
        area.present()?;
        Ok(())
    }
}

/// Returns the color of a line.
fn color(number: usize) -> RGBAColor {
    COLORS.get(number).map_or_else(|| Palette99::pick(number).to_rgba(), |color| color.to_rgba())
}
