// A list of many people in a real browser, from its first page to its last, by the keyboard:
// node walk.mjs ROLLBOOK [PEOPLE]
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { signIn, start } from "./browser.mjs";
import { PASSWORD, Server } from "./server.mjs";

const [program, count = "5000"] = process.argv.slice(2);
if (!program) throw new Error("node walk.mjs ROLLBOOK [PEOPLE]");
const people = Number(count);
const ROWS = 100;
/** A page at the end may cost so much more than one at the beginning, in processor time of the server. */
const GROWTH_MAX = 1.5;
/** Every so manieth is called Jansen. */
const JANSEN_EVERY = 10;
const FIRST = ["Anna", "Chidi", "محمد", "שרה", "小明", "Łukasz", "Ólafur", "Željko", "Zoë", "Ιωάννα", "Hubert Blaine Wolfeschlegelstein"];
const LAST = ["Abara", "Bergström", "العربي", "Dvořák", "王", "Fischer", "O’Brien", "Müller-Lüdenscheidt", "Nguyễn", "Ångström"];

const server = new Server(program);
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
let [passed, failed] = [0, 0];
const check = async (name, tell) => {
    const since = performance.now();
    try {
        const more = await tell();
        passed += 1;
        console.log(`ok      ${name} (${[more, seconds(since)].filter(Boolean).join("; ")})`);
    } catch (error) {
        failed += 1;
        console.log(`FAILED  ${name}\n${error.stack}`);
    }
};

function rows() {
    const lines = ["email,username,full name,kind"];
    for (let number = 0; number < people; number += 1) {
        const last = number % JANSEN_EVERY === 0 ? "Jansen" : LAST[Math.floor(number / FIRST.length) % LAST.length];
        const login = `person${String(number).padStart(7, "0")}`;
        lines.push(`${login}@example.org,${login},${FIRST[number % FIRST.length]} ${last} ${number},AGENT`);
    }
    return `${lines.join("\n")}\n`;
}

await server.start();
await server.stop();
const file = join(server.folder, "people.csv");
writeFileSync(file, rows());
await check(`${people} people are imported`, () => {
    assert.match(server.run("import", file), new RegExp(`${people} created`));
});
const before = performance.now();
const url = await server.start();
console.log(`        serves again after ${seconds(before)}`);

const { visit, close } = await start();
const context = await visit({ baseURL: url, locale: "en-GB" });
const page = await context.newPage();
await signIn(page, url, "admin", PASSWORD);

/** Who is on the page that is shown: id and email of each. */
const shown = () => page.$$eval("[data-list] tbody tr", (lines) => lines.map((line) => ({
    id: line.querySelector("a.code").textContent, email: line.querySelector("[data-column=email]").textContent.trim(),
})));
const open = (turn) => page.locator(`.pages button[value^="${turn}:"]`).isEnabled();

/** Turns the page by the keyboard alone, and waits until its rows are others. */
const turn = async (to, first) => {
    await page.locator(`.pages button[value^="${to}:"]`).focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((id) => document.querySelector("[data-list] a.code")?.textContent !== id, first);
};

/** From here to the last page: everybody who was seen, in order, and what each page cost the server. */
const walk = async () => {
    const [seen, costs] = [[], []];
    for (;;) {
        const found = await shown();
        assert.ok(found.length <= ROWS, "no more rows are held than one page has");
        seen.push(...found);
        if (!(await open("after"))) return { seen, costs };
        const spent = server.processorMillis();
        await turn("after", found[0].id);
        costs.push(server.processorMillis() - spent);
    }
};
const once = (seen, wanted) => {
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length, "nobody is seen twice");
    assert.equal(seen.length, wanted, "nobody is left out");
};
const mean = (costs) => costs.reduce((all, one) => all + one, 0) / costs.length;

await check("everybody is seen exactly once from the first page to the last, and no page costs more for being far", async () => {
    await page.goto(`/agents?rows=${ROWS}&sort=id`);
    assert.equal((await page.textContent(".count")).trim(), `${new Intl.NumberFormat("en-GB").format(people + 1)} users`);
    const { seen, costs } = await walk();
    once(seen, people + 1);
    const third = Math.floor(costs.length / 3);
    const [near, far] = [mean(costs.slice(1, third)), mean(costs.slice(-third))];
    assert.ok(far <= near * GROWTH_MAX, `a page costs ${near.toFixed(1)} ms at first, and ${far.toFixed(1)} ms at last`);
    return `${costs.length + 1} pages; ${near.toFixed(1)} ms of the server's processor a page at first, ${far.toFixed(1)} ms at last`;
});

await check("the keyboard stays on the button that turns the page", async () => {
    await page.goto(`/agents?rows=${ROWS}`);
    const before = (await shown())[0].id;
    await turn("after", before);
    assert.match(await page.evaluate(() => document.activeElement.value), /^after:/);
    await page.goBack();
    await page.waitForFunction((id) => document.querySelector("[data-list] a.code")?.textContent === id, before);
});

await check("the last page is one step away, and the way back leads to the first", async () => {
    await page.goto(`/agents?rows=${ROWS}`);
    const first = await shown();
    await turn("last", first[0].id);
    assert.equal(await open("after"), false);
    const last = await shown();
    await turn("before", last[0].id);
    assert.equal((await shown()).length, ROWS);
    await turn("first", (await shown())[0].id);
    assert.deepEqual(await shown(), first);
});

await check("search, view, order and size survive every page", async () => {
    await page.goto(`/agents?rows=${ROWS}&view=all&sort=email&dir=desc&q=jansen`);
    const { seen } = await walk();
    once(seen, Math.ceil(people / JANSEN_EVERY));
    const emails = seen.map(({ email }) => email);
    assert.deepEqual(emails, [...emails].sort().reverse());
    const address = new URL(page.url()).searchParams;
    assert.deepEqual(["rows", "view", "sort", "dir", "q"].map((name) => address.get(name)), [`${ROWS}`, "all", "email", "desc", "jansen"]);
    assert.equal(await page.inputValue("input[name=q]"), "jansen");
});

await check("a selection survives the pages", async () => {
    await page.goto(`/agents?rows=${ROWS}`);
    const [one] = await shown();
    await page.locator("td.pick input").first().check();
    await turn("after", one.id);
    assert.match(await page.textContent("[data-bulk]"), /and 1 more on other pages/);
    await turn("first", (await shown())[0].id);
    assert.ok(await page.locator("td.pick input").first().isChecked());
});

await close();
await server.remove();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
