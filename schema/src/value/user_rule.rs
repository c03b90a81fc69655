//! Business rules on users: when they run, for whom, and what they do.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::text::{fold, hides_text, parse, text_value};
use super::{AccessProfile, Flaw, UserKind};
use crate::id::{BusinessUnitId, RoleId, TeamId, UserId};

/// Longest name of a rule, in code points.
const USER_RULE_NAME_MAX: usize = 100;
/// Longest address that a rule calls, in bytes.
const RULE_URL_BYTES_MAX: usize = 2000;

/// When a rule runs (BRL-01). The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RuleTrigger {
    /// Before a user is deleted: to finish what the user has under way (BRL-05).
    PreDelete,
    /// After: to remove what others keep of the person (BRL-06).
    PostDelete,
}

/// Something that holds of a user, or does not. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RuleTest {
    /// The user is of this kind.
    Kind(UserKind),
    /// The user has this profile.
    AccessProfile(AccessProfile),
    /// The user has this role.
    Role(RoleId),
    /// The user is in this team itself.
    Team(TeamId),
    /// The user belongs to this business unit.
    BusinessUnit(BusinessUnitId),
    /// The user reports to this one.
    ReportsTo(UserId),
}

/// To whom those report who reported to the deleted user. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NewSuperior {
    /// Whom the deleted user reported to.
    Superior,
    /// This user.
    User(UserId),
    /// Nobody.
    Nobody,
}

/// A change of records that refer to a user. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RecordUpdate {
    /// Whoever reports to the user reports to another.
    ReassignReports(NewSuperior),
    /// The user's own proxy grant names nobody.
    RemoveGrantsBy,
    /// No proxy grant names the user.
    RemoveGrantsTo,
    /// The user is in no team.
    LeaveTeams,
    /// The user belongs to no business unit.
    LeaveBusinessUnits,
    /// The user's sessions end.
    EndSessions,
}

/// What a rule does (BRL-03). The order is stored: append only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RuleAction {
    /// It changes records, in this order.
    UpdateRecord(Vec<RecordUpdate>),
    /// It calls another program over HTTP.
    Invoke,
}

impl RuleAction {
    /// Does it call another program?
    #[must_use]
    pub fn invokes(&self) -> bool {
        matches!(self, RuleAction::Invoke)
    }
}

/// Why a rule could not do what it does. The order is stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RuleFault {
    /// Whom to report to from now on is not there.
    SuperiorGone,
    /// Whom to report to from now on stands below, or too far up.
    SuperiorBelow,
    /// It would change more than one rule may.
    TooManyChanges,
    /// The configuration does not allow calls to the origin.
    NotAllowed,
    /// There was no answer, or none in time.
    Unreachable,
    /// The answer was none of success; a redirection is none.
    Refused,
    /// The rule was deleted or changed before it could be called.
    RuleGone,
}

text_value! {
    /// Unique among rules, compared without case.
    UserRuleName, USER_RULE_NAME_MAX
}

impl UserRuleName {
    /// The form in which names are compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

/// An address that a rule calls: `http` or `https`, a host, and no name and password before it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleUrl(String);

impl RuleUrl {
    /// Parses an address.
    ///
    /// # Errors
    /// [`Flaw::Form`] for anything else than `http[s]://host[:port][/path][?query]`; too long, blank, or
    /// characters that an address must escape.
    pub fn parse(input: &str) -> Result<RuleUrl, Flaw> {
        let text = parse(input, RULE_URL_BYTES_MAX)?;
        if text.chars().any(|c| !c.is_ascii_graphic() || hides_text(c)) {
            return Err(Flaw::Character);
        }
        let url = RuleUrl(text);
        let (host, port) = host_and_port(url.authority()).ok_or(Flaw::Form)?;
        let is_host = !host.is_empty() && host.bytes().all(is_of_host);
        let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
        let has_scheme = url.0.starts_with("https://") || url.0.starts_with("http://");
        if !has_scheme || !is_host || !is_port || url.0.contains('#') {
            return Err(Flaw::Form);
        }
        Ok(url)
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is the way there encrypted?
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// The host, without the brackets of an address of IPv6.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = host_and_port(self.authority()).map_or("", |(host, _)| host);
        host.trim_start_matches('[').trim_end_matches(']')
    }

    /// The port; where none is said, that of the scheme.
    #[must_use]
    pub fn port(&self) -> u16 {
        let said = host_and_port(self.authority()).and_then(|(_, port)| port?.parse().ok());
        said.unwrap_or(if self.is_encrypted() { 443 } else { 80 })
    }

    /// Scheme, host and port in one form: what an operator allows.
    #[must_use]
    pub fn origin(&self) -> String {
        let scheme = if self.is_encrypted() { "https" } else { "http" };
        format!("{scheme}://{}:{}", self.host().to_ascii_lowercase(), self.port())
    }

    /// Host and port as they were written.
    #[must_use]
    pub fn authority(&self) -> &str {
        let rest = self.rest();
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }

    /// What is asked of the host: path and query, at least `/`.
    #[must_use]
    pub fn target(&self) -> String {
        let target = &self.rest()[self.authority().len()..];
        if target.starts_with('/') { target.to_owned() } else { format!("/{target}") }
    }

    fn rest(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, rest)| rest)
    }
}

impl fmt::Debug for RuleUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RuleUrl(…)")
    }
}

fn host_and_port(authority: &str) -> Option<(&str, Option<&str>)> {
    // An address of IPv6 has colons of its own, and brackets.
    if authority.starts_with('[') {
        let end = authority.find(']')? + 1;
        let (host, rest) = authority.split_at(end);
        return if rest.is_empty() {
            Some((host, None))
        } else {
            Some((host, Some(rest.strip_prefix(':')?)))
        };
    }
    Some(authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))))
}

fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'[' | b']' | b':')
}

/// The texts of a rule: sealed together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserRuleTexts {
    /// What it is called.
    pub name: UserRuleName,
    /// Whom it calls, if it does.
    pub url: Option<RuleUrl>,
}
