// AgileApps, "Users": reserved users, the user record, teams, proxy login, deactivating, deleting, masking.

import { administrator, Asker, chapter, end, expect, signIn } from './tour.mjs';

const admin = await administrator();
await admin.freeSeats(9);
const person = (name, more = {}) => ({
  kind: 'AGENT', username: name, firstName: name, fullName: `${name} Agile`, email: `${name}@agile.test`, password: `of ${name} only`, ...more,
});

chapter('Standard users are seen and never changed');
const { users } = await admin.ask('{ users(filter: { includeStandard: true, kind: STANDARD }, first: 10) { nodes { id } } }');
expect('1, 2, 3, 4, 5 and 7', users.nodes.map((node) => Number(node.id.split('_')[1])).sort(), [1, 2, 3, 4, 5, 7]);
expect('none is disabled', await admin.refusals('disableUser', { userId: 'user_3' }), ['RESERVED_USER']);
expect('none gives its name away', await admin.refusals('createUser', person('guestuser')), ['RESERVED_NAME']);

chapter('The user record');
const boss = await admin.create(person('boss', { accessProfile: 'ADMINISTRATOR' }));
const jane = await admin.create(person('jane', { lastName: 'Agile', employeeNumber: 'E-17', mobilePhone: '+49 170 1234567' }));
expect('the username is unique, however it is written', await admin.refusals('createUser', person('JANE', { email: 'j2@agile.test' })), ['USERNAME_TAKEN']);
await admin.mutate('changeReportingLine', { userId: jane, reportsTo: boss });
expect('it reports to the boss', (await admin.user(jane, 'reportsTo { id } employeeNumber')), { reportsTo: { id: boss }, employeeNumber: 'E-17' });
expect('who does not report back', await admin.refusals('changeReportingLine', { userId: boss, reportsTo: jane }), ['REPORTING_CYCLE']);

chapter('Teams form a tree');
const team = async (name, parentId) => (await admin.mutate('createTeam', { name, parentId }, 'team { id }')).team.id;
const north = await team('Agile North');
const harbour = await team('Agile Harbour', north);
for (const teamId of [north, harbour]) await admin.mutate('addTeamMember', { userId: jane, teamId });
expect('none lies below itself', await admin.refusals('moveTeam', { teamId: north, parentId: harbour }), ['TEAM_CYCLE']);

chapter('Proxy login: acknowledged, recorded with both, seen by her');
const theBoss = await signIn('boss', 'of boss only');
expect('first it is acknowledged', await theBoss.refusals('startProxy', { userId: jane, acknowledged: false }), ['ACKNOWLEDGEMENT_NEEDED']);
const { token, session } = await theBoss.mutate('startProxy', { userId: jane, acknowledged: true }, 'token session');
const asJane = new Asker(token);
expect('the boss is Jane, and it is said', await asJane.ask('{ me { id } actingAs { byId } }'), { me: { id: jane }, actingAs: { byId: boss } });
await asJane.mutate('changeProfile', { userId: jane, streetAddress: '1 Quay' });
await asJane.mutate('endProxy', {});
const herself = await signIn('jane', 'of jane only');
const seen = await herself.ask('query($s: ID!) { history(filter: { proxySession: $s }) { totalCount } }', { s: session });
expect('Jane reads in her own history what was done', seen.history.totalCount >= 2);

chapter('Deactivate: leave all teams but one; the seat is free; the name can be given on');
expect('two teams are one too many', await admin.refusals('disableUser', { userId: jane }), ['TEAMS_LEFT']);
await admin.mutate('disableUser', { userId: jane, keepTeam: north });
const { lookupUsers } = await admin.ask('{ lookupUsers(text: "jane") { id } }');
expect('she is in no picker', lookupUsers, []);
await admin.mutate('changeProfile', { userId: jane, username: 'jane.retired' });
expect('her username is free', (await admin.mutate('createUser', person('jane', { email: 'j3@agile.test' }))).errors, []);

chapter('Delete, then mask: the history stays, the person does not');
await admin.mutate('deleteUser', { userId: jane, reason: 'left' });
await admin.create(person('olga', { accessProfile: 'COMPLIANCE_OFFICER' }));
const olga = await signIn('olga', 'of olga only');
expect('the three keys must be of one user', await olga.refusals('maskPii', { userId: jane, username: 'jane', email: 'jane@agile.test' }), ['KEYS_DISAGREE']);
const masked = await olga.mutate('maskPii', { userId: jane, username: 'jane.retired', email: 'jane@agile.test' }, 'user { username email masked }');
expect('username and email are masks', masked.user, { username: 'Unknown User (ja re)', email: 'ja***@***', masked: true });
const history = (await olga.ask('query($id: ID!) { history(filter: { user: $id }, first: 100) { nodes { summary changes { to } } } }', { id: jane })).history;
expect('and nowhere in her history are they clear', JSON.stringify(history).includes('jane@agile.test'), false);
end();
