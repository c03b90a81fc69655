//! Roles, seats, access profile, teams and business units of a user: each change is a small form of its own.

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use maud::{Markup, html};
use serde_json::{Value, json};

use super::create::profiles;
use super::{Found, Part, Person, read, shown, told, went};
use crate::access::Capability;
use crate::console::ask::{Document, Flaw, Named};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Choice, refusals, token};
use crate::console::refused::Refused;
use crate::console::rights::Deeds;
use crate::console::timeline;
use crate::console::visit::Visit;
use crate::console::words::{Text, applications, frame, list, person as words};

pub(super) async fn show(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let query = Fields::of_query(query.as_deref());
    page(&visit, &id, told(query.text("done")), &[]).await
}

async fn page(visit: &Visit, id: &str, done: Option<Text>, flaws: &[Flaw]) -> Result<Response, Refused> {
    let (found, person) = read(visit, id, Part::Access, Value::Null).await?;
    let deeds = Deeds::of(visit, person.key()?);
    let assigns = deeds.assign_access && !person.deleted;
    let groups = visit.holds(Capability::AssignTeams) && deeds.assign_access && !person.deleted;
    let tongue = visit.tongue();
    let body = html! {
        (refusals(visit, flaws, &[]))
        (roles(visit, &person, &found, assigns))
        @if person.kind == "AGENT" { (license(visit, &person, assigns)) }
        @if person.kind == "AGENT" { (profile(visit, &person, deeds.assign_profile && !person.deleted)) }
        (members(visit, &person, &MEMBERS[0], &person.teams, &found.teams, groups))
        (members(visit, &person, &MEMBERS[1], &person.business_units, &found.business_units, groups))
        @let gives = assigns && visit.holds(Capability::SeeRoles);
        @if gives || !person.applications.is_empty() {
            section.card {
                h2 { (words::APPLICATIONS.to(tongue)) }
                dl.rows { @for access in &person.applications {
                    div {
                        dt { bdi { (access.application.name.as_deref().unwrap_or_default()) } }
                        dd { bdi { (access.roles.iter().filter_map(|role| role.name.as_deref()).collect::<Vec<_>>().join(", ")) } }
                    }
                } }
                @if gives {
                    p.after { a.button.small href=(format!("{}/applications", person.path())) { (applications::ACCESS.to(tongue)) } }
                }
            }
        }
        @if let Some(grant) = &person.proxy_grant {
            section.card { h2 { (words::AS_WHOM.to(tongue)) } p { (grant.label) } }
        }
    };
    shown(visit, &person, "/access", done, &body).await
}

/// A form that asks one thing of the user.
fn asks(visit: &Visit, person: &Person, what: &str, body: &Markup) -> Markup {
    html! {
        form method="post" action=(format!("{}/access", person.path())) {
            (token(visit))
            input type="hidden" name="what" value=(what);
            (body)
        }
    }
}

fn named(one: &Named) -> &str {
    one.name.as_deref().unwrap_or(&one.id)
}

fn roles(visit: &Visit, person: &Person, found: &Found, may: bool) -> Markup {
    let tongue = visit.tongue();
    let others = found
        .roles
        .iter()
        .filter(|role| role.kind == person.kind && !person.held.iter().any(|held| held.id == role.id));
    let options: Vec<(String, String)> =
        others.map(|role| (role.id.clone(), role.name.clone().unwrap_or_else(|| role.id.clone()))).collect();
    let seats = vec![
        ("READ_WRITE".to_owned(), list::READ_WRITE.to(tongue).to_owned()),
        ("READ_ONLY".to_owned(), list::READ_ONLY.to(tongue).to_owned()),
    ];
    let takes_seat = person.kind == "AGENT" && person.held.is_empty() && person.license.is_none();
    html! {
        section.card {
            h2 { (words::ROLES.to(tongue)) }
            @if person.held.is_empty() { p.soft { (words::NO_ROLES.to(tongue)) } }
            (entries(visit, person, &person.held, "unassignRole", words::TAKE, words::TAKE_ROLE, may))
            @if may && !options.is_empty() {
                (asks(visit, person, "assignRole", &html! {
                    div.inline {
                        (Choice { name: "role", label: words::ADD_ROLE.to(tongue), value: "", required: true, options }.show(visit, &[]))
                        @if takes_seat {
                            (Choice { name: "license", label: words::LICENSE_FOR_ROLE.to(tongue), value: "READ_WRITE", required: true, options: seats }.show(visit, &[]))
                        }
                        button type="submit" { (words::GIVE.to(tongue)) }
                    }
                }))
            }
        }
    }
}

/// What somebody has, each with a way to take it.
fn entries(
    visit: &Visit,
    person: &Person,
    all: &[Named],
    what: &str,
    take: Text,
    label: Text,
    may: bool,
) -> Markup {
    let tongue = visit.tongue();
    html! {
        @if !all.is_empty() {
            ul.entries {
                @for one in all {
                    li {
                        bdi { (named(one)) }
                        @if may {
                            (asks(visit, person, what, &html! {
                                input type="hidden" name="of" value=(one.id);
                                button.link type="submit" aria-label=(label.with(tongue, &[("name", named(one))])) { (take.to(tongue)) }
                            }))
                        }
                    }
                }
            }
        }
    }
}

