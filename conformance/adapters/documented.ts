/**
 * A client of the profile `documented`, as one writes it around npm `secure-remote-password` (SRP), `@noble/hashes`
 * (key derivation) and `node-forge` (AES-GCM, RSA). It makes the checks that these packages make, and no others.
 */
import { atStage, runAdapter } from './adapter.ts';
import { groupVerbs, type GroupCrypto } from './groups.ts';
import { get, post } from './http.ts';
import { createSessions } from './sessions.ts';
import { syncVerbs } from './sync.ts';
import { hkdf } from '@noble/hashes/hkdf.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import forge from 'node-forge';
import * as srp from 'secure-remote-password/client.js';

const randomHex = () => bytesToHex(randomBytes(32));

interface Keys {
  readonly SYM_Account: Uint8Array;
  readonly privateKey: Jwk;
  /** As whoami gave it. */
  readonly publicKey: string;
}

type Jwk = Readonly<Record<'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi', string>>;

const crypto: GroupCrypto<Keys, Uint8Array> = {
  newKey: () => randomBytes(32),
  publicKey: ({ publicKey }) => publicKey,
  sealLink: (publicKey, key) => encryptLink(JSON.parse(publicKey) as Jwk, key),
  openLink: ({ privateKey }, link) => decryptLink(privateKey, link),
  seal: (key, document) => encrypt(key, utf8ToBytes(JSON.stringify(document))),
  open: (key, message) => JSON.parse(new TextDecoder().decode(decrypt(key, message))) as unknown,
};

const OAEP = { md: forge.md.sha256.create(), mgf1: { md: forge.md.sha256.create() } };

const sessions = createSessions<Keys, Uint8Array>();

await runAdapter({
  describe: () => ({
    name: 'secure-remote-password with @noble/hashes and node-forge',
    version: '0.3.1',
    profiles: ['documented'],
    capabilities: [
      ...['account', 'change-password', 'change-email', 'reset', 'delete-account'],
      ...['groups', 'sync', 'share-email', 'share-team', 'unshare', 'teams'],
    ],
  }),

  async signup({ server, firstName, lastName, ...typed }) {
    const { email, passphrase } = normalise(typed);
    const salts = drawSalts();
    const { verifier, SEC_PWD_Enc } = derive(email, passphrase, salts);
    const SYM_Account = randomBytes(32);
    const { publicKey, privateKey } = generateKeyPair();
    const account = { id: `act_${randomHex()}`, email, firstName, lastName, ...salts };
    const { id } = await post(server, '/auth/signup', {
      ...account,
      verifier,
      publicKey: JSON.stringify(publicKey),
      encPrivateKey: encrypt(SYM_Account, utf8ToBytes(JSON.stringify(privateKey))),
      encSymmetricKey: encrypt(SEC_PWD_Enc, SYM_Account),
    });
    return { accountId: id };
  },

  async login({ server, ...typed }) {
    const { email, passphrase } = normalise(typed);
    const { saltKey, saltAuth } = await post(server, '/auth/login-s', { email });
    const SEC_PWD_Auth = deriveKey(passphrase, email, saltKey);
    const x = srp.derivePrivateKey(saltAuth, email, bytesToHex(SEC_PWD_Auth));
    const ephemeral = srp.generateEphemeral();
    const srpA = ephemeral.public;
    const { sessionStarterId, srpB } = await post(server, '/auth/login-a', { email, srpA });
    const { key, proof } = await atStage('auth', () =>
      srp.deriveSession(ephemeral.secret, srpB, saltAuth, email, x),
    );
    const { srpM2 } = await post(server, '/auth/login-m1', { sessionStarterId, srpM1: proof });
    await atStage('auth', () => {
      srp.verifySession(srpA, { key, proof }, srpM2);
    });
    const account = await get(server, '/auth/whoami', key);
    const keys = await atStage('decrypt', () => {
      const SEC_PWD_Enc = deriveKey(passphrase, email, account.saltEnc);
      const SYM_Account = decrypt(SEC_PWD_Enc, account.encSymmetricKey);
      const PRV_Account = decrypt(SYM_Account, account.encPrivateKey);
      const privateKey = JSON.parse(new TextDecoder().decode(PRV_Account)) as Jwk;
      return { SYM_Account, privateKey, publicKey: account.publicKey };
    });
    const { accountId } = account;
    return { session: sessions.add({ server, sessionId: key, accountId, email, keys }), accountId };
  },

  async changePassword({ session: handle, oldPassphrase = '', newPassphrase, newEmail, ...names }) {
    const session = sessions.find(handle);
    const { server, sessionId, keys, email: present } = session;
    const { encSymmetricKey, saltEnc } = await get(server, '/auth/whoami', sessionId);
    const { saltKey, saltAuth } = await post(server, '/auth/login-s', { email: present });
    const { passphrase } = normalise({ email: present, passphrase: oldPassphrase });
    const old = derive(present, passphrase, { saltKey, saltAuth, saltEnc });
    await atStage('decrypt', () => decrypt(old.SEC_PWD_Enc, encSymmetricKey));
    const changed = normalise({ email: newEmail ?? present, passphrase: newPassphrase });
    const salts = drawSalts();
    const { verifier, SEC_PWD_Enc } = derive(changed.email, changed.passphrase, salts);
    const change = {
      verifier: old.verifier,
      newEmail: changed.email,
      encSymmetricKey,
      newVerifier: verifier,
      newEncSymmetricKey: encrypt(SEC_PWD_Enc, keys.SYM_Account),
      newSaltKey: salts.saltKey,
      newSaltAuth: salts.saltAuth,
      newSaltEnc: salts.saltEnc,
    };
    await post(server, '/auth/change-password', { ...change, ...names }, sessionId);
    session.email = changed.email;
    return {};
  },

  ...sessions.verbs,
  ...groupVerbs(sessions, crypto),
  ...syncVerbs(sessions, crypto),
});

