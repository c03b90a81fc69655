// AgileApps, "Users": standard users, adding, editing, deleting, masking, passwords, support and proxy login,
// deactivating. Every field of the user settings is in agileapps_settings.mjs.

import { administrator, Asker, chapter, end, expect, mailTo, opens, provider, readsMail, signIn, temporary, trySignIn } from './tour.mjs';
import { userSettings } from './agileapps_settings.mjs';

const admin = await administrator();
await admin.freeSeats(9);
const person = (name, more = {}) => ({
  kind: 'AGENT',
  username: name,
  firstName: name,
  lastName: 'Agile',
  email: `${name}@agile.test`,
  password: `of ${name} only`,
  ...more,
});
const me = (await admin.read('me { id }')).id;
const set = (settings) => admin.mutate('changeSettings', settings);

chapter('About users: record, team, access profile, applications');
const north = await admin.make('createTeam', 'team', { name: 'Agile North' });
const harbour = await admin.make('createTeam', 'team', { name: 'Agile Harbour', parentId: north });
const south = await admin.make('createTeam', 'team', { name: 'Agile South' });
const boss = await admin.create(person('boss', { accessProfile: 'ADMINISTRATOR', team: north }));
const jane = await admin.create(person('jane', { team: north }));
const of = (given = {}) => ({ userId: jane, ...given });
const created = (await admin.history(jane, 'type actor { id } at')).at(-1);
expect(
  'ACC-02 ACC-15 the record, and its first event',
  [await admin.user(jane, 'username email fullName accessProfile'), created.type, created.actor.id],
  [{ username: 'jane', email: 'jane@agile.test', fullName: 'jane Agile', accessProfile: 'STANDARD' }, 'USER_CREATED', me],
);
const members = await admin.read(`team(id: "${north}") { members { nodes { username } } }`);
expect(
  'TEA-01 TEA-02 the team, seen from both sides',
  [(await admin.user(jane, 'teams { name }')).teams, members.members.nodes.length],
  [[{ name: 'Agile North' }], 2],
);
const profiles = await admin.read('accessProfiles { profile capabilities }');
const can = (profile) => profiles.find((it) => it.profile === profile)?.capabilities;
expect(
  'ROL-07 PXY-01 PXY-10 a profile names its capabilities',
  ['MANAGE_USERS', 'PROXY_LOGIN', 'CONFIGURE_PROXY_LOGIN'].every((capability) => can('ADMINISTRATOR').includes(capability)),
);
const reader = await admin.role('Agile reader', 'AGENT', ['LISTS']);
const drawer = await admin.role('Agile drawer', 'AGENT', ['CHARTS']);
for (const roleId of [reader, drawer]) await admin.mutate('assignRole', of({ roleId }));
const sales = await admin.make('defineApplication', 'application', {
  name: 'Agile sales',
  roleIds: [reader, drawer],
  rolePolicy: 'ACTIVE_ONE',
});
const inSales = { access: [{ applicationId: sales, roleIds: [reader, drawer] }] };
expect('ACC-20 without application access she runs none', (await admin.user(jane, 'applications { application { id } }')).applications, []);
await admin.mutate('grantApplicationAccess', of(inSales));
let herself = await signIn('jane', 'of jane only');
const inForce = async (asker) => (await asker.read('me { applications { activeRoles { name } access } }')).applications[0];
expect('ROL-08 ROL-09 an application, and one of her roles in force', await inForce(herself), {
  activeRoles: [{ name: 'Agile reader' }],
  access: ['LISTS'],
});
await herself.mutate('chooseActiveRole', { applicationId: sales, roleId: drawer });
const elsewhere = await signIn('jane', 'of jane only');
expect(
  'ROL-09 SES-05 she chooses another, for this session',
  [(await inForce(herself)).access, (await inForce(elsewhere)).access],
  [['CHARTS'], ['LISTS']],
);

