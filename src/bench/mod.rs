//! Measuring: a load over HTTP against a server of its own, and what every measurement stands beside.
//!
//! An absolute figure says more about the machine than about Rollbook, so whatever is measured here is
//! held against something else in the same run: rounds of the one and of the other in turn, the median of
//! the rounds, and how far they lie apart. The programs in `benches/` use the same pieces.
//!
//! Directories to measure on are generated from a seed ([`generate()`]), the figures to reach are one table ([`Table`]),
//! what grows is drawn ([`plots`]), a long run of many clients holds every answer against what was done before
//! ([`run_mixed`]), and a flood asks for more than can be borne ([`overload()`]).
//!
//! Absent on purpose: thresholds of time. A busy machine would break them; people judge the ratios, and whoever wants
//! a run to fail by its drift says by how much.

mod bare_disk;
mod connection;
mod cores;
mod course;
mod curve;
mod durable;
mod erasing;
mod fault;
mod flood;
mod folder;
mod generate;
pub mod kernel;
mod load;
mod machine;
mod mix;
mod mixed;
mod neighbours;
mod overload;
mod passes;
mod past;
mod place;
mod plot;
mod plots;
mod population;
mod report;
mod served;
mod server;
mod spread;
mod table;
mod yardstick;

pub use bare_disk::BareDisk;
pub use connection::Connection;
pub use course::{Bound, Course, run};
pub use curve::{CURVE_POINTS, Curve, CurvePoint, Drift, Histogram};
pub use durable::{Durable, Written, append_to_bare, append_to_log, durable};
pub use erasing::{Erased, erase};
pub use fault::BenchFault;
pub use folder::TemporaryFolder;
pub use generate::{Generated, Volume, generate};
pub use load::{Load, Sample};
pub use machine::Machine;
pub use mix::{Mix, Question, World};
pub use mixed::{MixedCourse, MixedReport, Proof, Step, StepLine, run_mixed};
pub use neighbours::{NEIGHBOURS_CORES_MAX, Neighbours, own, own_memory};
pub use overload::{OverloadCourse, OverloadReport, overload};
pub use passes::{Pass, Passed, in_turn};
pub use past::{Past, found_micros, history_queries, opened_micros, past};
pub use place::{bytes_below, first_start, open, options};
pub use plot::{Plot, Scale, circumstances};
pub use plots::{PlotSizes, plots};
pub use population::{Person, Seeded, populate, probe};
pub use report::{BareRate, Latency, Report};
pub use served::{NOTHING, PAGE, PAGE_USERS, SEARCH, Served, USER, body};
pub use server::{PASSWORD, ServerProcess, ThreadTimes};
pub use spread::Spread;
pub use table::{
    Line as TableLine, MissingMarkers, READMES_END, READMES_START, Table, TableSizes, figure, splice,
};
pub use yardstick::{Yardstick, pace};
