// What compliance officers and auditors do at the console, in a real browser:
// node compliance.mjs URL ADMIN_PASSWORD [FOLDER]; a receipt as it comes out of the printer is left in the folder.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [url, password, folder] = process.argv.slice(2);
if (!password) throw new Error("node compliance.mjs URL ADMIN_PASSWORD");
const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];
/** How long a page may take before a story fails, in milliseconds: a busy machine is slow, not wrong. */
const PATIENCE = 60_000;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const once = Date.now().toString(36);
let [passed, failed] = [0, 0];

/** Asks the GraphQL door for what a story needs first; what is refused is an error. */
const door = (token) => async (query, input) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    const body = JSON.stringify({ query, variables: { input } });
    const { data, errors } = await (await fetch(new URL("/graphql", url), { method: "POST", headers, body })).json();
    const refused = Object.values(data ?? {}).flatMap((payload) => payload?.errors ?? []);
    if (errors?.length || refused.length) throw new Error(JSON.stringify(errors ?? refused));
    return Object.values(data)[0];
};
const signedIn = await door()(
    "mutation($input: SignInInput!) { signIn(input: $input) { token errors { code } } }",
    { login: "admin", password },
);
const ask = door(signedIn.token);

const person = async (name, more = {}) => {
    const input = {
        kind: "AGENT", username: name, email: `${name}@example.org`, fullName: name, displayName: name,
        password: `password of ${name}`, ...more,
    };
    const made = await ask(
        "mutation($input: CreateUserInput!) { createUser(input: $input) { user { id } errors { code } } }", input,
    );
    return made.user.id;
};

const browser = await chromium.launch({ executablePath: PROGRAM, args: ARGS });
const visit = async (login, secret = `password of ${login}`) => {
    const context = await browser.newContext({ baseURL: url, locale: "en-GB", reducedMotion: "reduce" });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.faults = [];
    page.on("pageerror", (fault) => page.faults.push(String(fault)));
    page.on("console", (message) => {
        if (/Content Security Policy/.test(message.text())) page.faults.push(message.text());
    });
    await page.goto("/sign-in");
    await page.fill("#login", login);
    await page.fill("#password", secret);
    await page.click("main button[type=submit]");
    await page.waitForURL((address) => address.pathname !== "/sign-in");
    return page;
};

const says = async (page, text) => {
    const body = (await page.textContent("main")).replace(/\s+/g, " ");
    assert.ok(body.includes(text), `“${text}” in: ${body.slice(0, 800)}`);
};