const deeds = (await admin.read(`history(filter: { by: "${jane}" }, first: 100) { nodes { type } }`)).nodes.map((node) => node.type);
expect(
  'HIS-03 what she does is tracked, as what is done to her',
  ['SIGNED_IN', 'ACTIVE_ROLE_CHOSEN'].every((type) => deeds.includes(type)),
);

chapter('Standard users are seen and never changed');
const standard = await admin.read('users(filter: { includeStandard: true, kind: STANDARD }, first: 10) { nodes { id username } }');
expect('RSV-01 RSV-04 RSV-05 1, 2, 3, 4, 5 and 7', Object.fromEntries(standard.nodes.map((node) => [node.id.split('_')[1], node.username])), {
  1: 'self_service_portal',
  2: 'web_site',
  3: 'system',
  4: 'open_ownership',
  5: 'tenant_manager',
  7: 'guestuser',
});
expect(
  'RSV-02 DEL-16 none is changed, or deleted',
  [await admin.refusals('disableUser', { userId: 'user_3' }), await admin.refusals('deleteUser', { userId: 'user_1' })],
  [['RESERVED_USER'], ['RESERVED_USER']],
);
expect('RSV-03 none gives its name away', await admin.refusals('createUser', person('GuestUser')), ['RESERVED_NAME']);
expect('RSV-10 none is on a list that does not ask', await admin.listed('text: "guestuser"'), []);
await admin.mutate('createUser', person('robot', { automation: 'Agile sync' }));
const robot = await admin.read('user(by: { username: "robot" }) { id }');
expect('RSV-06 automation acts as 3', (await admin.history(robot.id, 'actor { id }')).at(-1).actor.id, 'user_3');
expect('RSV-07 what has no owner belongs to 4', await admin.read('resolveOwner'), 'user_4');
expect(
  'RSV-08 LIC-13 settings of the tenant are 5’s',
  (await admin.read('history(filter: { types: [LICENSE_POOL_SIZED] }, first: 1) { nodes { actor { id } onBehalfOf } }')).nodes.every((node) =>
    [node.actor.id, node.onBehalfOf].includes('user_5'),
  ),
);
expect(
  'RSV-09 guests open no cases, unless they may',
  await new Asker(admin.token).read('resolveOwner(guest: true)').catch(() => 'refused'),
  'refused',
);

chapter('Add a user; mail');
expect(
  'ACC-19 required fields',
  (await admin.mutate('createUser', person('x', { email: '', firstName: '', lastName: '' }))).errors.map((error) => error.path[1]).sort(),
  ['email', 'fullName'],
);
const bare = await admin.post('/users', { kind: 'AGENT', username: 'rest', email: 'rest@agile.test', fullName: 'Rest Agile' });
expect('API-01 API-02 a REST call adds one, without a password', [bare.status, bare.body.username], [201, 'rest']);
const first = await temporary(
  readsMail ? {} : await admin.mutate('resetPassword', { userId: bare.body.id }, 'temporaryPassword'),
  'rest@agile.test',
  'first',
);
expect('AUT-11 one is made, by mail or by a reset, and must be changed', (await trySignIn('rest', first)).mustChangePassword);
expect(
  'API-03 AUT-12 the policy is the same',
  (await admin.post('/users', { kind: 'AGENT', email: 'r2@agile.test', fullName: 'R', password: '5char' })).body.errors[0].code,
  'TOO_SHORT',
);
if (readsMail) {
  await admin.create(person('wanda', { password: null, sendWelcomeEmail: true }));
  const mail = await mailTo('wanda@agile.test', 'Password:');
  expect(
    'AUT-10 NOT-01 NOT-02 a mail: welcome, and a first password',
    [mail.includes('Welcome'), (await trySignIn('wanda', mail.match(/^Password: +(\S+)/m)[1])).mustChangePassword],
    [true, true],
  );
  await admin.create(person('will', { sendWelcomeEmail: true }));
  expect('NOT-02 a welcome never tells a password given here', (await mailTo('will@agile.test', 'Welcome')).includes('of will only'), false);
}

