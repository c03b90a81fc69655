// What the five tours share: a GraphQL client that is not ours (graphql-request), and a count of what held.
//   node teamtracks_agents.mjs http://127.0.0.1:7420/graphql ADMIN_PASSWORD
//
// Two variables open chapters that are passed over without them: PROVIDER_TOKEN, what the server has as ROLLBOOK_PROVIDER_TOKEN,
// and MAIL_DIR, the folder of the server's `--mail-transport file:DIR`.
//
// A promise begins with the ids of the rules that it shows.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GraphQLClient } from 'graphql-request';

const [url, adminPassword] = process.argv.slice(2);
if (!adminPassword) {
  console.error('usage: node SCRIPT.mjs URL ADMIN_PASSWORD');
  process.exit(2);
}
const { PROVIDER_TOKEN: providerToken, MAIL_DIR: mailFolder } = process.env;
const MAIL_TRIES = 200;
const MAIL_PAUSE_MS = 50;
let passed = 0;
let failed = 0;

/** A heading of the manual. */
export function chapter(title) {
  console.log(`\n${title}`);
}

/** What the manual promises, and whether it came so. */
export function expect(promise, seen, wanted = true) {
  const held = JSON.stringify(seen) === JSON.stringify(wanted);
  console.log(`  ${held ? 'ok    ' : 'FAILED'} ${promise}`);
  if (!held) console.log(`         wanted ${JSON.stringify(wanted)}, saw ${JSON.stringify(seen)}`);
  held ? (passed += 1) : (failed += 1);
}

/** Prints the counts, and ends the program: badly, if anything failed. */
export function end() {
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** Somebody who asks: signed in, or nobody. */
export class Asker {
  constructor(token) {
    this.token = token;
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    this.client = new GraphQLClient(url, { headers });
  }

  /** The data of a query. */
  ask(query, variables = {}) {
    return this.client.request(query, variables);
  }

  /** The payload of a mutation: `fields` of what changed, and the refusals. */
  async mutate(name, input, fields = '') {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
    const document = `mutation($input: ${type}!) { ${name}(input: $input) { errors { code path } ${fields} } }`;
    return (await this.ask(document, { input }))[name];
  }

  /** The codes for which a mutation is refused; none if it was done. */
  async refusals(name, input) {
    return (await this.mutate(name, input)).errors.map((error) => error.code);
  }

  /** Some fields of a user. */
  async user(id, fields) {
    return (await this.ask(`query($id: ID!) { user(by: { id: $id }) { ${fields} } }`, { id })).user;
  }

  /** One field at the root. */
  async read(field) {
    return Object.values(await this.ask(`{ ${field} }`))[0];
  }

  /** The usernames of a list. */
  async listed(filter) {
    const { nodes } = await this.read(`users(filter: { ${filter} }, orderBy: { field: USERNAME }, first: 100) { nodes { username } }`);
    return nodes.map((node) => node.username);
  }

  /** What was done to somebody, newest first. */
  async history(id, fields, filter = '') {
    const document = `query($id: ID!) { history(filter: { user: $id ${filter} }, first: 100) { nodes { ${fields} } } }`;
    return (await this.ask(document, { id })).history.nodes;
  }

  /** Does the session still stand? */
  async stands() {
    return this.ask('{ me { id } }').then(({ me }) => me !== null, () => false);
  }

  /** Makes something; gives the id. */
  async make(mutation, field, input) {
    const payload = await this.mutate(mutation, input, `${field} { id }`);
    if (!payload[field]) throw new Error(`${mutation}: ${JSON.stringify(payload.errors)}`);
    return payload[field].id;
  }

  /** Makes a user; gives the id. */
  create(input) {
    return this.make('createUser', 'user', input);
  }

  /** Asks the REST door: status and body. */
  async post(path, body) {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    const answer = await fetch(new URL(path, url), { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  }

  /** Makes a role; gives the id. */
  role(name, kind, surfaces) {
    return this.make('defineRole', 'role', { name, kind, surfaces });
  }

  /** The seats of a type. */
  async seats(type = 'READ_WRITE') {
    return (await this.read('licenses { type owned used available sizedBy contact }')).find((pool) => pool.type === type);
  }

  /** Owns so many seats more than are used. Where there is a provider, only the provider says so. */
  async freeSeats(free, type = 'READ_WRITE') {
    const { used } = await this.seats(type);
    await (provider ?? this).mutate('sizeLicensePool', { type, owned: used + free });
  }
}

/** Who provides the directory to the tenant; null where nobody does, or their token is not known here. */
export const provider = providerToken ? new Asker(providerToken) : null;

/** Can mail be read here? */
export const readsMail = Boolean(mailFolder);

/** The last mail to an address that says something, waited for: mail leaves when the change is long done. */
export async function mailTo(address, saying) {
  for (let tried = 0; tried < MAIL_TRIES; tried += 1) {
    const mails = readdirSync(mailFolder).sort().reverse().map((name) => readFileSync(join(mailFolder, name), 'utf8'));
    const found = mails.find((mail) => mail.includes(address) && mail.includes(saying));
    if (found) return found;
    await pause(MAIL_PAUSE_MS);
  }
  throw new Error(`no mail says ${saying}`);
}

/** A temporary password: as the answer shows it, or where mail goes, as the mail tells it. */
export async function temporary(payload, address) {
  return payload.temporaryPassword ?? (await mailTo(address, 'temporary')).match(/^Password: +(\S+)/m)[1];
}

/** The payload of a sign-in. */
export function trySignIn(login, password, client = 'WEB') {
  return new Asker().mutate('signIn', { login, password, client }, 'token mustChangePassword securityQuestion');
}

/** Somebody signed in. */
export async function signIn(login, password) {
  return new Asker((await trySignIn(login, password)).token);
}

/** May this name and password open a session? */
export async function opens(login, password, client) {
  return (await trySignIn(login, password, client)).token !== null;
}

export const administrator = () => signIn('admin', adminPassword);
