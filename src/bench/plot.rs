//! Plots as SVG, by hand: two panels over one axis, throughput above and p99 below. Readable on light and on dark.

use std::fmt::Write as _;

use super::curve::CurvePoint;
use super::machine::Machine;
use super::mixed::MixedReport;
use super::table::figure;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
/// Around the panels: left for the figures, below for the axis.
const LEFT: f64 = 80.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 72.0;
const BOTTOM: f64 = 56.0;
/// Between the panels.
const GAP: f64 = 40.0;
/// Lines across a panel, besides the bottom one.
const LINES: u32 = 4;

/// How the axis below runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Evenly, from zero.
    Linear,
    /// Each doubling as wide as the last; a mark at each point.
    Doubling,
}

/// One plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// What it shows.
    pub title: String,
    /// Under which circumstances.
    pub note: String,
    /// What runs along the axis below.
    pub along: &'static str,
    /// How.
    pub scale: Scale,
    /// Along the axis, with answers per second and p99 in milliseconds.
    pub points: Vec<(f64, f64, f64)>,
}

/// One panel: which of the two figures, and where it is drawn.
struct Panel {
    name: &'static str,
    class: &'static str,
    top: f64,
    values: Vec<f64>,
}

impl Plot {
    /// Throughput and p99 over a mixed run.
    #[must_use]
    pub fn over_time(report: &MixedReport) -> Plot {
        let points = report.curve.iter();
        let points = points.map(|CurvePoint { until_seconds, per_second, p99_ms }| {
            (*until_seconds / 60.0, *per_second, *p99_ms)
        });
        Plot {
            title: format!("Over {:.0} minutes of churn, {} clients", report.seconds / 60.0, report.clients),
            note: format!(
                "last third over first: throughput {:.2}, p99 {:.2}, the machine alone {:.2} · {}",
                report.drift.throughput,
                report.drift.p99,
                report.machine_pace,
                circumstances(&report.machine, report.neighbours_cores)
            ),
            along: "minutes",
            scale: Scale::Linear,
            points: points.collect(),
        }
    }

    /// As a file of its own.
    #[must_use]
    pub fn svg(&self) -> String {
        let height = (HEIGHT - TOP - BOTTOM - GAP) / 2.0;
        let values = |pick: fn(&(f64, f64, f64)) -> f64| self.points.iter().map(pick).collect();
        let panels = [
            Panel { name: "answers per second", class: "a", top: TOP, values: values(|point| point.1) },
            Panel { name: "p99, ms", class: "b", top: TOP + height + GAP, values: values(|point| point.2) },
        ];
        let mut svg = String::from(HEAD);
        text(&mut svg, (LEFT, 22.0), "title", &self.title);
        text(&mut svg, (LEFT, 38.0), "note", &self.note);
        panels.iter().for_each(|panel| self.draw(&mut svg, panel, height));
        self.axis(&mut svg);
        svg.push_str("</svg>\n");
        svg
    }

    fn draw(&self, svg: &mut String, panel: &Panel, height: f64) {
        let most = ceiling(panel.values.iter().copied().fold(0.0, f64::max));
        let y = |value: f64| panel.top + height * (1.0 - value / most);
        for line in 0..=LINES {
            let value = most * f64::from(line) / f64::from(LINES);
            let at = y(value);
            let _ = writeln!(
                svg,
                r#"<line class="grid" x1="{LEFT}" x2="{}" y1="{at:.1}" y2="{at:.1}"/>"#,
                WIDTH - RIGHT
            );
            text(svg, (LEFT - 8.0, at + 4.0), "y", &figure(value));
        }
        text(svg, (LEFT, panel.top - 8.0), panel.class, panel.name);
        let places = self.points.iter().zip(&panel.values).map(|(point, value)| (self.x(point.0), y(*value)));
        let path: Vec<String> = places.clone().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(svg, r#"<polyline class="{}" points="{}"/>"#, panel.class, path.join(" "));
        for (x, y) in places {
            let _ = writeln!(svg, r#"<circle class="{}" cx="{x:.1}" cy="{y:.1}" r="2.5"/>"#, panel.class);
        }
    }

    fn axis(&self, svg: &mut String) {
        let under = HEIGHT - BOTTOM + 18.0;
        let marks: Vec<f64> = match self.scale {
            Scale::Doubling => self.points.iter().map(|point| point.0).collect(),
            Scale::Linear => {
                (0..=LINES).map(|mark| self.most() * f64::from(mark) / f64::from(LINES)).collect()
            }
        };
        marks.iter().for_each(|mark| text(svg, (self.x(*mark), under), "x", &figure(*mark)));
        text(svg, (LEFT + (WIDTH - LEFT - RIGHT) / 2.0, under + 20.0), "x", self.along);
    }

    fn x(&self, value: f64) -> f64 {
        let share = match self.scale {
            Scale::Linear => value / self.most(),
            Scale::Doubling => {
                let least = self.points.iter().map(|point| point.0).fold(f64::INFINITY, f64::min);
                let doublings = (self.most() / least).log2();
                if doublings > 0.0 { (value / least).log2() / doublings } else { 0.0 }
            }
        };
        LEFT + (WIDTH - LEFT - RIGHT) * share
    }

    fn most(&self) -> f64 {
        self.points.iter().map(|point| point.0).fold(f64::MIN_POSITIVE, f64::max)
    }
}

/// What stands under a title: a figure without it means nothing.
#[must_use]
pub fn circumstances(machine: &Machine, neighbours_cores: f64) -> String {
    format!("{} cores, {}; others kept {neighbours_cores:.2} cores busy", machine.cores, machine.filesystem)
}

/// The next of 1, 2 and 5 times a power of ten.
fn ceiling(value: f64) -> f64 {
    let power = 10_f64.powf(value.max(f64::MIN_POSITIVE).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0];
    steps.into_iter().map(|step| step * power).find(|step| *step >= value).unwrap_or(power)
}

fn text(svg: &mut String, (x, y): (f64, f64), class: &str, text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(svg, r#"<text class="{class}" x="{x:.1}" y="{y:.1}">{text}</text>"#);
}

/// Colours that stand out from white and from black alike; no background of its own.
const HEAD: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 420" width="720" height="420" role="img">
<style>
text { font: 12px system-ui, sans-serif; fill: #57606a; }
.title { font-size: 15px; font-weight: 600; }
.note { font-size: 11px; }
.y { text-anchor: end; }
.x { text-anchor: middle; }
.grid { stroke: #8c959f; stroke-opacity: 0.35; }
polyline { fill: none; stroke-width: 2; }
polyline.a, circle.a { stroke: #1f83d6; } circle.a, text.a { fill: #1f83d6; }
polyline.b, circle.b { stroke: #c2620c; } circle.b, text.b { fill: #c2620c; }
@media (prefers-color-scheme: dark) { text { fill: #9da7b1; } }
</style>
"##;
