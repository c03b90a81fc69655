// What the five tours share: a GraphQL client that is not ours (graphql-request), and a count of what held.
//   node teamtracks_agents.mjs http://127.0.0.1:7420/graphql ADMIN_PASSWORD

import { GraphQLClient } from 'graphql-request';

const [url, adminPassword] = process.argv.slice(2);
if (!adminPassword) {
  console.error('usage: node SCRIPT.mjs URL ADMIN_PASSWORD');
  process.exit(2);
}
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

  /** Makes a user; gives the id. */
  async create(input) {
    const { user, errors } = await this.mutate('createUser', input, 'user { id }');
    if (!user) throw new Error(JSON.stringify(errors));
    return user.id;
  }

  /** Makes a role; gives the id. */
  async role(name, kind, surfaces) {
    return (await this.mutate('defineRole', { name, kind, surfaces }, 'role { id }')).role.id;
  }

  /** Owns so many read-write seats more than are used. */
  async freeSeats(free) {
    const { licenses } = await this.ask('{ licenses { type used } }');
    const { used } = licenses.find((pool) => pool.type === 'READ_WRITE');
    await this.mutate('sizeLicensePool', { type: 'READ_WRITE', owned: used + free });
  }
}

/** The payload of a sign-in. */
export function trySignIn(login, password) {
  return new Asker().mutate('signIn', { login, password }, 'token mustChangePassword');
}

/** Somebody signed in. */
export async function signIn(login, password) {
  return new Asker((await trySignIn(login, password)).token);
}

/** May this name and password open a session? */
export async function opens(login, password) {
  return (await trySignIn(login, password)).token !== null;
}

export const administrator = () => signIn('admin', adminPassword);
