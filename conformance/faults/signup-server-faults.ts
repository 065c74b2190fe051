/** Faulty servers that take signups which they must refuse, or refuse those that they must take (7.1). */
import { createHash } from 'node:crypto';
import { findFault, type AccountRecord } from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import signupRequest from '../../spec/schemas/signup-request.schema.json' with { type: 'json' };
import { keyPair } from '../../vectors/generate/keys.ts';
import { bodyOf, faulty, inStore, reading, type ServerFault } from './server-parts.ts';

type Json = Readonly<Record<string, unknown>>;

const N = BigInt(`0x${protocol.constants.N.value}`);
const HEX = ['saltKey', 'saltAuth', 'saltEnc', 'verifier'];
const MESSAGES = ['encPrivateKey', 'encSymmetricKey'];
const NAMES = ['firstName', 'lastName'];
const MEMBERS = signupRequest.required;

/** What an object holds whose one member is its value; whatever else it is, itself. */
const valueIn = (held: unknown): unknown =>
  typeof held === 'object' && held !== null && Object.keys(held).join() === 'value'
    ? (held as Json)['value']
    : held;

/** A server that mends what it must refuse. */
const mending = (mend: (body: Json) => Json): ServerFault['create'] =>
  reading('/auth/signup', (body) => ({ ...body, ...mend(body) }));

/** Mends some members, where they are text. */
const mendingText = (members: readonly string[], mend: (text: string) => string): ServerFault['create'] =>
  mending((body) =>
    Object.fromEntries(
      members.flatMap((name) => {
        const value = body[name];
        return typeof value === 'string' ? [[name, mend(value)]] : [];
      }),
    ),
  );

/** Mends the JSON object that a member holds, where it holds one. */
const mendingJson = (members: readonly string[], mend: (value: Json) => Json): ServerFault['create'] =>
  mendingText(members, (text) => {
    try {
      const value = JSON.parse(text) as Json | null;
      return value === null || Array.isArray(value) ? text : JSON.stringify(mend(value));
    } catch {
      return text;
    }
  });

const mendingKey = (mend: (jwk: Json) => Json): ServerFault['create'] => mendingJson(['publicKey'], mend);

/** Whatever else it is, one of the right length. */
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const bytesOf = (base64url: unknown): Buffer => Buffer.from(String(base64url), 'base64url');
const { n, e, kty, alg, key_ops } = keyPair('jane').publicKey;

/** A server that refuses some signups, as malformed. */
const refusing = (isRefused: (body: Json) => boolean): ServerFault['create'] =>
  faulty({
    around: (server) => async (request) => {
      if (new URL(request.url).pathname !== '/auth/signup') return await server.fetch(request);
      if (!isRefused(await bodyOf(request))) return await server.fetch(request);
      return Response.json({ error: 'malformed', message: 'this will not do' }, { status: 400 });
    },
  });

/** A server that keeps the address of a signup before it looks at the rest, or at what of it is meant. */
function addressKept(isMeant = (_: Json): boolean => true): ServerFault['create'] {
  const kept = new Set<unknown>();
  return faulty({
    around: (server) => async (request) => {
      if (new URL(request.url).pathname !== '/auth/signup') return await server.fetch(request);
      const body = await bodyOf(request);
      const { email } = body;
      if (email === undefined) return await server.fetch(request);
      if (kept.has(email) && findFault('signup-request', body) === undefined)
        return Response.json({ error: 'email-taken', message: 'the address is taken' }, { status: 409 });
      if (isMeant(body)) kept.add(email);
      return await server.fetch(request);
    },
  });
}

/** A server that takes an address for taken which has this in common with one that is. */
const takenBy = (common: (email: string) => string): ServerFault['create'] =>
  inStore((own) => {
    const taken = new Set<string>();
    return {
      addAccount(account) {
        const key = common(account.email);
        if (own.accountByEmail(account.email) === undefined && taken.has(key)) return 'email-taken';
        taken.add(key);
        return own.addAccount(account);
      },
    };
  });

/** A server that stores something else than the account which signed up. */
const storing = (change: (account: AccountRecord) => AccountRecord): ServerFault['create'] =>
  inStore((own) => ({ addAccount: (account) => own.addAccount(change(account)) }));

/** A refusal that does not say what was refused. */
const fieldlessWhere = (isMeant: (error: Json, body: Json) => boolean): ServerFault['create'] =>
  faulty({
    around: (server) => async (request) => {
      const sent = await bodyOf(request);
      const response = await server.fetch(request);
      if (response.status !== 400) return response;
      const { field, ...error } = (await response.json()) as Json;
      return Response.json(isMeant(error, sent) ? error : { ...error, field }, response);
    },
  });