chapter('View and edit: active users first; one’s own team and below');
const gone = await admin.create(person('gone'));
await admin.mutate('disableUser', { userId: gone });
expect(
  'LST-04 views: active, inactive, all',
  [await admin.listed('text: "gone", active: true'), await admin.listed('text: "gone", active: false'), await admin.listed('text: "gone"')],
  [[], ['gone'], ['gone']],
);
const otto = await admin.create(person('otto', { team: south }));
const theBoss = await signIn('boss', 'of boss only');
expect('ROL-13 TEA-06 the boss of the north edits the north', await theBoss.refusals('changeProfile', of({ title: 'Ms' })), []);
const unknown = await theBoss.refusals('changeProfile', { userId: 'user_99999', title: 'Mr' });
expect(
  'ROL-13 TEA-06 and of the south, nobody: they might as well not be there',
  [await theBoss.refusals('changeProfile', { userId: otto, title: 'Mr' }), await theBoss.user(otto, 'id')],
  [unknown, null],
);
expect('TEA-06 no team lies below itself', await admin.refusals('moveTeam', { teamId: north, parentId: harbour }), ['TEAM_CYCLE']);
await admin.mutate('moveTeam', { teamId: south, parentId: north });
expect('TEA-06 a team that moves is within reach at once', await theBoss.refusals('changeProfile', { userId: otto, title: 'Mr' }), []);

chapter('Delete: with the permission, and if nothing refers to the user');
expect('ACC-16 DEL-01 nobody deletes without it', await herself.refusals('deleteUser', { userId: gone }), ['FORBIDDEN']);
await admin.mutate('changeProxyGrant', { userId: boss, users: [gone] });
expect('DEL-03 DEL-04 REF-17 PXY-25 a proxy grant blocks it', await admin.refusals('deleteUser', { userId: gone }), ['REFERENCED', 'NAMED_IN_PROXY_GRANT']);
await admin.mutate('changeProxyGrant', { userId: boss, scope: 'ALL' });
expect('DEL-08 the tenant’s administrator is not deleted', (await theBoss.refusals('deleteUser', { userId: me })).length, 1);
const used = (await admin.seats()).used;
const left = await admin.create(person('left', { roles: [reader] }));
await admin.mutate('deleteUser', { userId: left });
expect(
  'DEL-05 LIC-12 gone: from lists, sign-in and seats',
  [await admin.listed('text: "left@"'), await opens('left', 'of left only'), (await admin.seats()).used],
  [[], false, used],
);
expect(
  'DEL-06 ROL-14 "Deleted User" is the profile, which nobody can be given',
  [
    await admin.user(left, 'deleted accessProfile'),
    can('DELETED_USER') === undefined,
    (await admin.refusals('assignAccessProfile', of({ accessProfile: 'DELETED_USER' }))).length,
  ],
  [{ deleted: true, accessProfile: 'DELETED_USER' }, true, 1],
);
expect('DEL-07 HIS-05 MSK-02 history still tells the name', (await admin.history(left, 'subject { name }')).at(-1).subject.name, 'left Agile');

