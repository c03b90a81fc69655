//! Measuring: a load over HTTP against a server of its own, and what every measurement stands beside.
//!
//! An absolute figure says more about the machine than about Rollbook, so whatever is measured here is
//! held against something else in the same run: rounds of the one and of the other in turn, the median of
//! the rounds, and how far they lie apart. The programs in `benches/` use the same pieces.
//!
//! Absent on purpose: thresholds. A busy machine would break them; people judge the ratios.

mod bare_disk;
mod connection;
mod course;
mod fault;
mod folder;
pub mod kernel;
mod load;
mod machine;
mod mix;
mod neighbours;
mod population;
mod report;
mod server;
mod spread;

pub use bare_disk::BareDisk;
pub use connection::Connection;
pub use course::{Bound, Course, run};
pub use fault::BenchFault;
pub use folder::TemporaryFolder;
pub use load::{Load, Sample};
pub use machine::Machine;
pub use mix::{Mix, Question, World};
pub use neighbours::{NEIGHBOURS_CORES_MAX, Neighbours, own};
pub use population::{Person, Seeded, populate, probe};
pub use report::{BareRate, Latency, Report};
pub use server::{PASSWORD, ServerProcess};
pub use spread::Spread;
