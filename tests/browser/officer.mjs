// What compliance officers have before them, and where they see it.
import { door } from "./browser.mjs";

export const OFFICER = "olga";
export const OFFICERS_PASSWORD = "a password of officers";
const SECOND = "otto";

const sessionOf = async (url, login) => {
    const query = "mutation($input: SignInInput!) { signIn(input: $input) { token errors { code } } }";
    const { signIn } = await door(url)(query, { input: { login, password: OFFICERS_PASSWORD } });
    return door(url, signIn.token);
};
const change = async (ask, name, input, more = "position") => {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
    const data = await ask(`mutation($i: ${type}!) { ${name}(input: $i) { ${more} errors { code message } } }`, { i: input });
    return data[name];
};

/** Requests in every state, a hold, a question and a rule: the names of the pictures, and addresses of them all. */
export async function privacyWork(url, ask) {
    const { users } = await ask(`{ users(filter: { text: "${OFFICER}" }) { totalCount } }`);
    if (users.totalCount === 0) await enter(url, ask);
    const officer = await sessionOf(url, OFFICER);
    const found = await officer(`{
        maskingRequests(first: 50) { id state } accessRequests(first: 5) { nodes { id } }
        retentionRules { id }
    }`);
    const open = found.maskingRequests.find(({ state }) => state === "WAITING");
    return [
        ["privacy", "/privacy"], ["privacy-requests", "/privacy/requests"], ["privacy-request", `/privacy/requests/${open.id}`],
        ["privacy-new", "/privacy/requests/new"], ["privacy-holds", "/privacy/holds"], ["privacy-answers", "/privacy/answers"],
        ["privacy-answer", `/privacy/answers/${found.accessRequests.nodes[0].id}`], ["privacy-retention", "/privacy/retention"],
        ["privacy-rule", `/privacy/retention/${found.retentionRules[0].id}`], ["privacy-erasures", "/privacy/erasures"],
        ["privacy-masked", "/privacy/requests?view=all"],
    ];
}

async function enter(url, ask) {
    for (const [username, fullName] of [[OFFICER, "Olga Sørensen"], [SECOND, "Otto von der Lüneburger Heide"]]) {
        await change(ask, "createUser", {
            kind: "AGENT", username, email: `${username}@example.org`, fullName, password: OFFICERS_PASSWORD,
            accessProfile: "COMPLIANCE_OFFICER",
        });
    }
    const people = [];
    for (const [username, fullName] of [["leaver1", "Łucja Leaving"], ["leaver2", "Leo Leaving"], ["leaver3", "ليلى"], ["held", "Hanna Held"]]) {
        const email = `${username}@example.com`;
        const { user } = await change(ask, "createUser", { kind: "CLIENT", username, email, fullName }, "user { id }");
        if (username.startsWith("leaver")) await change(ask, "deleteUser", { userId: user.id });
        people.push({ userId: user.id, username, email });
    }
    const [officer, second] = [await sessionOf(url, OFFICER), await sessionOf(url, SECOND)];
    const requested = (person, mode, ticket) => change(officer, "requestMasking", {
        ...person, mode, legalBasis: "CONSENT_WITHDRAWN", ticket,
    }, "request { id }");
    await requested(people[0], "HISTORY", "DSR-2026-117");
    const { request } = await requested(people[1], "ERASURE", "DSR-2026-118");
    await change(second, "approveMasking", { requestId: request.id, reason: "checked with the ticket" });
    await change(officer, "placeLegalHold", { userId: people[3].userId, reason: "Lawsuit 7 O 112/26" });
    await change(officer, "openAccessRequest", { userId: people[2].userId, ticket: "DSR-2026-119" });
    await change(officer, "defineRetentionRule", { kind: "DELETED_FOR", months: 24, reason: "Policy 7.2" });
}
