/** Faulty servers in a login: what they take for A, M1 and a starter, and what they tell of strangers (5.3 to 5.5, 7.3). */
import { createHash, randomUUID } from 'node:crypto';
import { createSteps, fromHex, toHex, toInteger, type Steps, type Store } from '../../reference/index.ts';
import { modExp } from '../../spec/crypto.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { answering, faulty, inAccept, inSrp, inStore, reading, type ServerFault } from './server-parts.ts';

const N = BigInt(`0x${protocol.constants.N.value}`);

type Json = Readonly<Record<string, unknown>>;
type Create = ServerFault['create'];

const pathOf = (request: Request): string => new URL(request.url).pathname;
const json = async (message: Request | Response): Promise<Json> => (await message.clone().json()) as Json;
const withBody = (request: Request, body: unknown): Request =>
  new Request(request.url, { method: 'POST', headers: request.headers, body: JSON.stringify(body) });
/** Without the words of eight bytes, from its end, that are zero at its beginning. */
const withoutZeroWords = (bytes: Uint8Array): Uint8Array =>
  bytes.subarray(Math.floor(bytes.findIndex((byte) => byte !== 0) / 8) * 8);
const withoutZeros = (bytes: Uint8Array): Uint8Array => bytes.subarray(bytes.findIndex((byte) => byte !== 0));
const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.from(one).equals(other);

/** A malformed login-m1 uses up its starter. */
const starterLostToMalformed: Create = faulty({
  around: (server) => async (request) => {
    const copy = request.clone();
    const response = await server.fetch(request);
    if (pathOf(copy) === '/auth/login-m1' && response.status === 400)
      await server.fetch(withBody(copy, { ...(await json(copy)), srpM1: '0'.repeat(64) }));
    return response;
  },
});

/** Takes M1 as either profile makes it. */
const bothProofs: Create = (input) => {
  let foreign = new Uint8Array();
  const other = createSteps(input.profile === 'documented' ? 'deployed' : 'documented');
  const steps = (own: Steps): Steps => ({
    ...own,
    srp: {
      ...own.srp,
      M1(values) {
        foreign = Uint8Array.from(other.srp.M1(values));
        return own.srp.M1(values);
      },
    },
    accept: { ...own.accept, M1: (expected, actual) => same(expected, actual) || same(foreign, actual) },
  });
  return faulty({ steps })(input);
};

/** Starters under other ids. */
const startersNamed = (create: () => () => string): Create => {
  return (input) => {
    const name = create();
    const ids = new Map<unknown, unknown>();
    return faulty({
      around: (server) => async (request) => {
        if (pathOf(request) === '/auth/login-m1') {
          const body = await json(request).catch(() => undefined);
          const id = ids.get(body?.['sessionStarterId']);
          return await server.fetch(
            id === undefined ? request : withBody(request, { ...body, sessionStarterId: id }),
          );
        }
        const response = await server.fetch(request);
        if (!response.ok || pathOf(request) !== '/auth/login-a') return response;
        const answer = await json(response);
        const sessionStarterId = name();
        ids.set(sessionStarterId, answer['sessionStarterId']);
        return Response.json({ ...answer, sessionStarterId }, { headers: response.headers });
      },
    })(input);
  };
};

/** A starter is forgotten a moment after it was used. */
const startersForgottenLate: Create = inStore((own) => {
  const used = new Map<string, ReturnType<Store['takeStarter']>>();
  return {
    takeStarter(id) {
      const starter = own.takeStarter(id) ?? used.get(id);
      used.set(id, starter);
      setTimeout(() => used.delete(id), 100).unref();
      return starter;
    },
  };
});

/** Answers login-s for an address as it did the first time. */
const saltsRemembered: Create = (input) => {
  const answers = new Map<unknown, Json>();
  return faulty({
    around: (server) => async (request) => {
      const copy = request.clone();
      const response = await server.fetch(request);
      if (pathOf(copy) !== '/auth/login-s' || !response.ok) return response;
      const { email } = await json(copy);
      const answer = answers.get(email) ?? (await json(response));
      answers.set(email, answer);
      return Response.json(answer, { headers: response.headers });
    },
  })(input);
};

/** Starts a session as soon as K can be computed: when A comes. */
const sessionBeforeProof: Create = (input) => {
  const { srp } = createSteps(input.profile);
  return inStore((own) => ({
    addStarter(id, starter) {
      own.addStarter(id, starter);
      const account = own.accountByEmail(starter.email);
      if (account === undefined) return;
      const { A, B, b } = starter;
      const K = srp.K(srp.S_server({ A, b, u: srp.u(A, B), v: fromHex(account.verifier, 'verifier') }));
      own.addSession(createHash('sha256').update(toHex(K)).digest('hex'), account.id);
    },
  }))(input);
};

/** Refuses an account that is not confirmed before it looks at the proof. */
const unconfirmedFirst: Create = (input) => {
  let isWaiting = false;
  return faulty({
    store: (own) => ({
      ...own,
      takeStarter(id) {
        const starter = own.takeStarter(id);
        isWaiting = own.accountByEmail(starter?.email ?? '')?.isVerified === false;
        return starter;
      },
    }),
    steps: (own) => ({
      ...own,
      accept: { ...own.accept, M1: (expected, actual) => isWaiting || own.accept.M1(expected, actual) },
    }),
  })(input);
};

