/**
 * A client of the profile `deployed`, made from the vendor's own npm package `@getinsomnia/srp-js` in the way in which
 * the published desktop client calls it. It makes the checks that the package makes, and no others.
 */
import { atStage, runAdapter } from './adapter.ts';
import { get, post } from './http.ts';
import { createSessions } from './sessions.ts';

// The package was built for a browser: it looks for `window.crypto` before it does anything.
Object.assign(globalThis, { window: globalThis });
const srp = await import('@getinsomnia/srp-js');

type Jwk = Awaited<ReturnType<typeof srp.generateAES256Key>>;

const hex = (text: string) => srp.Buffer.from(text, 'hex');
const utf8 = (text: string) => srp.Buffer.from(text, 'utf8');

const sessions = createSessions();

await runAdapter({
  describe: () => ({
    name: '@getinsomnia/srp-js',
    version: '1.0.0-alpha.1',
    profiles: ['deployed'],
    capabilities: ['account'],
  }),

  async signup({ server, firstName, lastName, ...typed }) {
    const { email, passphrase } = normalise(typed);
    const [saltKey, saltAuth, saltEnc] = [srp.getRandomHex(), srp.getRandomHex(), srp.getRandomHex()];
    const authSecret = await srp.deriveKey(passphrase, email, saltKey);
    const derivedSymmetricKey = await srp.deriveKey(passphrase, email, saltEnc);
    const verifier = srp.computeVerifier(srp.params[2048], hex(saltAuth), utf8(email), hex(authSecret));
    const symmetricKey = await srp.generateAES256Key();
    const { publicKey, privateKey } = await srp.generateKeyPairJWK();
    const account = { id: srp.generateAccountId(), email, firstName, lastName, saltKey, saltAuth, saltEnc };
    const { id } = await post(server, '/auth/signup', {
      ...account,
      verifier: verifier.toString('hex'),
      publicKey: JSON.stringify(publicKey),
      encPrivateKey: JSON.stringify(srp.encryptAES(symmetricKey, JSON.stringify(privateKey))),
      encSymmetricKey: JSON.stringify(srp.encryptAES(derivedSymmetricKey, JSON.stringify(symmetricKey))),
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
    const derivedSymmetricKey = await srp.deriveKey(passphrase, email, account.saltEnc);
    const keys = await atStage('decrypt', () => {
      const symmetricKey = decryptJson(derivedSymmetricKey, account.encSymmetricKey);
      const privateKey = decryptJson(symmetricKey, account.encPrivateKey);
      return { symmetricKey, privateKey, publicKey: JSON.parse(account.publicKey) as Jwk };
    });
    return { session: sessions.add({ server, sessionId, keys }), accountId: account.accountId };
  },

  whoami: sessions.whoami,
  logout: sessions.logout,
});

function normalise({ email, passphrase }: { email: string; passphrase: string }) {
  return { email: email.trim().toLowerCase(), passphrase: passphrase.trim().normalize('NFKD') };
}

function decryptJson(key: string | Jwk, message: string): Jwk {
  const opened = srp.decryptAES(key, JSON.parse(message) as Parameters<typeof srp.decryptAES>[1]);
  return JSON.parse(opened) as Jwk;
}
