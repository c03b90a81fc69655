//! What a masking or an erasure would reach, place by place, and the masks that it would leave. Changes nothing.

use std::collections::BTreeMap;

use rollbook_projections::view::UserRow;
use rollbook_schema::event::MaskMode;
use rollbook_schema::value::{
    EmailAddress, EmailMaskFormat, MaskedLogin, Username, UsernameMaskFormat, mask_email, mask_username,
};
use rollbook_schema::{Group, KeyOwner, Rejection, RejectionCode, UserId};

use super::free_text::FreeTextPlaces;
use super::owned::records_of;
use crate::directory::{Directory, ReadFault};

/// Whose, and how. The three keys must agree (MSK-03); whose login is masked already has no names to give.
#[derive(Clone, Debug)]
pub struct PreviewRequest {
    /// Primary id.
    pub user: UserId,
    /// As held now.
    pub username: Option<Username>,
    /// As held now.
    pub email: Option<EmailAddress>,
    /// How much.
    pub mode: MaskMode,
    /// Of the username's mask.
    pub username_format: UsernameMaskFormat,
    /// Of the email's mask.
    pub email_format: EmailMaskFormat,
}

/// What kind of place holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// Events, by their type.
    Events,
    /// Fields that lists, searches and profiles show.
    Fields,
    /// Sessions that go on.
    Sessions,
    /// The picture.
    Picture,
    /// Mails in the outbox.
    Mails,
    /// Values of custom attributes.
    Attributes,
    /// The security question.
    SecurityQuestion,
}

/// A place that holds something of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewPlace {
    /// Which kind.
    pub kind: PlaceKind,
    /// Which of the kind: an event's type or a field's name; empty where there is but one.
    pub name: String,
    /// How many.
    pub count: usize,
    /// It becomes unreadable; else it stays as it is.
    pub forgotten: bool,
}

/// What would come of it.
#[derive(Clone, Debug)]
pub struct MaskingPreview {
    /// What would be shown instead; `None` where nothing would.
    pub masked: Option<MaskedLogin>,
    /// Each place.
    pub places: Vec<PreviewPlace>,
    /// What others wrote about the person: it stays.
    pub free_text: FreeTextPlaces,
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum PreviewFault {
    /// The keys do not agree, or there is nobody.
    #[error("refused: {}", .0.code)]
    Refused(Rejection),
    /// Reading failed.
    #[error(transparent)]
    Read(#[from] ReadFault),
}

impl Directory {
    /// What a masking would reach. Reads the log: not for an async task.
    ///
    /// # Errors
    /// `NOT_FOUND`, `REQUIRED`, `KEYS_DISAGREE`, `USER_MASKED`; or what reading meets.
    pub fn masking_preview(&self, request: &PreviewRequest) -> Result<MaskingPreview, PreviewFault> {
        let (masked, mut places) = {
            let views = self.views();
            let refused = |code| PreviewFault::Refused(Rejection::new(code));
            let row = views.users.get(request.user).ok_or(refused(RejectionCode::NotFound))?;
            let masked = masks(row, request).map_err(refused)?;
            (masked, self.places_in_views(row, request.mode))
        };
        let groups = forgotten(request.mode);
        let mut events: BTreeMap<(String, bool), usize> = BTreeMap::new();
        for record in records_of(self, request.user)? {
            let mine = |part: &&(KeyOwner, Group)| record.header.is_of(request.user, **part);
            let mut mine = record.header.parts.iter().filter(mine).map(|(_, group)| *group).peekable();
            if mine.peek().is_some() {
                let goes = mine.any(|group| groups.contains(&group));
                *events.entry((record.header.event_type, goes)).or_default() += 1;
            }
        }
        places.extend(events.into_iter().map(|((name, forgotten), count)| PreviewPlace {
            kind: PlaceKind::Events,
            name,
            count,
            forgotten,
        }));
        places.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        Ok(MaskingPreview { masked, places, free_text: self.free_text_about(request.user)? })
    }

    fn places_in_views(&self, row: &UserRow, mode: MaskMode) -> Vec<PreviewPlace> {
        let (views, user, whole) = (self.views(), row.id, mode == MaskMode::Erasure);
        let login = [("username", row.username()), ("email", row.email())];
        let login = login.into_iter().filter(|(_, held)| held.is_some()).map(|(name, _)| (name, true));
        let fields = login.chain(row.person_fields().map(|(field, _)| (field.name(), whole)));
        let mut places: Vec<PreviewPlace> = fields
            .map(|(name, forgotten)| PreviewPlace {
                kind: PlaceKind::Fields,
                name: name.to_owned(),
                count: 1,
                forgotten,
            })
            .collect();
        let counted = [
            (PlaceKind::Sessions, views.sessions.of(user, self.now()).count(), whole),
            (PlaceKind::Picture, usize::from(views.avatars.of(user).is_some()), whole),
            (PlaceKind::Mails, views.mail.of(user).count(), false),
            (PlaceKind::Attributes, views.attributes.table().values(user).len(), whole),
            (PlaceKind::SecurityQuestion, usize::from(views.security_questions.of(user).is_some()), true),
        ];
        let counted = counted.into_iter().filter(|(_, count, _)| *count > 0);
        places.extend(counted.map(|(kind, count, forgotten)| PreviewPlace {
            kind,
            name: String::new(),
            count,
            forgotten,
        }));
        places
    }
}

/// The groups whose keys a masking or an erasure destroys.
fn forgotten(mode: MaskMode) -> &'static [Group] {
    match mode {
        MaskMode::History => &[Group::Login],
        MaskMode::Erasure => &[Group::Login, Group::Person, Group::Context, Group::Mask],
    }
}

fn masks(row: &UserRow, request: &PreviewRequest) -> Result<Option<MaskedLogin>, RejectionCode> {
    let PreviewRequest { user, ref username, ref email, mode, username_format, email_format } = *request;
    if row.masked {
        return match (mode, username, email) {
            (MaskMode::Erasure, None, None) => Ok(None),
            (MaskMode::Erasure, _, _) => Err(RejectionCode::KeysDisagree),
            (MaskMode::History, _, _) => Err(RejectionCode::UserMasked),
        };
    }
    let (Some(username), Some(email)) = (username, email) else { return Err(RejectionCode::Required) };
    let held = row.username().and_then(|held| Username::parse(held).ok());
    let held_email = row.email().and_then(|held| EmailAddress::parse(held).ok());
    let held = held.filter(|held| held.key() == username.key());
    let held_email = held_email.filter(|held| held.key() == email.key());
    let (Some(username), Some(email)) = (held, held_email) else { return Err(RejectionCode::KeysDisagree) };
    Ok((mode == MaskMode::History).then(|| MaskedLogin {
        username: mask_username(&username, username_format),
        email: mask_email(&email, user, email_format),
    }))
}
