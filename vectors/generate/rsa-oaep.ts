/** The family `rsa-oaep`: the key of a group encrypted to an account, opened and refused (6.5). */
import type { ProfileName } from '../../spec/index.ts';
import type { Family } from './family.ts';
import { malformedHex } from './hex.ts';
import { keyPair, type KeyName } from './keys.ts';
import { linkInputs } from './links.ts';
import { seededHex } from './random.ts';
import { refusedLinks } from './rsa-refused.ts';
import { accepted, derived, valueOf, type Inputs, type Vector } from './vector.ts';

type Case = readonly [id: string, comment: string, key: KeyName, given?: Inputs];

const CASES: readonly Case[] = [
  ['jane', 'to Jane', 'jane'],
  ['bob', 'to Bob', 'bob'],
  ['carol', 'to Carol', 'carol'],
  [
    'again',
    'the same key with another seed',
    'jane',
    { SYM_ResourceGroup: seededHex('rsa/jane/SYM_ResourceGroup', 32) },
  ],
  ['seed.zero', 'a seed of zero bytes', 'jane', { 'SYM_Link.seed': '00'.repeat(32) }],
  ['seed.ones', 'a seed of ones', 'jane', { 'SYM_Link.seed': 'ff'.repeat(32) }],
  ['key.zero', 'a key of zero bytes', 'jane', { SYM_ResourceGroup: '00'.repeat(32) }],
  [
    'key.one',
    'a key that begins with a byte 01, as the separator does',
    'jane',
    { SYM_ResourceGroup: `01${seededHex('rsa/one', 31)}` },
  ],
  ['short-d', 'a private exponent that is a byte shorter than the modulus', 'short-d'],
  ['short-qi', 'a coefficient that is a byte shorter than the prime', 'short-qi'],
];

const known =
  (profile: ProfileName) =>
  ([id, comment, key, given]: Case): Vector =>
    derived(profile, { id: `link.${id}`, comment }, linkInputs(`rsa/${id}`, keyPair(key), given), [
      'SYM_Link',
    ]);

function opened(profile: ProfileName): Vector[] {
  const made = CASES.slice(0, 3).map(([id, , key]) => {
    const inputs = linkInputs(`rsa/open/${id}`, keyPair(key));
    return [id, inputs, valueOf(profile, inputs, 'SYM_Link')] as const;
  });
  return made.map(([id, { PRV_Account, SYM_ResourceGroup }, SYM_Link]) =>
    accepted(
      'open-link',
      { id: `open.${id}`, comment: 'opened' },
      { PRV_Account, SYM_Link },
      {
        SYM_ResourceGroup: SYM_ResourceGroup as string,
      },
    ),
  );
}

export const rsaOaep: Family = {
  family: 'rsa-oaep',
  covers: 'links with a given seed, opened and refused (6.5)',
  requirements: ['ENC-01', 'WRAP-01', 'WRAP-02', 'LINK-01', 'LINK-03', 'JWK-02', 'JWK-03'],
  notes: {
    ciphertext: {
      bugType: 'decryption',
      description: 'A ciphertext that is not below n, or that no sender made for this key.',
      effect: 'Two ciphertexts of one key, or a crash where the padding is not looked for.',
      links: ['https://www.rfc-editor.org/rfc/rfc8017#section-7.1.2'],
    },
    padding: {
      bugType: 'padding',
      description: 'A padding other than OAEP, or one of which a part is wrong.',
      effect: 'A server decrypts links with the help of a client that takes them or says why not.',
      links: [
        'https://nvd.nist.gov/vuln/detail/CVE-2020-26939',
        'https://www.rfc-editor.org/rfc/rfc8017#section-7.1.2',
      ],
    },
    hash: {
      bugType: 'parameter',
      description: 'SHA-1 as the hash, in MGF1, or both.',
      effect: 'Links that only the same library opens; many take one hash and leave SHA-1 in MGF1.',
      links: ['https://www.rfc-editor.org/rfc/rfc8017#appendix-A.2.1'],
    },
    label: {
      bugType: 'parameter',
      description: 'A label that is not empty.',
      effect: 'Links that only the same implementation opens.',
      links: ['https://www.rfc-editor.org/rfc/rfc8017#section-7.1.1'],
    },
    plaintext: {
      bugType: 'wrapping',
      description: 'A link that opens, and does not hold a key in the form of the profile.',
      effect: 'A key that is none is used, and what it locks is lost or readable.',
      links: ['https://www.rfc-editor.org/rfc/rfc7518#section-6.4'],
    },
    'malformed-hex': malformedHex,
  },
  vectors: (profile) => [...CASES.map(known(profile)), ...opened(profile), ...refusedLinks(profile)],
};
