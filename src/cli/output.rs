//! Standard output: buffered, and quiet when its reader leaves.

use std::io::{BufWriter, StdoutLock};

/// Standard output, locked for the whole command.
pub(super) fn standard() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(std::io::stdout().lock())
}
