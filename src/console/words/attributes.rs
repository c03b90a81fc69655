//! Words of custom attributes.

use super::texts;

texts! {
    LEAD: "What users can have besides what everybody has.", "Was Benutzer haben können, über das hinaus, was alle haben.";
    EMPTY: "No attribute yet", "Noch kein Merkmal";
    NEW: "New attribute", "Neues Merkmal";
    DEFINE: "Create", "Anlegen";
    LABEL: "Label", "Beschriftung";
    KEY: "Key", "Schlüssel";
    KEY_HINT: "What programs call it: a letter, then letters, digits and _; it stays.",
        "Wie Programme es nennen: ein Buchstabe, dann Buchstaben, Ziffern und _; er bleibt.";
    TYPE: "Type", "Art";
    MARKS: "Besides", "Außerdem";
    TEXT: "Text", "Text";
    NUMBER: "Number", "Zahl";
    BOOLEAN: "Yes or no", "Ja oder nein";
    DATE: "Date", "Datum";
    CHOICE: "Choice", "Auswahl";
    CHOICES: "Choices", "Auswahl";
    CHOICES_HINT: "One a line; for the type “Choice” only.", "Eine je Zeile; nur für die Art „Auswahl“.";
    NEW_CHOICE: "One more choice", "Eine weitere Auswahl";
    PERSONAL: "About the person", "Über die Person";
    PERSONAL_HINT: "Shown as names are, and forgotten with the person.", "Wird gezeigt wie Namen und mit der Person vergessen.";
    REQUIRED_HINT: "Nobody is created without a value.", "Niemand wird ohne einen Wert angelegt.";
    RENAME: "Rename", "Umbenennen";
    RETIRE: "Retire", "Einstellen";
    RETIRE_OF: "Retire {name}", "{name} einstellen";
    RETIRED: "Retired", "Eingestellt";
    RETIRE_TEXT: "It is neither set nor shown any more, and there is no way back. History keeps it.",
        "Es wird nicht mehr gesetzt und nicht mehr gezeigt, und es gibt keinen Weg zurück. Die Historie behält es.";
    RETIRE_SURE: "I am sure", "Ich bin sicher";
    NOT_SURE: "Tick that you are sure; nothing was changed.", "Bestätigen Sie, dass Sie sicher sind; nichts wurde geändert.";
}
