/** Accounts that sign up and log in within a story (7.1 to 7.3). */
import { addressWith } from '../bench/address.ts';
import { isSuccess } from '../bench/bench.ts';
import { accountWith, readyLogin, type Credential } from '../bench/credential.ts';
import { holds, loggedIn, signedUp } from './calls.ts';
import type { Call, World } from './world.ts';

/** The address of somebody in this story: short, since what stands before the @ has 64 bytes at most in mail. */
export const addressOf = ({ material, nonce }: World, name: string): string =>
  addressWith(material.pattern.body.email, `.${name.slice(0, 1).toLowerCase()}${nonce}`);

/** A new account, confirmed. */
export function signUp(world: World, name: string, credential: Credential): Call {
  const { bench, material, persons, nonce } = world;
  const email = addressOf(world, name);
  const body = accountWith(material.pattern.body, credential, email, name);
  return {
    words: `${name} signs up (story ${nonce})`,
    async send() {
      const person = { typed: material.pattern.typed, body, name };
      persons.push(person);
      const answer = await bench.send('POST', '/auth/signup', { body });
      if (isSuccess(answer)) await bench.confirm(person);
      return { answer, stages: signedUp(answer, body.id, { name, email, credential, live: [] }) };
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
  const { send } = world.bench;
  return {
    words: `${name} logs in${twice ? ' and sends the proof again' : ''}`,
    async send() {
      const { saltKey, session, proof: body } = await readyLogin(world.bench, email, credential);
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
