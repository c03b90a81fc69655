// Every screen in both themes, at desktop and phone width: looked over by axe-core, and drawn.
// node screens.mjs URL ADMIN_PASSWORD FOLDER
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { administrator, signIn, start } from "./browser.mjs";
import { OFFICER, OFFICERS_PASSWORD, privacyWork } from "./officer.mjs";

const [url, password, folder] = process.argv.slice(2);
if (!folder) throw new Error("node screens.mjs URL ADMIN_PASSWORD FOLDER");
mkdirSync(folder, { recursive: true });
const judge = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ask = await administrator(url, password);
const ROLES = 300;
const SIZES = { desktop: { width: 1360, height: 900 }, phone: { width: 390, height: 844 } };

/** Made-up people, with names as people have them. */
const NAMES = [
    "Ann Lindqvist", "Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine the Elder of Upper Bavaria", "محمد بن عبد الله",
    "שרה כהן־לוי", "José María de la Santísima Trinidad Fernández", "王小明", "O'Neil <b>", "Ünal Çağlayan",
];

const change = async (name, input, more = "position") => {
    const type = name[0].toUpperCase() + name.slice(1);
    const data = await ask(`mutation($i: ${type}Input!) { ${name}(input: $i) { ${more} errors { code message } } }`, { i: input });
    return data[name];
};

/** A company with all of it, once. */
async function company() {
    const { roles } = await ask("{ roles { id } }");
    if (roles.length >= ROLES) return;
    for (const type of ["READ_WRITE", "READ_ONLY"]) await change("sizeLicensePool", { type, owned: 40 });
    for (let number = 1; number <= ROLES; number += 1) {
        const kind = number % 5 === 0 ? "CLIENT" : "AGENT";
        const surfaces = kind === "AGENT" ? ["LISTS", "REPORTS", "DASHBOARDS"] : ["LISTS", "CHARTS"];
        const name = number === 7
            ? "Regional second-line support for contracts of unusual length and several renewals (evenings)"
            : `Role ${String(number).padStart(3, "0")}`;
        await change("defineRole", { name, kind, surfaces });
    }
    let parent = null;
    for (const name of ["Company", "Northern Region", "Harbour and Logistics", "Night desk", "فريق الدعم"]) {
        const { team } = await change("createTeam", { name, parentId: parent }, "team { id }");
        parent = name === "Night desk" ? parent : team.id;
    }
    for (const name of ["Retail", "Wholesale and everything that goes with it"]) await change("createBusinessUnit", { name });
    await change("defineDashboard", { name: "Queues at a glance" });
    const offered = (await ask("{ roles { id } }")).roles.slice(0, 40).map((role) => role.id);
    await change("defineApplication", { name: "Sales", roleIds: offered, rolePolicy: "ACTIVE_ONE" });
    await change("defineAttribute", { key: "shift", label: "Shift", type: "CHOICE", personal: false, choices: ["Early", "Late", "Night"] });
    const { roles: made, teams } = await ask("{ roles { id kind } teams { id } }");
    const held = made.filter((role) => role.kind === "AGENT");
    for (const [place, fullName] of NAMES.entries()) {
        const { user } = await change("createUser", {
            kind: "AGENT", username: `person${place}`, email: `person${place}@example.org`, fullName,
            password: "a password of somebody",
        }, "user { id }");
        await change("assignRole", { userId: user.id, roleId: held[place].id, license: place % 2 ? "READ_ONLY" : "READ_WRITE" });
        await change("addTeamMember", { userId: user.id, teamId: teams[2].id });
        await change("changeProfile", { userId: user.id, title: "Captain", mobilePhone: "+49 171 1234567" });
    }
    for (let place = 0; place < 5; place += 1) {
        await change("createUser", {
            kind: "CLIENT", username: `client${place}`, email: `client${place}@example.com`, fullName: `Client ${place}`,
            password: "a password of somebody",
        });
    }
}

