//! Every team as a tree, or every business unit, and a new one.

use axum::extract::RawQuery;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Kind, manages};
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::page::Page;
use crate::console::parts::{Choice, Field, done, refusals};
use crate::console::refused::Refused;
use crate::console::small_form::{asked, asks, told};
use crate::console::visit::Visit;
use crate::console::words::{groups as words, person};

/// How deep the tree is drawn; what lies deeper is drawn at this depth.
const DEPTH_MAX: usize = 32;

document!(
    /// Every team.
    TEAMS,
    "{ groups: teams { id name parent { id } } }"
);
document!(
    /// Every business unit.
    UNITS,
    "{ groups: businessUnits { id name } }"
);

#[derive(Deserialize)]
pub(super) struct Found {
    pub groups: Vec<Group>,
}

#[derive(Deserialize)]
pub(super) struct Group {
    pub id: String,
    name: Option<String>,
    #[serde(default)]
    pub parent: Option<OnlyId>,
}

#[derive(Deserialize)]
pub(super) struct OnlyId {
    pub id: String,
}

impl Group {
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    fn is_under(&self, parent: Option<&str>) -> bool {
        self.parent.as_ref().map(|it| it.id.as_str()) == parent
    }
}

pub(super) async fn read(visit: &Visit, kind: Kind) -> Result<Vec<Group>, Refused> {
    let document = match kind {
        Kind::Teams => &TEAMS,
        Kind::Units => &UNITS,
    };
    let mut found: Found = visit.read(document, json!({})).await?;
    found.groups.sort_by_key(|group| group.label().to_lowercase());
    Ok(found.groups)
}

/// The tree as one line each with its depth, each team after the one that it is a part of.
pub(super) fn in_order(groups: &[Group]) -> Vec<(usize, &Group)> {
    let mut all = Vec::with_capacity(groups.len());
    let tops = groups.iter().rev().filter(|group| {
        group.parent.as_ref().is_none_or(|parent| !groups.iter().any(|one| one.id == parent.id))
    });
    let mut waiting: Vec<(usize, &Group)> = tops.map(|group| (0, group)).collect();
    while let Some((depth, group)) = waiting.pop() {
        all.push((depth, group));
        let below = groups.iter().rev().filter(|one| one.is_under(Some(&group.id)));
        waiting.extend(below.map(|one| ((depth + 1).min(DEPTH_MAX), one)));
    }
    all
}

/// Value and text of every group, those below others set in.
pub(super) fn options(groups: &[Group]) -> Vec<(String, String)> {
    let text = |depth: usize, group: &Group| format!("{}{}", "\u{2003}".repeat(depth), group.label());
    in_order(groups).into_iter().map(|(depth, group)| (group.id.clone(), text(depth, group))).collect()
}

pub(super) async fn show(kind: Kind, visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(kind, &visit, &Fields::of_query(query.as_deref()), &[]).await
}

async fn page(kind: Kind, visit: &Visit, given: &Fields, flaws: &[Flaw]) -> Result<Response, Refused> {
    let tongue = visit.tongue();
    let groups = read(visit, kind).await?;
    let title = kind.title().to(tongue);
    let body = html! {
        div.head { div.heading { h1 { (title) } p.soft { (kind.lead().to(tongue)) } } }
        (done(visit, told(given, &[("saved", person::SAVED), ("deleted", words::DELETED)])))
        (refusals(visit, flaws, &["name", "parentId"]))
        div.stack.reading {
            @if manages(visit) { (new(kind, visit, &groups, given, flaws)) }
            @if groups.is_empty() {
                div.empty { h2 { (words::EMPTY.to(tongue)) } }
            } @else {
                section.card { (tree(kind, &groups)) }
            }
        }
    };
    Page::titled(title).at(kind.place()).show(visit, &body).await
}

fn new(kind: Kind, visit: &Visit, groups: &[Group], given: &Fields, flaws: &[Flaw]) -> Markup {
    let tongue = visit.tongue();
    let top = (String::new(), words::AT_THE_TOP.to(tongue).to_owned());
    let parents = std::iter::once(top).chain(options(groups)).collect();
    let label = match kind {
        Kind::Teams => words::NEW_TEAM,
        Kind::Units => words::NEW_UNIT,
    };
    html! {
        section.card { (asks(visit, kind.path(), "create", &html! {
            div.inline {
                (Field { required: true, ..Field::text("name", label.to(tongue), given.text("name")) }.show(visit, flaws))
                @if kind == Kind::Teams && !groups.is_empty() {
                    (Choice { name: "parentId", label: words::PART_OF.to(tongue), value: given.text("parentId"), required: false, options: parents }.show(visit, flaws))
                }
                button type="submit" { (words::CREATE.to(tongue)) }
            }
        })) }
    }
}

fn tree(kind: Kind, groups: &[Group]) -> Markup {
    let branch = |parent: Option<&str>| -> Vec<&Group> {
        groups.iter().filter(|group| group.is_under(parent)).collect()
    };
    let ordered = in_order(groups);
    html! {
        ul.tree {
            @for (depth, group) in &ordered {
                li data-depth=(depth.min(&8)) {
                    a.named href=(format!("{}/{}", kind.path(), group.id)) { bdi { (group.label()) } }
                    @let below = branch(Some(&group.id)).len();
                    @if below > 0 { span.count { (below) } }
                }
            }
        }
    }
}

pub(super) async fn create(kind: Kind, visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let parent = fields.given("parentId").map_or(Value::Null, Value::from);
    let (change, input) = match kind {
        Kind::Teams => (&changes::CREATE_TEAM, json!({ "name": fields.text("name"), "parentId": parent })),
        Kind::Units => (&changes::CREATE_BUSINESS_UNIT, json!({ "name": fields.text("name") })),
    };
    match asked(&visit, change, input, &format!("{}?done=saved", kind.path())).await? {
        Ok(response) => Ok(response),
        Err(flaws) => page(kind, &visit, &fields, &flaws).await,
    }
}
