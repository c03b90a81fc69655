//! A scene of the golden log: applications, the role in force, portal pages.

use serde_json::json;

use crate::support::rollbook::Rollbook;

/// Every event about applications once.
pub async fn applications(rollbook: &Rollbook) {
    let admin = &rollbook.admin;
    let owned = json!({ "type": "READ_WRITE", "owned": 100 });
    admin.accept("sizeLicensePool", owned, "").await;
    let define = async |name: &str, kind: &str| {
        let input = json!({ "name": name, "kind": kind, "surfaces": ["LISTS"] });
        let payload = admin.accept("defineRole", input, "role { id }").await;
        payload["role"]["id"].clone()
    };
    let (buyer, seller) = (define("Buyer", "AGENT").await, define("Seller", "AGENT").await);
    let guest = define("Portal guest", "CLIENT").await;
    admin.accept("setRolePortalPages", json!({ "roleId": guest, "pages": ["/welcome"] }), "").await;
    let trade = json!({ "name": "Trade", "roleIds": [buyer, seller] });
    let payload = admin.accept("defineApplication", trade, "application { id }").await;
    let trade = payload["application"]["id"].clone();
    let one = json!({ "applicationId": trade, "name": "Trading", "rolePolicy": "ACTIVE_ONE" });
    admin.accept("changeApplication", one, "").await;
    let tina = admin.create("AGENT", "tina").await;
    for role in [&buyer, &seller] {
        admin.accept("assignRole", json!({ "userId": tina, "roleId": role }), "").await;
    }
    let access = json!([{ "applicationId": trade, "roleIds": [buyer, seller] }]);
    admin.accept("grantApplicationAccess", json!({ "userId": tina, "access": access }), "").await;
    let initial = json!({ "userId": tina, "initialApplication": trade, "initialRole": buyer });
    admin.accept("changePreferences", initial, "").await;
    let herself = rollbook.sign_in("tina", "password of tina").await;
    herself.accept("chooseActiveRole", json!({ "applicationId": trade, "roleId": seller }), "").await;
    let gone = json!({ "userId": tina, "applicationIds": [trade] });
    admin.accept("revokeApplicationAccess", gone, "").await;
    admin.accept("deleteApplication", json!({ "applicationId": trade }), "").await;
}
