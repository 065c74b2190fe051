/** Clients that are wrong in the id and the keys of a new account: how they are drawn, and how they are written (3.3, 3.4, 6.6). */
import { createHash, generateKeyPair, type KeyObject, type RSAKeyPairKeyObjectOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { native, toHex, type RsaPrivateJwk } from '../../reference/index.ts';
import { sealed } from '../lies/answers.ts';
import {
  bodyChanged,
  inWrap,
  withFetch,
  withOverrides,
  withSteps,
  type ClientFault,
} from './client-parts.ts';

/** An account under another id (64 hex digits). */
const accountIdOf = (make: (body: Record<string, unknown>) => string) =>
  withFetch(
    async (request) =>
      await fetch(
        await bodyChanged(request, '/auth/signup', (body) => ({ ...body, id: `act_${make(body)}` })),
      ),
  );

/** Another kind of key pair; the reference itself would not send it. */
const withKeyPair = (options: RSAKeyPairKeyObjectOptions) =>
  withOverrides(() => {
    let publicKey: string | undefined;
    const jwk = (right: object, key: KeyObject): object => ({ ...right, ...key.export({ format: 'jwk' }) });
    return {
      steps: (own) => ({
        ...own,
        async keyPair() {
          const right = await own.keyPair();
          const made = await promisify(generateKeyPair)('rsa', options);
          publicKey = JSON.stringify(jwk(right.publicKey, made.publicKey));
          return { ...right, privateKey: jwk(right.privateKey, made.privateKey) as RsaPrivateJwk };
        },
      }),
      fetch: async (request) =>
        await fetch(await bodyChanged(request, '/auth/signup', (body) => ({ ...body, publicKey }))),
    };
  });

export const signupKeyFaults: readonly ClientFault[] = [
  {
    id: 'account-key-derived',
    title: 'takes SEC_PWD_Enc itself as SYM_Account',
    requirement: 'KEY-07',
    create: withOverrides(() => {
      let taken = new Uint8Array();
      return {
        steps: (own) => ({
          ...own,
          wrap: {
            ...own.wrap,
            sealKey(kek, _key, random) {
              taken = Uint8Array.from(kek);
              return own.wrap.sealKey(kek, kek, random);
            },
            sealJson: (_key, value, random) => own.wrap.sealJson(taken, value, random),
          },
        }),
      };
    }),
  },
  {
    id: 'account-id-from-email',
    title: 'takes the SHA-256 hash of the email for the account id',
    requirement: 'SIGNUP-02',
    create: accountIdOf(({ email }) => createHash('sha256').update(String(email)).digest('hex')),
  },
  {
    id: 'account-id-from-salt',
    title: 'takes its saltKey for the account id',
    requirement: 'SIGNUP-02',
    create: accountIdOf(({ saltKey }) => String(saltKey)),
  },
  {
    id: 'account-id-half-random',
    title: 'draws 16 bytes for an account id, and fills it up with zero bytes',
    requirement: 'SIGNUP-02',
    create: accountIdOf(() => toHex(native.random(16)).padEnd(64, '0')),
  },
  {
    id: 'modulus-3072',
    title: 'makes its key pair with a modulus of 3072 bits',
    requirement: 'KEY-04',
    create: withKeyPair({ modulusLength: 3072, publicExponent: 65537 }),
  },
  {
    id: 'modulus-2047',
    title: 'makes its key pair with a modulus of 2047 bits',
    requirement: 'KEY-04',
    create: withKeyPair({ modulusLength: 2047, publicExponent: 65537 }),
  },
  {
    id: 'key-with-exponent-3',
    title: 'makes its key pair with the public exponent 3',
    requirement: 'KEY-04',
    create: withKeyPair({ modulusLength: 2048, publicExponent: 3 }),
  },
  {
    id: 'jwk-without-ext',
    title: 'writes keys without ext',
    requirement: 'JWK-01',
    create: withSteps((own) => ({
      ...own,
      async keyPair() {
        const { publicKey, privateKey } = await own.keyPair();
        const { ext: _, ...publicOnly } = publicKey;
        const { ext: __, ...privateOnly } = privateKey;
        return { publicKey: publicOnly, privateKey: privateOnly };
      },
    })),
  },
  {
    id: 'symmetric-jwk-with-kid',
    title: 'writes a wrapped key with one more member',
    requirement: 'JWK-02',
    profile: 'deployed',
    create: inWrap((own) => ({
      sealKey(kek, key) {
        const { decodeText, encodeText, encodeKey } = own.profile;
        const jwk = JSON.parse(decodeText(encodeKey(key))) as object;
        return sealed(kek, encodeText(JSON.stringify({ ...jwk, kid: '1' })));
      },
    })),
  },
  {
    id: 'symmetric-jwk-misspelt',
    title: 'writes a wrapped key with another member in the place of ext',
    requirement: 'JWK-02',
    profile: 'deployed',
    create: inWrap((own) => ({
      sealKey(kek, key) {
        const { decodeText, encodeText, encodeKey } = own.profile;
        return sealed(kek, encodeText(decodeText(encodeKey(key)).replace('"ext"', '"exp"')));
      },
    })),
  },
];
