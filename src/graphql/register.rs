//! Reading the register of personal data.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::rights::demand;
use crate::access::Capability;
use crate::register::places::Place;
use crate::register::{Register, Sealed};

/// What is read of the register.
#[derive(Default)]
pub struct RegisterQueries;

/// What personal data exists where: read off the program's own types, and of nobody in particular.
#[derive(SimpleObject)]
struct PersonalDataRegister {
    /// The version of this form.
    format: u32,
    /// Sealed parts of events.
    sealed: Vec<SealedPart>,
    /// Files of the data directory.
    files: Vec<PersonalDataPlace>,
    /// Views, in memory while a server runs.
    memory: Vec<PersonalDataPlace>,
    /// Where values go that leave the directory.
    outside: Vec<PersonalDataPlace>,
    /// All of it as text to read.
    text: String,
}

/// A sealed part of one type of event.
#[derive(SimpleObject)]
struct SealedPart {
    /// The stored type with its version; `*` for every type.
    event: String,
    /// Under whose key: `person`, `actor`, `tenant` or `secret`.
    under: &'static str,
    /// Under which of their keys.
    key: &'static str,
    /// What may stand in it, by the names of the API.
    fields: Vec<&'static str>,
    /// What makes it unreadable for good.
    ended_by: &'static str,
}

/// A place that is not an event.
#[derive(SimpleObject)]
struct PersonalDataPlace {
    /// A file or folder of the data directory, a view, or in words.
    place: &'static str,
    /// What of people is in it.
    holds: &'static str,
    /// What takes it away.
    ended_by: &'static str,
}

#[Object]
impl RegisterQueries {
    /// The register of personal data: which values exist where, under which key, and what ends them.
    async fn personal_data_register(&self, ctx: &Context<'_>) -> Result<PersonalDataRegister> {
        demand(ctx, Capability::SeeRegister)?;
        let register = Register::of_this_program();
        let text = register.to_string();
        let Register { format, sealed, files, memory, outside } = register;
        let places = |places: Vec<Place>| places.into_iter().map(PersonalDataPlace::from).collect();
        Ok(PersonalDataRegister {
            format,
            sealed: sealed.into_iter().map(SealedPart::from).collect(),
            files: places(files),
            memory: places(memory),
            outside: places(outside),
            text,
        })
    }
}

impl From<Sealed> for SealedPart {
    fn from(part: Sealed) -> Self {
        let Sealed { event, under, key, fields, ended_by } = part;
        SealedPart { event, under, key, fields, ended_by }
    }
}

impl From<Place> for PersonalDataPlace {
    fn from(Place { place, holds, ended_by }: Place) -> Self {
        PersonalDataPlace { place, holds, ended_by }
    }
}
