//! What a client wants of the things around accounts: few of each, so that clients collide here too.

use rollbook::bench::Seeded;
use rollbook_projections::view::{AccessRequestState, MaskingState, Views};
use rollbook_schema::command::*;
use rollbook_schema::event::{FileForm, MaskMode};
use rollbook_schema::value::*;
use rollbook_schema::{ApplicationId, ArtefactId, AttributeId, BusinessUnitId, Command, Position, UserId};

use super::super::wish::{Wish, anybody, name, role};

const ATTRIBUTE_KEYS: [&str; 4] = ["level", "since", "desk", "remote"];
const VALUES: [&str; 7] = ["7", "12.50", "true", "2026-02-28", "red", "Blue", "some words"];
const TYPES: [AttributeType; 5] = [
    AttributeType::Text,
    AttributeType::Number,
    AttributeType::Boolean,
    AttributeType::Date,
    AttributeType::Choice,
];
/// How many kinds of commands about one user are drawn.
pub const OF_A_USER: usize = 12;

/// Draws a wish.
pub fn wish(seeded: &mut Seeded, views: &Views, user: UserId) -> Wish {
    match seeded.below(40) {
        drawn @ 0..=15 => Wish::Ask(of_a_user(drawn % OF_A_USER, user, seeded, views)),
        16 | 17 => Wish::StartSupport(user),
        18 => Wish::EndProxy,
        19..=21 => approval(seeded, views, user),
        22..=24 => Wish::Ask(decision(seeded, views, user)),
        25 => Wish::Ask(answer(seeded, views, user)),
        26..=30 => Wish::Ask(artefact(seeded, views, user)),
        31..=34 => Wish::Ask(attribute(seeded, views)),
        _ => Wish::Ask(of_the_tenant(seeded, views)),
    }
}

/// A command about one user, by its number.
pub fn of_a_user(drawn: usize, user: UserId, seeded: &mut Seeded, views: &Views) -> Command {
    let unit = unit(seeded, views);
    let application = application(seeded, views);
    match drawn {
        0 | 1 => SetAttributes { user, attributes: entries(seeded, views) }.into(),
        2 | 3 => {
            let own = views.users.get(user).and_then(|row| row.roles().first().copied());
            let role = own.filter(|_| seeded.below(4) > 0).unwrap_or_else(|| role(seeded));
            GrantApplicationAccess { user, access: vec![(application, vec![role])] }.into()
        }
        4 => RevokeApplicationAccess { user, applications: vec![application] }.into(),
        5 => AddToBusinessUnit { user, business_unit: unit }.into(),
        6 => RemoveFromBusinessUnit { user, business_unit: unit }.into(),
        7 => OpenAccessRequest { user }.into(),
        8 if seeded.below(2) == 0 => PlaceLegalHold { user }.into(),
        8 => LiftLegalHold { user }.into(),
        9 if seeded.below(2) == 0 => RestrictProcessing { user }.into(),
        9 => LiftRestriction { user }.into(),
        10 => FetchPersonFile { user, form: FileForm::Json }.into(),
        _ => request(user, seeded, views),
    }
}

/// A masking request, by the keys as they are read.
fn request(user: UserId, seeded: &mut Seeded, views: &Views) -> Command {
    let row = views.users.get(user);
    let login = row.filter(|row| !row.masked);
    let is_deleted = row.is_some_and(|row| row.deleted);
    let erases = is_deleted && seeded.below(2) == 0;
    RequestMasking {
        user,
        username: login.and_then(|row| Username::parse(row.username()?).ok()),
        email: login.and_then(|row| EmailAddress::parse(row.email()?).ok()),
        mode: if erases { MaskMode::Erasure } else { MaskMode::History },
        username_format: UsernameMaskFormat::default(),
        email_format: EmailMaskFormat::default(),
        legal_basis: LegalBasis::Objection,
    }
    .into()
}