export const loginServerFaults: readonly ServerFault[] = [
  {
    id: 'A-without-zeros',
    title: 'hashes A without the zero bytes that it begins with',
    requirement: 'SRP-22',
    create: inSrp((own) => ({
      u: (A, B) => own.primitives.sha256(Uint8Array.from([...withoutZeros(A), ...withoutZeros(B)])),
    })),
  },
  {
    id: 'A-without-zero-words',
    title: 'hashes A without the words of eight zero bytes that it begins with',
    requirement: 'SRP-22',
    create: inSrp((own) => ({
      u: (A, B) => own.primitives.sha256(Uint8Array.from([...withoutZeroWords(A), ...B])),
    })),
  },
  {
    id: 'generator-of-five',
    title: 'computes B with 5 for g',
    requirement: 'SRP-01',
    create: inSrp((own) => ({
      B(b, v) {
        const exponent = toInteger(b);
        const B = toInteger(own.srp.B(b, v)) - modExp(2n, exponent, N) + modExp(5n, exponent, N);
        return fromHex((((B % N) + N) % N).toString(16).padStart(512, '0'), 'B');
      },
    })),
  },
  {
    id: 'salts-without-zeros',
    title: 'keeps a salt as a number, and fills up what it hands out at its end',
    requirement: 'SRP-03',
    create: answering('/auth/login-s', (answer) => ({
      ...answer,
      saltAuth: String(answer['saltAuth']).replace(/^0+/, '').padEnd(64, '0'),
    })),
  },
  {
    id: 'salt-key-without-zeros',
    title: 'keeps SLT_Auth_1 as a number, and fills up what it hands out at its end',
    requirement: 'LOGIN-02',
    create: answering('/auth/login-s', (answer) => ({
      ...answer,
      saltKey: String(answer['saltKey']).replace(/^0+/, '').padEnd(64, '0'),
    })),
  },
  {
    id: 'M1-upper-case',
    title: 'takes M1 in upper-case hex, or with a line feed at its end',
    requirement: 'ENC-02',
    create: reading('/auth/login-m1', (body) => ({
      ...body,
      srpM1: typeof body['srpM1'] === 'string' ? body['srpM1'].toLowerCase().trim() : body['srpM1'],
    })),
  },
  {
    id: 'starter-lost-to-malformed',
    title: 'uses up a starter for a malformed proof',
    requirement: 'LOGIN-07',
    create: starterLostToMalformed,
  },
  {
    id: 'M1-first-bit',
    title: 'does not look at the first bit of M1',
    requirement: 'LOGIN-08',
    create: inAccept({
      M1: (expected, actual) =>
        ((expected[0] ?? 0) | 0x80) === ((actual[0] ?? 0) | 0x80) &&
        same(expected.subarray(1), actual.subarray(1)),
    }),
  },
  {
    id: 'M1-of-both-profiles',
    title: 'takes the M1 of the other profile too',
    requirement: 'LOGIN-08',
    create: bothProofs,
  },
  {
    id: 'starters-counted',
    title: 'counts its starters',
    requirement: 'LOGIN-03',
    create: startersNamed(() => {
      let count = 0;
      return () => `starter-${++count}`;
    }),
  },
  {
    id: 'starters-uuid',
    title: 'names starters by UUIDs, in which six bits of sixteen bytes are not random',
    requirement: 'LOGIN-03',
    create: startersNamed(() => randomUUID),
  },
  {
    id: 'starter-forgotten-late',
    title: 'forgets a starter a moment after it was used',
    requirement: 'LOGIN-05',
    create: startersForgottenLate,
  },
  {
    id: 'login-address-unchecked',
    title: 'answers a login with what is no address',
    requirement: 'HTTP-07',
    create: reading('/auth/login-s', (body) => ({
      ...body,
      ...(typeof body['email'] === 'string' && { email: body['email'].replace(/^[^@]*$/, '$&@example.com') }),
    })),
  },
  {
    id: 'login-address-behind-its-last-sign',
    title: 'takes of an address with two @ in login-a what follows the first',
    requirement: 'HTTP-07',
    create: reading('/auth/login-a', (body) => ({
      ...body,
      ...(typeof body['email'] === 'string' && { email: body['email'].replace(/^[^@]*@(?=[^@]+@)/, '') }),
    })),
  },
  {
    id: 'A-of-any-length',
    title: 'takes an A of more than 256 bytes modulo N, and then 0 too',
    requirement: 'SRP-16',
    create: reading(
      '/auth/login-a',
      (body) => {
        const srpA = String(body['srpA']);
        const isLong = /^[0-9a-f]{513,}$/.test(srpA);
        return isLong ? { ...body, srpA: (BigInt(`0x${srpA}`) % N).toString(16).padStart(512, '0') } : body;
      },
      { steps: (own) => ({ ...own, accept: { ...own.accept, A: (hex) => fromHex(hex, 'A') } }) },
    ),
  },
  {
    id: 'proof-without-A',
    title: 'takes the id of an account for a login that was begun, and any proof for it',
    requirement: 'LOGIN-09',
    create: (input) =>
      faulty({
        around: (server) => async (request) => {
          if (pathOf(request) !== '/auth/login-m1') return await server.fetch(request);
          const { sessionStarterId } = await json(request).catch((): Json => ({}));
          const isAccount = input.store.accountById(String(sessionStarterId)) !== undefined;
          return isAccount ? Response.json({ srpM2: 'ab'.repeat(32) }) : await server.fetch(request);
        },
      })(input),
  },
  {
    id: 'salts-remembered',
    title: 'answers login-s for an address as it did before there was an account',
    requirement: 'LOGIN-02',
    create: saltsRemembered,
  },
  {
    id: 'session-taken-early',
    title: 'takes the session id of a login before its proof',
    requirement: 'SRP-30',
    create: sessionBeforeProof,
  },
  {
    id: 'unconfirmed-told-first',
    title: 'tells that an address is not confirmed before it looks at the proof',
    requirement: 'LOGIN-08',
    profile: 'documented',
    create: unconfirmedFirst,
  },
];
