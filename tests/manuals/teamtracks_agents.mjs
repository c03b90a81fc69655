// TeamTracks, "Agents": seats, create, profile, roles, disable, Make Admin, dashboard, preferences, history.

import { administrator, chapter, end, expect, opens, provider, signIn } from './tour.mjs';

const admin = await administrator();
await admin.freeSeats(5);
const agent = { kind: 'AGENT', fullName: 'Tara Agent', email: 'tara@teamtracks.test', password: 'tara’s own' };
const other = (name, more = {}) => ({ ...agent, fullName: name, email: `${name}@teamtracks.test`, ...more });
const may = (given) => ({ userId: tara, ...given });

chapter('Licenses: how many agents can get in');
const lists = await admin.role('TeamTracks lists', 'AGENT', ['LISTS', 'VIEWS']);
const reports = await admin.role('TeamTracks reports', 'AGENT', ['REPORTS']);
const first = await admin.create(other('first'));
await admin.freeSeats(1);
const before = await admin.seats();
await admin.mutate('assignRole', { userId: first, roleId: lists });
const after = await admin.seats();
expect('LIC-02 LST-10 owned and remaining, live', [before.available, after.available, after.owned], [1, 0, before.owned]);
expect('LIC-03 LIC-04 one of two types: read-write here', (await admin.user(first, 'license')).license, 'READ_WRITE');
const second = await admin.create(other('second'));
expect('LIC-07 none is taken at creation', (await admin.user(second, 'license')).license, null);
const short = await admin.mutate('assignRole', { userId: second, roleId: lists }, 'user { id }');
expect('LIC-01 LIC-06 ROL-16 without a free seat, no role', short.errors[0].code, 'NO_LICENCE_AVAILABLE');
const automated = other('robot', { roles: [lists], automation: 'TeamTracks sync' });
expect('LIC-08 BRL-07 an automated action fails too', await admin.refusals('createUser', automated), ['NO_LICENCE_AVAILABLE']);
const failures = await admin.read('history(filter: { objectLevel: true }, first: 1) { nodes { type actor { id } changes { field to } } }');
expect('HIS-02 LIC-08 and the User Object History tells which', [failures.nodes[0].type, failures.nodes[0].actor.id, failures.nodes[0].changes.some((change) => change.to === 'TeamTracks sync')], ['USER_CREATION_FAILED', 'user_3', true]);
await admin.freeSeats(1, 'READ_ONLY');
await admin.mutate('assignRole', { userId: second, roleId: lists, license: 'READ_ONLY' });
const reader = await signIn('second@teamtracks.test', agent.password);
expect('LIC-05 a read-only agent changes nothing', await reader.refusals('changeProfile', { userId: second, title: 'Dr' }), ['READ_ONLY_LICENCE']);
expect('LIC-05 but the own preferences', await reader.refusals('changePreferences', { userId: second, timeFormat: 'H12' }), []);
if (provider) expect('LIC-13 administrators ask the provider for more', await admin.refusals('sizeLicensePool', { type: 'READ_WRITE', owned: 99 }), ['SEATS_SIZED_BY_PROVIDER']);
await admin.freeSeats(9);

chapter('Create a new agent: email, password, full name; a title if there is one');
expect('ACC-03 the email is mandatory', (await admin.mutate('createUser', { ...agent, email: ' ' })).errors, [{ code: 'REQUIRED', path: ['input', 'email'] }]);
expect('ACC-06 five characters are no password', await admin.refusals('createUser', { ...agent, password: '5char' }), ['TOO_SHORT']);
expect('ACC-07 a full name is asked for', await admin.refusals('createUser', { ...agent, fullName: ' ' }), ['REQUIRED']);
const tara = await admin.create({ ...agent, idempotencyKey: 'tara, once' });
expect('ACC-21 the same request again makes nobody', await admin.create({ ...agent, idempotencyKey: 'tara, once' }), tara);
expect('ACC-08 PRO-04 an agent without a title', await admin.user(tara, 'kind title label'), { kind: 'AGENT', title: null, label: 'Tara Agent' });
expect('ACC-04 the email is unique, however it is written', await admin.refusals('createUser', { ...agent, email: 'TARA@teamtracks.test' }), ['EMAIL_TAKEN']);
const race = await Promise.all(Array.from({ length: 8 }, () => admin.refusals('createUser', other('racer'))));
expect('ACC-05 of eight at the same time, one gets it', race.filter((codes) => codes.length === 0).length, 1);
const bare = await admin.create(other('bare', { password: null }));
expect('AUT-13 a program may leave the password out: it must be changed', (await admin.user(bare, 'mustChangePassword')).mustChangePassword);

chapter('The Agents page');
expect('ACC-10 she is found by her email', (await admin.read('user(by: { email: "tara@teamtracks.test" }) { id }')).id, tara);
expect('ACC-01 LST-01 she is on the page of the agents', await admin.listed('kind: AGENT, text: "tara@"'), ['tara@teamtracks.test']);
expect('ACC-01 LST-01 and not on that of the clients', await admin.listed('kind: CLIENT, text: "tara@"'), []);
const named = { username: 'bare@teamtracks.test', email: 'else@teamtracks.test' };
expect('ACC-14 nobody’s username is another’s email', await admin.refusals('createUser', { ...agent, ...named }), ['USERNAME_TAKEN']);

chapter('The profile: password, name, email, title');
await admin.mutate('setPassword', may({ password: 'typed by the admin' }));
expect('AUT-01 the new password opens', await opens(agent.email, 'typed by the admin'));
await admin.mutate('changeProfile', may({ fullName: 'Tara T. Agent', title: 'Dr', email: 'tt@teamtracks.test' }));
expect('PRO-04 PRO-23 PRO-24 ACC-14 changed; the new email signs in', [(await admin.user(tara, 'fullName title')), await opens('tt@teamtracks.test', 'typed by the admin')], [{ fullName: 'Tara T. Agent', title: 'Dr' }, true]);
expect('PRO-24 the old address is free at once', await admin.refusals('createUser', agent), []);