chapter('Mask what is left: three keys of one user');
await admin.create(person('olga', { accessProfile: 'COMPLIANCE_OFFICER' }));
const olga = await signIn('olga', 'of olga only');
const keys = { userId: left, username: 'left', email: 'left@agile.test' };
expect('MSK-04 for compliance, not for administrators', await admin.refusals('maskPii', keys), ['FORBIDDEN']);
expect('MSK-03 the three must agree', await olga.refusals('maskPii', { userId: left, username: 'jane', email: 'left@agile.test' }), [
  'KEYS_DISAGREE',
]);
const masked = await olga.mutate('maskPii', keys, 'user { username email masked }');
expect('MSK-05 MSK-06 MSK-07 username and email are masks', masked.user, {
  username: 'Unknown User (le)',
  email: 'le***@***',
  masked: true,
});
const traces = await olga.history(left, 'type summary subject { name } changes { from to }');
expect('MSK-01 MSK-17 and nowhere in history are they clear', JSON.stringify(traces).includes('left@agile.test'), false);
expect('MSK-12 the masking itself stands there', traces.some(({ type }) => type === 'PII_MASKED'));
const peter = await admin.create(person('John.Peter', { firstName: 'Johnny', email: 'john@agile.test' }));
await admin.mutate('disableUser', { userId: peter });
const chosen = { userId: peter, username: 'John.Peter', email: 'john@agile.test', usernameFormat: 'INITIALS', emailFormat: 'ID' };
const unknownUser = await olga.mutate('maskPii', chosen, 'user { username email }');
expect('MSK-07 MSK-08 MSK-09 MSK-10 two letters of each part; the format of the email is chosen', unknownUser.user, {
  username: 'Unknown User (Jo Pe)',
  email: `masked-${peter.split('_')[1]}@invalid`,
});
await admin.mutate('deleteUser', { userId: peter });
expect('MSK-11 what happens later shows the mask too', JSON.stringify((await olga.history(peter, 'summary'))[0]).includes('John.Peter'), false);

chapter('Reset Password: by mail, once; then a new one and the security question');
await set({ securityQuestionAfterReset: true });
await herself.mutate('setSecurityQuestion', { question: 'Which harbour?', answer: 'Saint-Malo', currentPassword: 'of jane only' });
expect(
  'LST-09 found by a few letters',
  (await admin.read('lookupUsers(text: "jane") { id }')).map((found) => found.id),
  [jane],
);
const reset = await admin.mutate('resetPassword', of(), 'mailed temporaryPassword');
const given = await temporary(reset, 'jane@agile.test');
if (readsMail) expect('AUT-07 NOT-03 it is mailed, and shown to nobody', [reset.mailed, reset.temporaryPassword], [true, null]);
const entered = await trySignIn('jane', given);
const restricted = new Asker(entered.token);
expect('AUT-08 a new one is demanded, and the answer', [entered.mustChangePassword, entered.securityQuestion], [true, 'Which harbour?']);
const wanted = of({ password: 'Jane chose this', currentPassword: given });
expect('AUT-08 not without it', await restricted.refusals('setPassword', { ...wanted, securityAnswer: 'Brest' }), ['WRONG_SECURITY_ANSWER']);
expect('AUT-08 but with it', await restricted.refusals('setPassword', { ...wanted, securityAnswer: 'saint-malo' }), []);
expect(
  'AUT-07 SES-02 it opens once; sessions before it are over',
  [await opens('jane', given), await herself.stands(), await elsewhere.stands()],
  [false, false, false],
);
await set({ securityQuestionAfterReset: false });
const liam = await admin.create(person('liam', { team: north }));
await admin.mutate('changeSource', { userId: liam, source: 'LDAP' });
expect(
  'AUT-09 SSO-03 an LDAP user’s is not reset, and not to be found for it',
  [await admin.refusals('resetPassword', { userId: liam }), await admin.listed('text: "liam", resettable: true')],
  [['MANAGED_IN_LDAP'], []],
);