const forms: readonly ServerFault[] = [
  {
    id: 'signup-members-filled-in',
    title: 'takes a signup without some members, for which it has defaults',
    requirement: 'HTTP-07',
    create: mending((body) => Object.fromEntries(NAMES.map((name) => [name, body[name] ?? '']))),
  },
  {
    id: 'signup-numbers-taken',
    title: 'takes numbers for text',
    requirement: 'HTTP-07',
    create: mending((body) =>
      Object.fromEntries(NAMES.map((name) => [name, typeof body[name] === 'number' ? '7' : body[name]])),
    ),
  },
  {
    id: 'signup-members-ignored',
    title: 'ignores members that a signup does not have',
    requirement: 'HTTP-07',
    create: mending((body) =>
      Object.fromEntries(
        Object.keys(body).map((name) => [name, MEMBERS.includes(name) ? body[name] : undefined]),
      ),
    ),
  },
  {
    id: 'signup-hex-lower-cased',
    title: 'takes hex in upper case',
    requirement: 'ENC-02',
    create: mendingText(HEX, (hex) => hex.toLowerCase()),
  },
  {
    id: 'signup-hex-unchecked-end',
    title: 'takes hex with a line feed at its end, which the end of a regular expression lets through',
    requirement: 'ENC-01',
    create: mendingText(HEX, (hex) => hex.replace(/\n$/, '')),
  },
  {
    id: 'signup-id-unchecked',
    title: 'takes anything as the id of an account',
    requirement: 'HTTP-07',
    create: mendingText(['id'], (id) => (/^act_[0-9a-f]{64}$/.test(id) ? id : `act_${sha256(id)}`)),
  },
  {
    id: 'signup-id-upper-case',
    title: 'takes an id in upper-case hex',
    requirement: 'ENC-02',
    create: mendingText(['id'], (id) => id.toLowerCase()),
  },
  {
    id: 'signup-address-without-at',
    title: 'takes what is no address',
    requirement: 'HTTP-07',
    create: mendingText(['email'], (email) => (email.includes('@') ? email : `${email}@example.com`)),
  },
  {
    id: 'signup-names-cut',
    title: 'cuts names that are too long',
    requirement: 'HTTP-07',
    create: mendingText(NAMES, (name) => Array.from(name).slice(0, 200).join('')),
  },
  {
    id: 'verifier-1-taken',
    title: 'takes 1 and N − 1 for a verifier',
    requirement: 'SRP-11',
    create: mendingText(['verifier'], (verifier) =>
      /^0{511}1$/.test(verifier) || verifier === (N - 1n).toString(16)
        ? verifier.replace(/.$/, '2')
        : verifier,
    ),
  },
  {
    id: 'signup-message-members-ignored',
    title: 'takes a message with more members than its four',
    requirement: 'AES-10',
    create: mendingJson(MESSAGES, ({ alg: _, ...message }) => message),
  },
  {
    id: 'signup-message-tag-cut',
    title: 'takes a tag of any length in a message',
    requirement: 'HTTP-07',
    create: mendingJson(MESSAGES, (message) => ({
      ...message,
      ...('t' in message && { t: String(message['t']).padEnd(32, '0').slice(0, 32) }),
    })),
  },
  {
    id: 'signup-message-upper-case',
    title: 'takes a message in upper-case hex',
    requirement: 'ENC-02',
    create: mendingJson(MESSAGES, (message) => ({
      ...message,
      ...('d' in message && typeof message['d'] === 'string' && { d: message['d'].toLowerCase() }),
    })),
  },
  {
    id: 'signup-address-kept',
    title: 'keeps the address of a signup that it refuses',
    requirement: 'HTTP-11',
    create: addressKept(),
  },
  {
    id: 'signup-address-kept-of-a-part',
    title: 'keeps the address of a signup in which a member is missing',
    requirement: 'HTTP-11',
    create: addressKept((body) => MEMBERS.some((name) => body[name] === undefined)),
  },
  {
    id: 'signup-values-taken',
    title: 'takes an object with a value for the value',
    requirement: 'HTTP-07',
    create: mending((body) =>
      Object.fromEntries(Object.entries(body).map(([name, held]) => [name, valueIn(held)])),
    ),
  },
  {
    id: 'signup-members-of-accounts-ignored',
    title: 'ignores a signup that says when the account was made, or its address under a name in upper case',
    requirement: 'HTTP-07',
    create: mending(() => ({ created: undefined, Email: undefined })),
  },
  {
    id: 'signup-spaces-in-addresses-dropped',
    title: 'takes an address with a no-break space in it',
    requirement: 'HTTP-07',
    create: mendingText(['email'], (email) => email.replace('\u00a0', '')),
  },
  {
    id: 'signup-names-of-emoji-cut',
    title: 'cuts names of more than 200 emoji',
    requirement: 'HTTP-07',
    create: mendingText(NAMES, (name) =>
      /^\p{Emoji}{201}$/u.test(name) ? Array.from(name).slice(0, 200).join('') : name,
    ),
  },
  {
    id: 'signup-refusal-of-texts-without-field',
    title:
      'names the member that it refuses at a signup where it is missing, no text or unknown, and not where a text is not of its form',
    requirement: 'ERROR-03',
    create: fieldlessWhere(
      ({ error }, body) =>
        error === 'malformed' &&
        MEMBERS.every((name) => typeof body[name] === 'string') &&
        Object.keys(body).length === MEMBERS.length,
    ),
  },
  {
    id: 'signup-refusal-without-field',
    title: 'refuses without naming the member',
    requirement: 'ERROR-03',
    create: fieldlessWhere(() => true),
  },
];

