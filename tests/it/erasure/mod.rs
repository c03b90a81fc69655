//! Erasure that holds: every step seen, taken up after a stop at any of them, and a signed receipt at the end.

mod at_once;
mod cost;
mod heard;
mod histories;
mod people;
mod previews;
mod receipts;
mod refused;
mod said;
mod stopped;
pub mod traces;
mod world;

use std::io::Cursor;

use axum::http::{Method, StatusCode};
use http_body_util::Full;
use image::{DynamicImage, ImageFormat};
use serde_json::{Value, json};

use crate::support::http::Client;
use crate::support::rollbook::Rollbook;

pub const USERNAME: &str = "Johannes.Petersilie";
pub const EMAIL: &str = "jopet@kraeuter.example";

/// Somebody to be erased, who asks for it, and who agrees.
pub struct Case {
    pub john: String,
    pub olga: Client,
    pub otto: Client,
}

/// What is asked of each erasure.
pub const FIELDS: &str = "id position userId mode state requestId receipt \
                          steps { name at } remaining { what until events }";

/// A deleted person who worked and had a picture, and two compliance officers.
pub async fn case(rollbook: &Rollbook) -> Case {
    let admin = &rollbook.admin;
    let input = json!({ "kind": "AGENT", "username": USERNAME, "email": EMAIL, "fullName": "Johannes Petersilie",
                        "mobilePhone": "+49 170 1234567", "password": "password of his" });
    let payload = admin.accept("createUser", input, "user { id }").await;
    let john = payload["user"]["id"].as_str().unwrap().to_owned();
    let himself = rollbook.sign_in(EMAIL, "password of his").await;
    show(&himself, &john).await;
    himself.accept("signOut", json!({}), "").await;
    let olga = officer(rollbook, "olga").await;
    Case { john, olga, otto: officer(rollbook, "otto").await }
}

pub async fn officer(rollbook: &Rollbook, name: &str) -> Client {
    let id = rollbook.admin.create("AGENT", name).await;
    let profile = json!({ "userId": id, "accessProfile": "COMPLIANCE_OFFICER" });
    rollbook.admin.accept("assignAccessProfile", profile, "").await;
    rollbook.sign_in(name, &format!("password of {name}")).await
}

/// Gives a user a picture.
pub async fn show(client: &Client, user: &str) {
    let mut bytes = Vec::new();
    DynamicImage::new_rgb8(4, 4).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    let request = client.request(Method::PUT, &format!("/avatars/{user}"));
    let answer = client.send(request.body(Full::from(bytes)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

impl Case {
    pub fn asked(&self, mode: &str) -> Value {
        json!({ "userId": self.john, "username": USERNAME, "email": EMAIL, "mode": mode,
                "legalBasis": "CONSENT_WITHDRAWN", "ticket": "T-1" })
    }

    /// A request to erase him, of somebody who is deleted: only an approval is missing.
    pub async fn requested(&self, rollbook: &Rollbook) -> String {
        let payload = self.olga.accept("requestMasking", self.asked("ERASURE"), "request { id }").await;
        rollbook.admin.accept("deleteUser", json!({ "userId": self.john }), "").await;
        payload["request"]["id"].as_str().unwrap().to_owned()
    }
}

/// Every erasure, as a compliance officer is told of it.
pub async fn erasures(client: &Client) -> Vec<Value> {
    let document = format!("{{ erasures {{ {FIELDS} }} }}");
    let told = client.data(&document, json!({})).await["erasures"].take();
    told.as_array().unwrap().clone()
}

/// The names of the steps that are taken.
pub fn taken(erasure: &Value) -> Vec<&str> {
    let steps = erasure["steps"].as_array().unwrap().iter();
    steps.filter(|step| !step["at"].is_null()).map(|step| step["name"].as_str().unwrap()).collect()
}
