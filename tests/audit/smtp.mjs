// Mail to a mail server that is not ours (smtp-server, from npm): over STARTTLS with a certificate that is checked,
// with a name and a password, to an address that is there and to one that is not.
//   node smtp.mjs ROLLBOOK
//
// ROLLBOOK is the program. Needs openssl. Ends with a line "N passed, N failed".

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

const [program] = process.argv.slice(2);
const PASSWORD = 'only-for-this-audit';
const RELAY = { user: 'rollbook', pass: 'relay secret' };
const TRIES = 600;
const PAUSE_MS = 100;
const work = mkdtempSync(join(tmpdir(), 'rollbook-smtp-'));
const port = 20000 + Math.floor(Math.random() * 30000);
const url = `http://127.0.0.1:${port}`;
const taken = [];
const clear = [];
let passed = 0;
let failed = 0;

function expect(promise, held, seen) {
  console.log(`  ${held ? 'ok    ' : 'FAILED'} ${promise}`);
  if (!held) console.log(`         saw ${JSON.stringify(seen)}`);
  held ? (passed += 1) : (failed += 1);
}

function openssl(...args) {
  const ran = spawnSync('openssl', args, { cwd: work, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(ran.stderr);
}

/** An authority for this run, and a certificate of this machine by it. */
function certificates() {
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Authority of this audit');
  openssl('req', '-new', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'relay.key', '-out', 'relay.csr', '-subj', '/CN=relay');
  writeFileSync(join(work, 'names'), 'subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n');
  openssl('x509', '-req', '-in', 'relay.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names', '-out', 'relay.pem');
  return { key: readFileSync(join(work, 'relay.key')), cert: readFileSync(join(work, 'relay.pem')) };
}

function relay() {
  const server = new SMTPServer({
    ...certificates(),
    logger: false,
    onAuth({ username, password }, session, done) {
      if (!session.secure) clear.push(username);
      const known = username === RELAY.user && password === RELAY.pass;
      done(known ? null : new Error('unknown name or password'), known ? { user: username } : undefined);
    },
    onRcptTo({ address }, _session, done) {
      const nobody = Object.assign(new Error('no such mailbox'), { responseCode: 550 });
      done(address.startsWith('nobody') ? nobody : null);
    },
    onData(stream, session, done) {
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        taken.push({ from: mailFrom.address, to, secure: session.secure, text: Buffer.concat(parts).toString() });
        done(null);
      });
    },
  });
  return new Promise((listening) => {
    server.listen(0, '127.0.0.1', () => listening(server));
  });
}

async function ask(token, query, variables = {}) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Asks until something holds; the last answer, if it never does. */
async function until(holds, look) {
  for (let tries = 1; ; tries += 1) {
    const seen = await look();
    if (holds(seen) || tries === TRIES) return seen;
    await pause(PAUSE_MS);
  }
}

async function audit(mailPort) {
  const { token } = (await ask(null, 'mutation($p: String!) { signIn(input: { login: "admin", password: $p }) { token } }', { p: PASSWORD })).signIn;
  const create = `mutation($input: CreateUserInput!) { createUser(input: $input) { user { id } errors { code } } }`;
  const welcome = async (name) => {
    const input = { kind: 'AGENT', username: name, email: `${name}@example.org`, fullName: `Žofie ${name}`, password: PASSWORD, sendWelcomeEmail: true };
    return (await ask(token, create, { input })).createUser.user.id;
  };
  const [ann, nobody] = [await welcome('ann'), await welcome('nobody')];
  const mailOf = async (id) => (await ask(token, 'query($id: ID!) { user(by: { id: $id }) { emailUndeliverable mail { state attempts fault } } }', { id })).user;
  const sent = await until((user) => user.mail[0].state === 'SENT', () => mailOf(ann));
  expect('a welcome goes to a server that is not ours', sent.mail[0].state === 'SENT' && sent.mail[0].attempts === 1, sent);
  const [mail] = taken;
  expect('over TLS, from the address of the configuration, to the person alone', mail?.secure && mail.from === 'directory@example.org' && mail.to.join() === 'ann@example.org', { ...mail, text: undefined });
  expect('name and password were never said in clear', clear.length === 0, clear);
  const head = mail?.text.split('\r\n\r\n')[0] ?? '';
  const named = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version'].filter((name) => new RegExp(`^${name}:`, 'im').test(head));
  expect('with the header fields that mail has, in ASCII', named.length === 6 && /^[\x20-\x7e\r\n\t]*$/.test(head), head);
  expect('and no password in it', !mail?.text.includes(PASSWORD), null);
  const refused = await until((user) => user.emailUndeliverable, () => mailOf(nobody));
  expect('an address that the server does not know is flagged, and not tried again', refused.emailUndeliverable && refused.mail[0].state === 'FAILED', refused);
  expect('nothing else was mailed', taken.length === 1, taken.length);
  console.log(`         smtp-server at ${mailPort}`);
}

const server = await relay();
const mailPort = server.server.address().port;
const settings = [
  '--data', join(work, 'data'), '--listen', `127.0.0.1:${port}`, '--mail-transport', `smtp://127.0.0.1:${mailPort}?tls=required`,
  '--mail-ca-file', join(work, 'ca.pem'), '--mail-from', 'directory@example.org',
];
const env = { ...process.env, ROLLBOOK_ADMIN_PASSWORD: PASSWORD, ROLLBOOK_MAIL_USER: RELAY.user, ROLLBOOK_MAIL_PASSWORD: RELAY.pass };
const rollbook = spawn(program, ['serve', ...settings], { env, stdio: ['ignore', 'ignore', 'inherit'] });
try {
  await until(Boolean, () => fetch(`${url}/readyz`).then((answer) => answer.ok, () => false));
  await audit(mailPort);
} catch (fault) {
  console.log(fault);
  failed += 1;
} finally {
  rollbook.kill('SIGINT');
  if (rollbook.exitCode === null) await new Promise((gone) => { rollbook.once('exit', gone); });
  server.close();
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
