//! The layout around every screen: skip link, banner, top bar with the reader's menu, navigation, main part.

use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};
use serde::Deserialize;
use serde_json::json;

use super::ask::document;
use super::cookies::Theme;
use super::form::TOKEN;
use super::parts::{icon, picture, token};
use super::refused::Refused;
use super::visit::Visit;
use super::words::{Text, frame as words, outbox, rules, wordings};
use crate::access::Capability;

document!(
    /// Who reads, for the top bar.
    READER,
    "{ me { id label avatarUrl } actingAs { byLabel } }"
);

/// Where in the navigation a page belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Agents,
    Clients,
    Roles,
    AccessProfiles,
    Licenses,
    Teams,
    Units,
    Applications,
    Attributes,
    Rules,
    Settings,
    Outbox,
    MailTemplates,
    Account,
    Privacy,
    History,
    Moments,
    Health,
}

/// A page to be shown.
pub(super) struct Page {
    title: String,
    place: Option<Place>,
}

/// The reader as the top bar names them.
#[derive(Deserialize)]
struct Reader {
    me: Option<Me>,
    #[serde(rename = "actingAs")]
    acting_as: Option<ActingAs>,
}

#[derive(Deserialize)]
struct Me {
    label: String,
    #[serde(rename = "avatarUrl")]
    avatar_url: Option<String>,
}

#[derive(Deserialize)]
struct ActingAs {
    #[serde(rename = "byLabel")]
    by_label: String,
}

/// A link of the navigation: what it says, where it leads, and what the reader must be permitted.
struct Link {
    place: Place,
    text: Text,
    icon: &'static str,
    to: &'static str,
    needs: Option<Capability>,
}

const fn link(
    place: Place,
    text: Text,
    icon: &'static str,
    to: &'static str,
    needs: Option<Capability>,
) -> Link {
    Link { place, text, icon, to, needs }
}

/// The navigation (UI-01), a line for each screen. One that everybody may open needs nothing.
const NAVIGATION: &[Link] = &[
    link(Place::Agents, words::AGENTS, "agents", "/agents", Some(Capability::SeeUsers)),
    link(Place::Clients, words::CLIENTS, "clients", "/clients", Some(Capability::SeeUsers)),
    link(Place::Roles, words::ROLES, "roles", "/roles", Some(Capability::SeeRoles)),
    link(
        Place::AccessProfiles,
        words::ACCESS_PROFILES,
        "profiles",
        "/access-profiles",
        Some(Capability::SeeRoles),
    ),
    link(Place::Licenses, words::LICENSES, "licenses", "/licenses", Some(Capability::SeeLicenses)),
    link(Place::Teams, words::TEAMS, "teams", "/teams", Some(Capability::SeeTeams)),
    link(Place::Units, words::UNITS, "units", "/units", Some(Capability::SeeTeams)),
    link(
        Place::Applications,
        words::APPLICATIONS,
        "applications",
        "/applications",
        Some(Capability::SeeRoles),
    ),
    link(Place::Attributes, words::ATTRIBUTES, "attributes", "/attributes", Some(Capability::SeeUsers)),
    link(Place::Rules, rules::TITLE, "rules", "/rules", Some(Capability::SeeUserRules)),
    link(Place::Settings, words::SETTINGS, "settings", "/settings", Some(Capability::SeeSettings)),
    link(Place::Outbox, outbox::TITLE, "outbox", "/outbox", Some(Capability::SeePeople)),
    link(Place::MailTemplates, wordings::TITLE, "letter", "/mail-templates", Some(Capability::SeeSettings)),
    link(Place::Account, words::ACCOUNT, "account", "/account", None),
];

/// What auditors and compliance officers come for.
const OVERSIGHT: [Link; 4] = [
    Link {
        place: Place::Privacy,
        text: words::PRIVACY,
        icon: "privacy",
        to: "/privacy",
        needs: Some(Capability::SeeRegister),
    },
    Link {
        place: Place::History,
        text: words::HISTORY,
        icon: "history",
        to: "/history",
        needs: Some(Capability::SeeHistory),
    },
    Link {
        place: Place::Moments,
        text: words::MOMENTS,
        icon: "moments",
        to: "/moments",
        needs: Some(Capability::SeeHistory),
    },
    Link {
        place: Place::Health,
        text: words::HEALTH,
        icon: "health",
        to: "/health",
        needs: Some(Capability::SeeViews),
    },
];

impl Page {
    pub fn titled(title: impl Into<String>) -> Page {
        Page { title: title.into(), place: None }
    }

    pub fn at(self, place: Place) -> Page {
        Page { place: Some(place), ..self }
    }

