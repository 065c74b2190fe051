/** Accounts that sign up while a server may die; each is looked at after the next restart (7.1). */
import type { SignupRequest } from '../../../reference/index.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { isSuccess, statusAndBody, type ServerBench } from '../bench/bench.ts';
import type { Credential } from '../bench/credential.ts';
import { newcomer, tried, Unacknowledged, type Witness } from './witness.ts';
import type { Work } from './work.ts';

interface Newcomer {
  readonly body: SignupRequest;
  readonly credential: Credential;
  isAcknowledged: boolean;
}

export function signups({ bench }: Witness): Work {
  let newcomers: Newcomer[] = [];
  return {
    async act() {
      const { account, credential } = await newcomer(bench);
      const one = { body: account.body, credential: credential.certain, isAcknowledged: false };
      newcomers.push(one);
      const answer = await signUp(bench, one);
      if (!isSuccess(answer)) throw new Unacknowledged(answer);
      one.isAcknowledged = true;
    },
    async losses() {
      const losses: string[] = [];
      for (const one of newcomers) losses.push(...(await lossesOf(bench, one)));
      newcomers = [];
      return losses;
    },
  };
}

const signUp = (bench: ServerBench, { body }: Newcomer): Promise<Exchange> =>
  bench.send('POST', '/auth/signup', { body });

async function lossesOf(bench: ServerBench, one: Newcomer): Promise<readonly string[]> {
  const { body, credential, isAcknowledged } = one;
  const { answer, saltKey } = await tried(bench, body.email, credential);
  if (isRight(answer)) return [];
  if (saltKey === body.saltKey) return ['an account has its salts, and its passphrase does not open it'];
  if (isAcknowledged) return ['an account that signed up is not there'];
  // It is not there, and so it can sign up.
  const again = await signUp(bench, one);
  return isSuccess(again)
    ? []
    : [
        `a signup that was not answered is there by halves: its address has no account, and it is refused: ${statusAndBody(again)}`,
      ];
}

/** Whether the proof was right: where a session needs a confirmed address, there is none yet (LOGIN-10). */
const isRight = (answer: Exchange): boolean =>
  isSuccess(answer) ||
  (answer.status === 403 && textOf(jsonOf(answer.responseBody), 'error') === 'not-confirmed');
