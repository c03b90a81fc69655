//! What names a user, as far as the reader may know of it.

use async_graphql::{Enum, ID, SimpleObject};
use rollbook_projections::references::{self, Reference, Referrer, RulePart, ViewPart, Wanted, WordingPart};
use rollbook_projections::view::{UserRow, Views};
use rollbook_schema::value::ArtefactName;
use rollbook_schema::{ArtefactId, SavedViewId, UserId, UserRuleId};

use super::ArtefactKind;
use super::history::word;
use super::user_card::label;
use crate::access::Caller;
use crate::graphql::id;
use crate::graphql::rights::{sees_person, sees_user};
use crate::graphql::wording::{Language, MessageArgument, mail_name, render};

/// References in one answer, at most; a refused deletion, and a count, know of all.
pub(in crate::graphql) const REFERENCES_MAX: usize = 1_000;

/// Which attribute names the user.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "references::NamedBy")]
pub(in crate::graphql) enum ReferenceAttribute {
    /// The user, or the id in a text: `user_8`, or `8`.
    UserId,
    Username,
    Email,
    FederationId,
    /// The second federation id.
    CcaFederationId,
}

/// What kind of thing names the user.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub(in crate::graphql) enum ReferenceKind {
    /// Somebody reports to the user.
    ReportingLine,
    /// Somebody may act as the user, or the user as selected others.
    ProxyGrant,
    /// An artefact of another system.
    Artefact,
    /// A business rule on users.
    UserRule,
    /// A saved view of a list of users.
    SavedView,
    /// The company's own words of a mail.
    MailWording,
}

/// One place that names a user. It blocks the user's deletion.
#[derive(SimpleObject, Clone)]
pub(in crate::graphql) struct UserReference {
    pub kind: ReferenceKind,
    /// What the artefact is, where it is one.
    pub artefact_kind: Option<ArtefactKind>,
    /// The module that it is in: `USERS`, `PROXY_LOGIN`, `USER_RULES`, `SAVED_VIEWS`, `MAIL`, or as another system calls it.
    pub module: String,
    /// The object, application or person that it belongs to, if it does.
    pub container: Option<String>,
    /// What it is called; null for one whom you may not know of.
    pub name: Option<String>,
    /// What stands there.
    pub attribute: ReferenceAttribute,
    /// Where: `REPORTS_TO`, `PROXY_GRANT`, `CONDITION`, `ACTION`, `NAME`, `SEARCH`, `SUBJECT`, `TEXT`, or as another system calls it.
    pub place: String,
    /// The user or artefact to change, for `node`; null for one whom you may not know of.
    pub link: Option<ID>,
    /// It lies in a recycle bin, and blocks all the same until it is purged.
    pub recycled: bool,
    /// For programs that have sentences of their own.
    pub message_key: String,
    /// What stands in the sentence.
    pub arguments: Vec<MessageArgument>,
    /// For people, in the language that they chose: English or German.
    pub message: String,
}

/// Who reads, and in which language.
pub(in crate::graphql) struct Viewer<'a> {
    pub views: &'a Views,
    pub caller: &'a Caller,
    pub language: Language,
}

impl UserReference {
    /// Everything that names a user, up to a bound.
    pub(in crate::graphql) fn all(row: &UserRow, viewer: &Viewer<'_>) -> Vec<UserReference> {
        let found = viewer.views.references.find(&Wanted::of_row(row));
        let shown = found.iter().take(REFERENCES_MAX);
        shown.map(|reference| UserReference::of(row.id, reference, viewer)).collect()
    }

    fn of(user: UserId, reference: &Reference, viewer: &Viewer<'_>) -> UserReference {
        let place = Place::of(user, reference, viewer);
        let attribute = ReferenceAttribute::from(reference.named_by);
        let arguments = [
            ("module", Some(place.module.clone())),
            ("kind", place.artefact_kind.map(word)),
            ("container", place.container.clone()),
            ("name", Some(place.name.clone().unwrap_or_else(|| "…".to_owned()))),
            ("attribute", Some(word(attribute))),
            ("place", Some(place.place.clone())),
        ];
        let named = |(name, value): (&str, Option<String>)| {
            Some(MessageArgument { name: name.to_owned(), value: value? })
        };
        let arguments: Vec<MessageArgument> = arguments.into_iter().filter_map(named).collect();
        let message = render(place.key, &arguments, viewer.language);
        UserReference {
            kind: place.kind,
            artefact_kind: place.artefact_kind,
            module: place.module,
            container: place.container,
            name: place.name,
            attribute,
            place: place.place,
            link: place.link,
            recycled: reference.recycled,
            message_key: place.key.to_owned(),
            arguments,
            message,
        }
    }
}

/// Where a user is named.
struct Place {
    kind: ReferenceKind,
    artefact_kind: Option<ArtefactKind>,
    module: String,
    container: Option<String>,
    name: Option<String>,
    place: String,
    link: Option<ID>,
    key: &'static str,
}

