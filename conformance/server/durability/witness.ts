/** Somebody who uses a server that may die at any moment, and knows what it has acknowledged (HTTP-14). */
import { Blocked } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { requireJudged } from '../answers/refusal.ts';
import { addressWith } from '../bench/address.ts';
import { isSuccess, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import { accountWith, credentialOf, readyLogin, type Credential } from '../bench/credential.ts';
import { numbered } from '../fixtures/numbered.ts';
import { material } from '../story/material.ts';

/** What was acknowledged last, and what a request under way would put in its place. */
export interface Known<T> {
  readonly certain: T;
  readonly possible: T;
}

export const certainly = <T>(value: T): Known<T> => ({ certain: value, possible: value });

/** Both, or the one where nothing is under way. */
export const candidates = <T>({ certain, possible }: Known<T>): readonly T[] => [
  ...new Set([certain, possible]),
];

export interface Witness extends Device {
  readonly bench: ServerBench;
  /** What opens the account. */
  credential: Known<Credential>;
  /** Another one after every restart. */
  sessionId: string;
}

/** An answer that acknowledges nothing. */
export class Unacknowledged extends Error {
  constructor(answer: Exchange) {
    super(`${answer.method} ${answer.target} was refused: ${statusAndBody(answer)}`);
    this.name = 'Unacknowledged';
  }
}

/** Makes a call. @returns its answer @throws Unacknowledged unless it is a success */
export async function acknowledged(
  { call }: Device,
  ...request: Parameters<Device['call']>
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await call(...request);
  if (!isSuccess(answer)) throw new Unacknowledged(answer);
  return jsonOf(answer.responseBody);
}

/** What stands before the @ has 64 bytes at most in mail: nothing but a number tells newcomers apart. */
const numberOf = numbered();

/** An account that nobody has signed up yet. */
export async function newcomer(bench: ServerBench): Promise<Pick<Witness, 'account' | 'credential'>> {
  const { pattern } = await material(bench);
  const credential = credentialOf(bench);
  const body = accountWith(
    pattern.body,
    credential,
    addressWith(pattern.body.email, `.w${numberOf(bench)}`),
    'Witness',
  );
  return { account: { typed: pattern.typed, body }, credential: certainly(credential) };
}

/** Signs up, and leaves the address as it is. @throws Blocked */
export async function signedUp(bench: ServerBench): ReturnType<typeof newcomer> {
  const made = await newcomer(bench);
  const answer = await bench.send('POST', '/auth/signup', { body: made.account.body });
  if (!isSuccess(answer)) throw new Blocked(`the server refused a signup: ${statusAndBody(answer)}`);
  return made;
}

/** Signs up, confirms and logs in. @throws Blocked */
export async function witness(bench: ServerBench): Promise<Witness> {
  const { account, credential } = await signedUp(bench);
  await bench.confirm(account);
  const made: Witness = {
    ...{ bench, account, credential, sessionId: '' },
    call: (method, path, body) => bench.send(method, path, { body, sessionId: made.sessionId }),
    async done(...request) {
      try {
        return await acknowledged(made, ...request);
      } catch (error) {
        if (error instanceof Unacknowledged) throw new Blocked(error.message);
        throw error;
      }
    },
  };
  await enter(made, credential.certain);
  return made;
}

/** A new session of an account whose credential is known. @returns its id @throws Blocked */
export async function enter(who: Witness, credential: Credential): Promise<string> {
  const { answer, session } = await tried(who.bench, who.account.body.email, credential);
  if (!isSuccess(answer)) throw new Blocked(`a login was refused: ${statusAndBody(answer)}`);
  return (who.sessionId = session);
}

/** A whole login, whatever comes of it. @throws Blocked where there are no salts or no B */
export async function tried(
  bench: ServerBench,
  email: string,
  credential: Credential,
): Promise<{ readonly answer: Exchange; readonly session: string; readonly saltKey: string }> {
  const { proof, session, saltKey } = await readyLogin(bench, email, credential);
  const answer = await bench.send('POST', '/auth/login-m1', { body: proof });
  requireJudged('a proof', answer);
  return { answer, session, saltKey };
}

/** What is not of this credential in what the server tells of an account, by name. */
export async function mismatches(who: Witness, credential: Credential): Promise<readonly string[]> {
  const { send } = who.bench;
  const { id, email, publicKey, encPrivateKey } = who.account.body;
  const whoami = jsonOf((await send('GET', '/auth/whoami', { sessionId: who.sessionId })).responseBody);
  const salts = jsonOf((await send('POST', '/auth/login-s', { body: { email } })).responseBody);
  const { saltKey, saltAuth, saltEnc, encSymmetricKey } = credential;
  const due = { accountId: id, email, publicKey, encPrivateKey, saltEnc, encSymmetricKey };
  const wrong = (told: Readonly<Record<string, unknown>>, asked: Readonly<Record<string, string>>) =>
    Object.keys(asked).filter((name) => textOf(told, name) !== asked[name]);
  return [...wrong(whoami, due), ...wrong(salts, { saltKey, saltAuth })];
}
