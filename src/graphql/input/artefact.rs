//! Artefacts of other systems: what is told of them, and which are asked for.

use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};
use rollbook_schema::Command;
use rollbook_schema::command::{
    ChangeArtefact, PurgeArtefact, RecycleArtefact, RegisterArtefact, RestoreArtefact,
};
use rollbook_schema::value::{
    ARTEFACT_PARTS_MAX, ArtefactContent, ArtefactName, ArtefactPart, ArtefactText, PartContent,
};
use rollbook_schema::{Rejection, RejectionCode};

use super::Flaws;
use crate::graphql::asking::{AskTerms, Asks, ChangeTerms, Terms};
use crate::graphql::id;
use crate::graphql::output::ArtefactKind;

/// Something in another system that may name users.
#[derive(InputObject)]
pub(in crate::graphql) struct RegisterArtefactInput {
    kind: ArtefactKind,
    /// The part of the other system that it is in; at most 200 characters.
    module: String,
    /// The object or application that it belongs to, if it does; at most 200 characters.
    container: Option<String>,
    /// At most 200 characters.
    name: String,
    /// At most 50.
    parts: Vec<ArtefactPartInput>,
    #[graphql(flatten)]
    terms: AskTerms,
}

/// One place of an artefact, and what stands there.
#[derive(InputObject)]
struct ArtefactPartInput {
    /// What the place is called, such as `condition` or `filter`; at most 200 characters.
    place: String,
    content: PartContentInput,
}

/// What stands at a place.
#[derive(OneofObject)]
enum PartContentInput {
    /// A text that may name users: an expression, a filter, a note; at most 4,000 characters.
    Text(String),
    /// A user.
    UserId(ID),
}

impl Asks for RegisterArtefactInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let module = flaws.take("module", ArtefactName::parse(&self.module));
        let given = self.container.is_some();
        let container = flaws.optional("container", self.container.as_deref(), ArtefactName::parse);
        let name = flaws.take("name", ArtefactName::parse(&self.name));
        let parts = parts(self.parts, flaws);
        let container = if given { Some(container) } else { None }.flatten();
        let content = ArtefactContent { module: module?, container, name: name?, parts: parts? };
        Some(RegisterArtefact { kind: self.kind.into(), content }.into())
    }
}

/// What is different in an artefact. What is left out stays.
#[derive(InputObject)]
pub(in crate::graphql) struct ChangeArtefactInput {
    artefact_id: ID,
    kind: Option<ArtefactKind>,
    /// At most 200 characters.
    module: Option<String>,
    /// At most 200 characters; null: it belongs to none.
    container: MaybeUndefined<String>,
    /// At most 200 characters.
    name: Option<String>,
    /// All places: those that are not named are gone; at most 50.
    parts: Option<Vec<ArtefactPartInput>>,
    #[graphql(flatten)]
    terms: ChangeTerms,
}

impl Asks for ChangeArtefactInput {
    fn terms(&mut self) -> Terms {
        std::mem::take(&mut self.terms).into()
    }

    fn command(self, flaws: &mut Flaws) -> Option<Command> {
        let artefact = flaws.artefact("artefactId", &self.artefact_id);
        let mut named =
            |field, text: Option<String>| text.map(|text| flaws.take(field, ArtefactName::parse(&text)));
        let (module, name) = (named("module", self.module), named("name", self.name));
        let container = match self.container {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(text) => Some(named("container", Some(text)).flatten()),
        };
        let parts = match self.parts {
            Some(given) => Some(parts(given, flaws)?),
            None => None,
        };
        let (kind, module, name) = (self.kind.map(Into::into), module.flatten(), name.flatten());
        Some(ChangeArtefact { artefact: artefact?, kind, module, container, name, parts }.into())
    }
}

fn parts(given: Vec<ArtefactPartInput>, flaws: &mut Flaws) -> Option<Vec<ArtefactPart>> {
    if given.len() > ARTEFACT_PARTS_MAX {
        flaws.refuse("parts", RejectionCode::TooMany);
        return None;
    }
    let parts: Vec<_> = given.into_iter().enumerate().map(|(entry, part)| part.parse(entry, flaws)).collect();
    parts.into_iter().collect()
}

impl ArtefactPartInput {
    fn parse(self, entry: usize, flaws: &mut Flaws) -> Option<ArtefactPart> {
        let place = flaws.entry("parts", entry, ArtefactName::parse(&self.place));
        let content = match self.content {
            PartContentInput::Text(text) => {
                flaws.entry("parts", entry, ArtefactText::parse(&text)).map(PartContent::Text)
            }
            PartContentInput::UserId(user) => {
                let user = id::user(&user);
                if user.is_none() {
                    flaws.add(Rejection::of_entry("parts", entry, RejectionCode::NotFound));
                }
                user.map(PartContent::User)
            }
        };
        Some(ArtefactPart { place: place?, content: content? })
    }
}

macro_rules! about_an_artefact {
    ($(#[doc = $doc:literal] $input:ident => $command:ident;)*) => {$(
        #[doc = $doc]
        #[derive(InputObject)]
        pub(in crate::graphql) struct $input {
            artefact_id: ID,
            #[graphql(flatten)]
            terms: ChangeTerms,
        }

        impl Asks for $input {
            fn terms(&mut self) -> Terms {
                std::mem::take(&mut self.terms).into()
            }

            fn command(self, flaws: &mut Flaws) -> Option<Command> {
                Some($command { artefact: flaws.artefact("artefactId", &self.artefact_id)? }.into())
            }
        }
    )*};
}

about_an_artefact! {
    /// What lies in the recycle bin.
    RecycleArtefactInput => RecycleArtefact;
    /// What came back out of it.
    RestoreArtefactInput => RestoreArtefact;
    /// What is gone for good.
    PurgeArtefactInput => PurgeArtefact;
}

/// Which artefacts: those for which everything that is named holds.
#[derive(InputObject, Default)]
pub(in crate::graphql) struct ArtefactFilter {
    pub kind: Option<ArtefactKind>,
    /// As it was registered, without case.
    pub module: Option<String>,
    /// In the recycle bin, or not.
    pub recycled: Option<bool>,
    /// Whole words, without case, that all stand in it: in its names or its texts.
    pub words: Option<String>,
    /// Those that name this user, by any of the five attributes.
    pub names_user: Option<ID>,
}
