//! Words of the seats.

use super::texts;

texts! {
    LEAD: "Agents with a role hold a seat. Clients need none.",
        "Agenten mit einer Rolle belegen einen Platz. Kunden brauchen keinen.";
    READ_WRITE_ABOUT: "Works as far as the roles permit.", "Arbeitet, soweit die Rollen es erlauben.";
    READ_ONLY_ABOUT: "Looks, and changes nothing but the own account.",
        "Sieht nur, und ändert nichts als das eigene Konto.";
    OWNED: "Owned", "Vorhanden";
    USED: "Taken", "Belegt";
    AVAILABLE: "Free", "Frei";
    OVER: "More taken than owned", "Mehr belegt als vorhanden";
    RESIZE: "Seats from now on", "Plätze von nun an";
    NUMBER: "A whole number, 0 or more.", "Eine ganze Zahl, 0 oder mehr.";
    BY_PROVIDER: "How many there are is set by whoever provides the directory.",
        "Wie viele es sind, bestimmt, wer das Verzeichnis bereitstellt.";
    CONTACT: "For more seats ask:", "Für weitere Plätze fragen Sie:";
}