/// One of the requests that wait, oldest or not.
fn waiting(seeded: &mut Seeded, views: &Views) -> Option<(UserId, Position)> {
    let waiting = views.maskings.after(Position(0)).filter(|(_, row)| row.state == MaskingState::Waiting);
    let waiting: Vec<_> = waiting.map(|(position, row)| (row.user, position)).collect();
    waiting.get(seeded.below(waiting.len())).copied()
}

fn approval(seeded: &mut Seeded, views: &Views, user: UserId) -> Wish {
    match waiting(seeded, views) {
        // Whoever is enabled cannot be forgotten: mostly that comes first.
        Some((user, _)) if seeded.below(3) == 0 => Wish::Ask(DisableUser { user, keep_team: None }.into()),
        Some((user, request)) => Wish::Approve(user, request),
        None => Wish::Ask(request(user, seeded, views)),
    }
}

fn decision(seeded: &mut Seeded, views: &Views, user: UserId) -> Command {
    let Some((user, request)) = waiting(seeded, views) else {
        return self::request(user, seeded, views);
    };
    match seeded.below(6) {
        0..=2 => PlaceLegalHold { user }.into(),
        3 => DeclineMasking { user, request }.into(),
        4 => ExtendMasking { user, request }.into(),
        _ => WithdrawMasking { user, request }.into(),
    }
}

fn answer(seeded: &mut Seeded, views: &Views, user: UserId) -> Command {
    let open = views.access_requests.after(Position(0));
    let open = open.filter(|(_, row)| row.state == AccessRequestState::Waiting);
    let open: Vec<_> = open.map(|(position, row)| (row.user, position)).collect();
    match (open.get(seeded.below(open.len())), seeded.below(4)) {
        (Some((user, request)), 0) => RefuseAccessRequest { user: *user, request: *request }.into(),
        (Some((user, _)), 1) => FetchPersonFile { user: *user, form: FileForm::Html }.into(),
        (Some((user, request)), _) => FulfilAccessRequest { user: *user, request: *request }.into(),
        (None, _) => OpenAccessRequest { user }.into(),
    }
}

/// Each names somebody, as a user or in a text.
fn artefact(seeded: &mut Seeded, views: &Views, user: UserId) -> Command {
    let known = views.references.artefacts.after(ArtefactId(0)).map(|(id, _)| id);
    let artefact = one_of(seeded, known, ArtefactId(1));
    let said = format!("ask {} or user_{} first", name(seeded), anybody(seeded, views));
    let content = match seeded.below(3) {
        0 => PartContent::User(user),
        _ => PartContent::Text(ArtefactText::parse(&said).unwrap()),
    };
    let called = |text: &str| ArtefactName::parse(text).unwrap();
    let parts = vec![ArtefactPart { place: called("condition"), content }];
    match seeded.below(8) {
        0..=1 => {
            let content =
                ArtefactContent { module: called("Cases"), container: None, name: called("Night"), parts };
            RegisterArtefact { kind: ArtefactKind::Macro, content }.into()
        }
        2 => RecycleArtefact { artefact }.into(),
        3 => RestoreArtefact { artefact }.into(),
        4 => {
            let (kind, module, container, name) = (None, None, None, None);
            ChangeArtefact { artefact, kind, module, container, name, parts: Some(parts) }.into()
        }
        // Often, so that not everybody is named for ever.
        _ => PurgeArtefact { artefact }.into(),
    }
}

