// A server of a story's own: a directory in a folder that is gone afterwards, started, ended, and started again.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PASSWORD = "only-for-the-browser";
/** What precedes the address in the line that says where it serves. */
const SERVES = /Rollbook serves (http:\/\/[^/]+)\//;
/** In what the kernel counts processor time. */
const TICK_MILLIS = 10;

/** One directory and the program that serves it. */
export class Server {
    constructor(program) {
        this.program = program;
        this.folder = mkdtempSync(join(tmpdir(), "rollbook-story-"));
        this.data = join(this.folder, "data");
        this.listen = "127.0.0.1:0";
    }

    /**
     * Starts it, and waits until it says where it serves. Started again, it has the address it had. `before` is what
     * it is started by, such as `["faketime", "-1y"]`; `environment` are variables besides.
     */
    async start({ before = [], environment = {} } = {}) {
        const [first, ...more] = [...before, this.program, "serve", "--data", this.data, "--listen", this.listen];
        const env = { ...process.env, ROLLBOOK_ADMIN_PASSWORD: PASSWORD, ROLLBOOK_LOG_LEVEL: "error", ...environment };
        const child = spawn(first, more, { env, stdio: ["ignore", "pipe", "inherit"] });
        this.child = child;
        this.ended = new Promise((resolve) => child.once("exit", resolve));
        this.url = await new Promise((resolve, reject) => {
            let told = "";
            child.stdout.on("data", (bytes) => {
                told += bytes;
                const found = SERVES.exec(told);
                if (found) resolve(found[1]);
            });
            this.ended.then((code) => reject(new Error(`the server ended with ${code}`)));
        });
        this.listen = new URL(this.url).host;
        return this.url;
    }

    /** Ends it as an operator would. */
    async stop() {
        this.child.kill("SIGTERM");
        await this.ended;
    }

    /** Runs another command over the directory, which must not be served meanwhile. */
    run(...words) {
        const ran = spawnSync(this.program, [...words, "--data", this.data], { encoding: "utf8", maxBuffer: 1 << 28 });
        if (ran.status !== 0) throw new Error(`${words[0]}: ${ran.stderr}`);
        return ran.stdout;
    }

    /** Processor time that the server has had, in milliseconds: what its work costs, whoever else is busy. */
    processorMillis() {
        const stat = readFileSync(`/proc/${this.child.pid}/stat`, "utf8");
        const [user, system] = stat.slice(stat.lastIndexOf(")") + 2).split(" ").slice(11, 13);
        return (Number(user) + Number(system)) * TICK_MILLIS;
    }

    /** Ends it if it runs, and removes what it left. */
    async remove() {
        if (this.child?.exitCode === null) await this.stop();
        rmSync(this.folder, { recursive: true, force: true });
    }
}
