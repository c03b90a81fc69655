// TeamTracks, "Clients": external people, who need no license and reach less.

import { administrator, chapter, end, expect, opens, signIn } from './tour.mjs';

const admin = await administrator();
const client = { kind: 'CLIENT', fullName: 'Cleo Client', email: 'cleo@customer.test', password: 'cleo’s own' };

chapter('Create a new client');
const seats = async () => (await admin.ask('{ licenses { used } }')).licenses;
const before = await seats();
const cleo = await admin.create(client);
expect('clients are free', await seats(), before);
expect('an email is one person’s, agent or client', await admin.refusals('createUser', { ...client, kind: 'AGENT' }), ['EMAIL_TAKEN']);
const { users } = await admin.ask('{ users(filter: { kind: CLIENT, text: "cleo" }) { totalCount nodes { email } } }');
expect('she is on the Clients page', users, { totalCount: 1, nodes: [{ email: client.email }] });

chapter('Client roles cover lists, views and charts');
expect('no reports for clients', await admin.refusals('defineRole', { name: 'Portal reports', kind: 'CLIENT', surfaces: ['REPORTS'] }), ['SURFACE_NOT_FOR_KIND']);
const portal = await admin.role('Portal', 'CLIENT', ['LISTS', 'CHARTS']);
const internal = await admin.role('Internal', 'AGENT', ['LISTS']);
expect('an agent’s role is not for her', await admin.refusals('assignRole', { userId: cleo, roleId: internal }), ['KIND_MISMATCH']);
await admin.mutate('assignRole', { userId: cleo, roleId: portal });
expect('a client’s is, and takes no seat', await admin.user(cleo, 'access license'), { access: ['LISTS', 'CHARTS'], license: null });
expect('nor can one be given', await admin.refusals('grantLicense', { userId: cleo, type: 'READ_WRITE' }), ['NOT_FOR_CLIENTS']);

chapter('Preferences');
const herself = await signIn(client.email, client.password);
await herself.mutate('changePreferences', { userId: cleo, dateOrder: 'MDY' });
const { formatted } = await herself.ask('{ formatted(date: "2026-12-31T17:05:00Z") }');
expect('month first', formatted, '12/31/2026 17:05');
expect('no sign-off notices: those are for agents', await herself.refusals('changePreferences', { userId: cleo, signOffNotificationsDisabled: true }), ['AGENTS_ONLY']);
expect('no home dashboard either', (await admin.user(cleo, 'effectiveHomeDashboard { id }')).effectiveHomeDashboard, null);

chapter('The profile: a new email, Disable, History');
await admin.mutate('changeProfile', { userId: cleo, email: 'cleo@new-customer.test' });
expect('the old address is free at once', (await admin.mutate('createUser', client)).errors, []);
await admin.mutate('disableUser', { userId: cleo });
expect('disabled: no sign-in', await opens('cleo@new-customer.test', client.password), false);
const { history } = await admin.user(cleo, 'history(first: 2) { nodes { summary } }');
expect('it tells that she was disabled', history.nodes.some((entry) => entry.summary.includes('disabled')));
end();
