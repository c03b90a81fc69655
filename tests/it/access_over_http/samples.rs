//! One question for each root field, good enough to come to the judgement of rights. A new field needs one
//! line here.
//!
//! Words that begin with `$` are filled in for each attempt, made anew where an attempt could use them up:
//! `$user` (an agent of the team Moon, who holds `$role` and a seat), `$name` (that user's name and the
//! beginning of the email), `$session` (one of that user's), `$role`, `$team`, `$unit`, `$dashboard` (nobody
//! has or is in them), `$attribute` (of choices: One; its key is `$new`), `$moon`, `$new` (a word that was
//! never used, the name of all that is made for the attempt but users).

/// The field, its input, and what an administrator does to the target before.
pub type Mutation = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

pub const MUTATIONS: &[Mutation] = &[
    ("addAttributeChoice", r#"{"attributeId":"$attribute","name":"Two"}"#, &[]),
    ("addTeamMember", r#"{"userId":"$user","teamId":"$team"}"#, &[]),
    ("addToBusinessUnit", r#"{"userId":"$user","businessUnitId":"$unit"}"#, &[]),
    ("assignAccessProfile", r#"{"userId":"$user","accessProfile":"AUDITOR"}"#, &[]),
    ("assignRole", r#"{"userId":"$user","roleId":"$role"}"#, &[]),
    ("bulk", r#"{"command":{"plain":"LOCK_ACCOUNT"},"userIds":["$user"]}"#, &[]),
    ("cancelPasswordChange", r#"{"userId":"$user"}"#, &[("forcePasswordChange", r#"{"userId":"$user"}"#)]),
    ("changeChatLimit", r#"{"userId":"$user","maxChats":3}"#, &[]),
    ("changeDefaultChatLimit", r#"{"maxChats":4}"#, &[]),
    ("changePreferences", r#"{"userId":"$user","timeFormat":"H12"}"#, &[]),
    ("changeProfile", r#"{"userId":"$user","title":"Captain"}"#, &[]),
    ("changeProxyGrant", r#"{"userId":"$user","scope":"ALL"}"#, &[]),
    ("changeReportingLine", r#"{"userId":"$user","reportsTo":"user_8"}"#, &[]),
    ("changeSettings", r#"{"lockAfterFailures":9}"#, &[]),
    ("changeSource", r#"{"userId":"$user","source":"SAML"}"#, &[]),
    ("createBusinessUnit", r#"{"name":"$new"}"#, &[]),
    ("createTeam", r#"{"name":"$new"}"#, &[]),
    ("createUser", r#"{"kind":"CLIENT","email":"$new@example.org","fullName":"New"}"#, &[]),
    ("defineAttribute", r#"{"key":"$new","label":"New","type":"TEXT","personal":false}"#, &[]),
    ("defineDashboard", r#"{"name":"$new"}"#, &[]),
    ("defineRole", r#"{"name":"$new","kind":"AGENT","surfaces":[]}"#, &[]),
    ("deleteBusinessUnit", r#"{"businessUnitId":"$unit"}"#, &[]),
    ("deleteDashboard", r#"{"dashboardId":"$dashboard"}"#, &[]),
    ("deleteRole", r#"{"roleId":"$role"}"#, &[]),
    ("deleteTeam", r#"{"teamId":"$team"}"#, &[]),
    ("deleteUser", r#"{"userId":"$user"}"#, &[]),
    ("disableUser", r#"{"userId":"$user"}"#, &[]),
    ("enableUser", r#"{"userId":"$user"}"#, &[("disableUser", r#"{"userId":"$user"}"#)]),
    ("endProxy", r#"{}"#, &[]),
    ("endSession", r#"{"sessionId":"$session"}"#, &[]),
    ("endSessions", r#"{"userId":"$user"}"#, &[]),
    ("forcePasswordChange", r#"{"userId":"$user"}"#, &[]),
    ("grantLicense", r#"{"userId":"$user","type":"READ_ONLY"}"#, &[]),
    ("lockAccount", r#"{"userId":"$user"}"#, &[]),
    (
        "maskPii",
        r#"{"userId":"$user","username":"$name","email":"$name@example.org"}"#,
        &[("disableUser", r#"{"userId":"$user"}"#)],
    ),
    ("moveTeam", r#"{"teamId":"$team","parentId":"$moon"}"#, &[]),
    ("removeAvatar", r#"{"userId":"$user"}"#, &[]),
    (
        "removeFromBusinessUnit",
        r#"{"userId":"$user","businessUnitId":"$unit"}"#,
        &[("addToBusinessUnit", r#"{"userId":"$user","businessUnitId":"$unit"}"#)],
    ),
    ("removeSecurityQuestion", r#"{"userId":"$user"}"#, &[]),
    (
        "removeTeamMember",
        r#"{"userId":"$user","teamId":"$team"}"#,
        &[("addTeamMember", r#"{"userId":"$user","teamId":"$team"}"#)],
    ),
    ("renameAttribute", r#"{"attributeId":"$attribute","label":"Other"}"#, &[]),
    ("renameBusinessUnit", r#"{"businessUnitId":"$unit","name":"$new"}"#, &[]),
    ("renameTeam", r#"{"teamId":"$team","name":"$new"}"#, &[]),
    ("resendMail", r#"{"userId":"$user","mailId":"event_1"}"#, &[]),
    ("resetPassword", r#"{"userId":"$user"}"#, &[]),
    ("retireAttribute", r#"{"attributeId":"$attribute"}"#, &[]),
    ("retireAttributeChoice", r#"{"attributeId":"$attribute","choice":1}"#, &[]),
    ("revokeLicense", r#"{"userId":"$user"}"#, &[("unassignRole", r#"{"userId":"$user","roleId":"$held"}"#)]),
    (
        "setAttributes",
        r#"{"userId":"$user","attributes":[{"key":"$new","value":"One"}]}"#,
        &[("renameAttribute", r#"{"attributeId":"$attribute","label":"Other"}"#)],
    ),
    ("setAvatar", r#"{"userId":"$user","image":"$image"}"#, &[]),
    ("setPassword", r#"{"userId":"$user","password":"another of 20"}"#, &[]),
    ("setRoleDashboard", r#"{"roleId":"$role","dashboardId":"$dashboard"}"#, &[]),
    (
        "setSecurityQuestion",
        r#"{"question":"Which town?","answer":"Paris","currentPassword":"password of $name"}"#,
        &[],
    ),
    ("signIn", r#"{"login":"$name","password":"password of $name"}"#, &[]),
    ("signOut", r#"{}"#, &[]),
    ("sizeLicensePool", r#"{"type":"READ_ONLY","owned":9000}"#, &[]),
    ("startProxy", r#"{"userId":"$user","acknowledged":true}"#, &[]),
    ("unassignRole", r#"{"userId":"$user","roleId":"$held"}"#, &[]),
    ("unlockAccount", r#"{"userId":"$user"}"#, &[("lockAccount", r#"{"userId":"$user"}"#)]),
];

/// The field and its arguments. Fields that return objects are asked for nothing but their type.
pub const QUERIES: &[(&str, &str)] = &[
    ("actingAs", ""),
    ("assignableAgents", r#"(businessUnit: "$unit")"#),
    ("attributeDefinitions", ""),
    ("businessUnit", r#"(id: "$unit")"#),
    ("businessUnits", ""),
    ("dashboards", ""),
    ("defaultMaxChats", ""),
    ("formatted", r#"(date: "2026-01-02T03:04:05Z", user: "$user")"#),
    ("head", ""),
    ("history", r#"(filter: { user: "$user" })"#),
    ("licenses", ""),
    ("lookupUsers", r#"(text: "a")"#),
    ("me", ""),
    ("node", r#"(id: "$user")"#),
    ("resolveOwner", r#"(ownerId: "$user")"#),
    ("role", r#"(id: "$role")"#),
    ("roles", ""),
    ("settings", ""),
    ("team", r#"(id: "$moon")"#),
    ("teams", ""),
    ("timeZones", ""),
    ("user", r#"(by: { id: "$user" })"#),
    ("users", ""),
    ("views", ""),
];

/// The same; each has something to show at once to whoever may see anything.
pub const SUBSCRIPTIONS: &[(&str, &str)] = &[("events", "(after: 0)"), ("licenses", "")];
