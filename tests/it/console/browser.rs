//! A browser without JavaScript: it keeps cookies, follows redirects, and sends the forms of the page it shows.

use std::collections::BTreeMap;

use axum::http::{Method, StatusCode, header};
use http_body_util::Full;

use crate::support::http::{Answer, Client};
use crate::support::rollbook::{ADMIN_PASSWORD, Rollbook};

/// Redirects that are followed before somebody goes round in circles.
const REDIRECTS_MAX: usize = 5;

/// A browser and the page it shows.
pub struct Browser {
    client: Client,
    pub cookies: BTreeMap<String, String>,
    /// Where it is.
    pub address: String,
    pub status: StatusCode,
    pub html: String,
    /// The last answer, before redirects were followed.
    pub answer: Option<Answer>,
    /// What it says besides, as real ones do.
    pub headers: Vec<(&'static str, String)>,
}

impl Browser {
    pub fn of(rollbook: &Rollbook) -> Browser {
        Browser {
            client: rollbook.anonymous(),
            cookies: BTreeMap::new(),
            address: "/".to_owned(),
            status: StatusCode::OK,
            html: String::new(),
            answer: None,
            headers: Vec::new(),
        }
    }

    /// Signed in as the administrator.
    pub async fn administrator(rollbook: &Rollbook) -> Browser {
        let mut browser = Browser::of(rollbook);
        browser.sign_in("admin", ADMIN_PASSWORD).await;
        assert!(!browser.html.contains("action=\"/sign-in\""), "{}", browser.html);
        browser
    }

    pub async fn sign_in(&mut self, login: &str, password: &str) {
        self.open("/sign-in").await;
        self.submit("/sign-in", &[("login", login), ("password", password)]).await;
    }

    /// Goes to an address.
    pub async fn open(&mut self, address: &str) -> &str {
        self.send(Method::GET, address, "").await;
        &self.html
    }

    /// Fills in the first form of the page with this action, and sends it: what the page put into its hidden
    /// fields goes along, what is given replaces.
    pub async fn submit(&mut self, action: &str, given: &[(&str, &str)]) -> &str {
        let mut fields = self.form(action).unwrap_or_else(|| panic!("no form {action} in {}", self.html));
        fields.retain(|(name, _)| !given.iter().any(|(known, _)| known == name));
        fields.extend(given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = encoded(&fields);
        self.send(Method::POST, action, &body).await;
        &self.html
    }

    /// Sends fields of its own making.
    pub async fn post(&mut self, action: &str, fields: &[(&str, &str)]) -> &str {
        let fields: Vec<(String, String)> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.send(Method::POST, action, &encoded(&fields)).await;
        &self.html
    }

    /// What the form of an action would send of itself; `None` where the page has none.
    pub fn form(&self, action: &str) -> Option<Vec<(String, String)>> {
        let forms = self.html.split("<form").skip(1).map(|rest| rest.split("</form>").next().unwrap());
        let mut own = forms.filter(|form| {
            let head = &form[..form.find('>').unwrap()];
            head.contains(&format!("action=\"{action}\"")) && head.contains("method=\"post\"")
        });
        let form = own.next()?;
        let inputs = form.split("<input").skip(1).map(|rest| &rest[..rest.find('>').unwrap()]);
        let sent = inputs.filter(|input| {
            let box_of = input.contains("type=\"checkbox\"") || input.contains("type=\"radio\"");
            !box_of || input.contains(" checked")
        });
        let inputs = sent.filter_map(|input| {
            Some((attribute(input, "name")?, attribute(input, "value").unwrap_or_default()))
        });
        let selects = form.split("<select").skip(1).map(|rest| rest.split("</select>").next().unwrap());
        let selects = selects.filter_map(|select| {
            let options: Vec<&str> = select.split("<option").skip(1).collect();
            let chosen =
                options.iter().find(|option| option[..option.find('>').unwrap()].contains(" selected"));
            let chosen = chosen.or(options.first())?;
            Some((attribute(select, "name")?, attribute(chosen, "value")?))
        });
        let areas = form.split("<textarea").skip(1).map(|rest| rest.split("</textarea>").next().unwrap());
        let areas = areas
            .filter_map(|area| Some((attribute(area, "name")?, unescaped(&area[area.find('>')? + 1..]))));
        Some(inputs.chain(selects).chain(areas).collect())
    }

    /// Is there a form with this action?
    pub fn has_form(&self, action: &str) -> bool {
        self.form(action).is_some()
    }

    /// The token in the forms of the page.
    pub fn token(&self) -> String {
        let (_, rest) = self.html.split_once("name=\"token\" value=\"").expect("a form with a token");
        rest.split('"').next().unwrap().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.answer.as_ref().map_or("", |answer| answer.header(name))
    }

    async fn send(&mut self, method: Method, address: &str, body: &str) {
        let (mut method, mut address, mut body) = (method, address.to_owned(), body.to_owned());
        for step in 0..=REDIRECTS_MAX {
            let mut request = self.client.request(method.clone(), &address);
            if method == Method::POST {
                request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            }
            let cookies: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            if !cookies.is_empty() {
                request = request.header(header::COOKIE, cookies.join("; "));
            }
            for (name, value) in &self.headers {
                request = request.header(*name, value);
            }
            let answer = self.client.send(request.body(Full::from(body.clone())).unwrap()).await;
            self.keep(&answer);
            self.status = answer.status;
            self.html = answer.text();
            self.address.clone_from(&address);
            let next = answer.status.is_redirection().then(|| answer.header("location").to_owned());
            if step == 0 {
                self.answer = Some(answer);
            }
            let Some(next) = next else { return };
            assert!(next.starts_with('/') && !next.starts_with("//"), "redirected to {next}");
            (method, address, body) = (Method::GET, next, String::new());
        }
        panic!("round in circles at {address}");
    }

    fn keep(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (pair, about) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if about.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next().unwrap()))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn encoded(fields: &[(String, String)]) -> String {
    let write = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", write(name), write(value))).collect();
    pairs.join("&")
}
