/** Zero bytes of a login that a client must not drop (5.1): the suite, as server, chooses b until there is one. */
import { toHex } from '../../reference/index.ts';
import type { Diagnosed } from '../../spec/diagnose/explanation.ts';
import { expectSame, type Check } from '../check.ts';
import { VerbError } from '../target/client-target.ts';
import { WHOAMI } from '../peer/calls.ts';
import { shared, type ClientBench, type Login, type Signup } from './bench.ts';
import { loginWith, VALUES_OF_B, type ValueOfB } from './chosen-b.ts';
import { explainProof } from './explain-login.ts';
import { explainSession } from './explain-session.ts';
import { explainRefusedM2 } from './explain-proof-of-server.ts';
import { expectCall, expectDone } from './flows.ts';
import { expectedOf, isRightM1, sessionsSent } from './login-checks.ts';

const REQUIREMENTS: Readonly<Record<ValueOfB, readonly string[]>> = {
  B: ['SRP-02', 'SRP-22', 'SRP-27', 'SRP-28'],
  S: ['SRP-02', 'SRP-26'],
  K: ['SRP-03', 'SRP-27', 'SRP-29', 'SRP-34'],
  M1: ['SRP-03', 'SRP-29'],
  M2: ['SRP-03', 'SRP-31'],
};

/** Whose logins these are: of one that fails, a server counts the proof as wrong. */
const zoe = shared((bench) => bench.someone('zoe'));

/** The mistake that explains why a login came to nothing, or goes on with another session id. */
async function explainLogin(
  bench: ClientBench,
  account: Signup,
  login: Login,
  sought: ValueOfB,
): Promise<Diagnosed | undefined> {
  const [asked] = sessionsSent(login.exchanges);
  if (asked !== undefined)
    return await explainSession(bench, account, login.exchanges, asked.requestHeaders['x-session-id'] ?? '');
  return isRightM1(bench, account, login)
    ? await explainRefusedM2(bench, (prober) => loginWith(bench, prober, sought))
    : await explainProof(bench, account, login.exchanges);
}

export const chosenBChecks: readonly Check<ClientBench>[] = VALUES_OF_B.map((sought) => ({
  id: `client.zeros.${sought}`,
  title: `A client logs in where ${sought} begins with a zero byte.`,
  requirements: REQUIREMENTS[sought],
  async run(bench) {
    const account = await zoe(bench);
    const login = await loginWith(bench, account, sought);
    const isRefused = login.result instanceof VerbError;
    const found = isRefused ? await explainLogin(bench, account, login, sought) : undefined;
    expectDone(login, `login with a zero byte in front of ${sought}`, found);
    const { status, requestHeaders } = expectCall(login, WHOAMI); // A client that only says so has opened nothing.
    const K = toHex(expectedOf(bench, account, login)('session.id'));
    expectSame(`X-Session-Id of ${WHOAMI}`, K, requestHeaders['x-session-id'] ?? '', {
      explain: () => explainLogin(bench, account, login, sought),
    });
    expectSame(`status of ${WHOAMI}`, '200', String(status));
  },
}));
