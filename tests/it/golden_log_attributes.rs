//! The scene of the golden log in which custom attributes come, are used and go.

use serde_json::json;

use crate::support::rollbook::Rollbook;

pub async fn attributes(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let user = admin.create("AGENT", "jane").await;
    let floor = json!({ "key": "floor", "label": "Floor", "type": "CHOICE", "personal": false,
        "choices": ["First", "Second"] });
    admin.accept("defineAttribute", floor, "").await;
    let birthday = json!({ "key": "birthday", "label": "Birthday", "type": "DATE", "personal": true });
    admin.accept("defineAttribute", birthday, "").await;
    let of_floor = json!({ "attributeId": "attribute_1" });
    let label = json!({ "attributeId": "attribute_1", "label": "Storey" });
    admin.accept("renameAttribute", label, "").await;
    let third = json!({ "attributeId": "attribute_1", "name": "Third" });
    admin.accept("addAttributeChoice", third, "").await;
    let values = json!([{ "key": "floor", "value": "Third" }, { "key": "birthday", "value": "2000-02-29" }]);
    admin.accept("setAttributes", json!({ "userId": user, "attributes": values }), "").await;
    let first = json!({ "attributeId": "attribute_1", "choice": 1 });
    admin.accept("retireAttributeChoice", first, "").await;
    admin.accept("retireAttribute", of_floor, "").await;
    admin.accept("changeSource", json!({ "userId": user, "source": "LDAP" }), "").await;
}
