// What drills share: the program started and stopped, asked over GraphQL and from the command line, its files looked
// at, and a count of what held.

import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const [program, count = '1000'] = process.argv.slice(2);
if (!program) {
  console.error('usage: node DRILL.mjs ROLLBOOK [USERS]');
  process.exit(2);
}
export const users = Number(count);
export const PASSWORD = 'only-for-this-drill';
export const work = mkdtempSync(join(tmpdir(), 'rollbook-drill-'));
export const data = join(work, 'data');
const READY_TRIES = 6000;
const READY_PAUSE_MS = 100;
const port = 20000 + Math.floor(Math.random() * 30000);
export const url = `http://127.0.0.1:${port}`;
let server;
let passed = 0;
let failed = 0;

export const chapter = (title) => console.log(`\n${title}`);
export const note = (text) => console.log(`         ${text}`);

/** What is promised, and whether it came so. */
export function expect(promise, seen, wanted = true) {
  const held = JSON.stringify(seen) === JSON.stringify(wanted);
  console.log(`  ${held ? 'ok    ' : 'FAILED'} ${promise}`);
  if (!held) note(`wanted ${JSON.stringify(wanted)}, saw ${JSON.stringify(seen)}`);
  held ? (passed += 1) : (failed += 1);
}

/** Prints the counts, and ends the program: badly, if anything failed. */
export function end(fault) {
  if (fault) {
    console.log(fault);
    failed += 1;
  }
  if (server && server.exitCode === null) server.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** A result, and how long it took. */
export async function timed(act) {
  const start = performance.now();
  const result = await act();
  return [result, `${(performance.now() - start).toFixed(0)} ms`];
}

/** Runs a subcommand over a data directory: its output, and its exit code. */
export function rollbook(command, ...more) {
  const env = { ...process.env, ROLLBOOK_LOG_LEVEL: 'error' };
  const ran = spawnSync(program, [...command.split(' '), ...more], { encoding: 'utf8', maxBuffer: 1 << 30, env });
  return { out: ran.stdout, err: ran.stderr, code: ran.status };
}

/** Serves the directory: null once it is ready, or the exit code if it would not. */
export async function start() {
  const env = { ...process.env, ROLLBOOK_ADMIN_PASSWORD: PASSWORD, ROLLBOOK_LOG_PUBLIC: 'entries' };
  const log = openSync(join(work, 'server.log'), 'a');
  server = spawn(program, ['serve', '--data', data, '--listen', `127.0.0.1:${port}`], { env, stdio: ['ignore', log, log] });
  server.ended = new Promise((resolve) => server.once('exit', (code) => resolve(code ?? 'killed')));
  for (let tried = 0; tried < READY_TRIES; tried += 1) {
    if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) return null;
    const code = await Promise.race([server.ended, pause(READY_PAUSE_MS)]);
    if (code !== undefined) return code;
  }
  throw new Error('the server does not come up');
}

/** Ends it as an operator would. */
export async function stop() {
  server.kill('SIGTERM');
  return server.ended;
}

/** Somebody who asks: signed in, or nobody. */
export class Asker {
  constructor(token) {
    this.headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  }

  /** The data of a query. */
  async ask(query, variables = {}) {
    const answer = await fetch(`${url}/graphql`, { method: 'POST', headers: this.headers, body: JSON.stringify({ query, variables }) });
    const { data: found, errors } = await answer.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return found;
  }

  /** The payload of a mutation. */
  async mutate(name, input, fields = '') {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation($input: ${type}!) { ${name}(input: $input) { errors { code } ${fields} } }`;
    return (await this.ask(document, { input }))[name];
  }

  /** The payload of a mutation that has to be accepted. */
  async done(name, input, fields) {
    const payload = await this.mutate(name, input, fields);
    if (payload.errors.length > 0) throw new Error(`${name}: ${JSON.stringify(payload.errors)}`);
    return payload;
  }

  /** The codes for which it is refused. */
  async refusals(name, input) {
    return (await this.mutate(name, input)).errors.map(({ code }) => code);
  }
}

export async function signIn(login) {
  const { token, errors } = await new Asker().mutate('signIn', { login, password: PASSWORD }, 'token');
  if (!token) throw new Error(`${login}: ${JSON.stringify(errors)}`);
  return new Asker(token);
}

/** Every way in which a clear value could lie in a file. */
function spellings(text) {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const hex = utf8.toString('hex');
  const escaped = text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const base64 = ['', ' ', '  '].map((lead) => {
    // What neighbours on either side could change is cut off.
    const coded = Buffer.from(lead + text).toString('base64').replace(/=+$/, '');
    return coded.slice(lead ? lead.length + 1 : 0, -1);
  });
  return [utf8, utf16, Buffer.from(utf16).swap16(), ...[hex, hex.toUpperCase(), escaped, ...base64].map((coded) => Buffer.from(coded))];
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

const CHUNK_BYTES = 1 << 26;
const OVERLAP_BYTES = 512;

/** Where in a file one of several byte strings begins, first of all; -1 for nowhere. */
export function offsetOf(path, needles) {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const file = openSync(path, 'r');
  try {
    for (let kept = 0, before = 0; ; ) {
      const got = readSync(file, chunk, kept, chunk.length - kept, null);
      if (got === 0) return -1;
      const seen = chunk.subarray(0, kept + got);
      const at = Math.min(...needles.map((needle) => seen.indexOf(needle)).filter((found) => found >= 0));
      if (at !== Infinity) return before + at;
      kept = Math.min(OVERLAP_BYTES, seen.length);
      before += seen.length - kept;
      seen.copy(chunk, 0, seen.length - kept);
    }
  } finally {
    closeSync(file);
  }
}

/** In which files below a folder one of the texts lies, in UTF-8, UTF-16, hex, base64 or escaped. */
export function filesWith(folder, texts) {
  const needles = texts.flatMap(spellings);
  const found = [...files(folder)].filter((path) => offsetOf(path, needles) >= 0);
  return found.map((path) => path.slice(folder.length + 1));
}

/** Flips one bit of one byte. */
export function flip(path, offset) {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, offset);
  byte[0] ^= 1;
  writeSync(file, byte, 0, 1, offset);
  closeSync(file);
}
