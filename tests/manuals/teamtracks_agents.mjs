// TeamTracks, "Agents": create, profile, preferences, dashboard, roles, Make Admin, disable, history.

import { administrator, chapter, end, expect, opens, signIn } from './tour.mjs';

const admin = await administrator();
await admin.freeSeats(5);
const agent = { kind: 'AGENT', fullName: 'Tara Agent', email: 'tara@teamtracks.test', password: 'tara’s own' };

chapter('Create a new agent: email, password, full name; a title if there is one');
expect('the email is mandatory', (await admin.mutate('createUser', { ...agent, email: ' ' })).errors, [
  { code: 'REQUIRED', path: ['input', 'email'] },
]);
expect('five characters are no password', await admin.refusals('createUser', { ...agent, password: '5char' }), ['TOO_SHORT']);
const tara = await admin.create(agent);
expect('an agent without a title', await admin.user(tara, 'kind title label'), {
  kind: 'AGENT', title: null, label: 'Tara Agent',
});
expect('the email is unique, however it is written', await admin.refusals('createUser', { ...agent, email: 'TARA@teamtracks.test' }), ['EMAIL_TAKEN']);
expect('she is found by it', (await admin.ask('{ user(by: { email: "tara@teamtracks.test" }) { id } }')).user.id, tara);

chapter('Roles decide what she reaches; the first one takes a seat');
expect('without a role: nothing', (await admin.user(tara, 'access')).access, []);
const lists = await admin.role('TeamTracks lists', 'AGENT', ['LISTS', 'VIEWS']);
const reports = await admin.role('TeamTracks reports', 'AGENT', ['REPORTS']);
await admin.mutate('assignRole', { userId: tara, roleId: lists });
await admin.mutate('assignRole', { userId: tara, roleId: reports });
expect('with two roles: all that both give', await admin.user(tara, 'license access'), {
  license: 'READ_WRITE', access: ['LISTS', 'VIEWS', 'REPORTS'],
});

chapter('Preferences, which she sets herself');
const herself = await signIn('tara@teamtracks.test', agent.password);
const written = async () => (await herself.ask('{ formatted(date: "2026-12-31T17:05:00Z") }')).formatted;
expect('day first and 24 hours, unless she wants otherwise', await written(), '31/12/2026 17:05');
await herself.mutate('changePreferences', { userId: tara, dateOrder: 'YMD', dateSeparator: 'DOT', timeFormat: 'H12' });
expect('year first, dots, and AM or PM', await written(), '2026.12.31 5:05 PM');
expect('no sign-off notices', (await herself.mutate('changePreferences', { userId: tara, signOffNotificationsDisabled: true })).errors, []);

chapter('A home dashboard is always there');
const dashboard = async () => (await admin.user(tara, 'effectiveHomeDashboard { name }')).effectiveHomeDashboard;
expect('the system’s, if nobody chose', (await dashboard()) !== null);
const { dashboard: sales } = await admin.mutate('defineDashboard', { name: 'TeamTracks sales' }, 'dashboard { id }');
await admin.mutate('setRoleDashboard', { roleId: lists, dashboardId: sales.id });
expect('the role’s, if she chose none', (await dashboard()).name, 'TeamTracks sales');

chapter('Make Admin, and back');
await admin.mutate('assignAccessProfile', { userId: tara, accessProfile: 'ADMINISTRATOR' });
expect('she may create users now', (await herself.mutate('createUser', { ...agent, email: 'new@teamtracks.test' })).errors, []);
await admin.mutate('assignAccessProfile', { userId: tara, accessProfile: 'STANDARD' });
expect('and at once no more', await herself.refusals('createUser', { ...agent, email: 'x@teamtracks.test' }), ['FORBIDDEN']);

chapter('Change Password, Disable, Enable');
await admin.mutate('setPassword', { userId: tara, password: 'typed by the admin' });
expect('the new password opens', await opens('tara@teamtracks.test', 'typed by the admin'));
await admin.mutate('disableUser', { userId: tara });
expect('disabled: no sign-in, no seat', [await opens('tara@teamtracks.test', 'typed by the admin'), (await admin.user(tara, 'license')).license], [false, null]);
await admin.mutate('enableUser', { userId: tara });
expect('enabled: both again', [await opens('tara@teamtracks.test', 'typed by the admin'), (await admin.user(tara, 'license')).license], [true, 'READ_WRITE']);

chapter('History: every change, by whom');
const { history } = await admin.user(tara, 'history(newestFirst: false, first: 2) { nodes { summary } }');
expect('it begins with her creation', history.nodes[0].summary.includes('created Tara Agent'));
end();
