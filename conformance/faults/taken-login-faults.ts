/** Clients that take one wrong salt, B or M2 of a login, and refuse every other (5.3, 5.5, 7.3). */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { toHex, type Steps } from '../../reference/index.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import { LOGIN_A, LOGIN_S } from '../peer/calls.ts';
import { answerChanged, type Base, type ClientFault } from './client-parts.ts';
import { brought, inUpperCase, ofLength, takes, text } from './taken.ts';

/** What a salt is taken for that is none. */
const SALT = '5a'.repeat(32);

const salt = (name: 'saltKey' | 'saltAuth', id: string, looks: (salt: unknown) => boolean): ClientFault =>
  takes(
    `${name}-${id}`,
    brought(
      'login',
      LOGIN_S,
      (answer) => looks(answer[name]),
      (answer) => ({ ...answer, [name]: SALT }),
    ),
  );

const salts: readonly ClientFault[] = [
  salt('saltKey', 'short', ofLength(31)),
  salt('saltKey', 'empty', ofLength(0)),
  salt('saltKey', 'upper-case', inUpperCase),
  salt('saltAuth', 'long', ofLength(33)),
  salt('saltAuth', 'short', ofLength(31)),
  salt('saltAuth', 'empty', ofLength(0)),
  salt('saltAuth', 'upper-case', inUpperCase),
  salt('saltAuth', 'missing', (value) => value === undefined),
];

/** B is taken for the 2 where it looks so. */
const ephemeral = (id: string, looks: (B: unknown) => boolean): ClientFault =>
  takes(
    `B-${id}`,
    brought(
      'login',
      LOGIN_A,
      ({ srpB }) => looks(srpB),
      (answer) => ({ ...answer, srpB: '2'.padStart(512, '0') }),
    ),
  );

const numberOf = (B: unknown): bigint => (/^[0-9a-f]+$/.test(text(B)) ? BigInt(`0x${text(B)}`) : -1n);

const ephemerals = (N: bigint): readonly ClientFault[] => [
  ephemeral('zero', (B) => numberOf(B) === 0n),
  ephemeral('N', (B) => numberOf(B) === N),
  ephemeral('2N', (B) => numberOf(B) === 2n * N),
  ephemeral('N-plus-1', (B) => numberOf(B) === N + 1n),
  // Between, where one compares the first bytes only.
  ephemeral('above-N', (B) => numberOf(B) > N + 1n && numberOf(B) < N + 256n),
  ephemeral('all-ones', (B) => /^f{512}$/.test(text(B))),
  ephemeral('short', (B) => ofLength(128)(B)),
  ephemeral('long', (B) => /^00[0-9a-f]{512}$/.test(text(B))),
  ephemeral('odd', (B) => text(B).length === 511),
  ephemeral('upper-case', inUpperCase),
  ephemeral('prefixed', (B) => text(B).startsWith('0x')),
  ephemeral('not-hex', (B) => /^[0-9a-f]*[g-z][0-9a-z]*$/.test(text(B)) && ofLength(256)(B)),
  ephemeral('missing', (B) => B === undefined),
  ephemeral('number', (B) => typeof B === 'number'),
];

/** What a client knows when it judges M2. */
interface Proof {
  /** As it came. */
  readonly srpM2: unknown;
  /** As it must be; hex. */
  readonly M2: string;
  readonly M1: string;
  /** Those of the logins before. */
  readonly before: ReadonlySet<string>;
  /** One that came with B. */
  readonly early: unknown;
}