function normalise({ email, passphrase }: { email: string; passphrase: string }) {
  return { email: email.trim().toLowerCase(), passphrase: passphrase.trim().normalize('NFKD') };
}

interface Salts {
  readonly saltKey: string;
  readonly saltAuth: string;
  readonly saltEnc: string;
}

function drawSalts(): Salts {
  return { saltKey: randomHex(), saltAuth: randomHex(), saltEnc: randomHex() };
}

/** What the server keeps of a passphrase, and the key that it never sees. */
function derive(email: string, passphrase: string, { saltKey, saltAuth, saltEnc }: Salts) {
  const SEC_PWD_Auth = deriveKey(passphrase, email, saltKey);
  const x = srp.derivePrivateKey(saltAuth, email, bytesToHex(SEC_PWD_Auth));
  return { verifier: srp.deriveVerifier(x), SEC_PWD_Enc: deriveKey(passphrase, email, saltEnc) };
}

/** SEC_PWD from a salt: HKDF-SHA-256 of the email, then PBKDF2 of the passphrase (4.2, 4.3). */
function deriveKey(passphrase: string, email: string, salt: string): Uint8Array {
  const SLT_TMP = hkdf(sha256, utf8ToBytes(email), hexToBytes(salt), undefined, 32);
  return pbkdf2(sha256, passphrase, SLT_TMP, { c: 100_000, dkLen: 32 });
}

function encrypt(key: Uint8Array, plaintext: Uint8Array): string {
  const { bytesToHex: hex, binary, createBuffer } = forge.util;
  const iv = forge.random.getBytesSync(12);
  const cipher = forge.cipher.createCipher('AES-GCM', binary.raw.encode(key));
  cipher.start({ iv });
  cipher.update(createBuffer(binary.raw.encode(plaintext)));
  cipher.finish();
  return JSON.stringify({ iv: hex(iv), t: cipher.mode.tag.toHex(), d: cipher.output.toHex(), ad: '' });
}

function decrypt(key: Uint8Array, message: string): Uint8Array {
  const { hexToBytes: bytes, binary, createBuffer } = forge.util;
  const { iv, t, d, ad } = JSON.parse(message) as { iv: string; t: string; d: string; ad: string };
  const decipher = forge.cipher.createDecipher('AES-GCM', binary.raw.encode(key));
  decipher.start({ iv: bytes(iv), tag: createBuffer(bytes(t)), additionalData: bytes(ad) });
  decipher.update(createBuffer(bytes(d)));
  if (!decipher.finish()) throw new Error('the message does not open with this key');
  return binary.raw.decode(decipher.output.getBytes());
}

function generateKeyPair(): { publicKey: object; privateKey: object } {
  const { privateKey: key } = forge.pki.rsa.generateKeyPair({ bits: 2048, e: 65537 });
  const shared = { kty: 'RSA', alg: 'RSA-OAEP-256', ext: true, n: base64url(key.n), e: base64url(key.e) };
  const primes = { p: base64url(key.p), q: base64url(key.q), qi: base64url(key.qInv) };
  const exponents = { d: base64url(key.d), dp: base64url(key.dP), dq: base64url(key.dQ) };
  return {
    publicKey: { ...shared, key_ops: ['encrypt'] },
    privateKey: { ...shared, key_ops: ['decrypt'], ...exponents, ...primes },
  };
}

function base64url(value: forge.jsbn.BigInteger): string {
  const bytes = forge.util.hexToBytes(value.toString(16));
  return Buffer.from(bytes, 'latin1').toString('base64url');
}

function encryptLink({ n, e }: Jwk, key: Uint8Array): string {
  const publicKey = forge.pki.rsa.setPublicKey(integer(n), integer(e));
  const link = publicKey.encrypt(forge.util.binary.raw.encode(key), 'RSA-OAEP', OAEP);
  return forge.util.bytesToHex(link);
}

function decryptLink({ n, e, d, p, q, dp, dq, qi }: Jwk, link: string): Uint8Array {
  const exponents = [integer(n), integer(e), integer(d)] as const;
  const primes = [integer(p), integer(q), integer(dp), integer(dq), integer(qi)] as const;
  const privateKey = forge.pki.rsa.setPrivateKey(...exponents, ...primes);
  const key = privateKey.decrypt(forge.util.hexToBytes(link), 'RSA-OAEP', OAEP);
  return forge.util.binary.raw.decode(key);
}

function integer(text: string): forge.jsbn.BigInteger {
  return new forge.jsbn.BigInteger(Buffer.from(text, 'base64url').toString('hex'), 16);
}
