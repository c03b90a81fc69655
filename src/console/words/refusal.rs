//! What a refusal says to people, by its code.

use rollbook_schema::RejectionCode;

use super::{Text, texts};
use crate::console::ask::Flaw;
use crate::console::visit::Visit;

texts! {
    SEATS: "No {type} license is free: {owned} owned, {used} used.", "Es ist keine Lizenz {type} frei: {owned} vorhanden, {used} vergeben.";
    ASK: "Ask {contact} for more.", "Mehr davon gibt es bei: {contact}.";
    ASK_PROVIDER: "Ask whoever provides the directory for more.", "Mehr davon gibt es bei dem, der das Verzeichnis bereitstellt.";
    READ_WRITE: "read-write", "zum Lesen und Schreiben";
    READ_ONLY: "read-only", "nur zum Lesen";
}

/// What a refusal says: with the figures, where it has some (UI-12).
pub(in crate::console) fn say(visit: &Visit, flaw: &Flaw) -> String {
    let tongue = visit.tongue();
    if let Some(seats) = &flaw.license {
        let kind = if seats.kind == "READ_ONLY" { READ_ONLY } else { READ_WRITE };
        let (owned, used) = (visit.number(seats.owned.into()), visit.number(seats.used.into()));
        let counts = SEATS.with(tongue, &[("type", kind.to(tongue)), ("owned", &owned), ("used", &used)]);
        let ask = match visit.directory().license_contact() {
            Some(contact) => ASK.with(tongue, &[("contact", contact)]),
            None => ASK_PROVIDER.to(tongue).to_owned(),
        };
        return format!("{counts} {ask}");
    }
    let text = flaw.code().map(of).map(|text| text.to(tongue)).filter(|text| !text.is_empty());
    text.unwrap_or_else(|| flaw.message()).to_owned()
}

/// The text of a code. One that has none yet is said as the API says it; a test names it.
pub(in crate::console) fn of(code: RejectionCode) -> Text {
    let (en, de) = words_of(code).unwrap_or_default();
    Text { en, de }
}

fn words_of(code: RejectionCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        RejectionCode::Required => ("Please fill this in.", "Bitte ausfüllen."),
        RejectionCode::Invalid => ("This is not a valid value.", "Das ist kein gültiger Wert."),
        RejectionCode::TooShort => ("This is too short.", "Das ist zu kurz."),
        RejectionCode::TooLong => ("This is too long.", "Das ist zu lang."),
        RejectionCode::TooMany => {
            ("That is more than can be named at once.", "Das ist mehr, als auf einmal genannt werden kann.")
        }
        RejectionCode::EmailTaken => {
            ("Another user has this email.", "Ein anderer Benutzer hat diese E-Mail.")
        }
        RejectionCode::UsernameTaken => {
            ("Another user has this username.", "Ein anderer Benutzer hat diesen Benutzernamen.")
        }
        RejectionCode::RoleNameTaken => {
            ("Another role has this name.", "Eine andere Rolle hat diesen Namen.")
        }
        RejectionCode::DashboardNameTaken => {
            ("Another dashboard has this name.", "Ein anderes Dashboard hat diesen Namen.")
        }
        RejectionCode::ReservedName => ("This name is reserved.", "Dieser Name ist reserviert."),
        RejectionCode::ReservedUser => {
            ("Reserved users cannot be changed.", "Reservierte Benutzer können nicht geändert werden.")
        }
        RejectionCode::NotFound => {
            ("There is no such thing, or not for you.", "Das gibt es nicht, oder nicht für Sie.")
        }
        RejectionCode::Forbidden => (
            "You may not do this: ask an administrator.",
            "Das dürfen Sie nicht: fragen Sie in der Administration.",
        ),
        RejectionCode::Unauthenticated => ("Please sign in first.", "Bitte zuerst anmelden."),
        RejectionCode::SignInFailed => (
            "The name or the password is wrong, or the account cannot sign in.",
            "Name oder Passwort sind falsch, oder das Konto kann sich nicht anmelden.",
        ),
        RejectionCode::VersionConflict => {
            ("Somebody else changed this meanwhile.", "Jemand anderes hat das inzwischen geändert.")
        }
        RejectionCode::IdempotencyConflict => (
            "This form was sent before with other content.",
            "Dieses Formular wurde schon mit anderem Inhalt gesendet.",
        ),
        RejectionCode::NoLicenceAvailable => {
            ("No license of this type is free.", "Es ist keine Lizenz dieser Art frei.")
        }
        RejectionCode::ReadOnlyLicence => {
            ("A read-only license permits no changes.", "Eine Lizenz nur zum Lesen erlaubt keine Änderungen.")
        }
        RejectionCode::ImageTooLarge => ("A picture has at most 1500 KB.", "Ein Bild hat höchstens 1500 KB."),
        RejectionCode::ImageNotSupported => (
            "A picture is a JPG, GIF or PNG of at most 8192 pixels a side.",
            "Ein Bild ist ein JPG, GIF oder PNG mit höchstens 8192 Punkten je Seite.",
        ),
        RejectionCode::ReportsToSelf => {
            ("Nobody reports to themselves.", "Niemand ist sich selbst unterstellt.")
        }
        RejectionCode::ReportingCycle => {
            ("They report to this user already.", "Diese Person ist diesem Benutzer schon unterstellt.")
        }
        RejectionCode::ReportingTooDeep => {
            ("Too many people stand above them.", "Über dieser Person stehen zu viele.")
        }
        RejectionCode::AgentsOnly => ("Only agents have this.", "Das haben nur Agenten."),
        RejectionCode::NotForClients => ("Clients need no license.", "Kunden brauchen keine Lizenz."),
        RejectionCode::KindMismatch => {
            ("The role is for the other kind of user.", "Die Rolle ist für die andere Art von Benutzern.")
        }
        RejectionCode::SurfaceNotForKind => {
            ("A client role cannot give access to this.", "Eine Kundenrolle kann dazu keinen Zugang geben.")
        }
        RejectionCode::RoleInUse => ("Somebody still has this role.", "Jemand hat diese Rolle noch."),
        RejectionCode::ProxyNotGranted => {
            ("You may not act as this user.", "Sie dürfen nicht als dieser Benutzer handeln.")
        }
        _ => return more_words_of(code),
    })
}

