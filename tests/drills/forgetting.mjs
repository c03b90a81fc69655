// A drill for compliance staff and auditors, from the command line and over GraphQL: one person is erased between
// two checkpoints, old backups are put back and seen to forget again, the log is verified by a program that is not
// ours, and one flipped byte is found.
//   node forgetting.mjs ROLLBOOK [USERS]
//
// ROLLBOOK is the program; USERS is how many people the directory holds (1000), each with ten events. The foreign
// verifier needs Go and golang.org/x/mod, as Debian has them.

import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chapter, data, end, expect, filesWith, flip, note, offsetOf, PASSWORD, rollbook, signIn, start, stop, timed, url, users, work } from './kit.mjs';

const EVENTS_EACH = 10;
const BULK = 500;
const GIVEN = ['Željko', 'Zoë', 'محمد', '小明', 'Ольга', 'Søren', 'Aoife', 'Ιωάννα', 'Chidi', 'Łukasz'];
const FAMILY = ['O’Brien', 'Müller-Lüdenscheidt', 'العربي', '王', 'Достоевская', 'Ångström', 'Nguyễn', 'Παπαδοπούλου', 'Okonkwo', 'Díaz'];
const PERSON = { username: 'xaverine.quandt', email: 'xaverine@quandt.example', first: 'Xaverine', last: 'Quandt-Žižka', title: 'Xylothequarian', phone: '+49 30 90182716' };
const CLEAR = [PERSON.username, PERSON.email, PERSON.first, PERSON.last, PERSON.title, '90182716'];
const backup = join(work, 'backup');
const copy = join(work, 'copy');

/** Which clear values a text shows. */
const shown = (text) => CLEAR.filter((value) => text.includes(value));
const told = (id) => rollbook('log --reveal', '--data', data, '--user', id.replace('user_', '')).out;

/** As a staff office would export them; the one in the middle is whom this is about. */
function people() {
  const rows = ['email,username,first name,last name,title,phone'];
  for (let n = 0; n < users; n += 1) {
    const clerk = [`p${n}@example.org`, `person.${n}`, GIVEN[n % 10], FAMILY[Math.floor(n / 10) % 10], `Clerk ${n % 40}`, `+49 40 ${1000000 + n}`];
    const row = n === Math.floor(users / 2) ? [PERSON.email, PERSON.username, PERSON.first, PERSON.last, PERSON.title, PERSON.phone] : clerk;
    rows.push(row.join(','));
  }
  return `${rows.join('\n')}\n`;
}

async function allUsers(asker) {
  const ids = [];
  for (let after = null; ; ) {
    const page = 'query($after: String) { users(first: 100, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }';
    const { nodes, pageInfo } = (await asker.ask(page, { after })).users;
    ids.push(...nodes.map((node) => node.id));
    if (!pageInfo.hasNextPage) return ids;
    after = pageInfo.endCursor;
  }
}

async function populate() {
  const csv = join(work, 'people.csv');
  writeFileSync(csv, people());
  await start();
  await stop();
  const [imported, importing] = await timed(() => rollbook('import', csv, '--data', data));
  expect('the file of the staff office is imported', imported.out.includes(`${users} created`));
  rmSync(csv);
  const [, starting] = await timed(start);
  note(`imported in ${importing}, then started in ${starting}`);
  const admin = await signIn('admin');
  for (const [username, accessProfile] of [['first.officer', 'COMPLIANCE_OFFICER'], ['second.officer', 'COMPLIANCE_OFFICER'], ['auditor', 'AUDITOR']]) {
    await admin.done('createUser', { kind: 'AGENT', username, email: `${username}@example.org`, firstName: username, password: PASSWORD, accessProfile });
  }
  const ids = await allUsers(admin);
  const [, changing] = await timed(async () => {
    for (let round = 1; round < EVENTS_EACH; round += 1) {
      for (let from = 0; from < ids.length; from += BULK) {
        await admin.done('bulk', { userIds: ids.slice(from, from + BULK), command: { changeChatLimit: { maxChats: round } } }, 'accepted');
      }
    }
  });
  const { head } = await admin.ask('{ head }');
  expect('there are ten events for each of them', head >= users * EVENTS_EACH);
  note(`${head} events; the changes took ${changing}`);
  return head;
}

