//! Rights as a picture: who may do what. A changed line here is a changed right: review it as one.

use rollbook::access::{Caller, Capability, Person, holds};
use rollbook_schema::value::{AccessProfile, UserKind};
use rollbook_schema::{SessionId, UserId};

fn callers() -> Vec<(&'static str, Caller)> {
    let person = |profile| {
        Caller::Person(Person {
            id: UserId(9),
            kind: UserKind::Agent,
            profile,
            license: None,
            session: SessionId([0; 16]),
            must_change_password: false,
            proxy: None,
        })
    };
    vec![
        ("anonymous", Caller::Anonymous),
        ("standard", person(AccessProfile::Standard)),
        ("user manager", person(AccessProfile::UserManager)),
        ("auditor", person(AccessProfile::Auditor)),
        ("compliance", person(AccessProfile::ComplianceOfficer)),
        ("administrator", person(AccessProfile::Administrator)),
        ("deleted", person(AccessProfile::DeletedUser)),
        ("operator", Caller::Operator),
        ("provider", Caller::Provider),
    ]
}

#[test]
fn the_matrix_of_rights_is_the_one_that_was_reviewed() {
    let callers = callers();
    let mut picture = format!("{:<22}", "");
    callers.iter().for_each(|(name, _)| picture.push_str(&format!("{name:>15}")));
    picture.push('\n');
    for capability in Capability::ALL {
        picture.push_str(&format!("{:<22}", format!("{capability:?}")));
        for (_, caller) in &callers {
            picture.push_str(&format!("{:>15}", if holds(caller, *capability) { "yes" } else { "-" }));
        }
        picture.push('\n');
    }
    picture.push_str(NOT_COVERED);
    expect_test::expect_file!["../golden/access-matrix.txt"].assert_eq(&picture);
}

/// What the picture does not show, each with the tests that do.
const NOT_COVERED: &str = "
Not in this picture:
- whoever is not an administrator reaches only users without capabilities of their own (access tests)
- everybody changes the own password, preferences and contact data, and signs out (PRF-14, access tests)
- a read-only license permits no change but the own password, preferences and the end of own sessions (LIC-05)
- everybody sees and ends the own sessions
- a session in which a new password is demanded permits nothing but that, and signing out (AUT-05)
- everybody sees the own record and the own history
- administrators and user managers who are in a team reach that team and those below only (ROL-13)
- the provider's support acts as an administrator only, and is not nested (PXY-21, PXY-26)
- nobody acts as a user with a right that they lack, nor beyond their proxy grant (PXY-07, PXY-26)
";
