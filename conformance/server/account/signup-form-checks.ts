/** Signups that are not of their form: each refused, and nothing stored of it (7.1, 9.2). */
import { randomBytes } from 'node:crypto';
import signupRequest from '../../../spec/schemas/signup-request.schema.json' with { type: 'json' };
import { expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { ADDRESS_PREFIX, addressWith } from '../bench/address.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import {
  otherTypes,
  spoiledEmail,
  spoiledHex,
  spoiledId,
  spoiledMessage,
  spoiledMessageHex,
  spoiledName,
  type Spoiled,
} from '../fixtures/ill-formed.ts';
import { spoiledJwk } from './ill-formed-jwk.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { numbered } from '../fixtures/numbered.ts';
import { shared } from '../fixtures/shared.ts';
import { groupElement, N } from '../fixtures/group-element.ts';

export type Body = Readonly<Record<string, unknown>>;

/** A signup whose members belong together; no account is made with it. */
const template = shared(async (bench) => await bench.prepare('signup-forms'));

/** The letter at its end keeps one with more behind it apart from a later one. */
const numberOf = numbered();

/**
 * A signup with an id and an address that nobody has, under which a login fails and everything else is as it should be:
 * a server cannot tell whether a verifier belongs to an address.
 */
export async function unusedSignup(bench: ServerBench): Promise<Readonly<Record<string, string>>> {
  const { body } = await template(bench);
  return {
    ...body,
    id: `act_${randomBytes(32).toString('hex')}`,
    email: addressWith(body.email, `.${numberOf(bench)}n`),
  };
}

/** Sends a signup. */
export const signUp = (bench: ServerBench, body: Body): Promise<Exchange> =>
  bench.send('POST', '/auth/signup', { body });

/** A signup that is as it should be. @throws Failure where it is refused, or there is no such account afterwards */
export async function expectSignedUp(bench: ServerBench, body: Body, what: string): Promise<void> {
  const answer = await signUp(bench, body);
  expectThat(isSuccess(answer), `${what} was refused`, {
    sent: requestLine(answer),
    expected: 'status 200',
    actual: statusAndBody(answer),
  });
  const { responseBody } = await bench.send('POST', '/auth/login-s', { body: { email: body['email'] } });
  for (const salt of ['saltKey', 'saltAuth'])
    expectSame(`${salt} after ${what}`, textOf(body, salt), textOf(jsonOf(responseBody), salt));
}

/** A member of a signup and how it is spoiled. */
interface Row extends Spoiled {
  readonly member: string;
}

/** Every way for every one of these members. */
const rowsOf = (members: readonly string[], ways: readonly Spoiled[]): readonly Row[] =>
  members.flatMap((member) => ways.map((way) => ({ member, ...way })));

interface Refused {
  readonly name: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly rows: readonly Row[];
  readonly error?: string;
}

/**
 * A check that every row is refused with 400; in the end the same signup as it should be is taken, since nothing of the
 * others was stored.
 */
const refused = ({ name, title, requirements, rows, error }: Refused): Check<ServerBench> => ({
  id: `server.signup.${name}`,
  title,
  requirements: [...requirements, 'HTTP-11'],
  twin: async (bench) => {
    await expectSignedUp(bench, await unusedSignup(bench), 'a signup as it should be');
  },
  async run(bench) {
    let body = await unusedSignup(bench);
    await judgeRows(rows, async ({ member, what, spoil }) => {
      const answer = await signUp(bench, { ...body, [member]: spoil(body[member] ?? '') });
      if (isSuccess(answer)) body = await unusedSignup(bench);
      expectRefusal(`a signup whose ${member} is ${what}`, answer, [400], error);
    });
    await expectSignedUp(
      bench,
      body,
      'a signup as it should be, after others with its id and address were refused,',
    );
  },
});

/** The members of a signup, as 7.1 names them. */
const MEMBERS = signupRequest.required;
const HEX = ['saltKey', 'saltAuth', 'saltEnc', 'verifier'] as const;
const MESSAGES = ['encPrivateKey', 'encSymmetricKey'] as const;
const MISSING: Spoiled = { what: 'missing', spoil: () => undefined };

/** Members that a signup does not have: a server that merges them into its account lets strangers set anything. */
const UNKNOWN: readonly Row[] = [
  { member: 'isVerified', what: 'true, which a signup does not have', spoil: () => true },
  {
    member: 'created',
    what: 'a time, which a signup does not have',
    spoil: () => '2001-01-01T00:00:00.000Z',
  },
  { member: 'passphrase', what: 'a text, which a signup does not have', spoil: () => 'x' },
  {
    member: 'Email',
    what: 'a text, which a signup does not have',
    spoil: () => `${ADDRESS_PREFIX}x@example.com`,
  },
];