const person = (by, more = '') => `{ user(by: { ${by} }${more}) { id firstName lastName username email } }`;
const historyOf = (id) => `{ history(filter: { user: "${id}" }, first: 100) { nodes { position type changes { field from to } } } }`;

/** The checkpoint over all there is; nobody serves the directory then. */
function signed() {
  return rollbook('audit checkpoint', '--data', data).out;
}

async function erase(id, moment) {
  const [admin, first, second, auditor] = await Promise.all(['admin', 'first.officer', 'second.officer', 'auditor'].map(signIn));
  const wanted = { userId: id, username: PERSON.username, email: PERSON.email, mode: 'ERASURE', legalBasis: 'OBJECTION', ticket: 'DPO-2026-117' };
  await admin.done('deleteUser', { userId: id });
  expect('keys of two people are refused', (await first.refusals('requestMasking', { ...wanted, email: 'p1@example.org' })).length > 0);
  const { request } = await first.done('requestMasking', wanted, 'request { id dueAt }');
  expect('who asked does not approve', (await first.refusals('approveMasking', { requestId: request.id })).length > 0);
  const fields = 'request { state receipt { position byHand } }';
  const [{ request: done }, took] = await timed(() => second.done('approveMasking', { requestId: request.id }, fields));
  expect('a second person approves, and it is done', done.state, 'DONE');
  note(`due ${request.dueAt.slice(0, 10)}; unreadable in ${took}; by hand: ${done.receipt.byHand.join(' ')}`);
  const past = `, asOf: { position: ${moment} }`;
  const answers = await Promise.all([
    admin.ask(person(`id: "${id}"`)),
    admin.ask(person(`email: "${PERSON.email}"`)),
    admin.ask(`{ users(filter: { text: "${PERSON.first}" }, first: 10) { nodes { id } totalCount } }`),
    auditor.ask(person(`id: "${id}"`, past)),
    first.ask(historyOf(id)),
    auditor.ask(historyOf(id)),
  ]);
  expect('no answer says who it was, as of before neither', shown(JSON.stringify(answers)), []);
  expect('nor does any search find them', answers[2].users.totalCount, 0);
  return done.receipt.position;
}

async function lookForIt(id) {
  await stop();
  const [holding, took] = await timed(() => filesWith(data, CLEAR));
  expect('no file holds a clear value, in UTF-8, UTF-16, hex, base64 or escaped', holding, []);
  note(`searched in ${took}`);
  expect('nor what the server logged', filesWith(work, CLEAR).filter((path) => path === 'server.log'), []);
  const lines = told(id).trim().split('\n');
  expect('the log still tells that something happened, and not to whom', [lines.length >= EVENTS_EACH, shown(lines.join())], [true, []]);
  const [rebuilt, rebuilding] = await timed(() => rollbook('rebuild', '--data', data));
  expect('replayed from zero it is what was served', rebuilt.code, 0);
  note(`rebuilt in ${rebuilding}`);
}

async function foreignVerifier(older, proof) {
  const asker = await signIn('auditor');
  const { consistencyProof, signingKeys } = await asker.ask(`{ consistencyProof(from: ${older.split('\n')[1]}) { hashes } signingKeys { verifierKey } }`);
  const written = { older, proof, hashes: consistencyProof.hashes.map((hash) => `${hash}\n`).join('') };
  const paths = Object.entries(written).map(([name, text]) => {
    writeFileSync(join(work, name), text);
    return join(work, name);
  });
  const main = join(dirname(fileURLToPath(import.meta.url)), '../audit/tlog/main.go');
  // Debian keeps Go's libraries as sources in one place, from before modules.
  const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '', GOCACHE: join(work, 'go-cache') };
  const verify = (key) => spawnSync('go', ['run', main, `${url}/log`, key, ...paths], { encoding: 'utf8', env });
  const [ran, took] = await timed(() => verify(signingKeys[0].verifierKey));
  expect('golang.org/x/mod/sumdb verifies every record, the erasure in it, and that no past was rewritten', ran.status, 0);
  note(`${(ran.stdout || ran.stderr).trim()} (${took})`);
}