if (provider) {
  chapter('Customer Support Login: as an administrator, for a reason, and seen');
  const asked = { userId: boss, acknowledged: true, reason: 'ticket 7' };
  expect(
    'PXY-21 only the provider, and only as an administrator',
    [await admin.refusals('startSupport', asked), await provider.refusals('startSupport', { ...asked, userId: jane })],
    [['FORBIDDEN'], ['ADMINISTRATORS_ONLY']],
  );
  expect(
    'PXY-22 whom the provider finds',
    (await provider.read('users(filter: { accessProfile: ADMINISTRATOR }, first: 50) { nodes { id } }')).nodes.some((node) => node.id === boss),
  );
  const support = await provider.mutate('startSupport', asked, 'token session');
  const asBoss = new Asker(support.token);
  await asBoss.mutate('changeProfile', of({ title: 'Mx' }));
  const [notice] = (await theBoss.read('me { notices { id kind running } }')).notices;
  expect('NOT-05 PXY-23 HIS-04 the boss is told', [notice.kind, notice.running], ['SUPPORT_LOGIN', true]);
  await asBoss.mutate('endSupport', {});
  const told = (await theBoss.read(`history(filter: { proxySession: "${support.session}" }) { nodes { type actor { id } context { reason } } }`))
    .nodes;
  expect(
    'PXY-23 start, action, end, by whom',
    told.map((entry) => [entry.type, entry.actor.id]),
    [
      ['SUPPORT_ENDED', 'user_5'],
      ['PROFILE_CHANGED', 'user_5'],
      ['SUPPORT_STARTED', 'user_5'],
    ],
  );
  expect('PXY-24 SES-04 the provider is the provider again', await asBoss.stands(), false);
  await theBoss.mutate('dismissNotice', { noticeId: notice.id });
  expect('NOT-05 read, it is dismissed', (await theBoss.read('me { notices { id } }')).notices, []);
}

chapter('Proxy login: acknowledged, recorded with both, seen by her');
const proxied = of({ acknowledged: true });
const dora = await admin.create(person('dora', { team: harbour }));
expect(
  'PXY-01 PXY-02 nobody without the permission',
  [await (await signIn('dora', 'of dora only')).refusals('startProxy', proxied), (await theBoss.user(jane, 'mayProxy')).mayProxy],
  [['FORBIDDEN'], true],
);
expect('PXY-03 first it is acknowledged', await theBoss.refusals('startProxy', of({ acknowledged: false })), ['ACKNOWLEDGEMENT_NEEDED']);
await set({ securityQuestionBeforeProxy: true });
expect('AUT-15 by setting, the boss’s own security question comes first', (await theBoss.refusals('startProxy', proxied)).length, 1);
await set({ securityQuestionBeforeProxy: false });
const { token, session } = await theBoss.mutate('startProxy', proxied, 'token session');
const asJane = new Asker(token);
expect('PXY-06 the boss is Jane, and it is said', await asJane.ask('{ me { id } actingAs { byId } }'), {
  me: { id: jane },
  actingAs: { byId: boss },
});
expect(
  'PXY-04 what Jane may, but not her password',
  [
    await asJane.refusals('changeProfile', of({ streetAddress: '1 Quay' })),
    await asJane.refusals('setPassword', of({ password: 'stolen by boss', currentPassword: 'Jane chose this' })),
  ],
  [[], ['FORBIDDEN']],
);
expect('PXY-04 nor anybody further', await asJane.refusals('startProxy', { userId: dora, acknowledged: true }), ['NESTED_PROXY']);
await asJane.mutate('endProxy', {});
expect('PXY-09 SES-04 switched back: the boss is the boss', [await asJane.stands(), (await theBoss.read('me { id }')).id], [false, boss]);
herself = await signIn('jane', 'Jane chose this');
const seen = (await herself.read(`history(filter: { proxySession: "${session}" }) { nodes { type actor { id } onBehalfOf } }`)).nodes;
expect(
  'PXY-05 HIS-04 Jane reads in her own history what was done, and by whom',
  [seen.some((entry) => entry.type === 'PROFILE_CHANGED' && entry.onBehalfOf === jane), seen.every((entry) => entry.actor.id === boss)],
  [true, true],
);
const rose = await admin.create(person('rose'));
expect('PXY-07 whoever is in no team below is out of reach', (await theBoss.refusals('startProxy', { userId: rose, acknowledged: true })).length, 1);

