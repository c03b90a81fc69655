// SmarterTrack, "Users": required fields, segments, options, roles, deleting several at once.

import { administrator, chapter, end, expect } from './tour.mjs';

const admin = await administrator();
await admin.freeSeats(5);
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const user = (name, more = {}) => ({
  kind: 'AGENT', username: name, displayName: name, fullName: name, email: `${name}@smarter.test`, password: `of ${name} only`, ...more,
});

chapter('New user: what is missing is said all at once');
const { errors } = await admin.mutate('createUser', user('sam', { email: '', fullName: ' ', password: 'short' }));
expect('three fields in one answer', errors.map((error) => error.path[1]).sort(), ['email', 'fullName', 'password']);

chapter('Segments: Registered, Verified, Everyone');
const sam = await admin.create(user('sam', { segment: 'VERIFIED' }));
const rita = await admin.create(user('rita', { segment: 'REGISTERED' }));
const listed = async (segment) =>
  (await admin.ask('query($s: UserSegment) { users(filter: { segment: $s, text: "smarter.test" }, orderBy: { field: USERNAME }) { nodes { username } } }', { s: segment })).users.nodes.map((node) => node.username);
expect('verified', await listed('VERIFIED'), ['sam']);
expect('registered', await listed('REGISTERED'), ['rita']);
expect('everyone', await listed('EVERYONE'), ['rita', 'sam']);
await admin.mutate('changeProfile', { userId: sam, email: 'sam.new@smarter.test' });
expect('a new address is not verified', (await admin.user(sam, 'emailVerified')).emailVerified, false);

chapter('Options: avatar and signature');
await admin.mutate('setAvatar', { userId: sam, image: PNG });
expect('a picture has an address', (await admin.user(sam, 'avatarUrl')).avatarUrl !== null);
expect('what is no picture is refused', await admin.refusals('setAvatar', { userId: sam, image: 'bm90IGEgcGljdHVyZQ==' }), ['IMAGE_NOT_SUPPORTED']);
await admin.mutate('changeProfile', { userId: sam, signature: 'Sam\nSupport' });
expect('a signature has lines', (await admin.user(sam, 'signature')).signature, 'Sam\nSupport');

chapter('Roles: one or more');
const roles = [await admin.role('Smarter one', 'AGENT', ['LISTS']), await admin.role('Smarter two', 'AGENT', ['CHARTS'])];
for (const roleId of roles) await admin.mutate('assignRole', { userId: sam, roleId });
expect('privileges follow them', (await admin.user(sam, 'roles { name } access')), {
  roles: [{ name: 'Smarter one' }, { name: 'Smarter two' }], access: ['LISTS', 'CHARTS'],
});

chapter('Select several, delete them');
const me = (await admin.ask('{ me { id } }')).me.id;
const bulk = await admin.mutate('bulk', { command: { plain: 'DELETE_USER' }, userIds: [sam, rita, me] }, 'accepted refused outcomes { errors { code } }');
expect('two go, and one’s own account stays', [bulk.accepted, bulk.refused, bulk.outcomes[2].errors[0].code], [2, 1, 'OWN_ACCOUNT']);
expect('nobody is left on the list', await listed('EVERYONE'), []);
end();