const keys: readonly ServerFault[] = [
  {
    id: 'signup-key-kind-unchecked',
    title: 'takes a public key of another kind or for another use',
    requirement: 'JWK-04',
    create: mendingKey((jwk) => ({ ...jwk, kty, alg, key_ops })),
  },
  {
    id: 'signup-modulus-unchecked',
    title: 'takes a public key with any modulus',
    requirement: 'JWK-05',
    create: mendingKey((jwk) => ({ ...jwk, n })),
  },
  {
    id: 'signup-exponent-unchecked',
    title: 'takes a public key with any exponent',
    requirement: 'JWK-06',
    create: mendingKey((jwk) => ({ ...jwk, e })),
  },
  {
    id: 'signup-modulus-zero-dropped',
    title: 'takes a modulus with a zero byte before it',
    requirement: 'JWK-07',
    create: mendingKey((jwk) => {
      const bytes = bytesOf(jwk['n']);
      return bytes[0] === 0 ? { ...jwk, n: bytes.subarray(1).toString('base64url') } : jwk;
    }),
  },
  {
    id: 'signup-private-key-taken',
    title: 'takes a public key that holds the private one',
    requirement: 'JWK-08',
    create: mendingKey(({ d: _, ...jwk }) => jwk),
  },
  {
    id: 'signup-base64url-lenient',
    title: 'takes a modulus in base64 of any kind',
    requirement: 'ENC-03',
    create: mendingKey((jwk) =>
      typeof jwk['n'] === 'string' && bytesOf(jwk['n']).length === 256
        ? { ...jwk, n: bytesOf(jwk['n']).toString('base64url') }
        : jwk,
    ),
  },
  {
    id: 'signup-key-percent-encoded',
    title: 'takes a public key that is percent-encoded',
    requirement: 'HTTP-07',
    create: mendingText(['publicKey'], (text) => (text.startsWith('%7B') ? decodeURIComponent(text) : text)),
  },
  {
    id: 'signup-key-order-fixed',
    title: 'refuses a public key whose members come in another order',
    requirement: 'JWK-03',
    create: refusing(({ publicKey }) => String(publicKey).startsWith('{"n"')),
  },
  {
    id: 'signup-names-trimmed',
    title: 'trims the names of an account that signs up',
    requirement: 'WHOAMI-01',
    create: storing((account) => ({
      ...account,
      firstName: account.firstName.trim(),
      lastName: account.lastName.trim(),
    })),
  },
  {
    id: 'signup-messages-written-anew',
    title: 'stores the JSON of the wrapped keys of a signup as it would write it itself',
    requirement: 'KEY-05',
    create: storing((account) => ({
      ...account,
      encPrivateKey: JSON.stringify(JSON.parse(account.encPrivateKey)),
      encSymmetricKey: JSON.stringify(JSON.parse(account.encSymmetricKey)),
    })),
  },
  {
    id: 'signup-addresses-by-a-collation',
    title: 'takes addresses that differ in accents for one',
    requirement: 'SIGNUP-07',
    create: takenBy((email) => email.normalize('NFD').replace(/\p{M}/gu, '')),
  },
  {
    id: 'signup-addresses-without-dots',
    title: 'takes addresses that differ in dots or a tag for one, as some who deliver mail do',
    requirement: 'SIGNUP-07',
    create: takenBy((email) => email.replace(/\+.*(?=@)/, '').replace(/\.(?=.*@)/g, '')),
  },
  {
    id: 'signup-names-in-utf-16',
    title: 'counts the UTF-16 units of a name for its characters',
    requirement: 'SIGNUP-07',
    create: refusing(({ firstName }) => String(firstName).length > 200),
  },
];

export const signupServerFaults: readonly ServerFault[] = [...forms, ...keys];
