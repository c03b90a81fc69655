//! What a masking or an erasure would reach.

use async_graphql::{Enum, ID, SimpleObject};
use rollbook_schema::Group;

use crate::directory::erasing;
use crate::graphql::id;
use crate::graphql::scalar::Position;

/// What kind of place holds something of a person.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "erasing::PlaceKind")]
pub(in crate::graphql) enum MaskingPlaceKind {
    /// Events, by their type.
    Events,
    /// Fields that lists, searches and profiles show.
    Fields,
    /// Sessions that go on.
    Sessions,
    /// The picture.
    Picture,
    /// Mails in the outbox: they hold no address, and stay.
    Mails,
    /// Values of custom attributes.
    Attributes,
    /// The security question.
    SecurityQuestion,
}

/// A place that holds something of a person.
#[derive(SimpleObject)]
pub(in crate::graphql) struct MaskingPlace {
    pub kind: MaskingPlaceKind,
    /// An event's type or a field's name; empty where there is but one of the kind.
    pub name: String,
    pub count: i32,
    /// It becomes unreadable; else it stays as it is.
    pub forgotten: bool,
}

/// Text of somebody else that names the person. It stays: it is sealed as one with other values of whoever wrote it.
#[derive(SimpleObject)]
pub(in crate::graphql) struct FreeTextPlace {
    /// The event that holds it.
    pub event_id: ID,
    /// `context` (a reason), or `person` (a title and the like).
    pub group: String,
}

/// What would come of a masking or an erasure. Nothing is changed by looking.
#[derive(SimpleObject)]
pub(in crate::graphql) struct MaskingPreview {
    /// What the username would be shown as; null where nothing would.
    pub username: Option<String>,
    /// What the email would be shown as; null where nothing would.
    pub email: Option<String>,
    pub places: Vec<MaskingPlace>,
    /// Where others wrote about the person, newest first: at most 500 places.
    pub free_text: Vec<FreeTextPlace>,
    /// Free text was searched from this position on: in at most the last 100,000 events.
    pub searched_from: Position,
}

impl From<erasing::MaskingPreview> for MaskingPreview {
    fn from(preview: erasing::MaskingPreview) -> Self {
        let (username, email) = preview.masked.map(|masked| (masked.username, masked.email)).unzip();
        let place = |place: erasing::PreviewPlace| MaskingPlace {
            kind: place.kind.into(),
            name: place.name,
            count: i32::try_from(place.count).unwrap_or(i32::MAX),
            forgotten: place.forgotten,
        };
        let text = |place: erasing::FreeTextPlace| FreeTextPlace {
            event_id: id::of_event(place.record),
            group: match place.group {
                Group::Context => "context".to_owned(),
                group => format!("{group:?}").to_lowercase(),
            },
        };
        MaskingPreview {
            username,
            email,
            places: preview.places.into_iter().map(place).collect(),
            free_text: preview.free_text.places.into_iter().map(text).collect(),
            searched_from: Position(preview.free_text.from),
        }
    }
}
