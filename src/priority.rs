//! Which threads go first where more want to run than there are cores.
//!
//! Every command waits for one thread, the writer, and then for another, the projector. Both run little: a tenth of a
//! core where two cores were full of requests. As equals of those who serve they stood in line six times as long as they
//! ran, and one command in twenty took more than 50 ms; since those who serve step back, one in two hundred does.

/// Steps of `nice` by which a thread steps back: it gets a third of what one in front gets while both want to run, and
/// all where nobody else does.
const STEPS: i32 = 5;

/// The calling thread steps back behind the writer and the projector, and so do threads that it begins.
pub fn step_back() {
    // Where the system refuses, all are equal.
    let _ = rustix::process::nice(STEPS);
}
