// AgileApps, "User settings": every field of the user record, section by section. A part of agileapps.mjs.

import { chapter, expect, mailTo, opens, provider, readsMail } from './tour.mjs';

/** Goes through the sections of the form, with the people, teams and roles that the tour has made. */
export async function userSettings(admin, { boss, otto, liam, north, south, reader, drawer, sales, inSales, person, set }) {
  chapter('User settings: basic information');
  const ben = await admin.create(person('ben', { team: north, roles: [reader] }));
  const bens = (given) => ({ userId: ben, ...given });
  expect(
    'SSO-01 SSO-02 of an LDAP user only team, application and role are changed here',
    [
      await admin.refusals('changeProfile', { userId: liam, title: 'Dr' }),
      await admin.refusals('addTeamMember', { userId: liam, teamId: south }),
      await admin.refusals('assignRole', { userId: liam, roleId: reader }),
    ],
    [['MANAGED_IN_LDAP'], [], []],
  );
  expect('PRO-01 PRO-22 first and last name; what is empty is null', await admin.user(ben, 'firstName lastName fullName employeeNumber'), {
    firstName: 'ben',
    lastName: 'Agile',
    fullName: 'ben Agile',
    employeeNumber: null,
  });
  await admin.mutate('changeReportingLine', bens({ reportsTo: boss }));
  expect(
    'PRO-05 Reports To, and nobody in a circle',
    [(await admin.user(ben, 'reportsTo { id }')).reportsTo.id, await admin.refusals('changeReportingLine', { userId: boss, reportsTo: ben })],
    [boss, ['REPORTING_CYCLE']],
  );
  await set({ uniqueEmployeeNumbers: true });
  await admin.mutate('changeProfile', bens({ employeeNumber: 'E-17' }));
  expect('PRO-06 an employee number, unique by setting', await admin.refusals('changeProfile', { userId: otto, employeeNumber: 'E-17' }), [
    'EMPLOYEE_NUMBER_TAKEN',
  ]);
  await set({ uniqueEmployeeNumbers: false });
  expect(
    'PRO-25 an access profile',
    (await admin.mutate('assignAccessProfile', bens({ accessProfile: 'AUDITOR' }), 'user { accessProfile }')).user.accessProfile,
    'AUDITOR',
  );
  const charged = async (asker) => (await asker.user(ben, 'userLicenseType')).userLicenseType;
  expect(
    'LIC-10 PRO-26 the license type is the provider’s to see',
    [await charged(admin), provider ? await charged(provider) : 'PLATFORM'],
    [null, 'PLATFORM'],
  );
  const floor = await admin.make('defineAttribute', 'attribute', {
    key: 'agileFloor',
    label: 'Floor',
    type: 'CHOICE',
    personal: false,
    choices: ['First', 'Second'],
  });
  expect(
    'a field of one’s own, with its values',
    [
      await admin.refusals('setAttributes', bens({ attributes: [{ key: 'agileFloor', value: 'Third' }] })).then((codes) => codes.length),
      await admin.refusals('setAttributes', bens({ attributes: [{ key: 'agileFloor', value: 'Second' }] })),
      await admin.listed('attributes: [{ key: "agileFloor", value: "Second" }]'),
    ],
    [1, [], ['ben']],
  );
  await admin.mutate('retireAttribute', { attributeId: floor });

  chapter('Locale, login, mobile access');
  const prefers = (given) => admin.refusals('changePreferences', bens(given));
  expect(
    'PRF-04 a time zone of the list',
    [
      await prefers({ timeZone: 'Mars/Olympus' }),
      await prefers({ timeZone: 'Europe/Berlin' }),
      (await admin.read('timeZones')).includes('Europe/Berlin'),
    ],
    [['INVALID'], [], true],
  );
  expect(
    'PRF-05 PRF-06 PRF-07 PRO-07 date, locale, language, accessibility',
    await prefers({ dateOrder: 'MDY', locale: 'de-CH', language: 'de', accessibilityMode: true }),
    [],
  );
  expect('PRF-04 PRF-05 his midday', await admin.read(`formatted(date: "2026-12-31T11:00:00Z", user: "${ben}")`), '12/31/2026 12:00');
  expect('ACC-12 a username is unique, however it is written', await admin.refusals('createUser', person('BEN', { email: 'b2@agile.test' })), [
    'USERNAME_TAKEN',
  ]);
  for (const username of ['jpeter2', 'John.Peter', 'a@b.test'])
    expect(`ACC-13 ${username}`, await admin.refusals('changeProfile', bens({ username })), []);
  expect('ACC-13 no spaces', await admin.refusals('changeProfile', bens({ username: 'John Peter' })), ['INVALID']);
  expect('ACC-14 he signs in by either', [await opens('a@b.test', 'of ben only'), await opens('ben@agile.test', 'of ben only')], [true, true]);
  await prefers({ mobileAccess: false });
  expect(
    'PRF-16 no mobile access, no sign-in from a telephone',
    [await opens('ben@agile.test', 'of ben only', 'MOBILE'), await opens('ben@agile.test', 'of ben only')],
    [false, true],
  );
  if (readsMail) {
    await admin.mutate('changeProfile', bens({ email: 'ben.new@agile.test' }));
    await admin.mutate('resetPassword', bens());
    expect('PRO-08 NOT-03 PRF-08 mail goes to the address of now, in the language of whom it is for', (await mailTo('ben.new@agile.test', 'Benutzername:')).includes('Passwort:'));
    expect('NOT-06 which has not failed', (await admin.user(ben, 'emailUndeliverable')).emailUndeliverable, false);
  }

  chapter('Single sign-on: fields of the mode that is on');
  const federated = (given, userId = otto) => admin.refusals('changeProfile', { userId, ...given });
  expect('SSO-06 none while it is off', await federated({ federationId: 'f-1' }), ['SSO_MODE_MISMATCH']);
  await set({ ssoMode: 'SAML' });
  expect('SSO-09 SSO-10 SAML: federated ids', await federated({ federationId: 'f-1', ccaFederationId: 'c-1' }), []);
  expect('SSO-09 unique', await federated({ federationId: 'f-1' }, ben), ['FEDERATION_ID_TAKEN']);
  await set({ ssoMode: 'OFF' });

  chapter('Startup: application and role; contact information');
  await admin.mutate('assignRole', bens({ roleId: drawer }));
  expect('PRF-17 only an application that he may run', await prefers({ initialApplication: sales }), ['NO_APPLICATION_ACCESS']);
  await admin.mutate('grantApplicationAccess', bens(inSales));
  expect(
    'PRF-17 PRF-18 which comes first, in which role',
    [
      await prefers({ initialApplication: sales, initialRole: drawer }),
      (await admin.user(ben, 'effectiveInitial { application { name } role { name } }')).effectiveInitial,
    ],
    [[], { application: { name: 'Agile sales' }, role: { name: 'Agile drawer' } }],
  );
  const contact = { mobilePhone: '+49 170 1234567', streetAddress: '1 Quay', postalCode: '20457' };
  await admin.mutate('changeProfile', bens(contact));
  expect('PRO-09 PRO-10 filled in later', await admin.user(ben, 'mobilePhone streetAddress postalCode'), contact);
  const document = await (await fetch(new URL('/openapi.json', process.argv[2]))).json();
  expect('API-04 REST is documented', document.paths['/users'].post.operationId, 'createUser');
}