/** The first sealed part behind the middle of an export. */
function sealedInTheMiddle(path) {
  const file = openSync(path, 'r');
  const part = Buffer.alloc(1 << 16);
  readSync(file, part, 0, part.length, Math.floor(statSync(path).size / 2));
  closeSync(file);
  const lines = part.toString('latin1').split('\n').slice(1, -1);
  return Buffer.from(lines.flatMap((line) => JSON.parse(line).sealed ?? []).find((sealed) => sealed !== null), 'base64');
}

async function verifyElsewhere() {
  const file = join(work, 'export');
  expect('the log is exported', rollbook('audit export', file, '--sealed', '--data', data).code, 0);
  const [whole, took] = await timed(() => rollbook('audit verify', '--export', file));
  expect('the export verifies without the directory and without a key', whole.code, 0);
  note(`${whole.out.trim().split('\n').join(' / ')} (${took})`);
  const stored = sealedInTheMiddle(file);
  flip(file, Math.floor(statSync(file).size / 2));
  const broken = rollbook('audit verify', '--export', file);
  expect('one flipped bit in the middle of it is found', broken.code, 4);
  note((broken.out + broken.err).trim().split('\n')[0]);
  rmSync(file);
  cpSync(data, copy, { recursive: true });
  // The store keeps old copies of a page for a while: where a record stands more than once, all are changed.
  for (let at; (at = offsetOf(join(copy, 'log/db'), [stored])) >= 0; ) flip(join(copy, 'log/db'), at);
  const damaged = rollbook('audit verify', '--data', copy);
  expect('and one in the file of the log', damaged.code !== 0);
  note((damaged.out + damaged.err).trim().split('\n')[0]);
  rmSync(copy, { recursive: true });
}

async function putBack(id) {
  rmSync(join(data, 'keyring'), { recursive: true });
  cpSync(join(backup, 'keyring'), join(data, 'keyring'), { recursive: true });
  expect('with keys of before, the server starts', await start(), null);
  const officer = await signIn('second.officer');
  const answers = [await officer.ask(person(`id: "${id}"`)), await officer.ask(historyOf(id))];
  expect('and the person is not back', shown(JSON.stringify(answers)), []);
  await stop();
  expect('nor are they for who reads the disk', shown(told(id)), []);
  rmSync(join(data, 'log'), { recursive: true });
  cpSync(join(backup, 'log'), join(data, 'log'), { recursive: true });
  const code = await start();
  expect('a log of before the erasure is refused: a witness outside of it knows that there was more', code !== null && code !== 0);
  note(`exit code ${code}`);
}

async function drill() {
  chapter(`A directory of ${users} people`);
  const moment = await populate();
  const { user } = await (await signIn('admin')).ask(person(`email: "${PERSON.email}"`));
  const asOf = await signIn('auditor');
  const past = `{ user(by: { id: "${user.id}" }, asOf: { position: ${moment} }) { id } }`;
  const [, seeing] = await timed(() => asOf.ask(past));
  const [, listing] = await timed(() => asOf.ask(`{ users(asOf: { position: ${moment - users} }, first: 50) { totalCount nodes { id } } }`));
  note(`one user as of a moment in ${seeing}, the list in ${listing}`);
  await stop();
  const older = signed();
  cpSync(data, backup, { recursive: true });
  expect('the person can be read, by who has the keys', shown(told(user.id)).includes(PERSON.email));
  await start();
  note(`the first checkpoint covers ${older.split('\n')[1]} records; a backup is taken`);

  chapter('The person is erased');
  const ordered = await erase(user.id, moment);
  await lookForIt(user.id);
  note(`the second checkpoint covers ${signed().split('\n')[1]} records`);
  const proof = rollbook('audit prove', String(ordered), '--data', data).out;
  await start();

  chapter('What an auditor can prove elsewhere');
  await foreignVerifier(older, proof);
  await stop();
  await verifyElsewhere();

  chapter('Old backups are put back');
  await putBack(user.id);
}

drill().then(() => end(), end);
