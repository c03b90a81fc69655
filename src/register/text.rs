//! The register as text to read.

use std::fmt::{self, Display, Formatter};

use super::places::Place;
use super::{Register, Sealed};

impl Display for Register {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "Personal data and where it is (format {})", self.format)?;
        writeln!(f, "\nSealed in the log: event, whose key, which key\n")?;
        self.sealed.iter().try_for_each(|part| write_sealed(part, f))?;
        for (heading, places) in
            [("In the data directory", &self.files), ("In memory", &self.memory), ("Outside", &self.outside)]
        {
            writeln!(f, "\n{heading}\n")?;
            places.iter().try_for_each(|place| write_place(place, f))?;
        }
        Ok(())
    }
}

fn write_sealed(part: &Sealed, f: &mut Formatter<'_>) -> fmt::Result {
    let Sealed { event, under, key, fields, ended_by } = part;
    writeln!(f, "{event:<32} {under:<8} {key}")?;
    writeln!(f, "    holds     {}", fields.join(", "))?;
    writeln!(f, "    ended by  {ended_by}")
}

fn write_place(place: &Place, f: &mut Formatter<'_>) -> fmt::Result {
    writeln!(f, "{}", place.place)?;
    writeln!(f, "    holds     {}", place.holds)?;
    writeln!(f, "    ended by  {}", place.ended_by)
}
