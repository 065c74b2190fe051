/** Why no honest login works (7.3): one more is made, by an account that nothing was changed of, and its values are explained. */
import { toHex } from '../../../../reference/index.ts';
import type { Diagnosed } from '../../../../spec/diagnose/explanation.ts';
import { Blocked } from '../../../check.ts';
import { jsonOf, textOf } from '../../../peer/exchange.ts';
import { shared } from '../../fixtures/shared.ts';
import { isSuccess, type ServerBench } from '../../bench/bench.ts';
import { begin } from './begin.ts';
import { explainB } from './ephemeral.ts';
import { explainProof } from './proof.ts';
import { explainM2, explainSession } from './session.ts';

/** The mistake that a server makes in every login; undefined where logins work, or none is found. Looked for once in a run. */
export const explainLogin = shared(async (bench): Promise<Diagnosed | undefined> => {
  if (!bench.oracle.explains) return undefined;
  try {
    return (await explainEphemeral(bench)) ?? (await explainWhole(bench));
  } catch (error) {
    if (error instanceof Blocked) return undefined; // without an account there is nothing to explain
    throw error;
  }
});

/** A B that no client goes on with. */
async function explainEphemeral(bench: ServerBench): Promise<Diagnosed | undefined> {
  const jane = await bench.jane();
  const begun = await begin(bench, jane);
  return begun && explainB(bench.profile, jane, begun.srpB);
}

async function explainWhole(bench: ServerBench): Promise<Diagnosed | undefined> {
  const jane = await bench.jane();
  const login = await bench.open(jane);
  const answer = await bench.prove(login, toHex(login.expected('srp.M1')));
  if (answer.status === 429 || answer.status === 403) return undefined; // what was proved is not what is refused
  if (!isSuccess(answer)) return await explainProof(bench);
  const srpM2 = textOf(jsonOf(answer.responseBody), 'srpM2');
  if (srpM2 !== toHex(login.expected('srp.M2'))) return await explainM2(bench, login, srpM2);
  const sessionId = toHex(login.expected('session.id'));
  const whoami = await bench.send('GET', '/auth/whoami', { sessionId });
  return isSuccess(whoami) ? undefined : await explainSession(bench, jane);
}