fn more_words_of(code: RejectionCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        RejectionCode::NestedProxy => ("Switch back first.", "Wechseln Sie zuerst zurück."),
        RejectionCode::AcknowledgementNeeded => (
            "A record is made of all that you do: please acknowledge that first.",
            "Alles, was Sie tun, wird festgehalten: bitte nehmen Sie das zuerst zur Kenntnis.",
        ),
        RejectionCode::ConfirmationNeeded => {
            ("This leaves nobody: please confirm it.", "Damit bleibt niemand: bitte bestätigen.")
        }
        RejectionCode::NamedInProxyGrant => {
            ("A proxy grant names this user.", "Eine Stellvertretung nennt diesen Benutzer.")
        }
        RejectionCode::TeamNameTaken => ("Another team has this name.", "Ein anderes Team hat diesen Namen."),
        RejectionCode::TeamInUse => (
            "The team is not empty, or a proxy grant names it.",
            "Das Team ist nicht leer, oder eine Stellvertretung nennt es.",
        ),
        RejectionCode::TeamCycle => {
            ("A team cannot lie below itself.", "Ein Team kann nicht unter sich selbst liegen.")
        }
        RejectionCode::LastTeam => (
            "Whoever is in a team stays in at least one.",
            "Wer in einem Team ist, bleibt in mindestens einem.",
        ),
        RejectionCode::TeamsLeft => (
            "The user is in several teams: choose the one to keep.",
            "Der Benutzer ist in mehreren Teams: wählen Sie das, das bleibt.",
        ),
        RejectionCode::NotInTeam => {
            ("The user is not in this team.", "Der Benutzer ist nicht in diesem Team.")
        }
        RejectionCode::BusinessUnitNameTaken => {
            ("Another business unit has this name.", "Ein anderer Geschäftsbereich hat diesen Namen.")
        }
        RejectionCode::BusinessUnitInUse => (
            "Somebody still belongs to this business unit.",
            "Jemand gehört noch zu diesem Geschäftsbereich.",
        ),
        RejectionCode::SeatNeeded => (
            "An agent with roles needs a license: take the roles away first.",
            "Ein Agent mit Rollen braucht eine Lizenz: nehmen Sie zuerst die Rollen.",
        ),
        RejectionCode::OwnAccount => {
            ("You cannot do this to your own account.", "Mit dem eigenen Konto geht das nicht.")
        }
        RejectionCode::LastAdministrator => {
            ("One administrator must be left.", "Ein Administrator muss bleiben.")
        }
        RejectionCode::UserDisabled => ("The user is disabled.", "Der Benutzer ist deaktiviert."),
        RejectionCode::UserMasked => (
            "The name of this user was masked for good.",
            "Der Name dieses Benutzers wurde endgültig maskiert.",
        ),
        RejectionCode::NotDeactivated => {
            ("Disable or delete the user first.", "Deaktivieren oder löschen Sie den Benutzer zuerst.")
        }
        RejectionCode::KeysDisagree => (
            "Email, username and id do not belong to one user.",
            "E-Mail, Benutzername und Nummer gehören nicht zu einem Benutzer.",
        ),
        RejectionCode::WrongPassword => {
            ("The current password is wrong.", "Das bisherige Passwort ist falsch.")
        }
        RejectionCode::PasswordTooCommon => (
            "Many people use this password: please choose another.",
            "Dieses Passwort benutzen viele: bitte wählen Sie ein anderes.",
        ),
        RejectionCode::PasswordUnchanged => {
            ("The new password is the current one.", "Das neue Passwort ist das bisherige.")
        }
        RejectionCode::PasswordChangeRequired => {
            ("Set a new password first.", "Setzen Sie zuerst ein neues Passwort.")
        }
        RejectionCode::Busy => (
            "Too much is waiting already: please try again shortly.",
            "Es wartet schon zu vieles: bitte versuchen Sie es gleich noch einmal.",
        ),
        RejectionCode::SeatsSizedByProvider => {
            ("Your provider sets the number of seats.", "Ihr Anbieter legt die Zahl der Plätze fest.")
        }
        RejectionCode::AttributeKeyTaken => {
            ("Another attribute has this key.", "Ein anderes Merkmal hat diesen Schlüssel.")
        }
        RejectionCode::ChoiceTaken => {
            ("The attribute has this choice already.", "Das Merkmal hat diese Auswahl schon.")
        }
        RejectionCode::AttributeNotForKind => (
            "The attribute is not for this kind of user.",
            "Das Merkmal ist nicht für diese Art von Benutzern.",
        ),
        RejectionCode::LimitReached => ("There are as many as there can be.", "Mehr kann es nicht geben."),
        RejectionCode::WrongSecurityAnswer => ("The answer is wrong.", "Die Antwort ist falsch."),
        _ => return last_words_of(code),
    })
}