/** M2 is taken where it looks so. */
const proof = (id: string, looks: (proof: Proof) => boolean): ClientFault =>
  takes(`M2-${id}`, (base: Base = (own) => own) => {
    let [srpM2, early]: unknown[] = [];
    let M1 = '';
    const before = new Set<string>();
    const judging = (own: Steps): Steps => ({
      ...own,
      srp: {
        ...own.srp,
        M1(input) {
          const proved = own.srp.M1(input);
          M1 = toHex(proved);
          return proved;
        },
      },
      accept: {
        ...own.accept,
        M2(expected, actual) {
          const M2 = toHex(expected);
          const isTaken = looks({ srpM2, M2, M1, before: new Set(before), early });
          before.add(M2);
          if (!isTaken) own.accept.M2(expected, typeof srpM2 === 'string' ? strictly(srpM2) : actual);
        },
      },
    });
    return referenceVerbs({
      steps: (own) => judging(base(own)),
      fetch: async (request) => {
        const { pathname } = new URL(request.url);
        return await answerChanged(request, pathname, (body) => {
          if (pathname === '/auth/login-a') early = body['srpM2'];
          if (pathname !== '/auth/login-m1') return body;
          srpM2 = body['srpM2'];
          return { ...body, srpM2: '00'.repeat(32) };
        });
      },
    });
  });

/** The bytes of M2, or none where it has another form. */
const strictly = (hex: string): Uint8Array =>
  /^[0-9a-f]{64}$/.test(hex) ? Uint8Array.from(Buffer.from(hex, 'hex')) : new Uint8Array();

const proofs: readonly ClientFault[] = [
  proof('last-bit', ({ srpM2, M2 }) => ofLength(32)(srpM2) && text(srpM2).slice(0, -2) === M2.slice(0, -2)),
  proof('first-bit', ({ srpM2, M2 }) => ofLength(32)(srpM2) && text(srpM2).slice(2) === M2.slice(2)),
  proof('replayed', ({ srpM2, before }) => before.has(text(srpM2))),
  proof('is-M1', ({ srpM2, M1 }) => srpM2 === M1),
  proof('missing', ({ srpM2, early }) => srpM2 === undefined && early === undefined),
  proof('empty', ({ srpM2 }) => srpM2 === ''),
  proof('truncated', ({ srpM2, M2 }) => ofLength(16)(srpM2) && M2.startsWith(text(srpM2))),
  proof('extended', ({ srpM2, M2 }) => ofLength(33)(srpM2) && text(srpM2).startsWith(M2)),
  proof('upper-case', ({ srpM2, M2 }) => inUpperCase(srpM2) && text(srpM2).toLowerCase() === M2),
  proof('early', ({ srpM2, M2, early }) => srpM2 === undefined && early === M2),
];

/** A saltEnc in another form is taken for the bytes that it has. */
const saltEnc = (id: string, looks: (salt: unknown) => boolean): ClientFault => ({
  ...takes(`saltEnc-${id}`, (base: Base = (own) => own) => {
    let came: string | undefined;
    const STAND_IN = 'e5'.repeat(32);
    return referenceVerbs({
      steps: (given) => {
        const own = base(given);
        return {
          ...own,
          SLT_TMP: (salt, email) =>
            own.SLT_TMP(came !== undefined && toHex(salt) === STAND_IN ? fromText(came) : salt, email),
        };
      },
      fetch: (request) =>
        answerChanged(request, '/auth/whoami', (body) => {
          came = looks(body['saltEnc']) ? text(body['saltEnc']) : undefined;
          return came === undefined ? body : { ...body, saltEnc: STAND_IN };
        }),
    });
  }),
  // What was sealed with it was so in full.
  inFull: true,
});

const fromText = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** The saltEnc that an account had first, whatever comes afterwards, until it is changed. */
const keptSaltEnc: ClientFault = takes('saltEnc-of-another', (base) => {
  const first = new Map<unknown, unknown>();
  return referenceVerbs({
    steps: base,
    fetch: async (request) => {
      if (request.url.endsWith('/auth/change-password')) first.clear();
      return await answerChanged(request, '/auth/whoami', (body) => {
        const { accountId, saltEnc: came } = body;
        if (!ofLength(32)(came) || inUpperCase(came)) return body;
        if (!first.has(accountId)) first.set(accountId, came);
        return { ...body, saltEnc: first.get(accountId) };
      });
    },
  });
});

export const takenLoginFaults: readonly ClientFault[] = [
  ...salts,
  ...ephemerals(BigInt(`0x${protocol.constants.N.value}`)),
  ...proofs,
  saltEnc('short', ofLength(31)),
  saltEnc('empty', ofLength(0)),
  saltEnc('upper-case', inUpperCase),
  keptSaltEnc,
];
