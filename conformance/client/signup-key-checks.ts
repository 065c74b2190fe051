/** The keys of an account as a client makes and writes them at signup (3.3, 3.5, 6.6). */
import { createHash } from 'node:crypto';
import { toHex } from '../../reference/index.ts';
import privateJwk from '../../spec/schemas/jwk-private.schema.json' with { type: 'json' };
import publicJwk from '../../spec/schemas/jwk-public.schema.json' with { type: 'json' };
import symmetricJwk from '../../spec/schemas/jwk-symmetric.schema.json' with { type: 'json' };
import { expectSame, expectThat, type Check } from '../check.ts';
import { jsonOf, textOf } from '../peer/exchange.ts';
import type { ClientBench, Signup } from './bench.ts';
import { drawnText } from './fresh-check.ts';
import { openAccount, openSymmetricKey, orBlocked, plaintextOf } from './opened.ts';

/** The table of 6.6 has the members that the schema of a key has. */
const membersOf = ({ properties }: { readonly properties: object }): string => named(properties);
const named = (value: object): string => Object.keys(value).sort().join(', ');

const DERIVED = ['SLT_TMP_1', 'SLT_TMP_2', 'SEC_PWD_Auth', 'SEC_PWD_Enc', 'srp.inner', 'srp.x'];
const SENT = ['saltKey', 'saltAuth', 'saltEnc', 'id', 'verifier'];
const TEXTS = ['email', 'firstName', 'lastName', 'publicKey'];

/** Every value that an account has, by name: whoever reads or guesses it must not have with it what is drawn. */
function valuesOf(bench: ClientBench, account: Signup): ReadonlyMap<string, Uint8Array> {
  const { typed, body } = account;
  const expected = bench.expected(account);
  return new Map<string, Uint8Array>([
    ...DERIVED.map((name) => [name, expected(name)] as const),
    ...SENT.map((name) => [name, Buffer.from(drawnText(body, name), 'hex')] as const),
    ...SENT.map((name) => [`the text of ${name}`, Buffer.from(textOf(body, name))] as const),
    ...TEXTS.map((name) => [name, Buffer.from(textOf(body, name))] as const),
    ['the modulus', Buffer.from(textOf(jsonOf(textOf(body, 'publicKey')), 'n'), 'base64url')],
    ['the email as it was typed', Buffer.from(typed.email)],
    ['the passphrase', Buffer.from(typed.passphrase)],
    ['the passphrase as it is derived from', expected('normalized.passphrase')],
  ]);
}

const HASHES = ['sha256', 'sha512', 'sha3-256', 'blake2s256'];

/** What 32 bytes follow from a value, by name: its first ones, and those of its hashes. */
const derivedFrom = (name: string, bytes: Uint8Array): readonly (readonly [name: string, hex: string])[] => [
  [name, Buffer.from(bytes).toString('hex', 0, 32)],
  ...HASHES.map(
    (hash) => [`${hash} of ${name}`, createHash(hash).update(bytes).digest().toString('hex', 0, 32)] as const,
  ),
];

/** Fails where a value (hex) that was to be drawn is one of these, or a hash of one. */
function expectDrawn(what: string, hex: string, values: ReadonlyMap<string, Uint8Array>): void {
  const found = [...values]
    .flatMap(([name, bytes]) => derivedFrom(name, bytes))
    .find(([, one]) => one === hex);
  expectThat(found === undefined, `${what} follows from another value`, {
    expected: '32 random bytes, drawn for this alone',
    actual: found?.[0] ?? '',
  });
}

export const signupKeyChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.signup.SYM_Account',
    title: 'SYM_Account is no other value of the account, and no hash of one.',
    requirements: ['KEY-07'],
    async run(bench) {
      const account = await bench.jane();
      const key = toHex(orBlocked(() => openSymmetricKey(bench, account)));
      expectDrawn('SYM_Account', key, valuesOf(bench, account));
    },
  },
  {
    id: 'client.signup.drawn',
    title: 'The account id and the salts are no other values of the account, and no hashes of any.',
    requirements: ['SIGNUP-02', 'KEY-02'],
    async run(bench) {
      const account = await bench.jane();
      const values = valuesOf(bench, account);
      for (const name of ['id', 'saltKey', 'saltAuth', 'saltEnc']) {
        const others = [...values].filter(([other]) => !other.endsWith(name));
        expectDrawn(name, drawnText(account.body, name), new Map(others));
      }
    },
  },
  {
    id: 'client.signup.jwk',
    title: 'The public and the private key have exactly the members of the table in 6.6.',
    requirements: ['JWK-01'],
    async run(bench) {
      const account = await bench.jane();
      const { PRV_Account } = orBlocked(() => openAccount(bench, account));
      const publicKey = jsonOf(textOf(account.body, 'publicKey'));
      expectSame('members of publicKey', membersOf(publicJwk), named(publicKey));
      expectSame('members of the private key', membersOf(privateJwk), named(PRV_Account));
    },
  },
  {
    id: 'client.signup.symmetric-jwk',
    title: 'The wrapped key is a JWK of exactly the members of the table in 6.6.',
    requirements: ['JWK-02'],
    profile: 'deployed',
    async run(bench) {
      const account = await bench.jane();
      orBlocked(() => openSymmetricKey(bench, account));
      const key = bench.expected(account)('SEC_PWD_Enc');
      const plaintext = plaintextOf(textOf(account.body, 'encSymmetricKey'), key);
      const jwk = jsonOf(decodeURIComponent(plaintext));
      expectSame('members of the JWK in encSymmetricKey', membersOf(symmetricJwk), named(jwk));
    },
  },
];
