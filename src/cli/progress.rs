//! A bar on standard error, where somebody looks at it.

use std::io::{IsTerminal as _, Write as _};

/// Characters of the whole bar.
const WIDTH: u64 = 40;

/// How far a command is, in units of its own. Draws only on a terminal, and only when a percent is new.
pub(super) struct Progress {
    total: u64,
    shown: Option<u64>,
    on_terminal: bool,
}

impl Progress {
    /// Towards `total` units; 0 where that is not known, and nothing is drawn.
    pub(super) fn towards(total: u64) -> Self {
        Progress { total, shown: None, on_terminal: std::io::stderr().is_terminal() && total > 0 }
    }

    /// So many units are done.
    pub(super) fn reached(&mut self, done: u64) {
        if !self.on_terminal {
            return;
        }
        let percent = (done.min(self.total)).saturating_mul(100) / self.total;
        if self.shown.replace(percent) != Some(percent) {
            let filled = usize::try_from(percent * WIDTH / 100).unwrap_or(0);
            let empty = usize::try_from(WIDTH).unwrap_or(0) - filled;
            // A bar that cannot be drawn is not missed.
            let _ =
                write!(std::io::stderr(), "\r[{}{}] {percent:3} %", "=".repeat(filled), " ".repeat(empty));
        }
    }

    /// Takes the bar away, for the words that follow.
    pub(super) fn end(&mut self) {
        if self.on_terminal && self.shown.take().is_some() {
            let _ = write!(std::io::stderr(), "\r{}\r", " ".repeat(60));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