chapter('As whom: all, or those who are selected');
const grant = async () => (await admin.user(boss, 'proxyGrant { scope label users { username } teams { name } }')).proxyGrant;
const proxies = async (userId) => (await theBoss.user(userId, 'mayProxy')).mayProxy;
expect('PXY-12 PXY-13 nobody is listed: "all", in words', await grant(), {
  scope: 'ALL',
  label: 'All users and teams',
  users: [],
  teams: [],
});
expect('PXY-10 granting is a right', await herself.refusals('changeProxyGrant', { userId: boss, scope: 'ALL' }), ['FORBIDDEN']);
await admin.mutate('changeProxyGrant', { userId: boss, users: [jane], teams: [harbour] });
expect(
  'PXY-11 PXY-14 PXY-17 only those',
  [(await grant()).scope, await proxies(jane), await proxies(dora), await proxies(liam)],
  ['SELECTED', true, true, false],
);
await admin.mutate('addTeamMember', { userId: liam, teamId: harbour });
expect('PXY-16 a team covers who joins it', await proxies(liam));
await admin.mutate('changeProxyGrant', { userId: boss, users: [jane, liam], teams: [harbour] });
await admin.mutate('removeTeamMember', { userId: liam, teamId: harbour });
expect('PXY-18 PXY-19 TEA-08 who is named stays covered wherever they go', await proxies(liam));
expect('PXY-15 nobody at all must be meant', await admin.refusals('changeProxyGrant', { userId: boss, scope: 'SELECTED', users: [] }), [
  'CONFIRMATION_NEEDED',
]);
expect(
  'PXY-20 each change in history, before and after',
  (await admin.history(boss, 'changes { field from to }', ', types: [PROXY_GRANT_CHANGED]'))[0].changes.length > 0,
);
await admin.mutate('changeProxyGrant', { userId: boss, scope: 'ALL' });

chapter('Deactivate (STA-14: rather than delete): leave all teams but one; the seat is free; the name can be given on');
await admin.mutate('addTeamMember', of({ teamId: harbour }));
expect('STA-10 two teams are one too many', await admin.refusals('disableUser', of()), ['TEAMS_LEFT']);
const taken = (await admin.seats()).used;
await admin.mutate('disableUser', of({ keepTeam: north }));
expect(
  'STA-08 STA-12 LIC-11 inactive, and one seat less',
  [await admin.user(jane, 'active teams { name }'), (await admin.seats()).used],
  [{ active: false, teams: [{ name: 'Agile North' }] }, taken - 1],
);
expect('TEA-03 the last team is not left', await admin.refusals('removeTeamMember', of({ teamId: north })), ['LAST_TEAM']);
expect(
  'STA-13 LST-06 she is in no picker, and still on lists',
  [await admin.read('lookupUsers(text: "jane") { id }'), await admin.listed('text: "jane@", active: false')],
  [[], ['jane']],
);
await admin.mutate('changeProfile', of({ username: 'jane.retired' }));
expect(
  'STA-09 ACC-12 HIS-08 HIS-06 her username is free; what she did is still hers',
  [await admin.refusals('createUser', person('jane', { email: 'j3@agile.test', team: north })), (await admin.history(jane, 'type')).at(-1).type],
  [[], 'USER_CREATED'],
);

await userSettings(admin, { boss, otto, liam, north, south, reader, drawer, sales, inSales, person, set });
end();

// Not to be shown through the API, for they are screens: UI-07, UI-08, UI-09, UI-10, UI-11, UI-13, UI-14, LST-08, PXY-08, DEL-02.
// Cloud only: DEL-14. Protocols that are not spoken yet: SSO-04, SSO-05, SSO-07, SSO-08, DEL-09, DEL-10.
// Not here: the search for references (REF-01 to REF-16, REF-18 to REF-21; what blocks a deletion is shown by a proxy grant, REF-17),
// business rules (BRL-01 to BRL-06), DEL-11, DEL-15, STA-11 and erasure (MSK-18).
