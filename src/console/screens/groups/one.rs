//! One team or business unit: its name, where it lies, who is in it; and its deletion, with what stands in the way.

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::list;
use super::{Kind, manages};
use crate::access::Capability;
use crate::console::ask::{Document, Flaw, Named, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{Choice, Field, badge, done, picture, refusals};
use crate::console::refused::Refused;
use crate::console::screens::account::window;
use crate::console::small_form::{Question, asked, asks, called, told, up, what};
use crate::console::visit::{Visit, encoded};
use crate::console::words::{groups as words, list as lists, person};

document!(
    /// A team with a page of its members.
    TEAM,
    include_str!("team.graphql")
);
document!(
    /// A business unit with a page of its members.
    UNIT,
    include_str!("unit.graphql")
);
document!(
    /// Somebody, named by hand.
    SOMEBODY,
    "query($by: UserBy!) { user(by: $by) { id } }"
);

#[derive(Deserialize)]
struct Found {
    group: Option<Group>,
}

#[derive(Deserialize)]
struct Group {
    id: String,
    name: Option<String>,
    deleted: bool,
    parent: Option<Named>,
    #[serde(default)]
    subteams: Vec<Named>,
    members: Members,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    total_count: u64,
    page_info: Turns,
    nodes: Vec<Member>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Turns {
    has_next_page: bool,
    has_previous_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    id: String,
    label: String,
    email: Option<String>,
    avatar_url: Option<String>,
    active: bool,
}

impl Group {
    fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    fn path(&self, kind: Kind) -> String {
        format!("{}/{}", kind.path(), self.id)
    }
}

async fn read(kind: Kind, visit: &Visit, id: &str, query: &Fields) -> Result<Group, Refused> {
    let document = match kind {
        Kind::Teams => &TEAM,
        Kind::Units => &UNIT,
    };
    let mut variables = window(query);
    variables["id"] = json!(id);
    let found: Found = visit.read(document, variables).await?;
    found.group.filter(|group| !group.deleted).ok_or(Refused::NotFound)
}

pub(super) async fn show(
    kind: Kind,
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    page(kind, &visit, &id, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(
    kind: Kind,
    visit: &Visit,
    id: &str,
    given: &Fields,
    flaws: &[Flaw],
) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let group = read(kind, visit, id, given).await?;
    let may = manages(visit);
    let body = html! {
        (up(visit, kind.path(), kind.title()))
        div.head {
            div.heading {
                h1 { bdi { (group.label()) } }
                p.soft {
                    span.code { (group.id) }
                    @if let Some(parent) = &group.parent {
                        " · " (words::PART_OF.to(tongue)) " "
                        a href=(format!("/teams/{}", parent.id)) { bdi { (called(parent)) } }
                    }
                }
            }
            @if may { a.button.danger href=(format!("{}/delete", group.path(kind))) { (words::DELETE.to(tongue)) } }
        }
        (done(visit, told(given, &[("saved", person::SAVED)])))
        (refusals(visit, flaws, &["name", "parentId", "who"]))
        div.stack.reading {
            (members(kind, visit, &group, given, flaws))
            @if !group.subteams.is_empty() {
                section.card {
                    h2 { (words::SUBTEAMS.to(tongue)) }
                    ul.entries { @for team in &group.subteams { li { a href=(format!("/teams/{}", team.id)) { bdi { (called(team)) } } } } }
                }
            }
            @if may { (place(kind, visit, &group, given, flaws).await?) }
        }
    };
    Page::titled(group.label()).at(kind.place()).show(visit, &body).await
}

fn members(kind: Kind, visit: &Visit, group: &Group, given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let may = visit.holds(Capability::AssignTeams);
    let path = group.path(kind);
    html! {
        section.card {
            h2 { (words::MEMBERS.to(tongue)) " " span.count { (visit.number(group.members.total_count)) } }
            @if group.members.nodes.is_empty() { p.soft { (words::NOBODY.to(tongue)) } }
            ul.people { @for member in &group.members.nodes { li {
                a.who href=(format!("/people/{}", member.id)) {
                    (picture(&member.label, member.avatar_url.as_deref()))
                    span { bdi { (member.label) } @if let Some(email) = &member.email { br; bdi.soft { (email) } } }
                }
                @if !member.active { (badge("quiet", person::INACTIVE.to(tongue))) }
                @if may {
                    (asks(visit, &path, "remove", &html! {
                        input type="hidden" name="of" value=(member.id);
                        button.link type="submit" aria-label=(words::REMOVE_OF.with(tongue, &[("name", &member.label)])) { (person::REMOVE.to(tongue)) }
                    }))
                }
            } } }
            (turns(visit, &group.members.page_info, &path))
            @if may {
                div.after { (asks(visit, &path, "add", &html! {
                    div.inline {
                        (Field { required: true, hint: None, ..Field::text("who", words::WHO.to(tongue), given.text("who")) }.show(visit, flaws))
                        button type="submit" { (person::ADD.to(tongue)) }
                    }
                })) }
            }
        }
    }
}

fn turns(visit: &Visit, turns: &Turns, path: &str) -> Markup {
    let tongue = visit.tongue();
    let link = |name: &str, cursor: Option<&str>, text: &str| {
        let cursor = encoded(cursor.unwrap_or_default());
        html! { a.button.small href=(format!("{path}?{name}={cursor}")) { (text) } }
    };
    html! {
        @if turns.has_next_page || turns.has_previous_page {
            nav.pages aria-label=(lists::PAGES.to(tongue)) {
                @if turns.has_previous_page { (link("before", turns.start_cursor.as_deref(), lists::PREVIOUS.to(tongue))) }
                @if turns.has_next_page { (link("after", turns.end_cursor.as_deref(), lists::NEXT.to(tongue))) }
            }
        }
    }
}

/// What it is called and, of a team, where it lies.
async fn place(
    kind: Kind,
    visit: &Visit,
    group: &Group,
    given: &Fields,
    flaws: &[Flaw],
) -> Result<Markup, Refused> {
    let tongue = visit.tongue();
    let path = group.path(kind);
    let name = if given.has("name") { given.text("name") } else { group.label() };
    let teams = match kind {
        Kind::Teams => list::read(visit, kind).await?,
        Kind::Units => Vec::new(),
    };
    let top = (String::new(), words::AT_THE_TOP.to(tongue).to_owned());
    let others = list::options(&teams).into_iter().filter(|(id, _)| *id != group.id);
    let parents = std::iter::once(top).chain(others).collect();
    let parent = group.parent.as_ref().map_or("", |parent| parent.id.as_str());
    Ok(html! {
        section.card {
            h2 { (words::PLACE.to(tongue)) }
            (asks(visit, &path, "rename", &html! {
                div.inline {
                    (Field { required: true, ..Field::text("name", words::NAME.to(tongue), name) }.show(visit, flaws))
                    button type="submit" { (words::RENAME.to(tongue)) }
                }
            }))
            @if kind == Kind::Teams {
                div.after { (asks(visit, &path, "move", &html! {
                    div.inline {
                        (Choice { name: "parentId", label: words::PART_OF.to(tongue), value: parent, required: false, options: parents }.show(visit, flaws))
                        button type="submit" { (words::MOVE.to(tongue)) }
                    }
                })) }
                p.hint.after { (words::MOVE_HINT.to(tongue)) }
            }
        }
    })
}

/// How a mutation of the group names it.
fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::Teams => "teamId",
        Kind::Units => "businessUnitId",
    }
}

pub(super) async fn change(
    kind: Kind,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let mut input = json!({ key(kind): id });
    let mut to = format!("{}/{id}?done=saved", kind.path());
    let pair = |team: &'static Document, unit: &'static Document| match kind {
        Kind::Teams => team,
        Kind::Units => unit,
    };
    let change = match (what(&fields), kind) {
        ("rename", _) => {
            input["name"] = json!(fields.text("name"));
            pair(&changes::RENAME_TEAM, &changes::RENAME_BUSINESS_UNIT)
        }
        ("move", Kind::Teams) => {
            input["parentId"] = fields.given("parentId").map_or(Value::Null, Value::from);
            &changes::MOVE_TEAM
        }
        ("delete", _) => {
            to = format!("{}?done=deleted", kind.path());
            pair(&changes::DELETE_TEAM, &changes::DELETE_BUSINESS_UNIT)
        }
        ("remove", _) => {
            input["userId"] = json!(fields.text("of"));
            pair(&changes::REMOVE_TEAM_MEMBER, &changes::REMOVE_FROM_BUSINESS_UNIT)
        }
        ("add", _) => {
            let Some(user) = find(&visit, fields.text("who").trim()).await? else {
                let flaw = Flaw::told("who", words::NO_SUCH_USER.to(visit.tongue()));
                return page(kind, &visit, &id, &fields, &[flaw]).await;
            };
            input["userId"] = json!(user);
            pair(&changes::ADD_TEAM_MEMBER, &changes::ADD_TO_BUSINESS_UNIT)
        }
        _ => return Err(Refused::Malformed),
    };
    match asked(&visit, change, input, &to).await? {
        Ok(response) => Ok(response),
        Err(flaws) if what(&fields) == "delete" => question(kind, &visit, &id, &flaws).await,
        Err(flaws) => page(kind, &visit, &id, &fields, &flaws).await,
    }
}

/// Somebody by username, email or id, as people type them.
async fn find(visit: &Visit, typed: &str) -> Result<Option<String>, Refused> {
    #[derive(Deserialize)]
    struct Found {
        user: Option<OnlyId>,
    }
    #[derive(Deserialize)]
    struct OnlyId {
        id: String,
    }
    let is_id = typed.strip_prefix("user_").is_some_and(|number| number.parse::<u64>().is_ok());
    let by = match typed {
        _ if is_id => json!({ "id": typed }),
        _ if typed.contains('@') => json!({ "email": typed }),
        _ => json!({ "username": typed }),
    };
    let found: Found = visit.read(&SOMEBODY, json!({ "by": by })).await?;
    Ok(found.user.map(|user| user.id))
}

pub(super) async fn ask(kind: Kind, visit: Visit, Path(id): Path<String>) -> Result<Response, Refused> {
    question(kind, &visit, &id, &[]).await
}

/// Deletion, with what stands in the way: whoever is in it, and what lies below.
async fn question(kind: Kind, visit: &Visit, id: &str, flaws: &[Flaw]) -> Result<Response, Refused> {
    visit.person().ok_or(Refused::SignIn)?;
    if !manages(visit) {
        return Err(Refused::Forbidden);
    }
    let tongue = visit.tongue();
    let group = read(kind, visit, id, &Fields::default()).await?;
    let title = words::DELETE_QUESTION.with(tongue, &[("name", group.label())]);
    let path = group.path(kind);
    let count = group.members.total_count;
    let body = html! {
        (refusals(visit, flaws, &[]))
        p { (words::DELETE_TEXT.to(tongue)) }
        @if count > 0 || !group.subteams.is_empty() {
            div.references {
                h2 { (words::IN_THE_WAY.to(tongue)) }
                ul.points {
                    @if count > 0 { li { a href=(path) { (words::MEMBERS_COUNT.with(tongue, &[("count", &visit.number(count))])) } } }
                    @for team in &group.subteams { li { a href=(format!("/teams/{}", team.id)) { bdi { (called(team)) } } } }
                }
            }
        }
    };
    let asked = Question { title: &title, action: &path, what: "delete", button: words::DELETE, back: &path };
    Page::titled(&title).at(kind.place()).show(visit, &asked.show(visit, &body)).await
}