fn last_words_of(code: RejectionCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        RejectionCode::SecurityQuestionsOff => {
            ("No security questions are asked here.", "Hier werden keine Sicherheitsfragen gestellt.")
        }
        RejectionCode::SecurityQuestionNeeded => (
            "Choose a security question of your own first.",
            "Wählen Sie zuerst eine eigene Sicherheitsfrage.",
        ),
        RejectionCode::MailWaiting => ("Such a mail waits already.", "Eine solche Nachricht wartet schon."),
        RejectionCode::PasswordMailedOnce => (
            "A password is mailed once: reset it again.",
            "Ein Passwort wird einmal verschickt: setzen Sie es noch einmal zurück.",
        ),
        RejectionCode::ManagedInLdap => {
            ("This user is managed in LDAP.", "Dieser Benutzer wird in LDAP verwaltet.")
        }
        RejectionCode::SsoModeMismatch => (
            "Single sign-on is not in the mode that uses this.",
            "Die Einmalanmeldung nutzt das in ihrer jetzigen Art nicht.",
        ),
        RejectionCode::FederationIdTaken => {
            ("Another user has this federation id.", "Ein anderer Benutzer hat diese Verbundkennung.")
        }
        RejectionCode::EmployeeNumberTaken => {
            ("Another user has this employee number.", "Ein anderer Benutzer hat diese Personalnummer.")
        }
        RejectionCode::ApplicationNameTaken => {
            ("Another application has this name.", "Eine andere Anwendung hat diesen Namen.")
        }
        RejectionCode::ApplicationInUse => {
            ("Somebody still runs this application in this way.", "Jemand benutzt diese Anwendung noch so.")
        }
        RejectionCode::RoleNotOffered => {
            ("The application does not offer this role.", "Die Anwendung bietet diese Rolle nicht an.")
        }
        RejectionCode::RoleNotHeld => {
            ("The user does not have this role.", "Der Benutzer hat diese Rolle nicht.")
        }
        RejectionCode::NoApplicationAccess => (
            "The user may not run this application, or not in this role.",
            "Der Benutzer darf diese Anwendung nicht benutzen, oder nicht in dieser Rolle.",
        ),
        RejectionCode::AllRolesInForce => (
            "In this application all roles are in force together.",
            "In dieser Anwendung gelten alle Rollen zusammen.",
        ),
        RejectionCode::ClientsOnly => ("Only clients have this.", "Das haben nur Kunden."),
        RejectionCode::AdministratorsOnly => {
            ("Support acts as an administrator only.", "Der Support handelt nur als Administrator.")
        }
        RejectionCode::LanguageNotOffered => {
            ("The company does not offer this language.", "Das Unternehmen bietet diese Sprache nicht an.")
        }
        RejectionCode::SignOffNotificationsDisabled => {
            ("This agent switched such notices off.", "Dieser Agent hat solche Mitteilungen abgestellt.")
        }
        RejectionCode::LegalHold => (
            "A legal hold keeps what is known of this user.",
            "Eine Aufbewahrungspflicht hält fest, was von diesem Benutzer bekannt ist.",
        ),
        RejectionCode::MaskingWaits => (
            "A masking request about this user waits already.",
            "Ein Antrag auf Maskierung dieses Benutzers wartet schon.",
        ),
        RejectionCode::SecondPersonNeeded => {
            ("A second person must decide this.", "Das muss eine zweite Person entscheiden.")
        }
        RejectionCode::NotRequester => {
            ("Only who made the request takes it back.", "Nur wer den Antrag gestellt hat, zieht ihn zurück.")
        }
        RejectionCode::NotDeleted => ("Delete the user first.", "Löschen Sie den Benutzer zuerst."),
        RejectionCode::AlreadyExtended => {
            ("The time was extended already.", "Die Frist wurde schon verlängert.")
        }
        RejectionCode::Overdue => ("The time is over.", "Die Frist ist vorbei."),
        RejectionCode::MailDoesNotReach => (
            "Mail does not reach this user: reset this password alone, and hand it over.",
            "Post erreicht diesen Benutzer nicht: setzen Sie dieses Passwort einzeln zurück, und übergeben Sie es.",
        ),
        RejectionCode::AccessRequestWaits => (
            "A request of this user for their file waits already.",
            "Ein Antrag dieses Benutzers auf Auskunft wartet schon.",
        ),
        RejectionCode::FileNotFetched => ("Fetch the file first.", "Holen Sie zuerst die Auskunft ab."),
        RejectionCode::Referenced => (
            "This user is still named elsewhere: each of these must be resolved first.",
            "Dieser Benutzer wird noch anderswo genannt: jedes davon muss zuerst aufgelöst werden.",
        ),
        RejectionCode::FirstAdministrator => (
            "The administrator who was created with the directory is not deleted.",
            "Der Administrator, der mit dem Verzeichnis angelegt wurde, wird nicht gelöscht.",
        ),
        RejectionCode::DeletionNotAllowed => (
            "Users are not deleted here: disable them.",
            "Benutzer werden hier nicht gelöscht: deaktivieren Sie sie.",
        ),
        RejectionCode::ProcessingRestricted => (
            "What is known of this user is kept and not used.",
            "Was von diesem Benutzer bekannt ist, wird aufbewahrt und nicht benutzt.",
        ),
        RejectionCode::NotDue => {
            ("The time of this user is not over.", "Die Frist dieses Benutzers ist nicht vorbei.")
        }
        RejectionCode::UserRuleNameTaken => {
            ("Another rule has this name.", "Eine andere Regel hat diesen Namen.")
        }
        RejectionCode::InvokeOnly => (
            "A rule that runs after the deletion can only invoke.",
            "Eine Regel nach dem Löschen kann nur aufrufen.",
        ),
        RejectionCode::OriginNotAllowed => (
            "The configuration does not allow calls to this address.",
            "Die Konfiguration erlaubt keine Aufrufe dieser Adresse.",
        ),
        RejectionCode::RuleFailed => {
            ("A rule that runs before the deletion failed.", "Eine Regel vor dem Löschen ist fehlgeschlagen.")
        }
        RejectionCode::RuleNotCalled => (
            "The rules changed meanwhile: please try again.",
            "Die Regeln wurden inzwischen geändert: bitte versuchen Sie es noch einmal.",
        ),
        RejectionCode::PlaceholderUnknown => (
            "Something between double braces cannot be filled in here.",
            "Etwas zwischen doppelten Klammern kann hier nicht ausgefüllt werden.",
        ),
        RejectionCode::PlaceholderMissing => (
            "Something between double braces that this mail needs is missing.",
            "Etwas zwischen doppelten Klammern, was diese Nachricht braucht, fehlt.",
        ),
        RejectionCode::SavedViewNameTaken => {
            ("Another view has this name.", "Eine andere Ansicht hat diesen Namen.")
        }
        _ => return None,
    })
}
