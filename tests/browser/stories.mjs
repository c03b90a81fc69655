// Stories of people at the console, in a real browser: node stories.mjs URL ADMIN_PASSWORD
import assert from "node:assert/strict";
import { administrator, signIn, start } from "./browser.mjs";

const [url, password] = process.argv.slice(2);
if (!password) throw new Error("node stories.mjs URL ADMIN_PASSWORD");
const once = Date.now().toString(36);
const ask = await administrator(url, password);
const { visit, close } = await start();
let passed = 0;
let failed = 0;

const story = async (name, tell) => {
    const context = await visit({ baseURL: url });
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (fault) => faults.push(String(fault)));
    page.on("console", (message) => {
        if (message.type() === "error" && /Content Security Policy/.test(message.text())) faults.push(message.text());
    });
    try {
        await tell(page, context);
        assert.deepEqual(faults, [], "no script fails and no policy is broken");
        passed += 1;
        console.log(`ok      ${name}`);
    } catch (error) {
        failed += 1;
        console.log(`FAILED  ${name}\n${error.stack}\nat ${page.url()}`);
    } finally {
        await context.close();
    }
};

const says = async (page, text) => {
    const body = await page.textContent("main");
    assert.ok(body.includes(text), `“${text}” in: ${body.replace(/\s+/g, " ").slice(0, 800)}`);
};

const agent = async (name) => {
    const input = {
        kind: "AGENT", username: name, email: `${name}@example.org`, fullName: name, password: `password of ${name}`,
    };
    const made = await ask(
        "mutation($i: CreateUserInput!) { createUser(input: $i) { user { id } errors { code message } } }", { i: input },
    );
    return made.createUser.user.id;
};

await story("lic_06_ui_12 agents are created until the seats run out, and the page says whom to ask", async (page) => {
    const role = await ask(
        "mutation($i: DefineRoleInput!) { defineRole(input: $i) { role { id } errors { code } } }",
        { i: { name: `Desk ${once}`, kind: "AGENT", surfaces: ["LISTS"] } },
    );
    const pools = await ask("{ licenses { type used } }");
    const used = pools.licenses.find((pool) => pool.type === "READ_ONLY").used;
    await signIn(page, url, "admin", password);
    await page.goto("/licenses");
    await page.fill("#owned-READ_ONLY", String(used + 1));
    await page.locator("form", { has: page.locator("#owned-READ_ONLY") }).getByRole("button").click();
    await says(page, "Saved.");
    for (const [name, fits] of [[`one-${once}`, true], [`two-${once}`, false]]) {
        await page.goto("/agents");
        await page.getByRole("link", { name: "Create new" }).click();
        await page.fill("#fullName", `Agent ${name}`);
        await page.fill("#email", `${name}@example.org`);
        await page.fill("#username", name);
        await page.fill("#password", `password of ${name}`);
        await page.locator("main button.primary[type=submit]").click();
        await says(page, "The user was created.");
        await page.getByRole("link", { name: "Roles and access" }).click();
        await page.selectOption("select[name=role]", role.defineRole.role.id);
        await page.selectOption("select[name=license]", "READ_ONLY");
        await page.getByRole("button", { name: "Give", exact: true }).click();
        if (fits) {
            await says(page, "Saved.");
        } else {
            assert.match(await page.textContent("[role=alert]"), new RegExp(`\\b${used + 1}\\b`));
        }
    }
    await page.goto("/agents");
    assert.match(await page.textContent(".seats"), /Read-only\s+0 of \d+ free/);
});