impl Place {
    fn of(user: UserId, reference: &Reference, viewer: &Viewer<'_>) -> Place {
        match reference.by {
            Referrer::ReportingLine { of } => Place {
                kind: ReferenceKind::ReportingLine,
                place: "REPORTS_TO".to_owned(),
                key: "REFERENCE_REPORTING_LINE",
                ..Place::at_user(of, "USERS", viewer)
            },
            Referrer::ProxyGrant { of } => Place {
                key: if of == user { "REFERENCE_OWN_PROXY_GRANT" } else { "REFERENCE_PROXY_GRANT" },
                ..Place::at_user(of, "PROXY_LOGIN", viewer)
            },
            Referrer::UserRule { rule, part } => Place::in_rule(rule, part, viewer),
            Referrer::MailWording { template, language, part } => Place {
                kind: ReferenceKind::MailWording,
                artefact_kind: None,
                module: "MAIL".to_owned(),
                container: None,
                name: Some(mail_name(template, language, viewer.language)),
                place: match part {
                    WordingPart::Subject => "SUBJECT",
                    WordingPart::Text => "TEXT",
                }
                .to_owned(),
                link: None,
                key: "REFERENCE_MAIL_WORDING",
            },
            Referrer::SavedView { view, part } => Place::in_saved_view(view, part, viewer),
            Referrer::Artefact { artefact, part } => Place::in_artefact(artefact, part, viewer),
        }
    }

    fn at_user(of: UserId, module: &str, viewer: &Viewer<'_>) -> Place {
        let Viewer { views, caller, .. } = viewer;
        let row = views.users.get_any(of).filter(|row| sees_user(views, caller, row.id));
        Place {
            kind: ReferenceKind::ProxyGrant,
            artefact_kind: None,
            module: module.to_owned(),
            container: None,
            name: row.map(|row| label(row, sees_person(views, caller, row.id))),
            place: "PROXY_GRANT".to_owned(),
            link: row.map(|row| id::of_user(row.id)),
            key: "",
        }
    }

    fn in_rule(rule: UserRuleId, part: RulePart, viewer: &Viewer<'_>) -> Place {
        let name = viewer.views.user_rules.get(rule).and_then(|row| row.name.as_ref());
        let place = match part {
            RulePart::Condition => "CONDITION",
            RulePart::Action => "ACTION",
        };
        Place {
            kind: ReferenceKind::UserRule,
            artefact_kind: None,
            module: "USER_RULES".to_owned(),
            container: None,
            name: name.map(|name| name.as_str().to_owned()),
            place: place.to_owned(),
            link: Some(id::of_user_rule(rule)),
            key: "REFERENCE_USER_RULE",
        }
    }

    /// Somebody's own view is theirs: what it is called, and what it searches for, only they see.
    fn in_saved_view(view: SavedViewId, part: ViewPart, viewer: &Viewer<'_>) -> Place {
        let saved = viewer.views.references.saved_views.get(view);
        let owner = saved.map_or(UserId::TENANT, |saved| saved.owner);
        let is_own = owner != UserId::TENANT;
        let at_owner = Place::at_user(owner, "SAVED_VIEWS", viewer);
        let texts = saved.and_then(|saved| saved.texts.as_ref()).filter(|_| !is_own);
        Place {
            kind: ReferenceKind::SavedView,
            name: if is_own { at_owner.name } else { texts.map(|texts| texts.name.as_str().to_owned()) },
            place: match part {
                ViewPart::Name => "NAME",
                ViewPart::Search => "SEARCH",
            }
            .to_owned(),
            link: (!is_own || at_owner.link.is_some()).then(|| id::of_saved_view(owner, view)),
            key: if is_own { "REFERENCE_OWN_SAVED_VIEW" } else { "REFERENCE_SAVED_VIEW" },
            ..at_owner
        }
    }

    fn in_artefact(artefact: ArtefactId, part: u16, viewer: &Viewer<'_>) -> Place {
        let row = viewer.views.references.artefacts.get(artefact);
        let content = row.and_then(|row| row.content.as_ref());
        let part = content.and_then(|content| content.parts.get(usize::from(part)));
        let text = |name: &ArtefactName| name.as_str().to_owned();
        let container = content.and_then(|content| content.container.as_ref()).map(text);
        let key = match (&container, row.is_some_and(|row| row.recycled)) {
            (None, false) => "REFERENCE_ARTEFACT",
            (None, true) => "REFERENCE_ARTEFACT_RECYCLED",
            (Some(_), false) => "REFERENCE_ARTEFACT_OF",
            (Some(_), true) => "REFERENCE_ARTEFACT_OF_RECYCLED",
        };
        Place {
            kind: ReferenceKind::Artefact,
            artefact_kind: row.map(|row| row.kind.into()),
            module: content.map(|content| text(&content.module)).unwrap_or_default(),
            container,
            name: content.map(|content| text(&content.name)),
            place: part.map(|part| text(&part.place)).unwrap_or_default(),
            link: Some(id::of_artefact(artefact)),
            key,
        }
    }
}
