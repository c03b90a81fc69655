// One story after the other, each in browsers of its own, with a judge of what a page looks like to everybody.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { signIn, start } from "./browser.mjs";

const judge = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The text of a part, without the spaces that only lay out. */
export const textOf = async (page, part = "main") => (await page.textContent(part)).replace(/\s+/g, " ").trim();

export async function says(page, text) {
    const body = await textOf(page);
    assert.ok(body.includes(text), `“${text}” in: ${body.slice(0, 800)}`);
}

/** Nothing serious in either theme; `more` are rules that the judge leaves out by itself. */
export async function isSound(page, more = []) {
    const rules = Object.fromEntries(more.map((rule) => [rule, { enabled: true }]));
    for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.evaluate(judge);
        const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, { rules }), rules);
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).slice(0, 3).join(" ")}`);
        assert.deepEqual(told, [], `${page.url()} in ${colorScheme}`);
    }
}

/** Tells stories of the console at an address, and counts those that come out well. */
export async function storyteller(url) {
    const { visit, close } = await start();
    let [passed, failed] = [0, 0];

    const tell = async (name, story) => {
        const [contexts, faults] = [[], []];
        const enter = async (login, password, options = {}) => {
            const context = await visit({ baseURL: url, locale: "en-GB", reducedMotion: "reduce", ...options });
            contexts.push(context);
            const page = await context.newPage();
            page.on("pageerror", (fault) => faults.push(String(fault)));
            page.on("console", (message) => {
                if (/Content Security Policy/.test(message.text())) faults.push(message.text());
            });
            if (login) {
                await signIn(page, url, login, password);
                await page.waitForURL((address) => address.pathname !== "/sign-in");
            }
            return page;
        };
        try {
            await story(enter);
            assert.deepEqual(faults, [], "no script fails and no policy is broken");
            passed += 1;
            console.log(`ok      ${name}`);
        } catch (error) {
            failed += 1;
            const places = contexts.flatMap((context) => context.pages().map((page) => page.url()));
            console.log(`FAILED  ${name}\n${error.stack}\nat ${places.join(", ")}`);
        } finally {
            for (const context of contexts) await context.close();
        }
    };

    const end = async () => {
        await close();
        console.log(`${passed} passed, ${failed} failed`);
        process.exitCode = failed ? 1 : 0;
    };
    return { tell, end };
}