fn license(visit: &Visit, person: &Person, may: bool) -> Markup {
    let tongue = visit.tongue();
    let held = person.license.as_deref();
    html! {
        section.card {
            h2 { (words::LICENSE.to(tongue)) }
            p { (held.map_or(words::NO_LICENSE.to(tongue), |held| timeline::value(tongue, held))) }
            @if may {
                div.buttons.after {
                    @for (name, text) in [("READ_WRITE", list::READ_WRITE), ("READ_ONLY", list::READ_ONLY)] {
                        @if held != Some(name) {
                            (asks(visit, person, "grantLicense", &html! {
                                input type="hidden" name="of" value=(name);
                                button.small type="submit" { (words::GRANT_LICENSE.to(tongue)) ": " (text.to(tongue)) }
                            }))
                        }
                    }
                    @if held.is_some() {
                        (asks(visit, person, "revokeLicense", &html! { button.small type="submit" { (words::REVOKE_LICENSE.to(tongue)) } }))
                    }
                }
            }
        }
    }
}

fn profile(visit: &Visit, person: &Person, may: bool) -> Markup {
    let tongue = visit.tongue();
    html! {
        section.card {
            h2 { (words::ACCESS_PROFILE.to(tongue)) }
            p.soft { (words::ACCESS_PROFILE_LEAD.to(tongue)) }
            @if may {
                (asks(visit, person, "assignAccessProfile", &html! {
                    div.inline {
                        (Choice { name: "of", label: words::ACCESS_PROFILE.to(tongue), value: &person.access_profile, required: true, options: profiles(visit) }.show(visit, &[]))
                        button type="submit" { (frame::SAVE.to(tongue)) }
                    }
                }))
            } @else { p { (timeline::value(tongue, &person.access_profile)) } }
        }
    }
}

/// Teams and business units are alike here.
struct Members {
    title: Text,
    add: &'static str,
    remove: &'static str,
    field: &'static str,
}

const MEMBERS: [Members; 2] = [
    Members { title: words::TEAMS, add: "addTeamMember", remove: "removeTeamMember", field: "of-team" },
    Members {
        title: words::UNITS,
        add: "addToBusinessUnit",
        remove: "removeFromBusinessUnit",
        field: "of-unit",
    },
];

fn members(visit: &Visit, person: &Person, of: &Members, held: &[Named], all: &[Named], may: bool) -> Markup {
    let tongue = visit.tongue();
    let others = all.iter().filter(|one| !held.iter().any(|held| held.id == one.id));
    let options: Vec<(String, String)> = others.map(|one| (one.id.clone(), named(one).to_owned())).collect();
    html! {
        section.card {
            h2 { (of.title.to(tongue)) }
            @if held.is_empty() { p.soft { (words::NONE_YET.to(tongue)) } }
            (entries(visit, person, held, of.remove, words::REMOVE, words::REMOVE_FROM, may))
            @if may && !options.is_empty() {
                (asks(visit, person, of.add, &html! {
                    div.inline {
                        (Choice { name: of.field, label: of.title.to(tongue), value: "", required: true, options }.show(visit, &[]))
                        button type="submit" { (words::ADD.to(tongue)) }
                    }
                }))
            }
        }
    }
}

/// One change, named by the form.
pub(super) async fn change(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let (change, input) = asked(&id, &fields)?;
    match visit.change(change, input).await? {
        Ok(_) => Ok(went(&id, "/access", "saved")),
        Err(flaws) => page(&visit, &id, None, &flaws).await,
    }
}

fn asked(id: &str, fields: &Fields) -> Result<(&'static Document, Value), Refused> {
    let of = fields.text("of");
    Ok(match fields.text("what") {
        "assignRole" => (
            &changes::ASSIGN_ROLE,
            json!({ "userId": id, "roleId": fields.text("role"), "license": fields.given("license") }),
        ),
        "unassignRole" => (&changes::UNASSIGN_ROLE, json!({ "userId": id, "roleId": of })),
        "grantLicense" => (&changes::GRANT_LICENSE, json!({ "userId": id, "type": of })),
        "revokeLicense" => (&changes::REVOKE_LICENSE, json!({ "userId": id })),
        "assignAccessProfile" => {
            (&changes::ASSIGN_ACCESS_PROFILE, json!({ "userId": id, "accessProfile": of }))
        }
        "addTeamMember" => {
            (&changes::ADD_TEAM_MEMBER, json!({ "userId": id, "teamId": fields.text("of-team") }))
        }
        "removeTeamMember" => (&changes::REMOVE_TEAM_MEMBER, json!({ "userId": id, "teamId": of })),
        "addToBusinessUnit" => (
            &changes::ADD_TO_BUSINESS_UNIT,
            json!({ "userId": id, "businessUnitId": fields.text("of-unit") }),
        ),
        "removeFromBusinessUnit" => {
            (&changes::REMOVE_FROM_BUSINESS_UNIT, json!({ "userId": id, "businessUnitId": of }))
        }
        _ => return Err(Refused::Malformed),
    })
}
