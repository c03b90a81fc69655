//! Going on when somebody says so: Enter for one event, a number for as many, `q` or the end to stop.

use std::io::{self, BufRead as _, Write as _};
use std::ops::ControlFlow;

/// How many events may be told before the next question.
pub(super) struct Step {
    left: u64,
}

impl Step {
    /// Asks before the second event, and so on.
    pub(super) fn by_standard_input() -> Step {
        Step { left: 1 }
    }

    /// After an event: waits, unless more were asked for.
    pub(super) fn next(&mut self) -> io::Result<ControlFlow<()>> {
        self.left = self.left.saturating_sub(1);
        if self.left > 0 {
            return Ok(ControlFlow::Continue(()));
        }
        loop {
            write!(io::stderr(), "Enter: next; a number: so many; q: stop > ")?;
            let mut typed = String::new();
            if io::stdin().lock().read_line(&mut typed)? == 0 {
                return Ok(ControlFlow::Break(()));
            }
            match typed.trim() {
                "" => self.left = 1,
                "q" => return Ok(ControlFlow::Break(())),
                number => match number.parse() {
                    Ok(number) if number > 0 => self.left = number,
                    _ => continue,
                },
            }
            return Ok(ControlFlow::Continue(()));
        }
    }
}
