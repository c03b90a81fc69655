//! People made of words that stand nowhere else, so that each can be looked for.

use rollbook::bench::Seeded;
use serde_json::{Value, json};

/// How much of a person is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgotten {
    Not,
    Masked,
    Erased,
}

/// One person, and every word that was ever said of them.
pub struct Person {
    pub id: String,
    pub username: String,
    pub email: String,
    pub password: String,
    pub deleted: bool,
    pub forgotten: Forgotten,
    /// Usernames and emails, those of before too.
    pub login: Vec<String>,
    /// Names, phones, attributes, what they said of themselves.
    pub rest: Vec<String>,
}

/// Letters that stand nowhere else.
pub fn word(random: &mut Seeded) -> String {
    (0..10).map(|_| char::from(b'a' + u8::try_from(random.below(26)).unwrap())).collect()
}

fn digits(random: &mut Seeded) -> String {
    (0..8).map(|_| char::from(b'0' + u8::try_from(random.below(10)).unwrap())).collect()
}

impl Person {
    /// Somebody new, and what to create them by.
    pub fn new(random: &mut Seeded) -> (Person, Value) {
        let (first, last, domain) = (word(random), word(random), word(random));
        let (username, email) = (format!("{first}.{last}"), format!("{last}@{domain}.example"));
        let (full_name, title, phone) = (word(random), word(random), format!("170{}", digits(random)));
        let (attribute, password) = (word(random), word(random));
        let input = json!({
            "kind": "AGENT", "username": username, "email": email, "fullName": full_name, "title": title,
            "mobilePhone": format!("+49{phone}"), "password": password, "signature": format!("Ürs {title}"),
            "attributes": [{ "key": "shoes", "value": attribute }],
        });
        let person = Person {
            id: String::new(),
            login: vec![username.clone(), email.clone(), domain],
            rest: vec![full_name, title, phone, attribute],
            username,
            email,
            password,
            deleted: false,
            forgotten: Forgotten::Not,
        };
        (person, input)
    }

    /// What must be nowhere any more.
    pub fn forgotten_words(&self) -> Vec<String> {
        match self.forgotten {
            Forgotten::Not => Vec::new(),
            Forgotten::Masked => self.login.clone(),
            Forgotten::Erased => [self.login.clone(), self.rest.clone()].concat(),
        }
    }
}
