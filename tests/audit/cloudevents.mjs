// Every line of standard input must be a CloudEvent 1.0 as the SDK of the specification's authors takes it, and
// come out of it as it went in. Then one with a flaw must be refused, so that the judge is seen to judge.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { CloudEvent, HTTP } from "cloudevents";

const lines = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
const parsed = (line) => {
    const headers = { "content-type": "application/cloudevents+json" };
    return HTTP.toEvent({ headers, body: line });
};
if (lines.length === 0) throw new Error("there are no events");
const ids = new Set();
for (const line of lines) {
    const event = parsed(line);
    event.validate();
    const again = JSON.parse(JSON.stringify(event.toJSON()));
    if (!isDeepStrictEqual(again, JSON.parse(line))) throw new Error(`changed on the way: ${line}\n${JSON.stringify(again)}`);
    if (ids.has(event.id)) throw new Error(`twice: ${event.id}`);
    ids.add(event.id);
}
const { source, type, ...rest } = JSON.parse(lines[0]);
for (const flawed of [{ ...rest, source }, { ...rest, type }]) {
    let isRefused = false;
    try {
        new CloudEvent(flawed).validate();
    } catch {
        isRefused = true;
    }
    if (!isRefused) throw new Error("a flawed event was taken");
}
console.log(`${lines.length} passed, 0 failed`);