fn attribute(seeded: &mut Seeded, views: &Views) -> Command {
    let known = views.attributes.table().present().map(|(id, _)| id);
    let attribute = one_of(seeded, known, AttributeId(1));
    let choice = |text: &str| ChoiceName::parse(text).unwrap();
    match seeded.below(8) {
        0..=3 => {
            let value_type = TYPES[seeded.below(TYPES.len())];
            let is_choice = value_type == AttributeType::Choice;
            let choices = if is_choice { vec![choice("Red"), choice("Blue")] } else { Vec::new() };
            let kinds = [vec![UserKind::Agent], vec![UserKind::Agent, UserKind::Client]];
            DefineAttribute {
                key: key(seeded),
                label: AttributeLabel::parse("A label").unwrap(),
                value_type,
                kinds: kinds[seeded.below(2)].clone(),
                personal: seeded.below(2) == 0,
                required: seeded.below(12) == 0,
                choices,
            }
            .into()
        }
        4 => AddAttributeChoice { attribute, name: choice("Green") }.into(),
        5 => RetireAttributeChoice { attribute, choice: ChoiceNumber(1 + seeded.below(3) as u16) }.into(),
        _ => RetireAttribute { attribute }.into(),
    }
}

fn of_the_tenant(seeded: &mut Seeded, views: &Views) -> Command {
    let name = ["Desk", "DESK", "Shop"][seeded.below(3)];
    let roles = [vec![role(seeded)], vec![role(seeded), role(seeded)]][seeded.below(2)].clone();
    let (business_unit, application) = (unit(seeded, views), application(seeded, views));
    match seeded.below(8) {
        0..=2 => {
            DefineApplication { name: ApplicationName::parse(name).unwrap(), roles, policy: None }.into()
        }
        3 => {
            let (name, policy) = (None, None);
            ChangeApplication { application, name, roles: Some(roles), policy }.into()
        }
        4 => DeleteApplication { application }.into(),
        5 | 6 => CreateBusinessUnit { name: BusinessUnitName::parse(name).unwrap() }.into(),
        _ => DeleteBusinessUnit { business_unit }.into(),
    }
}

/// One or two values, or none any more; mostly such as the attribute can have.
pub fn entries(seeded: &mut Seeded, views: &Views) -> Vec<AttributeEntry> {
    (0..1 + seeded.below(2)).map(|_| entry(seeded, views)).collect()
}

fn entry(seeded: &mut Seeded, views: &Views) -> AttributeEntry {
    let table = views.attributes.table();
    let known: Vec<_> = table.present().map(|(_, attribute)| attribute).collect();
    let chosen = known.get(seeded.below(known.len())).filter(|_| seeded.below(8) > 0);
    let key = chosen.and_then(|chosen| chosen.key.clone()).unwrap_or_else(|| key(seeded));
    let fitting: &[&str] = match chosen.map(|chosen| chosen.value_type) {
        Some(AttributeType::Number) => &VALUES[..2],
        Some(AttributeType::Boolean) => &VALUES[2..3],
        Some(AttributeType::Date) => &VALUES[3..4],
        Some(AttributeType::Choice) => &VALUES[4..6],
        _ => &VALUES,
    };
    let fitting = if seeded.below(4) > 0 { fitting } else { &VALUES };
    let value = fitting.get(seeded.below(fitting.len() + 1));
    AttributeEntry { key, value: value.map(|text| AttributeText::parse(text).unwrap()) }
}

fn key(seeded: &mut Seeded) -> AttributeKey {
    AttributeKey::parse(ATTRIBUTE_KEYS[seeded.below(ATTRIBUTE_KEYS.len())]).unwrap()
}

fn application(seeded: &mut Seeded, views: &Views) -> ApplicationId {
    let known = views.applications.iter().filter(|row| !row.deleted).map(|row| row.id);
    one_of(seeded, known, ApplicationId(1))
}

fn unit(seeded: &mut Seeded, views: &Views) -> BusinessUnitId {
    let known = views.business_units.iter().filter(|row| !row.deleted).map(|row| row.id);
    one_of(seeded, known, BusinessUnitId(1))
}

/// One that is there; else one that may never have been.
fn one_of<Id: Copy>(seeded: &mut Seeded, known: impl Iterator<Item = Id>, else_it: Id) -> Id {
    let known: Vec<Id> = known.collect();
    known.get(seeded.below(known.len())).copied().unwrap_or(else_it)
}
