/** The family `share`: links for the members of a group, and keys that no group's key is encrypted to (8.1, 8.2). */
import type { ProfileName } from '../../spec/index.ts';
import type { Account } from './calls.ts';
import type { Family } from './family.ts';
import { createGroupCall, shareCalls, teamsCall } from './groups.ts';
import { jwkNotes } from './jwk-notes.ts';
import { keyPair } from './keys.ts';
import { BOB_ACCOUNT, JANE_ACCOUNT, ZOE_ACCOUNT } from './people.ts';
import { seededHex } from './random.ts';
import { toBase64url } from './rsa.ts';
import { accepted, derived, jsonHex, refused, valueOf, type Inputs, type Vector } from './vector.ts';

const SESSION = seededHex('share/session', 32);
const KEY = seededHex('share/SYM_ResourceGroup', 32);

/** What the link of an account to the group is made from. */
const linkTo = (of: Account, seed = of.firstName): Inputs => ({
  SYM_ResourceGroup: KEY,
  'SYM_Link.seed': seededHex(`share/${seed}`, 32),
  PUB_Account: of.inputs['PUB_Account'],
  PRV_Account: of.inputs['PRV_Account'],
});

function shared(profile: ProfileName): Vector[] {
  const link = (of: Account) => valueOf(profile, linkTo(of), 'SYM_Link');
  const own = link(JANE_ACCOUNT);
  const teams = (...others: Account[]) =>
    profile === 'deployed' ? [teamsCall(profile, SESSION, [JANE_ACCOUNT, ...others])] : [];
  const share = (...others: Account[]) => [
    ...teams(...others),
    ...shareCalls(
      profile,
      SESSION,
      own,
      others.map((of) => [of, link(of)]),
    ),
  ];
  const made = (id: string, comment: string, of: Account, exchange: ReturnType<typeof share>) =>
    derived(profile, { id, comment }, linkTo(of), ['SYM_Link'], exchange);
  return [
    made('own', 'the owner’s link, made with the group', JANE_ACCOUNT, [createGroupCall(SESSION, own)]),
    made('bob', 'shared with Bob', BOB_ACCOUNT, share(BOB_ACCOUNT)),
    made('two.bob', 'shared with two at once: the first link', BOB_ACCOUNT, share(BOB_ACCOUNT, ZOE_ACCOUNT)),
    made('two.zoe', 'shared with two at once: the second link', ZOE_ACCOUNT, share(BOB_ACCOUNT, ZOE_ACCOUNT)),
    ...[JANE_ACCOUNT, BOB_ACCOUNT, ZOE_ACCOUNT].map((of) =>
      accepted(
        'open-link',
        {
          id: `open.${of.firstName.toLowerCase().replace('ë', 'e')}`,
          comment: 'each opens the link to its account',
        },
        { PRV_Account: of.inputs['PRV_Account'], SYM_Link: link(of) },
        { SYM_ResourceGroup: KEY },
      ),
    ),
    ...[BOB_ACCOUNT, ZOE_ACCOUNT].map((of) =>
      refused(
        'open-link',
        {
          id: `not-owner.${of.firstName.toLowerCase().replace('ë', 'e')}`,
          comment: 'nobody opens the owner’s link',
          flags: ['other-link'],
        },
        { stage: 'decrypt', requirement: 'LINK-03' },
        { PRV_Account: of.inputs['PRV_Account'], SYM_Link: own },
      ),
    ),
  ];
}

/** Keys in an answer to share-a for which the whole share is given up. */
function badKeys(): Vector[] {
  const key = BOB_ACCOUNT.inputs['PUB_Account'] as Record<string, unknown>;
  const weak: readonly (readonly [id: string, comment: string, key: unknown])[] = [
    ['exponent', 'the exponent 3', { ...key, e: 'Aw' }],
    ['small', 'a modulus of 1024 bits', keyPair('modulus-1024').publicKey],
    ['power-of-two', 'a modulus that everybody can factor, even', { ...key, n: toBase64url(1n << 2047n) }],
    ['algorithm', 'a key for signatures', { ...key, alg: 'RS256', key_ops: ['verify'] }],
    ['private', 'a private key', BOB_ACCOUNT.inputs['PRV_Account']],
  ];
  return [
    accepted(
      'accept-public-key',
      { id: 'key.bob', comment: 'the key of Bob' },
      { publicKey: JSON.stringify(key) },
      { PUB_Account: jsonHex(key) },
    ),
    ...weak.map(([id, comment, bad]) =>
      refused(
        'accept-public-key',
        { id: `key.${id}`, comment, flags: ['weak-key'] },
        { stage: 'schema', requirement: 'SHARE-05' },
        { publicKey: JSON.stringify(bad) },
      ),
    ),
  ];
}

export const share: Family = {
  family: 'share',
  covers: 'the links of a group and the calls that carry them, weak keys of others (8.1, 8.2)',
  requirements: [
    'LINK-01',
    'LINK-03',
    'GROUP-01',
    'GROUP-02',
    'SHARE-01',
    'SHARE-02',
    'SHARE-05',
    'SHARE-06',
    'TEAM-01',
  ],
  notes: {
    'other-link': {
      bugType: 'decryption',
      description: 'A link that was made for another account.',
      effect: 'Where it opened, the server could give the key to anybody.',
      links: ['https://www.rfc-editor.org/rfc/rfc8017#section-7.1.2'],
    },
    'weak-key': {
      ...jwkNotes['key-pair'],
      description: 'A public key of another account that does not pass the checks of 6.6.',
      effect: 'The key of the group is encrypted so that the server can read it.',
    },
  },
  vectors: (profile) => [...shared(profile), ...badKeys()],
};
