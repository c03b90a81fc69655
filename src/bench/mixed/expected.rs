//! Somebody whom one client made, as that client last left them: what every later answer is held against.

use serde_json::Value;

/// One person. Nobody but their client changes them.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    pub id: String,
    pub username: String,
    pub email: String,
    pub title: Option<String>,
    pub locked: bool,
    pub standing: Standing,
    /// Of the last change.
    pub position: u64,
}

/// How far somebody is on the way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    There,
    Deleted,
    Masked,
}

impl Expected {
    /// Whether an answer about this person holds all that the client knows.
    pub fn is(&self, user: &Value) -> bool {
        let is = |field: &str, value: bool| user[field].as_bool() == Some(value);
        let text = |field: &str, value: &str| user[field].as_str() == Some(value);
        let logins = text("username", &self.username) && text("email", &self.email);
        text("id", &self.id)
            && is("deleted", self.standing != Standing::There)
            && is("masked", self.standing == Standing::Masked)
            && match self.standing {
                Standing::There => {
                    logins && is("locked", self.locked) && user["title"].as_str() == self.title.as_deref()
                }
                Standing::Deleted => logins,
                // Neither stands anywhere any more.
                Standing::Masked => !text("username", &self.username) && !text("email", &self.email),
            }
    }

    /// Whether a search for the username found who it must find, and nobody else.
    pub fn is_found_in(&self, users: &Value) -> bool {
        let ids: Vec<&str> =
            users["nodes"].as_array().into_iter().flatten().filter_map(|one| one["id"].as_str()).collect();
        match self.standing {
            Standing::There => ids == [self.id.as_str()] && users["totalCount"] == 1,
            Standing::Deleted | Standing::Masked => ids.is_empty() && users["totalCount"] == 0,
        }
    }

    /// Whether the newest entry of their history is the last change, or what came after it.
    pub fn is_latest_in(&self, history: &Value) -> bool {
        history["nodes"][0]["position"].as_u64().is_some_and(|newest| newest >= self.position)
    }
}