    /// In the whole layout.
    ///
    /// # Errors
    /// That the reader is nobody any more.
    pub async fn show(self, visit: &Visit, body: &Markup) -> Result<Response, Refused> {
        let reader: Reader = visit.read(&READER, json!({})).await?;
        let tongue = visit.tongue();
        let Some(me) = &reader.me else { return Err(Refused::SignIn) };
        let content = html! {
            @if let Some(acting) = &reader.acting_as { (banner(visit, me, acting)) }
            header.top {
                a.brand href="/" { (icon("brand")) span { "Rollbook" } }
                (menu(visit, me, reader.acting_as.as_ref()))
            }
            div.frame {
                nav.side aria-label=(words::NAVIGATION.to(tongue)) { (navigation(visit, self.place)) }
                main #main tabindex="-1" { (body) }
            }
        };
        Ok(self.document(visit, &content))
    }

    /// Without navigation: for who is not signed in, or must do one thing first.
    pub fn show_alone(self, visit: &Visit, body: &Markup) -> Response {
        let content = html! {
            header.top.alone { a.brand href="/" { (icon("brand")) span { "Rollbook" } } (themes(visit)) }
            main.alone #main tabindex="-1" { (body) }
        };
        self.document(visit, &content)
    }

    fn document(&self, visit: &Visit, content: &Markup) -> Response {
        let (tongue, assets) = (visit.tongue(), visit.assets());
        let accessible = visit.preferences().accessibility_mode;
        let page = html! {
            (DOCTYPE)
            html lang=(tongue.tag()) data-theme=(visit.theme().name()) data-access[accessible] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · Rollbook" }
                    link rel="stylesheet" href=(assets.style());
                    link rel="icon" type="image/svg+xml" href=(assets.icon());
                    script type="module" src=(assets.script()) {}
                }
                body {
                    a.skip href="#main" { (words::SKIP.to(tongue)) }
                    (content)
                }
            }
        };
        Html(page.into_string()).into_response()
    }
}

/// Links to what the reader may open.
fn navigation(visit: &Visit, place: Option<Place>) -> Markup {
    let tongue = visit.tongue();
    let open = |link: &&Link| link.needs.is_none_or(|needed| visit.holds(needed));
    let groups = [NAVIGATION.iter().filter(open), OVERSIGHT.iter().filter(open)];
    html! {
        @for group in groups.map(Vec::from_iter).iter().filter(|group| !group.is_empty()) {
            ul {
                @for link in group {
                    li { a href=(link.to) aria-current=[(place == Some(link.place)).then_some("page")] {
                        (icon(link.icon)) span { (link.text.to(tongue)) }
                    } }
                }
            }
        }
    }
}

/// While somebody acts as another (PXY-06).
fn banner(visit: &Visit, me: &Me, acting: &ActingAs) -> Markup {
    let places = [("name", me.label.as_str()), ("by", acting.by_label.as_str())];
    html! {
        div.acting role="status" {
            (icon("mask"))
            p { (words::ACTING.with(visit.tongue(), &places)) }
            form method="post" action="/switch-back" {
                (token(visit))
                button.small type="submit" { (words::SWITCH_BACK.to(visit.tongue())) }
            }
        }
    }
}

/// The menu by the reader's name. Switch Back stands above Sign out (PXY-08).
fn menu(visit: &Visit, me: &Me, acting: Option<&ActingAs>) -> Markup {
    let tongue = visit.tongue();
    html! {
        details.menu data-menu {
            summary {
                (picture(&me.label, me.avatar_url.as_deref()))
                span.name { (me.label) }
                (icon("down"))
            }
            div.sheet {
                @if let Some(acting) = acting {
                    p.by { (words::REALLY.with(tongue, &[("by", &acting.by_label)])) }
                }
                ul {
                    li { a href="/account" { (words::ACCOUNT.to(tongue)) } }
                    li { a href="/account/history" { (words::OWN_HISTORY.to(tongue)) } }
                }
                (themes(visit))
                ul.leave {
                    @if acting.is_some() {
                        li { form method="post" action="/switch-back" {
                            (token(visit))
                            button.plain type="submit" { (words::SWITCH_BACK.to(tongue)) }
                        } }
                    }
                    li { form method="post" action="/sign-out" {
                        (token(visit))
                        button.plain type="submit" { (words::SIGN_OUT.to(tongue)) }
                    } }
                }
            }
        }
    }
}

fn themes(visit: &Visit) -> Markup {
    let tongue = visit.tongue();
    let choices =
        [(Theme::Light, words::LIGHT), (Theme::Dark, words::DARK), (Theme::Machine, words::MACHINE)];
    html! {
        form.themes method="post" action="/theme" aria-label=(words::THEME.to(tongue)) {
            input type="hidden" name=(TOKEN) value=(visit.form_token());
            input type="hidden" name="to" value=(visit.address());
            @for (theme, text) in choices {
                button type="submit" name="theme" value=(theme.name())
                    aria-pressed=(if visit.theme() == theme { "true" } else { "false" }) {
                    (text.to(tongue))
                }
            }
        }
    }
}

/// A drawing of ours, which is markup already.
pub(super) struct Drawing(pub &'static str);

impl Render for Drawing {
    fn render(&self) -> Markup {
        PreEscaped(self.0.to_owned())
    }
}