/** Every screen: the name of its pictures, and its address. */
async function screens() {
    const { roles, teams, businessUnits, attributeDefinitions, users } = await ask(
        `{ roles { id kind } teams { id } businessUnits { id } attributeDefinitions { id }
           users(filter: { kind: AGENT, text: "person1" }) { nodes { id } } }`,
    );
    const person = users.nodes[0].id;
    const client = roles.find((role) => role.kind === "CLIENT").id;
    return [
        ["agents", "/agents"], ["agents-found", "/agents?q=person&view=all"], ["clients", "/clients"], ["new-agent", "/agents/new"],
        ["person", `/people/${person}`], ["person-options", `/people/${person}/options`],
        ["person-access", `/people/${person}/access`], ["person-security", `/people/${person}/security`],
        ["person-mail", `/people/${person}/mail`], ["person-history", `/people/${person}/history`],
        ["person-edit", `/people/${person}/edit`], ["person-delete", `/people/${person}/delete`],
        ["person-proxy", `/people/${person}/proxy`], ["roles", "/roles"], ["roles-clients", "/roles?kind=CLIENT"],
        ["role", `/roles/${roles[0].id}`], ["role-client", `/roles/${client}`], ["role-delete", `/roles/${roles[0].id}/delete`],
        ["new-role", "/roles/new"], ["dashboards", "/dashboards"], ["access-profiles", "/access-profiles"],
        ["licenses", "/licenses"], ["teams", "/teams"], ["team", `/teams/${teams[2].id}`],
        ["team-delete", `/teams/${teams[2].id}/delete`], ["units", "/units"], ["unit", `/units/${businessUnits[0].id}`],
        ["attributes", "/attributes"], ["attribute", `/attributes/${attributeDefinitions[0].id}`], ["rules", "/rules"], ["settings", "/settings"],
        ["mail-templates", "/mail-templates"], ["mail-template", "/mail-templates/WELCOME_WITH_PASSWORD/GERMAN"],
        ["outbox", "/outbox"], ["outbox-failed", "/outbox?view=failed"],
        ["account", "/account"], ["account-preferences", "/account/preferences"], ["account-security", "/account/security"],
        ["account-history", "/account/history"], ["applications", "/applications"], ["application", "/applications/application_1"],
        ["person-applications", `/people/${person}/applications`], ["privacy-register", "/privacy"], ["history", "/history"],
        ["person-password", `/people/${person}/password`], ["person-disable", `/people/${person}/disable`],
        ["moments-person", `/moments/people/${person}`], ["moments-changes", "/moments/changes?from=10&to=300"],
        ["moments-review", "/moments/review"], ["moments-evidence", "/moments/evidence"], ["moments", "/moments"],
        ["health", "/health"], ["event", "/events/1"], ["not-found", "/people/user_999999"],
    ];
}

await company();
const privacy = await privacyWork(url, ask);
const all = await screens();
const only = process.env.ONLY?.split(",");
const { visit, close } = await start();
let passed = 0;
let failed = 0;

for (const [size, viewport] of Object.entries(SIZES).filter(([size]) => !process.env.SIZES || process.env.SIZES === size)) {
    for (const theme of (process.env.THEMES ?? "light,dark").split(",")) {
        const context = await visit({ baseURL: url, viewport, colorScheme: theme, deviceScaleFactor: 1 });
        const page = await context.newPage();
        const look = async (name, address) => {
            const answer = await page.goto(address);
            const flaws = answer.status() >= 500 ? [`answered ${answer.status()}`] : [];
            // The policy of the pages forbids foreign script, so the judge comes by the door of the debugger.
            await page.evaluate(judge);
            const { violations } = await page.evaluate(() =>
                globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
            for (const { id, impact, nodes } of violations) {
                if (impact === "serious" || impact === "critical") flaws.push(`${id}: ${nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
            }
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            if (wide > 0) flaws.push(`wider than the window by ${wide}px`);
            await page.screenshot({ path: join(folder, `${name}-${size}-${theme}.png`), fullPage: false });
            if (flaws.length) {
                failed += 1;
                console.log(`FAILED  ${name} ${size} ${theme}\n        ${flaws.join("\n        ")}`);
            } else {
                passed += 1;
            }
        };
        const looked = (name, address) => look(name, address).catch((error) => {
            failed += 1;
            console.log(`FAILED  ${name} ${size} ${theme}\n        ${error.message.split("\n")[0]}`);
        });
        if (!only) await looked("sign-in", "/sign-in");
        await signIn(page, url, "admin", password);
        for (const [name, address] of all) if (!only || only.includes(name)) await looked(name, address);
        await context.clearCookies();
        await signIn(page, url, OFFICER, OFFICERS_PASSWORD);
        for (const [name, address] of privacy) if (!only || only.includes(name)) await looked(name, address);
        await context.close();
    }
}
await close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
