// TeamTracks, "Clients": external people, who need no license and reach less.

import { administrator, chapter, end, expect, opens, signIn } from './tour.mjs';

const admin = await administrator();
const client = { kind: 'CLIENT', fullName: 'Cleo Client', email: 'cleo@customer.test', password: 'cleo’s own' };

chapter('Create a new client: as many as you like');
await admin.freeSeats(0);
const before = await admin.seats();
const cleo = await admin.create(client);
expect('LIC-09 clients are free', await admin.seats(), before);
expect('ACC-03 ACC-06 ACC-07 email, password and full name are asked for', (await admin.mutate('createUser', { kind: 'CLIENT', email: '', password: '5char', fullName: '' })).errors.map((error) => error.path[1]).sort(), ['email', 'fullName', 'password']);
expect('ACC-04 an email is one person’s, agent or client', await admin.refusals('createUser', { ...client, kind: 'AGENT' }), ['EMAIL_TAKEN']);
expect('ACC-08 PRO-04 a title is not', (await admin.user(cleo, 'title')).title, null);
expect('ACC-01 LST-01 ACC-10 she is on the Clients page, by her email', await admin.listed('kind: CLIENT, text: "cleo"'), [client.email]);
expect('LST-01 and not on that of the agents', await admin.listed('kind: AGENT, text: "cleo"'), []);

chapter('Client Portal Pages');
const portal = await admin.role('Portal', 'CLIENT', ['LISTS', 'CHARTS']);
await admin.mutate('setRolePortalPages', { roleId: portal, pages: ['/orders'] });
await admin.mutate('assignRole', { userId: cleo, roleId: portal });
const herself = await signIn(client.email, client.password);
expect('ROL-05 a page that her role lists', await herself.read('mayOpenPortalPage(page: "/orders")'));
expect('ROL-05 and no other', await herself.read('mayOpenPortalPage(page: "/prices")'), false);
expect('ACC-01 an agent has no portal', await admin.read('mayOpenPortalPage(page: "/orders")'), false);

chapter('The profile: password, roles, email, title');
await admin.mutate('setPassword', { userId: cleo, password: 'typed by the admin' });
expect('AUT-01 the new password opens', await opens(client.email, 'typed by the admin'));
await admin.mutate('changeProfile', { userId: cleo, email: 'cleo@new-customer.test', title: 'Ms' });
expect('PRO-04 PRO-24 the old address is free at once', await admin.refusals('createUser', client), []);
for (const surface of ['REPORTS', 'DASHBOARDS']) {
  expect(`ROL-04 no ${surface.toLowerCase()} for clients`, await admin.refusals('defineRole', { name: 'Too much', kind: 'CLIENT', surfaces: [surface] }), ['SURFACE_NOT_FOR_KIND']);
}
const internal = await admin.role('Internal', 'AGENT', ['LISTS']);
expect('ROL-03 an agent’s role is not for her', await admin.refusals('assignRole', { userId: cleo, roleId: internal }), ['KIND_MISMATCH']);
const second = await admin.role('Portal views', 'CLIENT', ['VIEWS']);
await admin.mutate('assignRole', { userId: cleo, roleId: second });
expect('ROL-02 ROL-04 LIC-10 two of her own are, and take no seat', await admin.user(cleo, 'access license'), { access: ['LISTS', 'VIEWS', 'CHARTS'], license: null });
expect('LIC-09 nor can one be given', await admin.refusals('grantLicense', { userId: cleo, type: 'READ_WRITE' }), ['NOT_FOR_CLIENTS']);

chapter('What is for agents only');
const again = await signIn('cleo@new-customer.test', 'typed by the admin');
const { dashboard } = await admin.mutate('defineDashboard', { name: 'Not for clients' }, 'dashboard { id }');
expect('PRF-15 no home dashboard', [(await admin.user(cleo, 'effectiveHomeDashboard { id }')).effectiveHomeDashboard, await again.refusals('changePreferences', { userId: cleo, homeDashboard: dashboard.id })], [null, ['AGENTS_ONLY']]);
expect('PRF-15 no sign-off notices', await again.refusals('changePreferences', { userId: cleo, signOffNotificationsDisabled: true }), ['AGENTS_ONLY']);
expect('PRF-15 ROL-06 no Make Admin', await admin.refusals('assignAccessProfile', { userId: cleo, accessProfile: 'ADMINISTRATOR' }), ['AGENTS_ONLY']);

chapter('Disable and enable');
await admin.mutate('disableUser', { userId: cleo });
expect('STA-01 AUT-16 disabled: no sign-in, no session', [await opens('cleo@new-customer.test', 'typed by the admin'), await again.stands()], [false, false]);
await admin.mutate('enableUser', { userId: cleo });
const enabled = await signIn('cleo@new-customer.test', 'typed by the admin');
expect('STA-05 enabled: with the same password', await enabled.stands());

chapter('Date and time, which she sets herself; History');
for (const [chosen, text] of [[{}, '31/12/2026 17:05'], [{ dateOrder: 'MDY' }, '12/31/2026 17:05'], [{ dateSeparator: 'DOT' }, '12.31.2026 17:05'], [{ timeFormat: 'H12' }, '12.31.2026 5:05 PM']]) {
  await enabled.mutate('changePreferences', { userId: cleo, ...chosen });
  expect(`PRF-01 PRF-02 PRF-03 PRF-14 ${text}`, await enabled.read('formatted(date: "2026-12-31T17:05:00Z")'), text);
}
const types = (await admin.history(cleo, 'type')).map((entry) => entry.type);
expect('HIS-01 it tells all that', ['USER_CREATED', 'ROLE_ASSIGNED', 'PASSWORD_SET', 'PROFILE_CHANGED', 'USER_DISABLED', 'USER_ENABLED', 'PREFERENCES_CHANGED'].filter((type) => !types.includes(type)), []);
end();

// Not to be shown through the API, for it is a screen: UI-01.