/** Nothing serious in either theme (axe-core), and no script or policy broken. */
const isSound = async (page) => {
    for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.evaluate(axe);
        const found = await page.evaluate(() => globalThis.axe.run());
        const serious = found.violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`);
        assert.deepEqual(told, [], `${page.url()} in ${colorScheme}`);
    }
    assert.deepEqual(page.faults, []);
};

const story = async (name, tell) => {
    const pages = [];
    const enter = async (...who) => {
        const page = await visit(...who);
        pages.push(page);
        return page;
    };
    try {
        await tell(enter);
        passed += 1;
        console.log(`ok      ${name}`);
    } catch (error) {
        failed += 1;
        console.log(`FAILED  ${name}\n${error.stack}\nat ${pages.map((page) => page.url()).join(", ")}`);
    } finally {
        for (const page of pages) await page.context().close();
    }
};

const [olga, otto, aud] = [`olga-${once}`, `otto-${once}`, `aud-${once}`];
for (const name of [olga, otto]) await person(name, { accessProfile: "COMPLIANCE_OFFICER" });
await person(aud, { accessProfile: "AUDITOR" });

await story("msk_04 a masking goes from entry to receipt with two people", async (enter) => {
    const name = `john-${once}`;
    const john = await person(name);
    await ask("mutation($input: DisableUserInput!) { disableUser(input: $input) { errors { code } } }", { userId: john });
    const first = await enter(olga);
    await first.goto("/privacy");
    await first.click("text=Enter a request");
    await first.fill("#userId", john);
    await first.fill("#username", name);
    await first.fill("#email", `${name}@example.org`);
    await first.fill("#ticket", "T-17");
    await first.click("button[name=preview]");
    await says(first, "Becomes unreadable");
    await isSound(first);
    await first.click("main button.primary");
    await says(first, "another compliance officer decides");
    assert.equal(await first.locator("button[value=approve]").count(), 0, "nobody decides upon their own request");

    const second = await enter(otto);
    await second.goto("/privacy/requests");
    await second.click(`text=${name}`);
    await says(second, "T-17");
    await isSound(second);
    await second.fill("#reason", "checked with the ticket");
    await second.click("button[value=approve]");
    await says(second, "Keys destroyed");
    await second.click("text=Open the receipt");
    await says(second, "Left to be done by hand");
    await isSound(second);
    assert.ok(await second.locator("button[data-print]").isVisible(), "there is a way to print");
    const coming = second.waitForEvent("download");
    await second.click("text=Download the signed note");
    assert.match((await coming).suggestedFilename(), /^erasure-\d+\.receipt$/);
    await second.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.ok(!(await second.locator("nav.side").isVisible()), "paper has no navigation");
    assert.ok(await second.locator(".printed").isVisible(), "paper says who printed it");
    const lightness = await second.evaluate(() => Math.max(...getComputedStyle(document.body).color.match(/\d+/g).map(Number)));
    assert.ok(lightness < 64, "paper has dark letters, though the screen is dark");
    if (folder) {
        mkdirSync(folder, { recursive: true });
        await second.pdf({ path: join(folder, "receipt.pdf"), format: "A4", preferCSSPageSize: true });
    }
    await second.emulateMedia({ media: "screen" });
    await second.goto(`/history?user=${john}`);
    assert.ok(!(await second.content()).includes(`${name}@example.org`), "nothing of the address is left");
});

await story("his_03 who gave a role is found in the history, with the record and its proof", async (enter) => {
    const name = `ann-${once}`;
    const ann = await person(name);
    const seats = "mutation($input: SizeLicensePoolInput!) { sizeLicensePool(input: $input) { errors { code } } }";
    await ask(seats, { type: "READ_WRITE", owned: 1000 });
    const made = await ask(
        "mutation($input: DefineRoleInput!) { defineRole(input: $input) { role { id } errors { code } } }",
        { name: `Pilot ${once}`, kind: "AGENT", surfaces: ["LISTS"] },
    );
    const given = { userId: ann, roleId: made.role.id, license: "READ_WRITE", reason: `ticket ${once}` };
    await ask("mutation($input: AssignRoleInput!) { assignRole(input: $input) { errors { code } } }", given);
    const page = await enter("admin", password);
    await page.goto("/history");
    await page.click("details.filters summary");
    await page.fill("#user", name);
    await page.selectOption("#type", "ROLE_ASSIGNED");
    await page.click("main button.primary");
    await says(page, `ticket ${once}`);
    await says(page, `Pilot ${once}`);
    await isSound(page);
    await page.click(".timeline .about a");
    await says(page, "role.assigned@1");
    await says(page, "Proof");
});

await story("an auditor goes back by the slider, compares, reviews, and takes a checkpoint along", async (enter) => {
    const page = await enter(aud);
    await page.goto("/moments");
    await page.locator("input[type=range]").focus();
    await page.keyboard.press("Home");
    await page.waitForURL(/at=0/);
    await says(page, "This is before everything.");
    await isSound(page);
    for (const path of ["/moments", "/moments/changes", "/moments/review", "/moments/evidence"]) {
        await page.goto(path);
        await isSound(page);
    }
    await page.click("text=Sign one now");
    await says(page, "A checkpoint is signed.");
    const coming = page.waitForEvent("download");
    await page.click("main a.button.primary");
    assert.match((await coming).suggestedFilename(), /^checkpoint-\d+\.txt$/);
    await page.goto("/health");
    await page.click("text=Prove now");
    await says(page, "As the log says");
    await isSound(page);
});

await story("nothing serious is found on any page of privacy", async (enter) => {
    const page = await enter(olga);
    for (const tab of ["requests", "erasures", "answers", "holds", "retention", "register"]) {
        await page.goto(`/privacy/${tab}`);
        await isSound(page);
    }
});

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
