//! Words of privacy: requests, decisions, receipts, holds, answers, rules.

use super::texts;

texts! {
    REQUESTS: "Masking requests", "Maskierungsanträge";
    ERASURES: "Carried out", "Ausgeführt";
    ANSWERS: "Access requests", "Auskünfte";
    HOLDS: "Holds", "Aufbewahrung";
    RETENTION: "Retention", "Löschfristen";
    REGISTER: "Register", "Verzeichnis";
    VIEWS: "Which", "Welche";
    WAITING: "Waiting", "Wartend";
    OVERDUE: "Overdue", "Überfällig";
    EXTENDED: "extended", "verlängert";
    CARRIED_OUT: "Carried out", "Ausgeführt";
    DECLINED: "Declined", "Abgelehnt";
    WITHDRAWN: "Withdrawn", "Zurückgezogen";
    ALL_STATES: "All", "Alle";
    FURTHER: "Further", "Weitere";
    OPEN: "Open", "Öffnen";
    PERSON: "Person", "Person";
    DUE: "Due", "Fällig";
    MODE: "How much", "Wie viel";
    LEGAL_BASIS: "Legal basis", "Rechtsgrundlage";
    ENTERED: "Entered", "Eingetragen";
    STATE: "State", "Stand";
    HELD: "Legal hold", "Aufbewahrungspflicht";
    RESTRICTED: "Not used", "Eingeschränkt";
    NO_REQUESTS: "No requests here", "Keine Anträge";
    NO_REQUESTS_LEAD: "A request is due one month after it is entered.", "Ein Antrag ist einen Monat nach dem Eintragen fällig.";
    ENTER: "Enter a request", "Antrag eintragen";
    ENTER_TITLE: "Enter a masking request", "Maskierungsantrag eintragen";
    THREE_KEYS: "Who", "Wer";
    THREE_KEYS_LEAD: "Copy all three from the letter or ticket. They must belong to one and the same person.",
        "Alle drei aus Brief oder Ticket übernehmen. Sie müssen zu ein und derselben Person gehören.";
    PRIMARY_ID: "Primary id", "Primärnummer";
    PRIMARY_ID_HINT: "Such as user_12.", "Etwa user_12.";
    WHY_AND_HOW: "Why, and how much", "Warum und wie viel";
    TICKET: "Ticket or letter", "Ticket oder Brief";
    TICKET_HINT: "Where they asked for it.", "Worin darum gebeten wurde.";
    USERNAME_MASK: "The username becomes", "Der Benutzername wird zu";
    EMAIL_MASK: "The email becomes", "Die E-Mail wird zu";
    MASKS_NOTE: "Where everything personal is erased, nothing is left to mask.",
        "Wo alles Persönliche vernichtet wird, bleibt nichts zu maskieren.";
    SHOW_PREVIEW: "Preview", "Vorschau";
    PREVIEW: "What it would reach", "Was es erreichen würde";
    PREVIEW_HISTORY: "Username and email become unreadable everywhere, also in what is long past. Names and other text stay.",
        "Benutzername und E-Mail werden überall unlesbar, auch in längst Vergangenem. Namen und anderer Text bleiben.";
    PREVIEW_ERASURE: "Every personal field becomes unreadable everywhere. Id, times and counts stay.",
        "Jedes persönliche Feld wird überall unlesbar. Nummer, Zeiten und Zahlen bleiben.";
    NOTHING_LEFT: "nothing is left", "nichts bleibt";
    FORGOTTEN: "Becomes unreadable", "Wird unlesbar";
    STAYS: "Stays as it is", "Bleibt, wie es ist";
    FREE_TEXT: "Where others wrote about the person", "Wo andere über die Person schrieben";
    FREE_TEXT_NONE: "Nothing was found in free text.", "In freiem Text wurde nichts gefunden.";
    FREE_TEXT_LEAD: "{count} places. They are sealed under others and stay: look at each.",
        "{count} Stellen. Sie gehören anderen und bleiben: bitte jede ansehen.";
    SEARCHED_FROM: "Free text was searched from record {position} on.", "Freier Text wurde ab Eintrag {position} durchsucht.";
    REQUEST: "Request", "Antrag";
    REQUEST_ABOUT: "Masking request: {name}", "Maskierungsantrag: {name}";
    BEGAN_WITH: "Record", "Eintrag";
    DECIDED: "Decided", "Entschieden";
    IS_DELETED: "deleted", "gelöscht";
    IS_ACTIVE: "still active", "noch aktiv";
    IS_DISABLED: "disabled", "deaktiviert";
    DECISION: "Decision", "Entscheidung";
    SECOND_PERSON: "You entered this request: another compliance officer decides.",
        "Sie haben diesen Antrag eingetragen: darüber entscheidet jemand anderes aus dem Datenschutz.";
    HELD_LEAD: "A legal hold keeps this person from being masked. Lift it first.",
        "Eine Aufbewahrungspflicht verhindert die Maskierung. Heben Sie sie zuerst auf.";
    NOT_READY_HISTORY: "Only who is disabled or deleted can be masked.", "Maskiert wird nur, wer deaktiviert oder gelöscht ist.";
    NOT_READY_ERASURE: "Only who is deleted can be erased.", "Vernichtet wird nur, was von Gelöschten bekannt ist.";
    FOR_GOOD: "Approving destroys keys. There is no way back.", "Zustimmen vernichtet Schlüssel. Es gibt keinen Weg zurück.";
    REASON: "Reason", "Grund";
    APPROVE: "Approve and carry out", "Zustimmen und ausführen";
    DECLINE: "Decline", "Ablehnen";
    WITHDRAW: "Withdraw", "Zurückziehen";
    EXTEND: "Extend by two months", "Um zwei Monate verlängern";
    KEYS_GONE: "Keys destroyed", "Vernichtete Schlüssel";
    KEYS_GONE_LEAD: "Nothing that they sealed can be read again, in any copy.",
        "Nichts, was sie verschlossen, ist je wieder zu lesen, in keiner Kopie.";
    BY_HAND: "Left to be done by hand", "Von Hand noch zu tun";
    BY_HAND_NOTE: "Backups and copies outside of this directory: the receipt lists them.",
        "Sicherungen und Kopien außerhalb dieses Verzeichnisses: die Bescheinigung nennt sie.";
    TO_RECEIPT: "Open the receipt", "Zur Bescheinigung";
    NO_ERASURES: "Nobody was masked or erased", "Niemand wurde maskiert oder gelöscht";
    INCOMPLETE: "Incomplete", "Unvollständig";
    COMPLETE: "Complete", "Vollständig";
    ORDERED: "Ordered", "Angeordnet";
    ORDER: "Order in the log", "Anordnung im Protokoll";
    STEPS: "Steps", "Schritte";
    RECEIPT: "Receipt", "Bescheinigung";
    RECEIPT_ERASURE: "Receipt of an erasure", "Bescheinigung einer Löschung";
    RECEIPT_MASKING: "Receipt of a masking", "Bescheinigung einer Maskierung";
    NOT_YET: "not yet", "noch nicht";
    NOTHING_BY_HAND: "Nothing is left to be done.", "Es ist nichts mehr zu tun.";
    UNTIL: "By {time}", "Bis {time}";
    SIGNED_NOTE: "Signed note", "Unterschriebene Bescheinigung";
    SIGNED_NOTE_LEAD: "Signed by the key of the log. Anybody can check it with the public key, without this directory.",
        "Unterschrieben mit dem Schlüssel des Protokolls. Wer den öffentlichen Schlüssel hat, kann sie ohne dieses Verzeichnis prüfen.";
    NO_NOTE: "It is signed once every step is taken.", "Unterschrieben wird, wenn jeder Schritt getan ist.";
    DOWNLOAD_NOTE: "Download the signed note", "Unterschriebene Bescheinigung herunterladen";
    PRINT: "Print", "Drucken";
    PRINTED_BY: "Read by {name}, {time}.", "Gelesen von {name}, {time}.";
    ANSWERED: "Answered", "Beantwortet";
    FULFILLED: "Answered", "Erteilt";
    REFUSED: "Refused", "Verweigert";
    OPENED: "Opened", "Eröffnet";
    NO_ANSWERS: "No access requests here", "Keine Auskunftsersuchen";
    OPEN_ANSWER: "Open an access request", "Auskunft eröffnen";
    OPEN_ANSWER_LEAD: "For somebody who wants to see what is known of them. Due in one month.",
        "Für jemanden, der sehen will, was über ihn bekannt ist. Fällig in einem Monat.";
    ANSWER_FOR: "Access request: {name}", "Auskunft: {name}";
    FILE: "The person’s file", "Die Akte der Person";
    FILE_LEAD: "Everything that is known of them. Fetching it is recorded, with the ticket.",
        "Alles, was über die Person bekannt ist. Wer sie abholt, wird mit dem Ticket festgehalten.";
    FILE_TICKET_HINT: "Stands beside the record of the fetching.", "Steht beim Eintrag über das Abholen.";
    FILE_HTML: "Download to read (HTML)", "Zum Lesen herunterladen (HTML)";
    FILE_JSON: "Download for programs (JSON)", "Für Programme herunterladen (JSON)";
    TICKET_NEEDED: "Please say for which ticket.", "Bitte sagen, für welches Ticket.";
    ANSWER: "Answer", "Antwort";
    ANSWER_LEAD: "Say that the person has the file, or why they do not get it.",
        "Festhalten, dass die Person die Akte hat, oder warum sie sie nicht bekommt.";
    FULFIL: "The person has the file", "Die Person hat die Akte";
    REFUSE: "Refuse", "Verweigern";
    HOLD_OF_WHOM: "Somebody’s holds", "Von einer Person";
    HOLDS_LEAD: "A legal hold keeps a person from being masked, erased or deleted. A restriction keeps what is known of them, and leaves it unused.",
        "Eine Aufbewahrungspflicht schützt vor Maskierung und Löschung. Eine Einschränkung bewahrt das Bekannte und lässt es ungenutzt.";
    HOLDS_HAPPENED: "What happened", "Was geschah";
    HOLD: "Legal hold", "Aufbewahrungspflicht";
    HOLD_ON: "This person is kept: nobody can mask, erase or delete them.",
        "Diese Person wird bewahrt: niemand kann sie maskieren oder löschen.";
    HOLD_OFF: "Nothing keeps this person from being masked, erased or deleted.",
        "Nichts hindert daran, diese Person zu maskieren oder zu löschen.";
    PLACE_HOLD: "Place a legal hold", "Aufbewahrungspflicht setzen";
    LIFT_HOLD: "Lift the legal hold", "Aufbewahrungspflicht aufheben";
    RESTRICTION: "Restriction of processing", "Einschränkung der Verarbeitung";
    RESTRICTION_ON: "What is known of this person is kept and not used.", "Was über diese Person bekannt ist, wird bewahrt und nicht genutzt.";
    RESTRICTION_OFF: "What is known of this person may be used.", "Was über diese Person bekannt ist, darf genutzt werden.";
    RESTRICT: "Restrict processing", "Verarbeitung einschränken";
    LIFT_RESTRICTION: "Lift the restriction", "Einschränkung aufheben";
    TO_PERSON: "To the user’s page", "Zur Seite des Benutzers";
    NO_RULES: "No retention rules", "Keine Löschfristen";
    RULES_LEAD: "Who was deleted so many months ago is erased by automation, once another person has switched the rule on.",
        "Wer vor so vielen Monaten gelöscht wurde, wird automatisch vernichtet, sobald jemand anderes die Regel einschaltet.";
    SIGN_IN_RULES_LEAD: "So many days after a sign-in, and up to 30 more, nobody can read its address and program any more.",
        "So viele Tage nach einer Anmeldung, und bis zu 30 mehr, kann niemand mehr Adresse und Programm lesen.";
    DAYS: "or days after the sign-in", "oder Tage nach der Anmeldung";
    SIGN_IN_RULE_SAYS: "Where sign-ins came from: {days} days", "Herkunft von Anmeldungen: {days} Tage";
    SIGN_IN_LAST_RUN: "Last run {time}: sign-ins of {applied} made unreadable, {kept} kept.",
        "Letzter Lauf {time}: Anmeldungen von {applied} unlesbar gemacht, {kept} behalten.";
    SIGN_IN_WOULD_TOUCH: "Sign-ins of {touched} would become unreadable now, {kept} kept. Nothing was changed.",
        "Anmeldungen von {touched} würden jetzt unlesbar, {kept} behalten. Nichts wurde geändert.";
    SIGN_IN_TOUCHED: "Would become unreadable", "Würden unlesbar";
    RECORDS: "Records", "Einträge";
    DEFINE_RULE: "Make a rule", "Regel anlegen";
    MONTHS: "Months after deletion", "Monate nach der Löschung";
    RULE_SAYS: "{months} months after deletion", "{months} Monate nach der Löschung";
    ON: "On", "Ein";
    OFF: "Off", "Aus";
    DEFINED_BY: "Made by {name}", "Angelegt von {name}";
    RUNNING: "A run is under way", "Ein Lauf ist im Gange";
    LAST_RUN: "Last run {time}: {applied} erased, {kept} kept.", "Letzter Lauf {time}: {applied} vernichtet, {kept} behalten.";
    ANOTHER_SWITCHES: "Another compliance officer switches it on.", "Jemand anderes aus dem Datenschutz schaltet sie ein.";
    DRY_RUN: "Dry run", "Probelauf";
    SWITCH_ON: "Switch on", "Einschalten";
    SWITCH_OFF: "Switch off", "Ausschalten";
    DELETE_RULE: "Delete the rule", "Regel löschen";
    WOULD_TOUCH: "{touched} would be erased now, {kept} kept. Nothing was changed.",
        "{touched} würden jetzt vernichtet, {kept} behalten. Nichts wurde geändert.";
    NOT_ALL: "There are more than are shown here.", "Es gibt mehr, als hier gezeigt wird.";
    TOUCHED: "Would be erased", "Würden vernichtet";
    KEPT: "Kept", "Behalten";
    OVER_SINCE: "Time over since", "Frist um seit";
    REGISTER_LEAD: "Every place that can hold personal data, what protects it, and what ends it.",
        "Jeder Ort, der persönliche Daten halten kann, was sie schützt und was sie beendet.";
    IN_FILES: "Files", "Dateien";
    IN_MEMORY: "Memory", "Arbeitsspeicher";
    OUTSIDE: "Outside", "Außerhalb";
    IN_EVENTS: "Sealed parts of events", "Verschlossene Teile von Ereignissen";
    WHERE: "Where", "Wo";
    WHAT: "What", "Was";
    KEY: "Under whose key", "Unter wessen Schlüssel";
    EVENT: "Event", "Ereignis";
    ENDED_BY: "Ended by", "Beendet durch";
    DONE_ENTERED: "The request is entered. Another person decides.", "Der Antrag ist eingetragen. Jemand anderes entscheidet.";
    DONE_APPROVED: "Approved and carried out.", "Zugestimmt und ausgeführt.";
    DONE_DECLINED: "Declined.", "Abgelehnt.";
    DONE_WITHDRAWN: "Withdrawn.", "Zurückgezogen.";
    DONE_EXTENDED: "Extended by two months.", "Um zwei Monate verlängert.";
    DONE_OPENED: "The access request is open.", "Die Auskunft ist eröffnet.";
    DONE_FULFILLED: "Answered.", "Erteilt.";
    DONE_REFUSED: "Refused.", "Verweigert.";
    DONE_SAVED: "Saved.", "Gespeichert.";
}
