//! A scene of the golden log: a mail in the company's own words, and another that has the program's again.

use serde_json::{Value, json};

use crate::support::rollbook::Rollbook;

/// Every way in which words change.
pub async fn mail_wordings(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let worded = |template: &str| -> Value {
        let text = "Dear {{name}},\n\nsign in at {{signInAt}} as {{username}}.";
        json!({ "template": template, "language": "GERMAN", "subject": "Good morning", "text": text })
    };
    admin.accept("changeMailWording", worded("WELCOME"), "").await;
    admin.accept("changeMailWording", worded("SUPPORT_LOGIN"), "").await;
    let back = json!({ "template": "SUPPORT_LOGIN", "language": "GERMAN" });
    admin.accept("resetMailWording", back, "").await;
}