chapter('Roles decide what she reaches');
expect('ACC-09 ROL-01 without a role: nothing', (await admin.user(tara, 'access')).access, []);
await admin.mutate('assignRole', may({ roleId: reports }));
await admin.mutate('assignRole', may({ roleId: lists }));
expect('ROL-01 ROL-02 with two: all that both give', await admin.user(tara, 'license access'), { license: 'READ_WRITE', access: ['LISTS', 'VIEWS', 'REPORTS'] });
expect('ROL-02 a second time is no change', (await admin.mutate('assignRole', may({ roleId: lists }), 'position')).position, null);
const portal = await admin.role('TeamTracks portal', 'CLIENT', ['LISTS']);
expect('ROL-03 a client’s role is not for her', await admin.refusals('assignRole', may({ roleId: portal })), ['KIND_MISMATCH']);

chapter('Disable Account, and enable it');
const held = await signIn('tt@teamtracks.test', 'typed by the admin');
await admin.mutate('disableUser', may({}));
expect('STA-01 AUT-16 no sign-in, and the session is over', [await opens('tt@teamtracks.test', 'typed by the admin'), await held.stands()], [false, false]);
expect('LIC-11 the seat is free', (await admin.user(tara, 'license')).license, null);
await admin.mutate('enableUser', may({}));
const herself = await signIn('tt@teamtracks.test', 'typed by the admin');
expect('STA-05 enabled: as before', (await admin.user(tara, 'license')).license, 'READ_WRITE');

chapter('Disable Sign-Off Notifications; Make Admin');
await herself.mutate('changePreferences', may({ signOffNotificationsDisabled: true }));
expect('PRF-13 NOT-04 no sign-off notices', (await admin.user(tara, 'preferences { signOffNotificationsDisabled }')).preferences.signOffNotificationsDisabled);
await admin.mutate('assignAccessProfile', may({ accessProfile: 'ADMINISTRATOR' }));
expect('ROL-06 she may create users now, and keeps her roles', [await herself.refusals('createUser', other('new')), (await admin.user(tara, 'access')).access.length], [[], 3]);
await admin.mutate('assignAccessProfile', may({ accessProfile: 'STANDARD' }));
expect('ROL-06 and at once no more', await herself.refusals('createUser', other('x')), ['FORBIDDEN']);

chapter('A home dashboard is always there');
const shown = async () => (await admin.user(tara, 'effectiveHomeDashboard { name }')).effectiveHomeDashboard?.name;
const dashboard = (name) => admin.make('defineDashboard', 'dashboard', { name });
expect('PRF-10 the system’s, if nobody chose', (await shown()) !== undefined);
const [sales, figures, own] = [await dashboard('TeamTracks sales'), await dashboard('TeamTracks figures'), await dashboard('TeamTracks own')];
await admin.mutate('setRoleDashboard', { roleId: reports, dashboardId: figures });
expect('PRF-11 that of the first role that has one', await shown(), 'TeamTracks figures');
await admin.mutate('setRoleDashboard', { roleId: lists, dashboardId: sales });
expect('PRF-11 ROL-17 first by creation of roles, not by assignment', await shown(), 'TeamTracks sales');
await herself.mutate('changePreferences', may({ homeDashboard: own }));
expect('PRF-09 her own before all', await shown(), 'TeamTracks own');
await admin.mutate('deleteDashboard', { dashboardId: own });
expect('PRF-12 one that is gone is passed over, and the choice kept', [await shown(), (await admin.user(tara, 'preferences { homeDashboard { available } }')).preferences.homeDashboard], ['TeamTracks sales', { available: false }]);

chapter('Date and time, which she sets herself');
const written = () => herself.read('formatted(date: "2026-12-31T17:05:00Z")');
expect('PRF-01 PRF-02 PRF-03 day first and 24 hours, unless she wants otherwise', await written(), '31/12/2026 17:05');
for (const [dateOrder, text] of [['MDY', '12.31.2026 5:05 PM'], ['YMD', '2026.12.31 5:05 PM']]) {
  await herself.mutate('changePreferences', may({ dateOrder, dateSeparator: 'DOT', timeFormat: 'H12' }));
  expect(`PRF-01 PRF-02 PRF-03 ${dateOrder}, dots, AM or PM`, await written(), text);
}

chapter('What she may do alone, and what never; her history');
expect('PRF-14 contact data is hers', await herself.refusals('changeProfile', may({ mobilePhone: '+49 170 1' })), []);
for (const [mutation, input] of [['assignRole', { roleId: lists }], ['assignAccessProfile', { accessProfile: 'ADMINISTRATOR' }], ['grantLicense', { type: 'READ_WRITE' }]]) {
  expect(`PRF-14 ${mutation} never is`, await herself.refusals(mutation, may(input)), ['FORBIDDEN']);
}
const history = await admin.history(tara, 'type summary actor { id } changes { field from to }');
expect('HIS-01 it begins with her creation', history.at(-1).summary.includes('created Tara Agent'));
const renamed = history.find((entry) => entry.type === 'PROFILE_CHANGED' && entry.changes.some((change) => change.field === 'email'));
expect('HIS-01 every change with before and after', renamed.changes.find((change) => change.field === 'email'), { field: 'email', from: agent.email, to: 'tt@teamtracks.test' });
expect('HIS-01 and no password', JSON.stringify(history).includes('typed by the admin'), false);
end();

// Not to be shown through the API, for they are screens: UI-01, UI-12, UI-15, UI-16.
