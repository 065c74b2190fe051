/** The family `jwk`: public keys, private keys and pairs as received, taken and refused (6.4, 6.6). */
import { bob, jane } from './accounts.ts';
import type { Family } from './family.ts';
import { jwkNotes } from './jwk-notes.ts';
import { BAD_PRIVATE, GOOD_PRIVATE } from './jwk-private.ts';
import { BAD_PUBLIC, BAD_TEXT, GOOD_PUBLIC } from './jwk-public.ts';
import { fromBase64url, toBase64url, type Jwk } from './rsa.ts';
import { accepted, jsonHex, refused, type Refusal, type Vector } from './vector.ts';

/** A key that must be refused. */
export type BadKey = readonly [
  id: string,
  comment: string,
  flag: string,
  stage: Refusal['stage'],
  requirement: string,
  key: unknown,
];

const publicKeys = (): Vector[] => [
  ...GOOD_PUBLIC.map(([id, comment, key]) =>
    accepted(
      'accept-public-key',
      { id: `public.${id}`, comment },
      { publicKey: JSON.stringify(key) },
      {
        PUB_Account: jsonHex(key),
      },
    ),
  ),
  accepted(
    'accept-public-key',
    { id: 'public.white-space', comment: 'white space between the tokens' },
    { publicKey: JSON.stringify(jane.publicKey, null, 1) },
    { PUB_Account: jsonHex(jane.publicKey) },
  ),
  ...BAD_PUBLIC.map(([id, comment, flag, stage, requirement, key]) =>
    notPublic(`public.${id}`, comment, flag, { stage, requirement }, JSON.stringify(key)),
  ),
  ...BAD_TEXT.map(([id, comment, text]) =>
    notPublic(`public.text.${id}`, comment, 'not-JSON', { stage: 'encoding', requirement: 'JWK-04' }, text),
  ),
];

const notPublic = (id: string, comment: string, flag: string, refusal: Refusal, publicKey: string): Vector =>
  refused(
    'accept-public-key',
    { id, comment, flags: [flag] },
    { ...refusal, error: 'malformed' },
    { publicKey },
  );

const privateKeys = (): Vector[] => [
  ...GOOD_PRIVATE.map(([id, comment, PRV_Account]) =>
    accepted(
      'accept-private-key',
      { id: `private.${id}`, comment },
      { PRV_Account },
      { PRV_Account: jsonHex(PRV_Account) },
    ),
  ),
  ...BAD_PRIVATE.map(([id, comment, flag, stage, requirement, PRV_Account]) =>
    refused(
      'accept-private-key',
      { id: `private.${id}`, comment, flags: [flag] },
      { stage, requirement },
      { PRV_Account },
    ),
  ),
];

function pairs(): Vector[] {
  const inputs = (publicKey: Jwk) => ({ publicKey: JSON.stringify(publicKey), PRV_Account: jane.privateKey });
  const taken = (id: string, comment: string, key: Jwk) =>
    accepted('accept-key-pair', { id: `pair.${id}`, comment }, inputs(key), { PUB_Account: jsonHex(key) });
  const not = (id: string, comment: string, key: Jwk) =>
    refused(
      'accept-key-pair',
      { id: `pair.${id}`, comment, flags: ['key-pair'] },
      { stage: 'decrypt', requirement: 'WRAP-10' },
      inputs(key),
    );
  const n = fromBase64url(String(jane.publicKey['n']));
  const { ext: _, ...withoutExt } = jane.publicKey;
  return [
    taken('right', 'the two keys of one account', jane.publicKey),
    taken(
      'order',
      'the members in another order, without ext',
      Object.fromEntries(Object.entries(withoutExt).reverse()),
    ),
    not('other', 'the public key of another account', bob.publicKey),
    not('bit', 'a modulus of which one bit differs', { ...jane.publicKey, n: toBase64url(n ^ 2n) }),
    not('first-bit', 'a modulus of which a bit of the first byte differs', {
      ...jane.publicKey,
      n: toBase64url(n ^ (1n << 2040n)),
    }),
  ];
}

export const jwk: Family = {
  family: 'jwk',
  covers: 'public keys, private keys and pairs as received, taken and refused (6.4, 6.6)',
  requirements: ['JWK-03', 'JWK-04', 'JWK-05', 'JWK-06', 'JWK-07', 'JWK-09', 'WRAP-10'],
  notes: jwkNotes,
  vectors: () => [...publicKeys(), ...privateKeys(), ...pairs()],
};
