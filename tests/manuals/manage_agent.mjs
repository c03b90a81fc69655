// A chat product's "Manage Agent" screen: the table, Update Agent, passwords, locks, licenses, offboarding.

import { administrator, Asker, chapter, end, expect, opens, signIn, trySignIn } from './tour.mjs';

const admin = await administrator();
await admin.freeSeats(5);
const chat = await admin.role('Chat', 'AGENT', ['LISTS']);
const mia = await admin.create({
  kind: 'AGENT', username: 'mia', fullName: 'Mia Chat', email: 'mia@chat.test', password: 'of mia only', roles: [chat], maxChats: 2,
});

chapter('The table: name, email, license, roles, active, locked');
const row = 'displayName email license roles { name } active locked';
expect('her row', await admin.user(mia, row), {
  displayName: 'Mia Chat', email: 'mia@chat.test', license: 'READ_WRITE', roles: [{ name: 'Chat' }], active: true, locked: false,
});

chapter('Update Agent: at once, but for roles and business units');
const herself = await signIn('mia', 'of mia only');
await admin.mutate('changeProfile', { userId: mia, displayName: 'Mia C.', landLinePhone: '+49 30 123456' });
await admin.mutate('changePreferences', { userId: mia, language: 'de' });
expect('the name is the new one', (await herself.ask('{ me { displayName preferences { language } } }')).me, {
  displayName: 'Mia C.', preferences: { language: 'de' },
});
await admin.mutate('changeDefaultChatLimit', { maxChats: 7 });
await admin.mutate('changeChatLimit', { userId: mia, maxChats: null });
expect('no own limit: everybody’s', await admin.user(mia, 'maxChats effectiveMaxChats'), { maxChats: null, effectiveMaxChats: 7 });
const leads = await admin.role('Chat leads', 'AGENT', ['REPORTS']);
await admin.mutate('assignRole', { userId: mia, roleId: leads });
expect('a new role waits for her next sign-in', [(await herself.ask('{ me { access } }')).me.access, (await admin.user(mia, 'pendingUntilNextSignIn')).pendingUntilNextSignIn], [['LISTS'], true]);
await admin.mutate('endSessions', { userId: mia });
expect('"apply now" ends her sessions', (await (await signIn('mia', 'of mia only')).ask('{ me { access } }')).me.access, ['LISTS', 'REPORTS']);

chapter('Business units');
const { businessUnit } = await admin.mutate('createBusinessUnit', { name: 'Chat Berlin' }, 'businessUnit { id }');
await admin.mutate('addToBusinessUnit', { userId: mia, businessUnitId: businessUnit.id });
const assignable = async () => (await admin.ask('query($b: ID!) { assignableAgents(businessUnit: $b) { totalCount } }', { b: businessUnit.id })).assignableAgents.totalCount;
expect('it waits for her next sign-in', await assignable(), 0);
await admin.mutate('endSessions', { userId: mia });
expect('then work may be given to her', await assignable(), 1);

chapter('Passwords: forced change, reset');
await admin.mutate('forcePasswordChange', { userId: mia });
const forced = await trySignIn('mia', 'of mia only');
expect('she must set a new one first', [forced.mustChangePassword, await new Asker(forced.token).refusals('changePreferences', { userId: mia, language: 'fr' })], [true, ['PASSWORD_CHANGE_REQUIRED']]);
await new Asker(forced.token).mutate('setPassword', { userId: mia, password: 'her second one', currentPassword: 'of mia only' });
expect('with it she is in', await opens('mia', 'her second one'));

chapter('Locked by wrong passwords, and unlocked; active all the while');
const { settings } = await admin.ask('{ settings { lockAfterFailures } }');
for (let tried = 0; tried < settings.lockAfterFailures; tried += 1) await opens('mia', 'guessed');
expect('the right one opens nothing', await opens('mia', 'her second one'), false);
expect('locked and active', await admin.user(mia, 'active locked'), { active: true, locked: true });
await admin.mutate('unlockAccount', { userId: mia });
expect('unlocked, the same password opens', await opens('mia', 'her second one'));

chapter('A read-only license reads');
await admin.mutate('sizeLicensePool', { type: 'READ_ONLY', owned: 1 });
await admin.mutate('grantLicense', { userId: mia, type: 'READ_ONLY' });
const reader = await signIn('mia', 'her second one');
expect('she changes nothing', await reader.refusals('changeProfile', { userId: mia, mobilePhone: '+49 170 1' }), ['READ_ONLY_LICENCE']);
expect('a second one is not there', await admin.refusals('createUser', { kind: 'AGENT', fullName: 'No Seat', email: 'no@chat.test', password: 'of nobody', license: 'READ_ONLY' }), ['NO_LICENCE_AVAILABLE']);

chapter('Disable rather than delete; never oneself');
expect('not the own account', await admin.refusals('disableUser', { userId: (await admin.ask('{ me { id } }')).me.id }), ['OWN_ACCOUNT']);
await admin.mutate('disableUser', { userId: mia });
expect('no sign-in, no chats', [await opens('mia', 'her second one'), await assignable()], [false, 0]);
await admin.mutate('enableUser', { userId: mia });
expect('enabled: as before', [await opens('mia', 'her second one'), await assignable()], [true, 1]);
end();
