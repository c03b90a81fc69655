// Debian's Chromium, started for one run with a profile of its own, and the GraphQL door for what a story needs first.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** How long a page may take before a run fails, in milliseconds: a busy machine is slow, not wrong. */
const PATIENCE = 60_000;

export async function start() {
    const profile = mkdtempSync(join(tmpdir(), "rollbook-browser-"));
    const context = await chromium.launchPersistentContext(profile, {
        executablePath: PROGRAM,
        headless: true,
        args: [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
        ],
    });
    const close = async () => {
        await context.close();
        rmSync(profile, { recursive: true, force: true });
    };
    const browser = context.browser();
    const visit = async (options = {}) => {
        const made = browser ? await browser.newContext({ locale: "en-GB", ...options }) : context;
        made.setDefaultTimeout(PATIENCE);
        return made;
    };
    return { visit, close };
}

/** Asks the GraphQL door; what is refused is an error. */
export function door(url, token) {
    return async (query, variables = {}) => {
        const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
        const answer = await fetch(new URL("/graphql", url), {
            method: "POST", headers, body: JSON.stringify({ query, variables }),
        });
        const { data, errors } = await answer.json();
        if (errors?.length) throw new Error(JSON.stringify(errors));
        for (const payload of Object.values(data)) {
            if (payload?.errors?.length) throw new Error(JSON.stringify(payload.errors));
        }
        return data;
    };
}

export async function administrator(url, password) {
    const data = await door(url)(
        `mutation($p: String!) { signIn(input: { login: "admin", password: $p }) { token errors { code } } }`,
        { p: password },
    );
    return door(url, data.signIn.token);
}

export async function signIn(page, url, login, password) {
    await page.goto(new URL("/sign-in", url).href);
    await page.fill("#login", login);
    await page.fill("#password", password);
    await page.click("main button[type=submit]");
}