/** Values without which the equations of a login hold for everybody, or that are no group element (5.2). */
const VERIFIERS: Readonly<Record<string, bigint>> = {
  '0': 0n,
  '1': 1n,
  'N − 1': N - 1n,
  N,
  'N + 1': N + 1n,
  'N + 2': N + 2n,
  '2²⁰⁴⁸ − 1': 2n ** 2048n - 1n,
};

const forms: readonly Refused[] = [
  {
    name: 'missing',
    title: 'A signup without one of its members is refused.',
    requirements: ['HTTP-07'],
    rows: rowsOf(MEMBERS, [MISSING]),
  },
  {
    name: 'type',
    title: 'A signup in which a member is no text is refused.',
    requirements: ['HTTP-07'],
    rows: rowsOf(MEMBERS, otherTypes),
  },
  {
    name: 'unknown-member',
    title: 'A signup with a member that it does not have is refused.',
    requirements: ['HTTP-07'],
    rows: UNKNOWN,
  },
  {
    name: 'hex',
    title: 'A signup with a salt or verifier that is not hex of its length is refused.',
    requirements: ['ENC-01', 'ENC-02', 'HTTP-07'],
    rows: rowsOf(HEX, spoiledHex),
  },
  {
    name: 'id-form',
    title: 'A signup whose id is not act_ and 64 lower-case hex digits is refused.',
    requirements: ['ENC-02', 'HTTP-07'],
    rows: rowsOf(['id'], spoiledId),
  },
  {
    name: 'email-form',
    title: 'A signup with what is no address is refused.',
    requirements: ['HTTP-07'],
    rows: rowsOf(['email'], spoiledEmail),
  },
  {
    name: 'name-form',
    title: 'A signup with a name of more than 200 characters, or with half a character, is refused.',
    requirements: ['HTTP-07'],
    rows: rowsOf(['firstName', 'lastName'], spoiledName),
  },
  {
    name: 'verifier-range',
    title: 'A verifier of 0, 1, N − 1 or more is refused: anybody could log in.',
    requirements: ['SRP-11'],
    error: 'group-element',
    rows: Object.entries(VERIFIERS).map(([what, value]) => ({
      member: 'verifier',
      what,
      spoil: () => groupElement(value),
    })),
  },
  {
    name: 'message',
    title: 'A signup with a wrapped key that is no message of four strings is refused.',
    requirements: ['AES-10', 'HTTP-07'],
    rows: rowsOf(MESSAGES, spoiledMessage),
  },
  {
    name: 'message-hex',
    title: 'A signup with a message whose members are not hex of their length is refused.',
    requirements: ['ENC-02', 'HTTP-07'],
    rows: rowsOf(MESSAGES, spoiledMessageHex),
  },
];

/** What is wrong with a public key, by requirement. */
const KEY_TITLES: Readonly<Record<string, string>> = {
  'JWK-04': 'whose kty, alg or key_ops is another',
  'JWK-05': 'whose modulus is even or has not 2048 bits',
  'JWK-06': 'whose e is not AQAB',
  'JWK-07': 'in which a number begins with a zero byte',
  'JWK-08': 'that holds members of a private or symmetric key',
  'ENC-03': 'that is not written in strict base64url',
  'HTTP-07': 'that is no JSON text of a key',
};

const keys: readonly Refused[] = Object.entries(KEY_TITLES).map(([requirement, title]) => ({
  name: `public-key-${requirement}`,
  title: `A signup with a public key ${title} is refused.`,
  requirements: [requirement],
  rows: rowsOf(['publicKey'], spoiledJwk[requirement] ?? []),
}));

export const signupFormChecks: readonly Check<ServerBench>[] = [...forms, ...keys].map(refused);

/** One spoiled value for each member, for a check of what the refusal says. */
export const onePerMember: readonly Row[] = [
  ...rowsOf(MEMBERS, [MISSING, { what: 'a number', spoil: () => 7 }]),
  ...rowsOf(HEX, [{ what: 'a byte short', spoil: (hex) => hex.slice(2) }]),
  ...rowsOf(['publicKey', ...MESSAGES], [{ what: 'no JSON', spoil: () => '{' }]),
  ...UNKNOWN.slice(0, 1),
];
