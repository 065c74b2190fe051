/**
 * A client of the profile `deployed`, made from the vendor's own npm package `@getinsomnia/srp-js` in the way in which
 * the published desktop client calls it. It makes the checks that the package makes, and no others.
 */
import { atStage, runAdapter } from './adapter.ts';
import { groupVerbs, type GroupCrypto } from './groups.ts';
import { get, post } from './http.ts';
import { createSessions } from './sessions.ts';
import { syncVerbs } from './sync.ts';

// The package was built for a browser: it looks for `window.crypto` before it does anything.
Object.assign(globalThis, { window: globalThis });
const srp = await import('@getinsomnia/srp-js');

type Jwk = Awaited<ReturnType<typeof srp.generateAES256Key>>;

interface Keys {
  readonly symmetricKey: Jwk;
  readonly privateKey: Jwk;
  /** As whoami gave it. */
  readonly publicKey: string;
}

const hex = (text: string) => srp.Buffer.from(text, 'hex');
const utf8 = (text: string) => srp.Buffer.from(text, 'utf8');

const crypto: GroupCrypto<Keys, Jwk> = {
  newKey: () => srp.generateAES256Key(),
  publicKey: ({ publicKey }) => publicKey,
  sealLink: (publicKey, key) => srp.encryptRSAWithJWK(JSON.parse(publicKey) as Jwk, JSON.stringify(key)),
  openLink: ({ privateKey }, link) => JSON.parse(srp.decryptRSAWithJWK(privateKey, link)) as Jwk,
  seal: encryptJson,
  open: decryptJson,
};

const sessions = createSessions<Keys, Jwk>();

await runAdapter({
  describe: () => ({
    name: '@getinsomnia/srp-js',
    version: '1.0.0-alpha.1',
    profiles: ['deployed'],
    capabilities: [
      ...['account', 'change-password', 'change-email', 'change-with-code', 'reset', 'delete-account'],
      ...['groups', 'sync', 'share-team', 'unshare'],
    ],
  }),

  async signup({ server, firstName, lastName, ...typed }) {
    const { email, passphrase } = normalise(typed);
    const salts = { saltKey: srp.getRandomHex(), saltAuth: srp.getRandomHex(), saltEnc: srp.getRandomHex() };
    const { verifier, derivedSymmetricKey } = await derive(email, passphrase, salts);
    const symmetricKey = await srp.generateAES256Key();
    const { publicKey, privateKey } = await srp.generateKeyPairJWK();
    const account = { id: srp.generateAccountId(), email, firstName, lastName, ...salts };
    const { id } = await post(server, '/auth/signup', {
      ...account,
      verifier,
      publicKey: JSON.stringify(publicKey),
      encPrivateKey: encryptJson(symmetricKey, privateKey),
      encSymmetricKey: encryptJson(derivedSymmetricKey, symmetricKey),
    });
    return { accountId: id };
  },

  async login({ server, ...typed }) {
    const { email, passphrase } = normalise(typed);
    const { saltKey, saltAuth } = await post(server, '/auth/login-s', { email });
    const authSecret = await srp.deriveKey(passphrase, email, saltKey);
    const secret1 = await srp.srpGenKey();
    const identity = [hex(saltAuth), utf8(email), hex(authSecret)] as const;
    const client = new srp.Client(srp.params[2048], ...identity, hex(secret1));
    const srpA = client.computeA().toString('hex');
    const { sessionStarterId, srpB } = await post(server, '/auth/login-a', { email, srpA });
    await atStage('auth', () => {
      client.setB(hex(srpB));
    });
    const srpM1 = client.computeM1().toString('hex');
    const { srpM2 } = await post(server, '/auth/login-m1', { sessionStarterId, srpM1 });
    await atStage('auth', () => {
      client.checkM2(hex(srpM2));
    });
    const sessionId = client.computeK().toString('hex');
    const account = await get(server, '/auth/whoami', sessionId);
    const { accountId, publicKey } = account;
    const derivedSymmetricKey = await srp.deriveKey(passphrase, email, account.saltEnc);
    const keys = await atStage('decrypt', () => {
      const symmetricKey = decryptJson(derivedSymmetricKey, account.encSymmetricKey);
      const privateKey = decryptJson(symmetricKey, account.encPrivateKey);
      return { symmetricKey, privateKey, publicKey };
    });
    return { session: sessions.add({ server, sessionId, accountId, email, keys }), accountId };
  },

  async changePassword({ session: handle, oldPassphrase, code, newPassphrase, newEmail, ...names }) {
    const session = sessions.find(handle);
    const { server, sessionId, keys, email: present } = session;
    const { encSymmetricKey, saltEnc } = await get(server, '/auth/whoami', sessionId);
    const { saltKey, saltAuth } = await post(server, '/auth/login-s', { email: present });
    const salts = { saltKey, saltAuth, saltEnc };
    const changed = normalise({ email: newEmail ?? present, passphrase: newPassphrase });
    const { verifier, derivedSymmetricKey } = await derive(changed.email, changed.passphrase, salts);
    const permission = oldPassphrase === undefined ? { code } : { verifier: await proof(oldPassphrase) };
    const change = {
      ...permission,
      newEmail: changed.email,
      encSymmetricKey,
      newVerifier: verifier,
      newEncSymmetricKey: encryptJson(derivedSymmetricKey, keys.symmetricKey),
    };
    await post(server, '/auth/change-password', { ...change, ...names }, sessionId);
    session.email = changed.email;
    return {};

    /** The old verifier, once the old passphrase has opened the key that is to be wrapped anew. */
    async function proof(typed: string): Promise<string> {
      const { passphrase } = normalise({ email: present, passphrase: typed });
      const old = await derive(present, passphrase, salts);
      await atStage('decrypt', () => decryptJson(old.derivedSymmetricKey, encSymmetricKey));
      return old.verifier;
    }
  },

  ...sessions.verbs,
  ...groupVerbs(sessions, crypto),
  ...syncVerbs(sessions, crypto),
});

function normalise({ email, passphrase }: { email: string; passphrase: string }) {
  return { email: email.trim().toLowerCase(), passphrase: passphrase.trim().normalize('NFKD') };
}

/** What the server keeps of a passphrase, and the key that it never sees. */
async function derive(
  email: string,
  passphrase: string,
  { saltKey, saltAuth, saltEnc }: { saltKey: string; saltAuth: string; saltEnc: string },
) {
  const authSecret = await srp.deriveKey(passphrase, email, saltKey);
  const verifier = srp.computeVerifier(srp.params[2048], hex(saltAuth), utf8(email), hex(authSecret));
  return {
    verifier: verifier.toString('hex'),
    derivedSymmetricKey: await srp.deriveKey(passphrase, email, saltEnc),
  };
}

function encryptJson(key: string | Jwk, value: unknown): string {
  return JSON.stringify(srp.encryptAES(key, JSON.stringify(value)));
}

function decryptJson(key: string | Jwk, message: string): Jwk {
  const opened = srp.decryptAES(key, JSON.parse(message) as Parameters<typeof srp.decryptAES>[1]);
  return JSON.parse(opened) as Jwk;
}
