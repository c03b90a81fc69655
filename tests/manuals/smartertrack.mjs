// SmarterTrack, "Users": required fields, segments, options, roles, deleting several at once.

import { administrator, chapter, end, expect, signIn } from './tour.mjs';

const admin = await administrator();
await admin.freeSeats(5);
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const user = (name, more = {}) => ({
  kind: 'AGENT', username: name, displayName: name, fullName: name, email: `${name}@smarter.test`, password: `of ${name} only`, ...more,
});

chapter('New user: for administrators, in one of three segments');
const sam = await admin.create(user('sam', { segment: 'VERIFIED' }));
const rita = await admin.create(user('rita', { segment: 'REGISTERED' }));
const himself = await signIn('sam', 'of sam only');
expect('ACC-17 nobody else adds one', await himself.refusals('createUser', user('tim')), ['FORBIDDEN']);
expect('ACC-17 or deletes one', await himself.refusals('deleteUser', { userId: rita }), ['NOT_FOUND']);
const listed = (segment) => admin.listed(`segment: ${segment}, text: "smarter.test"`);
expect('ACC-18 LST-05 verified', await listed('VERIFIED'), ['sam']);
expect('ACC-18 LST-05 registered', await listed('REGISTERED'), ['rita']);
expect('ACC-18 LST-05 everyone', await listed('EVERYONE'), ['rita', 'sam']);
await admin.mutate('changeProfile', { userId: sam, email: 'sam.new@smarter.test' });
expect('ACC-18 a new address is not verified', [(await admin.user(sam, 'emailVerified')).emailVerified, await listed('VERIFIED')], [false, []]);

chapter('Profile: what is missing is said all at once');
const { errors } = await admin.mutate('createUser', user('', { email: '', fullName: ' ', password: 'short' }));
expect('ACC-11 all in one answer', ['email', 'fullName', 'password', 'username'].filter((field) => !errors.some((error) => error.path[1] === field)), []);
const plain = await admin.create(user('nora', { displayName: null, fullName: 'Nora Plain' }));
expect('PRO-03 without a display name it is the full name', (await admin.user(plain, 'displayName')).displayName, 'Nora Plain');

chapter('Options: avatar and signature');
await admin.mutate('setAvatar', { userId: sam, image: PNG });
expect('PRO-17 a picture has an address', (await admin.user(sam, 'avatarUrl')).avatarUrl !== null);
await admin.mutate('changeProfile', { userId: sam, signature: 'Sam\nSupport' });
expect('PRO-17 a signature has lines', (await admin.user(sam, 'signature')).signature, 'Sam\nSupport');
await admin.mutate('removeAvatar', { userId: sam });
expect('PRO-17 PRO-18 neither is required', (await admin.user(plain, 'avatarUrl signature')), { avatarUrl: null, signature: null });

chapter('Roles: one or more');
const roles = [await admin.role('Smarter one', 'AGENT', ['LISTS']), await admin.role('Smarter two', 'AGENT', ['CHARTS'])];
for (const roleId of roles) await admin.mutate('assignRole', { userId: sam, roleId });
expect('ROL-11 privileges follow them', await admin.user(sam, 'roles { name } access'), { roles: [{ name: 'Smarter one' }, { name: 'Smarter two' }], access: ['LISTS', 'CHARTS'] });
await admin.mutate('unassignRole', { userId: sam, roleId: roles[1] });
expect('ROL-11 and go with them', (await admin.user(sam, 'access')).access, ['LISTS']);

chapter('Select several, delete them');
const me = await admin.read('me { id }');
const bulk = await admin.mutate('bulk', { command: { plain: 'DELETE_USER' }, userIds: [sam, rita, plain, me.id] }, 'accepted refused outcomes { userId errors { code } }');
expect('DEL-12 three go; one’s own account stays', [bulk.accepted, bulk.refused], [3, 1]);
expect('DEL-12 each has an answer', bulk.outcomes.map((outcome) => [outcome.userId, outcome.errors.map((error) => error.code)]), [[sam, []], [rita, []], [plain, []], [me.id, ['OWN_ACCOUNT']]]);
expect('DEL-05 nobody is left on the list', await listed('EVERYONE'), []);
end();

// Not to be shown through the API, for they are screens: UI-06 (tabs), LST-07 (checkboxes), DEL-02 (the dialog).
