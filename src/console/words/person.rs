//! Words of a user's page and of what is done there.

use super::texts;

texts! {
    TABS: "Parts of the user", "Teile des Benutzers";
    PROFILE: "Profile", "Profil";
    OPTIONS: "Options", "Optionen";
    ACCESS: "Roles and access", "Rollen und Zugang";
    SECURITY: "Security", "Sicherheit";
    HISTORY: "History", "Historie";
    ACTIVE: "Active", "Aktiv";
    INACTIVE: "Disabled", "Deaktiviert";
    LOCKED: "Locked", "Gesperrt";
    DELETED: "Deleted", "Gelöscht";
    MASKED: "Masked", "Maskiert";
    PENDING: "Changes of roles wait for the next sign-in.", "Änderungen der Rollen warten auf die nächste Anmeldung.";
    APPLY_NOW: "Apply now: end the sessions", "Jetzt anwenden: Sitzungen beenden";
    MANAGED: "Kept in LDAP: only teams, applications and roles are changed here.",
        "Wird in LDAP geführt: nur Teams, Anwendungen und Rollen werden hier geändert.";
    UNDELIVERABLE: "Mail to this address does not arrive.", "Post an diese Adresse kommt nicht an.";
    CHANGE_PASSWORD: "Change password", "Passwort ändern";
    EDIT: "Edit", "Bearbeiten";
    MORE: "More", "Mehr";
    PROXY: "Proxy login", "Als Vertretung anmelden";
    DISABLE: "Disable", "Deaktivieren";
    ENABLE: "Enable", "Aktivieren";
    LOCK: "Lock", "Sperren";
    UNLOCK: "Unlock", "Entsperren";
    RESET: "Reset password", "Passwort zurücksetzen";
    FORCE: "Force password change", "Neues Passwort verlangen";
    CANCEL_FORCE: "Demand no new password", "Kein neues Passwort verlangen";
    END_SESSIONS: "End sessions", "Sitzungen beenden";
    DELETE: "Delete", "Löschen";
    DELETE_WHOM: "Administrators delete: ask one.", "Löschen kann die Administration: fragen Sie dort.";
    CREATED: "The user was created.", "Der Benutzer wurde angelegt.";
    SAVED: "Saved.", "Gespeichert.";
    DISABLED_DONE: "The user is disabled. Sessions have ended and the seat is free.",
        "Der Benutzer ist deaktiviert. Die Sitzungen sind beendet, der Platz ist frei.";
    ENABLED_DONE: "The user is enabled.", "Der Benutzer ist aktiviert.";
    PASSWORD_DONE: "The password was changed. Tell it by a secure channel.",
        "Das Passwort wurde geändert. Teilen Sie es auf sicherem Weg mit.";
    DISABLE_QUESTION: "Disable {name}?", "{name} deaktivieren?";
    DISABLE_TEXT: "{name} can no longer sign in or be given work. Sessions end at once and the seat becomes free. Roles, teams and history stay; enabling brings all of it back.",
        "{name} kann sich nicht mehr anmelden und bekommt keine Arbeit mehr. Sitzungen enden sofort, der Platz wird frei. Rollen, Teams und Historie bleiben; Aktivieren bringt alles zurück.";
    ASSIGNMENTS: "Active users who report to {name}: {count}. You can hand them over first; you need not.",
        "Aktive Benutzer, die {name} unterstellt sind: {count}. Sie können sie zuerst übergeben; nötig ist es nicht.";
    KEEP_TEAM: "Team that is kept", "Team, das bleibt";
    ENABLE_QUESTION: "Enable {name}?", "{name} aktivieren?";
    ENABLE_TEXT: "{name} can sign in again with the old password, with roles and teams as before. An agent with roles takes a seat.",
        "{name} kann sich wieder mit dem alten Passwort anmelden, mit Rollen und Teams wie zuvor. Ein Agent mit Rollen braucht einen Platz.";
    FORCE_QUESTION: "Demand a new password of {name}?", "Von {name} ein neues Passwort verlangen?";
    FORCE_TEXT: "At the next sign-in {name} must choose a new password before anything else.",
        "Bei der nächsten Anmeldung muss {name} vor allem anderen ein neues Passwort wählen.";
    DELETE_QUESTION: "Delete {name}?", "{name} löschen?";
    DELETE_PERMANENT: "This is permanent: there is no way back.", "Das ist endgültig: es gibt keinen Weg zurück.";
    DELETE_LOST: "Lost: the account, its roles, teams and contact data, and whatever is looked up by it.",
        "Verloren: das Konto, seine Rollen, Teams und Kontaktdaten, und was danach sucht.";
    DELETE_STAYS: "What stays: the history with names as they were, until they are masked.",
        "Es bleibt: die Historie mit den damaligen Namen, bis sie maskiert werden.";
    DELETE_INSTEAD: "Disabling keeps all of it, frees the seat just the same, and can be undone.",
        "Deaktivieren erhält alles, gibt den Platz ebenso frei und lässt sich zurücknehmen.";
    INSTEAD: "Disable instead", "Stattdessen deaktivieren";
    DELETE_ANYWAY: "Delete for good", "Endgültig löschen";
    GONE: "The user was deleted. The history stays.", "Der Benutzer wurde gelöscht. Die Historie bleibt.";
    REFERENCES: "What refers to this user", "Was auf diesen Benutzer verweist";
    REFERENCES_LOOK: "They stay when the user is disabled.", "Sie bleiben, wenn der Benutzer deaktiviert wird.";
    RECYCLED: "in the recycle bin", "im Papierkorb";
    REFERENCES_BLOCK: "Each of these must be resolved first.", "Jedes davon muss zuerst aufgelöst werden.";
    REASON: "Reason or ticket", "Grund oder Vorgang";
    PASSWORD_LEAD: "It holds at once. Nothing is mailed: tell it by a secure channel.",
        "Es gilt sofort. Nichts wird verschickt: teilen Sie es auf sicherem Weg mit.";
    POLICY_HINT: "Any password of at least 6 characters is taken here; whoever chooses their own needs {count}, none that many people use.",
        "Hier gilt jedes Passwort ab 6 Zeichen; wer es selbst wählt, braucht {count} und keines, das viele benutzen.";
    RESET_DONE: "A temporary password was made", "Ein vorläufiges Passwort wurde vergeben";
    RESET_MAILED: "It was mailed to the user.", "Es wurde dem Benutzer geschickt.";
    RESET_SHOWN: "It is shown this once: note it and tell it by a secure channel.",
        "Es wird nur dieses eine Mal gezeigt: notieren Sie es und teilen Sie es auf sicherem Weg mit.";
    RESET_UNTIL: "It opens the account once, until {time}.", "Es öffnet das Konto einmal, bis {time}.";
    PROXY_QUESTION: "Act as {name}?", "Als {name} handeln?";
    PROXY_REMINDER: "A record will be made: all you do is written down in your name and in theirs, and {name} sees it in their own history.",
        "Es wird festgehalten: alles, was Sie tun, steht unter Ihrem und unter dessen Namen, und {name} sieht es in der eigenen Historie.";
    PROXY_LENGTH: "It ends after an hour, with your own session, or when you switch back.",
        "Es endet nach einer Stunde, mit Ihrer eigenen Sitzung, oder wenn Sie zurückwechseln.";
    PROXY_CONTINUE: "Continue as {name}", "Weiter als {name}";
    CREATE_AGENT: "New agent", "Neuer Agent";
    CREATE_CLIENT: "New client", "Neuer Kunde";
    CREATE: "Create", "Anlegen";
    IDENTITY: "Identity", "Identität";
    CONTACT: "Contact", "Kontakt";
    ORGANISATION: "Place in the company", "Platz im Unternehmen";
    TEAM: "Team", "Team";
    NO_TEAM: "No team", "Kein Team";
    EMAIL_VERIFIED: "The email is verified", "Die E-Mail ist bestätigt";
    WELCOME: "Send a welcome email", "Eine Begrüßung schicken";
    ROLES_LATER: "Roles and settings come afterwards, on the page of the user.",
        "Rollen und Einstellungen kommen danach, auf der Seite des Benutzers.";
    CONFLICT: "{name} was changed meanwhile. Nothing of yours is lost: look at the difference, then save.",
        "{name} wurde inzwischen geändert. Von Ihnen ist nichts verloren: sehen Sie den Unterschied an, dann speichern Sie.";
    CONFLICT_FIELD: "Field", "Feld";
    CONFLICT_WAS: "Was", "War";
    CONFLICT_NOW: "Is now", "Ist jetzt";
    CONFLICT_YOURS: "Yours", "Ihres";
    UNTOUCHED: "not touched by you: stays as it is now", "von Ihnen nicht berührt: bleibt, wie es jetzt ist";
    ROLES: "Roles", "Rollen";
    ADD_ROLE: "Give a role", "Rolle geben";
    LICENSE_FOR_ROLE: "Seat, if this is the first role", "Platz, falls es die erste Rolle ist";
    TAKE_ROLE: "Take the role {name}", "Rolle {name} nehmen";
    TAKE: "Take", "Nehmen";
    GIVE: "Give", "Geben";
    REMOVE: "Remove", "Entfernen";
    REMOVE_FROM: "Remove from {name}", "Aus {name} entfernen";
    ADD: "Add", "Hinzufügen";
    NO_ROLES: "No role: no access.", "Keine Rolle: kein Zugang.";
    LICENSE: "License", "Lizenz";
    NO_LICENSE: "None", "Keine";
    GRANT_LICENSE: "Give this license", "Diese Lizenz geben";
    REVOKE_LICENSE: "Take the license", "Lizenz nehmen";
    ACCESS_PROFILE: "Access profile", "Zugriffsprofil";
    ACCESS_PROFILE_LEAD: "What may be administered.", "Was verwaltet werden darf.";
    TEAMS: "Teams", "Teams";
    UNITS: "Business units", "Geschäftsbereiche";
    NONE_YET: "None.", "Keine.";
    APPLICATIONS: "Applications", "Anwendungen";
    AS_WHOM: "May act as", "Darf handeln als";
    STATE: "State", "Zustand";
    CREATED_AT: "Created", "Angelegt";
    LAST_IN: "Logged in", "Angemeldet";
    LAST_OUT: "Logged out", "Abgemeldet";
    LOCKED_UNTIL: "Locked until", "Gesperrt bis";
    MUST_CHANGE: "A new password is demanded", "Ein neues Passwort wird verlangt";
    KEPT_IN: "Kept in", "Geführt in";
    SESSIONS: "Sessions", "Sitzungen";
    NO_SESSIONS: "Nowhere signed in.", "Nirgends angemeldet.";
    PREFERENCES: "Preferences", "Einstellungen";
    CHATS: "Chats at once", "Chats zugleich";
    CHATS_HINT: "Empty: as for everybody, {count}. 0 is none at all.", "Leer: wie für alle, {count}. 0 ist gar keiner.";
    SIGNATURE: "Signature", "Signatur";
}