await story("sta_11 somebody locks themselves out and is unlocked", async (page, context) => {
    const name = `locked-${once}`;
    const id = await agent(name);
    const { settings } = await ask("{ settings { lockAfterFailures } }");
    for (let time = 0; time < settings.lockAfterFailures; time += 1) await signIn(page, url, name, "wrong");
    await signIn(page, url, name, `password of ${name}`);
    assert.ok(await page.locator("[role=alert]").count(), "the right password opens nothing now");
    const desk = await (await visit({ baseURL: url })).newPage();
    await signIn(desk, url, "admin", password);
    await desk.goto(`/agents?view=locked&q=${name}`);
    await desk.locator("a.who").first().click();
    await desk.locator("details.menu summary", { hasText: "More" }).click();
    await desk.getByRole("button", { name: "Unlock" }).click();
    await says(desk, "Saved.");
    assert.ok(desk.url().includes(id));
    await desk.context().close();
    await signIn(page, url, name, `password of ${name}`);
    await page.waitForURL("**/account");
});

await story("pxy_06_pxy_08 an administrator acts as another and switches back", async (page) => {
    const name = `other-${once}`;
    const id = await agent(name);
    const me = (await ask("{ me { id } }")).me.id;
    await ask(
        "mutation($i: ChangeProxyGrantInput!) { changeProxyGrant(input: $i) { errors { code message } } }",
        { i: { userId: me, scope: "ALL" } },
    ).catch(() => {});
    await signIn(page, url, "admin", password);
    await page.goto(`/people/${id}`);
    await page.getByRole("link", { name: "Proxy login" }).click();
    await says(page, "A record will be made");
    await page.getByRole("button", { name: `Continue as ${name}` }).click();
    await page.waitForSelector(".acting");
    assert.ok((await page.textContent(".acting")).includes(`You are acting as ${name}`));
    await page.locator("header .menu summary").click();
    const leave = await page.locator("header .leave button").allTextContents();
    assert.deepEqual(leave, ["Switch back", "Sign out"]);
    await page.locator("header .leave button").first().click();
    await page.waitForSelector(".acting", { state: "detached" });
    await page.goto(`/people/${id}/history`);
    await says(page, `ceased to act as ${name}`);
});

await story("ui_02 edits that are not saved are warned about", async (page) => {
    const id = await agent(`edited-${once}`);
    await signIn(page, url, "admin", password);
    await page.goto(`/people/${id}/edit`);
    await page.fill("#title", "Captain");
    let warned = 0;
    page.on("dialog", (dialog) => {
        warned += 1;
        dialog.accept();
    });
    await page.goto("/agents");
    assert.equal(warned, 1);
    await page.goto(`/people/${id}/edit`);
    assert.equal(await page.inputValue("#title"), "", "nothing was saved");
});

await story("without scripts somebody is created, found, changed, disabled in place of deleted, and read about", async () => {
    const context = await visit({ baseURL: url, javaScriptEnabled: false });
    const page = await context.newPage();
    const name = `plain-${once}`;
    await signIn(page, url, "admin", password);
    await page.goto("/agents");
    await page.getByRole("link", { name: "Create new" }).click();
    await page.fill("#fullName", `Plain ${once}`);
    await page.fill("#email", `${name}@example.org`);
    await page.fill("#username", name);
    await page.fill("#password", `password of ${name}`);
    await page.locator("main button.primary[type=submit]").click();
    await says(page, "The user was created.");
    await page.goto("/agents");
    await page.fill("main input[name=q]", name);
    await page.press("main input[name=q]", "Enter");
    assert.equal(new URL(page.url()).searchParams.get("q"), name);
    await page.locator("a.who").first().click();
    const person = new URL(page.url()).pathname;
    await page.goto(`${person}/edit`);
    await page.fill("#title", "Captain");
    await page.locator("main button.primary[type=submit]").click();
    await says(page, "Captain");
    await page.goto(`${person}/delete`);
    await page.getByRole("link", { name: "Disable instead" }).click();
    await page.locator("main button.primary[type=submit]").click();
    await page.goto(`/agents?view=inactive&q=${name}`);
    assert.equal(await page.locator("a.who").count(), 1);
    await page.goto(`${person}/history`);
    await says(page, "Captain");
    await context.close();
});

await close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
