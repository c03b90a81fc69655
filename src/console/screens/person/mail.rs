//! Mail to a user: what was queued, how it stands, and sending it again.

use axum::extract::{Path, RawQuery};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Part, Person, read, shown, told};
use crate::console::ask::{Flaw, document};
use crate::console::changes;
use crate::console::form::Fields;
use crate::console::parts::{badge, refusals};
use crate::console::refused::Refused;
use crate::console::rights::Deeds;
use crate::console::small_form::{asked, asks};
use crate::console::visit::Visit;
use crate::console::words::{Text, mail as words};

document!(
    /// The mail of a user.
    MAIL,
    include_str!("mail.graphql")
);

#[derive(Deserialize)]
struct Found {
    user: Option<Own>,
}

#[derive(Deserialize)]
struct Own {
    mail: Vec<Mail>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mail {
    id: String,
    template: String,
    state: String,
    queued_at: String,
    attempts: u64,
    attempted_at: Option<String>,
    fault: Option<String>,
}

pub(super) async fn show(
    visit: Visit,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refused> {
    let query = Fields::of_query(query.as_deref());
    page(&visit, &id, told(query.text("done")), &[]).await
}

async fn page(visit: &Visit, id: &str, done: Option<Text>, flaws: &[Flaw]) -> Result<Response, Refused> {
    let (_, person) = read(visit, id, Part::Head, Value::Null).await?;
    let found: Found = visit.read(&MAIL, json!({ "id": id })).await?;
    let mail = found.user.map(|own| own.mail).unwrap_or_default();
    let may = Deeds::of(visit, person.key()?).lock && !person.deleted;
    let tongue = visit.tongue();
    let body = html! {
        (refusals(visit, flaws, &[]))
        section.card {
            h2 { (words::TITLE.to(tongue)) }
            @if mail.is_empty() { p.soft { (words::NONE.to(tongue)) } }
            ul.people { @for one in mail.iter().rev() { (entry(visit, &person, one, may)) } }
        }
    };
    shown(visit, &person, "/mail", done, &body).await
}

fn entry(visit: &Visit, person: &Person, mail: &Mail, may: bool) -> Markup {
    let tongue = visit.tongue();
    let kind = match mail.state.as_str() {
        "SENT" => "good",
        "FAILED" => "bad",
        "WAITING" => "warn",
        _ => "quiet",
    };
    let say =
        |word: &str| words::word(word).map_or_else(|| word.to_owned(), |text| text.to(tongue).to_owned());
    let attempts = visit.number(mail.attempts);
    html! {
        li {
            div {
                strong { (say(&mail.template)) }
                p.small.soft {
                    (visit.moment(&mail.queued_at)) " · " (words::ATTEMPTS.with(tongue, &[("count", &attempts)]))
                    @if let Some(at) = &mail.attempted_at { " · " (words::LAST.with(tongue, &[("time", &visit.moment(at))])) }
                    @if let Some(fault) = &mail.fault { " · " (say(fault)) }
                }
            }
            (badge(kind, &say(&mail.state)))
            @if may && mail.state != "WAITING" {
                (asks(visit, &format!("{}/mail", person.path()), "resend", &html! {
                    input type="hidden" name="of" value=(mail.id);
                    button.small type="submit" { (words::RESEND.to(tongue)) }
                }))
            }
        }
    }
}

pub(super) async fn resend(
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refused> {
    let input = json!({ "userId": id, "mailId": fields.text("of") });
    match asked(&visit, &changes::RESEND_MAIL, input, &format!("/people/{id}/mail?done=saved")).await? {
        Ok(response) => Ok(response),
        Err(flaws) => page(&visit, &id, None, &flaws).await,
    }
}
