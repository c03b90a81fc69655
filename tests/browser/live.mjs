// What is open in one browser goes on while another works, and comes back after the server did:
// node live.mjs ROLLBOOK
import assert from "node:assert/strict";
import { administrator } from "./browser.mjs";
import { PASSWORD, Server } from "./server.mjs";
import { says, storyteller, textOf } from "./story.mjs";

const [program] = process.argv.slice(2);
if (!program) throw new Error("node live.mjs ROLLBOOK");
const server = new Server(program);
const url = await server.start();
const ask = await administrator(url, PASSWORD);
const { tell, end } = await storyteller(url);

const mutate = async (name, input, more = "position") => {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
    const data = await ask(`mutation($i: ${type}) { ${name}(input: $i) { ${more} errors { code message } } }`, { i: input });
    return data[name];
};
const agent = async (name, more = {}) => {
    const input = { kind: "AGENT", username: name, email: `${name}@example.org`, fullName: name, password: `password of ${name}`, ...more };
    return (await mutate("createUser", input, "user { id }")).user.id;
};
/** Waits until a part of the page says it, without another look of ours. */
const comes = (page, part, text) => page.waitForFunction(
    ([part, text]) => document.querySelector(part)?.textContent.replace(/\s+/g, " ").includes(text), [part, text],
);
/** Marks the document: whoever loads the page again loses the mark. */
const mark = (page) => page.evaluate(() => (globalThis.marked = true));
const isSame = (page) => page.evaluate(() => globalThis.marked === true);

await agent("watcher", { accessProfile: "ADMINISTRATOR" });
const { role } = await mutate("defineRole", { name: "Desk", kind: "AGENT", surfaces: ["LISTS"] }, "role { id }");
await mutate("sizeLicensePool", { type: "READ_WRITE", owned: 5 });

await tell("lst_10 seats, count and rows change before one's eyes while another works", async (enter) => {
    const watching = await enter("watcher", "password of watcher");
    await watching.goto("/agents");
    await mark(watching);
    await comes(watching, ".seats", "Read-write 5 of 5 free");
    await comes(watching, ".count", "2 users");
    const working = await enter("admin", PASSWORD);
    await working.goto("/agents/new");
    await working.fill("#fullName", "Newly Come");
    await working.fill("#email", "newly@example.org");
    await working.fill("#username", "newly");
    await working.fill("#password", "password of newly");
    await working.locator("main button.primary[type=submit]").click();
    await says(working, "The user was created.");
    await comes(watching, ".count", "3 users");
    await comes(watching, "[data-list] tbody", "Newly Come");
    await working.getByRole("link", { name: "Roles and access" }).click();
    await working.selectOption("select[name=role]", role.id);
    await working.selectOption("select[name=license]", "READ_WRITE");
    await working.getByRole("button", { name: "Give", exact: true }).click();
    await comes(watching, ".seats", "Read-write 4 of 5 free");
    await comes(watching, "[data-list] tbody", "Desk");
    assert.ok(await isSame(watching), "the page was not loaded again");
});

await tell("a list in which somebody is selected does not move, and its counts do", async (enter) => {
    const watching = await enter("watcher", "password of watcher");
    await watching.goto("/agents");
    const before = await textOf(watching, "[data-list] tbody");
    await watching.locator("td.pick input").first().check();
    await agent("meanwhile");
    await comes(watching, ".count", "4 users");
    assert.equal(await textOf(watching, "[data-list] tbody"), before);
    assert.ok(await watching.locator("td.pick input").first().isChecked());
});

await tell("his_01 the history of a person goes on by itself", async (enter) => {
    const id = await agent("followed");
    const watching = await enter("watcher", "password of watcher");
    await watching.goto(`/people/${id}/history`);
    await mark(watching);
    const working = await enter("admin", PASSWORD);
    await working.goto(`/people/${id}/edit`);
    await working.fill("#title", "Harbour master");
    await working.locator("main button.primary[type=submit]").first().click();
    await comes(watching, "[data-live=history]", "Harbour master");
    await mutate("lockAccount", { userId: id });
    await comes(watching, "[data-live=history]", "locked");
    assert.ok(await isSame(watching), "the page was not loaded again");
});

await tell("what is open goes on after the server was started again", async (enter) => {
    const watching = await enter("watcher", "password of watcher");
    await watching.goto("/history");
    await mark(watching);
    await server.stop();
    await server.start();
    await agent("afterwards");
    await comes(watching, "[data-live=history]", "afterwards");
    assert.ok(await isSame(watching), "the page was not loaded again");
});

await end();
await server.remove();
