/** The keys of an account as a client makes and writes them at signup (3.3, 3.5, 6.6). */
import { createHash } from 'node:crypto';
import { toHex } from '../../reference/index.ts';
import privateJwk from '../../spec/schemas/jwk-private.schema.json' with { type: 'json' };
import publicJwk from '../../spec/schemas/jwk-public.schema.json' with { type: 'json' };
import symmetricJwk from '../../spec/schemas/jwk-symmetric.schema.json' with { type: 'json' };
import { expectSame, expectThat, type Check } from '../check.ts';
import { jsonOf, textOf } from '../peer/exchange.ts';
import type { ClientBench, Signup } from './bench.ts';
import { openAccount, openSymmetricKey, orBlocked, plaintextOf } from './opened.ts';

/** The table of 6.6 has the members that the schema of a key has. */
const membersOf = ({ properties }: { readonly properties: object }): string => named(properties);
const named = (value: object): string => Object.keys(value).sort().join(', ');

/** Every value of 32 bytes that an account has, by name: whoever reads or guesses it must not have the key with it. */
function valuesOf(bench: ClientBench, account: Signup): ReadonlyMap<string, Uint8Array> {
  const { typed, body } = account;
  const expected = bench.expected(account);
  const derived = ['SLT_TMP_1', 'SLT_TMP_2', 'SEC_PWD_Auth', 'SEC_PWD_Enc', 'srp.inner', 'srp.x'];
  const sent = ['saltKey', 'saltAuth', 'saltEnc', 'id', 'verifier'];
  const bytesOf = (name: string) =>
    Buffer.from(textOf(body, name).replace(/^act_/, ''), 'hex').subarray(0, 32);
  return new Map<string, Uint8Array>([
    ...derived.map((name) => [name, expected(name)] as const),
    ...sent.map((name) => [name, bytesOf(name)] as const),
    ['the email', Buffer.from(typed.email)],
    ['the passphrase', Buffer.from(typed.passphrase)],
    ['the passphrase as it is derived from', expected('normalized.passphrase')],
  ]);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const signupKeyChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.signup.SYM_Account',
    title: 'SYM_Account is no other value of the account, and no hash of one.',
    requirements: ['KEY-07'],
    async run(bench) {
      const account = await bench.jane();
      const key = toHex(orBlocked(() => openSymmetricKey(bench, account)));
      for (const [name, bytes] of valuesOf(bench, account)) {
        const found = toHex(bytes) === key ? name : sha256(bytes) === key ? `SHA-256 of ${name}` : undefined;
        expectThat(found === undefined, 'SYM_Account follows from another value', {
          expected: '32 random bytes, drawn for this key alone',
          actual: found ?? '',
        });
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
