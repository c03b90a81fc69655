//! Words of the time machine, of evidence, and of the state of the directory.

use super::texts;

texts! {
    MOMENT: "One moment", "Ein Augenblick";
    TWO_MOMENTS: "Two moments", "Zwei Augenblicke";
    REVIEW: "Access review", "Rechteprüfung";
    EVIDENCE: "Evidence", "Beweise";
    AT: "Moment", "Augenblick";
    FROM: "Earlier", "Früher";
    TO: "Later", "Später";
    SLIDER: "Choose on the line of all records", "Auf der Linie aller Einträge wählen";
    MOMENT_HINT: "A record from 0 to {head}, or a time such as 2026-03-31 or 2026-03-31T18:00.",
        "Ein Eintrag von 0 bis {head}, oder eine Zeit wie 2026-03-31 oder 2026-03-31T18:00.";
    NO_MOMENT: "There is no such moment.", "Diesen Augenblick gibt es nicht.";
    ONE_BACK: "One back", "Einen zurück";
    ONE_ON: "One on", "Einen vor";
    JUST_HAPPENED: "Had just happened", "War eben geschehen";
    BEFORE_ALL: "This is before everything.", "Das ist vor allem anderen.";
    SEATS_USED: "seats used", "Plätze vergeben";
    USERS_THEN: "{count} users", "{count} Benutzer";
    KIND: "Kind", "Art";
    STATE: "State", "Stand";
    PROFILE: "Access profile", "Zugriffsprofil";
    LICENSE: "License", "Lizenz";
    ROLE: "Role", "Rolle";
    ROLES: "Roles", "Rollen";
    PREVIOUS: "Previous", "Vorige";
    NEXT: "Next", "Nächste";
    AS_TODAY: "As of today", "Wie heute";
    AS_THEN: "As of then", "Wie damals";
    UNTIL_THEN: "What had happened until then", "Was bis dahin geschehen war";
    NOT_THERE: "Nobody of this id was there at that moment.", "Unter dieser Nummer war damals niemand da.";
    COMPARE: "Compare", "Vergleichen";
    CAME: "came", "kamen";
    WENT: "went", "gingen";
    CHANGED: "changed", "geändert";
    NO_DIFFERENCE: "Nothing is different.", "Nichts ist anders.";
    WRONG_ORDER: "The earlier moment comes first.", "Der frühere Augenblick steht zuerst.";
    FATE: "What became", "Was wurde";
    DIFFERENT: "What is different", "Was anders ist";
    BEFORE: "before", "vorher";
    PROXY: "Proxy right", "Stellvertretung";
    EVERY_RIGHT: "Every right", "Jedes Recht";
    RIGHT: "Right", "Recht";
    WHICH: "Which", "Welches";
    GIVEN_BY: "Given by", "Gegeben von";
    GIVEN_AT: "Given", "Gegeben";
    RIGHTS_HELD: "{count} rights held at this moment", "{count} Rechte zu diesem Augenblick";
    ALL_OF_THEM: "all users and teams", "alle Benutzer und Teams";
    SELECTED: "selected ones", "ausgewählte";
    LAST_CHECKPOINT: "Last checkpoint", "Letzter Prüfpunkt";
    CHECKPOINT_LEAD: "Keep it elsewhere: nobody can then rewrite what it covers without being seen.",
        "Anderswo aufbewahren: dann kann niemand ungesehen ändern, was er deckt.";
    NO_CHECKPOINT: "Nothing has been signed yet.", "Noch ist nichts unterschrieben.";
    COVERS: "Covers", "Deckt";
    RECORDS_OF: "{size} of {head} records", "{size} von {head} Einträgen";
    SIGNED_AT: "Signed", "Unterschrieben";
    SIGNED_BY: "By", "Von";
    ORIGIN: "Log", "Protokoll";
    ROOT: "Root of the tree", "Wurzel des Baums";
    DOWNLOAD: "Download", "Herunterladen";
    SIGN_NOW: "Sign one now", "Jetzt unterschreiben";
    SIGNED: "A checkpoint is signed.", "Ein Prüfpunkt ist unterschrieben.";
    FILES: "To take along", "Zum Mitnehmen";
    NOTE: "Signed note", "Unterschrift";
    CONTINUES: "Proof that it continues {size}", "Beweis, dass er {size} fortsetzt";
    KEYS: "Keys to verify with", "Schlüssel zum Prüfen";
    KEYS_LEAD: "Write down the key that is in force: with it, any verifier of signed notes can judge a checkpoint.",
        "Notieren Sie den gültigen Schlüssel: damit prüft jedes Programm für unterschriebene Notizen einen Prüfpunkt.";
    IN_FORCE: "in force", "gültig";
    SINCE_RECORD: "since record {position}", "seit Eintrag {position}";
    RECORDS: "records in the log", "Einträge im Protokoll";
    VIEWS_AT: "folded into the views", "in die Ansichten eingegangen";
    BEHIND: "still to come", "stehen noch aus";
    LAST_PROOF: "Last proof", "Letzter Beweis";
    EQUAL: "As the log says", "Wie im Protokoll";
    DIFFERENT_VIEWS: "Different", "Verschieden";
    FAILED: "Failed", "Gescheitert";
    MISMATCH: "These views are not what the log says: {views}. Start the server anew: it folds the log again.",
        "Diese Ansichten sind nicht, was das Protokoll sagt: {views}. Starten Sie den Server neu: er liest das Protokoll von vorn.";
    STARTED: "Started", "Begonnen";
    OUTCOME: "Outcome", "Ergebnis";
    AT_RECORD: "At record", "Bei Eintrag";
    TOOK: "Took", "Dauerte";
    DIGEST: "Digest", "Prüfsumme";
    PROOFS: "Proofs", "Beweise";
    PROOFS_LEAD: "The log is folded again from its beginning, beside what is served, and compared.",
        "Das Protokoll wird von vorn gelesen, neben dem, was gezeigt wird, und verglichen.";
    UNDER_WAY: "under way", "im Gange";
    PROVE_NOW: "Prove now", "Jetzt beweisen";
    PROVED: "Compared with the log.", "Mit dem Protokoll verglichen.";
    VIEWS: "Views", "Ansichten";
    VIEW: "View", "Ansicht";
    VIEWS_LEAD: "Digests read every view whole: they are made on request.", "Prüfsummen lesen jede Ansicht ganz: sie entstehen auf Wunsch.";
    SHOW_DIGESTS: "Show digests", "Prüfsummen zeigen";
    BACKUPS: "Backups", "Sicherungen";
    BACKUPS_LEAD: "Those that this server gave since it started. Copies of its folder are made beside it, and are not known here.",
        "Die dieser Server seit seinem Start ausgegeben hat. Kopien seines Ordners entstehen daneben und sind hier nicht bekannt.";
    BACKUP_OF_RECORDS: "records", "Einträge";
    BACKUP_OF_KEYS: "keys", "Schlüssel";
    NO_BACKUP: "none since the server started", "keine seit dem Start des Servers";
}
