/** Accounts that sign up and log in within a story (7.1 to 7.3). */
import { randomBytes } from 'node:crypto';
import { fromHex, toHex } from '../../../reference/index.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { isSuccess } from '../bench.ts';
import { holds, loggedIn, signedUp } from './calls.ts';
import type { Credential } from './state.ts';
import type { Call, World } from './world.ts';

/** The address of somebody in this story. */
export const addressOf = ({ material, nonce }: World, name: string): string =>
  `${name.toLowerCase()}.${nonce}.${material.pattern.body.email}`;

/** A new account, confirmed. */
export function signUp(world: World, name: string, credential: Credential): Call {
  const { bench, material, persons, nonce } = world;
  const { x: _x, ...shown } = credential;
  const id = `act_${toHex(Uint8Array.from(randomBytes(32)))}`;
  const email = addressOf(world, name);
  const body = { ...material.pattern.body, ...shown, id, email, firstName: name };
  return {
    words: `${name} signs up (story ${nonce})`,
    async send() {
      const person = { typed: material.pattern.typed, body, name };
      persons.push(person);
      const answer = await bench.send('POST', '/auth/signup', { body });
      if (isSuccess(answer)) await bench.confirm(person);
      return { answer, stages: signedUp(answer, id, { name, email, credential, live: [] }) };
    },
  };
}

interface Login {
  readonly name: string;
  readonly account: string;
  readonly email: string;
  readonly credential: Credential;
  /** Whether the proof is sent once more. */
  readonly twice: boolean;
}

/** A whole login; where the proof is right, with a session of which nobody else knows. */
export function logIn(world: World, { name, account, email, credential, twice }: Login): Call {
  const { srp, I } = world.bench.steps;
  const { send } = world.bench;
  return {
    words: `${name} logs in${twice ? ' and sends the proof again' : ''}`,
    async send() {
      const salts = await send('POST', '/auth/login-s', { body: { email } });
      const { saltKey = '', saltAuth = '' } = textsOf(salts.responseBody, ['saltKey', 'saltAuth']);
      const a = Uint8Array.from(randomBytes(32));
      const A = srp.A(a);
      const opened = await send('POST', '/auth/login-a', { body: { email, srpA: toHex(A) } });
      const { sessionStarterId = '', srpB = '' } = textsOf(opened.responseBody, ['sessionStarterId', 'srpB']);
      const [s, B, x] = [fromHex(saltAuth, 'saltAuth'), fromHex(srpB, 'srpB'), fromHex(credential.x, 'x')];
      const S = srp.S({ B, a, u: srp.u(A, B), x });
      const K = srp.K(S);
      const session = toHex(K);
      const body = { sessionStarterId, srpM1: toHex(srp.M1({ I: I(email), s, A, B, S, K })) };
      const answer = await send('POST', '/auth/login-m1', { body });
      if (isSuccess(answer)) world.sessions.push({ id: session, account });
      const stages = loggedIn(answer, { email, credential, session, saltKey });
      if (!twice) return { answer, stages };
      const again = await send('POST', '/auth/login-m1', { body });
      return {
        answer,
        stages: [...stages, [holds(() => again.status === 401, 'status 401 for a proof again')]],
      };
    },
  };
}

const textsOf = (body: string, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, textOf(jsonOf(body), name)]));
