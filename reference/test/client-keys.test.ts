/** What a client refuses of a server that lies about accounts and keys, each with its accepting twin (7.6, 8.1 to 8.4). */
import { randomBytes } from 'node:crypto';
import t from 'tap';
import {
  createSteps,
  native,
  type ResourceGroup,
  type RsaPublicJwk,
  type ShareAResponse,
  type Team,
  type WhoamiResponse,
} from '../index.ts';
import { bodiesOf, codeOf, garden, message, openWorld, otherEnd, PROFILES } from './client-world.ts';

const GROUP = /^GET \/api\/resource_groups\/\w+$/;
const CREATE = 'POST /api/resource_groups';
const SHARE_A = /share-a$/;
const WHOAMI = 'GET /auth/whoami';

const asJwk = (text: string) => JSON.parse(text) as RsaPublicJwk;

for (const profile of PROFILES) {
  const { wrap } = createSteps(profile);
  const strangers = native.generateRsaKeyPair();

  t.test(`${profile}: groups and links`, async (test) => {
    const world = openWorld(profile);
    const { jane, session, id } = await garden(world);
    const { publicKey } = await session.whoami();
    const device = session.exportDevice();
    const foreign = wrap.sealLink(asJwk(publicKey), randomBytes(32));
    const unopenable = wrap.sealLink((await strangers).publicKey, randomBytes(32));

    // On a device that has used the group before, in this session and in the next
    const cases: readonly (readonly [code: string | undefined, alter: (own: ResourceGroup) => object])[] = [
      ['decrypt/other-key', (own) => ({ ...own, encSymmetricKey: foreign })],
      ['decrypt/link', (own) => ({ ...own, encSymmetricKey: unopenable })],
      ['decrypt/link', (own) => ({ ...own, encSymmetricKey: otherEnd(own.encSymmetricKey) })],
      ['schema/message', (own) => ({ ...own, encSymmetricKey: own.encSymmetricKey.slice(2) })],
      ['schema/message', (own) => ({ ...own, encSymmetricKey: own.encSymmetricKey.toUpperCase() })],
      ['state/not-asked-for', (own) => ({ ...own, id: 'rg_other' })],
      [undefined, (own) => ({ ...own, since: 2020 })],
    ];
    for (const [code, alter] of cases)
      for (const opened of [session, await jane.login(device)])
        test.equal(await codeOf(world.tampered(GROUP, alter, () => opened.group(id))), code);
    test.same(session.exportDevice().groups, device.groups);

    // At creation
    const create = () => session.createGroup({ parentResourceId: 'wrk_2', name: 'Yard' });
    const swapped = (own: ResourceGroup) => ({ ...own, encSymmetricKey: foreign });
    test.equal(await codeOf(world.tampered(CREATE, swapped, create)), 'decrypt/other-key');
    const claimed = (own: ResourceGroup) => ({ ...own, id });
    test.equal(
      await codeOf(world.tampered(CREATE, claimed, create)),
      'decrypt/other-key',
      'the id of another group',
    );
    test.equal(await codeOf(create), undefined, 'the accepting twin');

    // What is wrapped in a link is a key in the form of the profile, and nothing else
    const raw = { ...createSteps(profile).profile, encodeKey: () => new Uint8Array(31) };
    const notKey = native.rsaOaepEncrypt(asJwk(publicKey), raw.encodeKey());
    const short = (own: ResourceGroup) => ({ ...own, encSymmetricKey: Buffer.from(notKey).toString('hex') });
    const fresh = await jane.login();
    test.equal(await codeOf(world.tampered(GROUP, short, () => fresh.group(id))), 'decrypt/key');
    test.equal(await codeOf(fresh.group(id)), undefined, 'the accepting twin');
  });

  t.test(`${profile}: shares`, async (test) => {
    const world = openWorld(profile);
    const { session, bobs, bob, id } = await garden(world);
    const eve = await (await world.person('Eve')).login();
    const [bobsKey, evesKey] = [(await bobs.whoami()).publicKey, (await eve.whoami()).publicKey];
    const foreign = wrap.sealLink(asJwk((await session.whoami()).publicKey), randomBytes(32));
    const withKey = (change: object) => (own: ShareAResponse) => ({
      ...own,
      keys: { [bobs.accountId]: JSON.stringify({ ...asJwk(bobsKey), ...change }) },
    });
    const even = Buffer.from(asJwk(bobsKey).n, 'base64url');
    even[255] = 0;
    const small = Buffer.from(even);
    small[0] = 0x7f;
    small[255] = 1;
    const accounts = { [bobs.accountId]: bob.email };
    const cases: readonly (readonly [code: string, alter: (own: ShareAResponse) => object])[] = [
      ['state/not-asked-for', (own) => ({ ...own, keys: { ...own.keys, [eve.accountId]: evesKey } })],
      [
        'state/not-asked-for',
        (own) => ({
          ...own,
          keys: { ...own.keys, [eve.accountId]: evesKey },
          accounts: { ...accounts, [eve.accountId]: 'eve@example.com' },
        }),
      ],
      [
        'state/not-asked-for',
        (own) => ({
          ...own,
          keys: { ...own.keys, [eve.accountId]: evesKey },
          accounts: { ...accounts, [eve.accountId]: bob.email },
        }),
      ],
      ['state/not-asked-for', (own) => ({ ...own, keys: { [session.accountId]: bobsKey } })],
      ['state/not-asked-for', (own) => ({ ...own, keys: {}, accounts: {} })],
      ['state/not-asked-for', ({ accounts: _, ...own }) => own],
      ['schema/jwk', withKey({ n: even.toString('base64url') })],
      ['schema/jwk', withKey({ n: small.toString('base64url') })],
      ['schema/message', withKey({ n: asJwk(bobsKey).n.slice(8) })],
      ['schema/message', withKey({ e: 'Aw' })],
      ['schema/message', withKey({ alg: 'RSA-OAEP' })],
      ['schema/message', withKey({ kty: 'EC' })],
      ['schema/message', withKey({ key_ops: ['encrypt', 'wrapKey'] })],
      ['schema/message', withKey({ d: 'AQAB' })],
      ['decrypt/other-key', (own) => ({ ...own, encSymmetricKey: foreign })],
      ['decrypt/link', (own) => ({ ...own, encSymmetricKey: otherEnd(own.encSymmetricKey) })],
    ];
    const share = () => session.share(id, { emails: [bob.email] });
    for (const [code, alter] of cases) test.equal(await codeOf(world.tampered(SHARE_A, alter, share)), code);
    const shareB = `POST /api/resource_groups/${id}/share-b`;
    test.equal(bodiesOf(world, shareB).length, 0, 'nobody was given a key');
    test.equal(await codeOf(share), undefined, 'the accepting twin');

    // Bob's key is remembered, also on the next session of this device
    const substituted = (own: ShareAResponse) => ({ ...own, keys: { [bobs.accountId]: evesKey } });
    test.equal(await codeOf(world.tampered(SHARE_A, substituted, share)), 'state/key-changed');
    test.equal(bodiesOf(world, shareB).length, 1);
    test.equal(await codeOf(share), undefined, 'the accepting twin');
  });

  t.test(`${profile}: teams`, async (test) => {
    const world = openWorld(profile);
    const { session, bobs, bob, id } = await garden(world);
    const eve = await (await world.person('Eve')).login();
    const evesKey = (await eve.whoami()).publicKey;
    const { id: teamId } = await session.createTeam({ name: 'Gardeners', emails: [bob.email] });
    const share = () => session.share(id, { teamId });
    const withEve = (own: ShareAResponse) => ({ ...own, keys: { ...own.keys, [eve.accountId]: evesKey } });
    test.equal(await codeOf(world.tampered(SHARE_A, withEve, share)), 'state/not-asked-for');
    const withoutBob = (teams: readonly Team[]) => teams.map((team) => ({ ...team, accounts: [] }));
    test.equal(await codeOf(world.tampered('GET /api/teams', withoutBob, share)), 'state/not-asked-for');
    test.same(
      (await share()).map(({ accountId }) => accountId),
      [bobs.accountId],
      'the accepting twin',
    );
  });

  t.test(`${profile}: the account in a change of passphrase`, async (test) => {
    const world = openWorld(profile);
    const { jane, session, bobs } = await garden(world);
    const his = await bobs.whoami();
    const change = () =>
      session.changePassphrase({ oldPassphrase: jane.passphrase, newPassphrase: 'battery staple' });
    const cases: readonly (readonly [code: string, alter: (own: WhoamiResponse) => object])[] = [
      ['state/not-allowed', (own) => ({ ...own, email: his.email })],
      ['state/not-allowed', (own) => ({ ...own, accountId: his.accountId })],
      ['decrypt/tag', (own) => ({ ...own, encSymmetricKey: his.encSymmetricKey })],
      ['decrypt/tag', (own) => ({ ...own, saltEnc: his.saltEnc })],
      [
        profile === 'documented' ? 'decrypt/additional-data' : 'decrypt/tag',
        (own) => ({ ...own, encSymmetricKey: message(own.encSymmetricKey, () => ({ ad: '00' })) }),
      ],
      [
        'schema/message',
        (own) => ({
          ...own,
          encSymmetricKey: message(own.encSymmetricKey, ({ t: tag = '' }) => ({ t: tag.slice(8) })),
        }),
      ],
    ];
    for (const [code, alter] of cases) test.equal(await codeOf(world.tampered(WHOAMI, alter, change)), code);
    test.equal(bodiesOf(world, 'POST /auth/change-password').length, 0);
    test.equal(await codeOf(change), undefined, 'the accepting twin');
  });
}
