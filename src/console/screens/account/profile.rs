//! The own profile: what is known, what one changes oneself (PRF-14), the picture, and notices.

use axum::extract::RawQuery;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{own_id, shown, told, version};
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{Field, picture, refusals, token};
use crate::console::refused::Refused;
use crate::console::upload::Upload;
use crate::console::visit::Visit;
use crate::console::words::{account as words, frame, profile};

document!(
    /// The own profile.
    PROFILE,
    include_str!("profile.graphql")
);

/// What people change themselves, with what a browser may fill in.
const OWN_FIELDS: [(&str, &str, &str); 5] = [
    ("landLinePhone", "tel", "tel"),
    ("mobilePhone", "tel", "tel"),
    ("streetAddress", "text", "street-address"),
    ("postalCode", "text", "postal-code"),
    ("signature", "lines", "off"),
];

#[derive(Deserialize)]
struct Found {
    me: Option<Own>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Own {
    label: String,
    avatar_url: Option<String>,
    version: u64,
    managed_elsewhere: bool,
    access_profile: String,
    license: Option<String>,
    land_line_phone: Option<String>,
    mobile_phone: Option<String>,
    street_address: Option<String>,
    postal_code: Option<String>,
    signature: Option<String>,
    profile_rows: Vec<ProfileRow>,
    roles: Vec<OnlyName>,
    teams: Vec<OnlyName>,
    business_units: Vec<OnlyName>,
    notices: Vec<Notice>,
}

#[derive(Deserialize)]
struct ProfileRow {
    name: String,
    value: Option<String>,
}

#[derive(Deserialize)]
struct OnlyName {
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notice {
    id: String,
    text: String,
    started_at: String,
}

impl Own {
    fn value(&self, field: &str) -> &str {
        let value = match field {
            "landLinePhone" => &self.land_line_phone,
            "mobilePhone" => &self.mobile_phone,
            "streetAddress" => &self.street_address,
            "postalCode" => &self.postal_code,
            _ => &self.signature,
        };
        value.as_deref().unwrap_or_default()
    }
}

pub(super) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Result<Response, Refused> {
    page(&visit, query.as_deref(), &[], None).await
}

async fn page(
    visit: &Visit,
    query: Option<&str>,
    flaws: &[Flaw],
    given: Option<&Fields>,
) -> Result<Response, Refused> {
    let found: Found = visit.read(&PROFILE, json!({})).await?;
    let own = found.me.ok_or(Refused::SignIn)?;
    let body = html! {
        @for notice in &own.notices { (told_of(visit, notice)) }
        (known(visit, &own))
        @if !own.managed_elsewhere { (contact(visit, &own, flaws, given)) }
        (picture_form(visit, "/account/picture", &own.label, own.avatar_url.as_deref(), flaws))
    };
    shown(visit, "/account", told(query), &body).await
}

/// The provider's support was here (PXY-23), and the like.
fn told_of(visit: &Visit, notice: &Notice) -> Markup {
    html! {
        section.told aria-label=(words::NOTICE.to(visit.tongue())) {
            div { p { (notice.text) } p.small { time datetime=(notice.started_at) { (visit.moment(&notice.started_at)) } } }
            form method="post" action="/account/notice" {
                (token(visit))
                input type="hidden" name="notice" value=(notice.id);
                button.small type="submit" { (words::DISMISS.to(visit.tongue())) }
            }
        }
    }
}

fn known(visit: &Visit, own: &Own) -> Markup {
    let tongue = visit.tongue();
    let names =
        |all: &[OnlyName]| all.iter().filter_map(|one| one.name.clone()).collect::<Vec<_>>().join(", ");
    let word = |name: &str| profile::word(name).map_or(name.to_owned(), |text| text.to(tongue).to_owned());
    let mut rows: Vec<(String, String)> = Vec::new();
    let own_fields = OWN_FIELDS.map(|(name, ..)| name);
    for row in own.profile_rows.iter().filter(|row| !own_fields.contains(&row.name.as_str())) {
        let label = profile::field(&row.name).map_or(row.name.as_str(), |text| text.to(tongue));
        rows.push((label.to_owned(), row.value.clone().unwrap_or_default()));
    }
    rows.push((profile::ACCESS_PROFILE.to(tongue).to_owned(), word(&own.access_profile)));
    rows.push((profile::LICENSE.to(tongue).to_owned(), own.license.as_deref().map(word).unwrap_or_default()));
    rows.push((profile::ROLES.to(tongue).to_owned(), names(&own.roles)));
    rows.push((profile::TEAM.to(tongue).to_owned(), names(&own.teams)));
    rows.push((profile::UNIT.to(tongue).to_owned(), names(&own.business_units)));
    html! {
        section.card {
            dl.rows {
                // PRO-22: what is empty has no row.
                @for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
                    div { dt { (label) } dd { bdi { (value) } } }
                }
            }
        }
    }
}

fn contact(visit: &Visit, own: &Own, flaws: &[Flaw], given: Option<&Fields>) -> Markup {
    let tongue = visit.tongue();
    let names = OWN_FIELDS.map(|(name, ..)| name);
    // A picture that was refused is told of at the picture.
    let flaws: Vec<Flaw> = flaws.iter().filter(|flaw| flaw.field() != Some("image")).cloned().collect();
    html! {
        section.card {
            h2 { (words::CONTACT.to(tongue)) }
            p.soft { (words::CONTACT_LEAD.to(tongue)) }
            (refusals(visit, &flaws, &names))
            form.fields.two method="post" action="/account" data-keep {
                (token(visit))
                input type="hidden" name="version" value=(given.map_or(own.version.to_string(), |it| it.text("version").to_owned()));
                @for (name, kind, autocomplete) in OWN_FIELDS {
                    @let label = profile::field(name).map_or(name, |text| text.to(tongue));
                    @let value = given.filter(|given| given.has(name)).map_or(own.value(name), |given| given.text(name));
                    div.whole[kind == "lines"] {
                        (Field { kind, autocomplete, ..Field::text(name, label, value) }.show(visit, &flaws))
                    }
                }
                div.buttons.whole { button.primary type="submit" { (frame::SAVE.to(tongue)) } }
            }
        }
    }
}

/// A picture is chosen here and counts when it is saved (PRO-15): the form of its own is the saving.
pub(in crate::console) fn picture_form(
    visit: &Visit,
    action: &str,
    label: &str,
    url: Option<&str>,
    flaws: &[Flaw],
) -> Markup {
    let tongue = visit.tongue();
    let own: Vec<Flaw> = flaws.iter().filter(|flaw| flaw.field() == Some("image")).cloned().collect();
    html! {
        section.card {
            h2 { (words::PICTURE.to(tongue)) }
            p.soft { (words::PICTURE_LEAD.to(tongue)) }
            (refusals(visit, &own, &["image"]))
            div.portrait {
                div.big data-preview { (picture(label, url)) }
                form.fields method="post" action=(action) enctype="multipart/form-data" {
                    (token(visit))
                    (Field { kind: "file", required: true, ..Field::text("image", words::CHOOSE_PICTURE.to(tongue), "") }.show(visit, &own))
                    div.buttons {
                        button.primary type="submit" { (words::SAVE_PICTURE.to(tongue)) }
                        @if url.is_some() {
                            button type="submit" form="remove-picture" { (words::REMOVE_PICTURE.to(tongue)) }
                        }
                    }
                }
                @if url.is_some() {
                    form #remove-picture method="post" action=(format!("{action}/remove")) { (token(visit)) }
                }
            }
        }
    }
}

pub(super) async fn save(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let mut input = Map::new();
    input.insert("userId".to_owned(), json!(own_id(&visit)?));
    input.insert("expectedVersion".to_owned(), version(&fields));
    for (name, ..) in OWN_FIELDS {
        if fields.has(name) {
            input.insert(name.to_owned(), fields.given(name).map_or(Value::Null, Value::from));
        }
    }
    match visit.change(&changes::CHANGE_PROFILE, input.into()).await? {
        Ok(_) => Ok(Redirect::to("/account?done=saved").into_response()),
        Err(flaws) => page(&visit, None, &flaws, Some(&fields)).await,
    }
}

pub(super) async fn save_picture(visit: Visit, upload: Upload) -> Result<Response, Refused> {
    let user = own_id(&visit)?;
    match set_picture(&visit, &user, &upload).await? {
        Ok(_) => Ok(Redirect::to("/account?done=saved").into_response()),
        Err(flaws) => page(&visit, None, &flaws, None).await,
    }
}

/// Sets a picture that was sent.
pub(in crate::console) async fn set_picture(
    visit: &Visit,
    user: &str,
    upload: &Upload,
) -> Result<Result<Value, Vec<Flaw>>, Refused> {
    let input = json!({ "userId": user, "image": STANDARD.encode(&upload.file) });
    let changed = visit.change(&changes::SET_AVATAR, input).await?;
    // Whatever is wrong with it is shown at the one field there is.
    Ok(changed.map_err(|flaws| flaws.into_iter().map(|flaw| flaw.moved_to("image")).collect()))
}

pub(super) async fn remove_picture(visit: Visit, _fields: Fields) -> Result<Response, Refused> {
    let input = json!({ "userId": own_id(&visit)? });
    match visit.change(&changes::REMOVE_AVATAR, input).await? {
        Ok(_) => Ok(Redirect::to("/account?done=saved").into_response()),
        Err(flaws) => page(&visit, None, &flaws, None).await,
    }
}

pub(super) async fn dismiss(visit: Visit, fields: Fields) -> Result<Response, Refused> {
    let input = json!({ "noticeId": fields.text("notice") });
    match visit.change(&changes::DISMISS_NOTICE, input).await? {
        Ok(_) => Ok(Redirect::to("/account").into_response()),
        Err(flaws) => page(&visit, None, &flaws, None).await,
    }
}
