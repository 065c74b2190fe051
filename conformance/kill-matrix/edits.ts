/** The mistakes of the derivation graph run as clients: does the suite see them, and does it name them? */
import {
  createDerivation,
  loadGraph,
  mechanicalMistakes,
  namedMistakes,
  type Mistake,
  type ProfileName,
} from '../../spec/index.ts';
import { upstream } from '../../spec/operators.ts';
import { quickPbkdf2 } from '../../spec/quick-pbkdf2.ts';
import { clientOfEdit, SENT_BY_CLIENT } from '../faults/client-of-edit.ts';
import { judgeClient } from '../judge.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';

/** `named`: a failure names the mistake. `failed`: a check fails, and names none or another. `unnoticed`: none fails. */
export type Telling = 'named' | 'failed' | 'unnoticed';

export interface EditRow {
  /** `client.`, the profile, and the id of the mistake. */
  readonly id: string;
  readonly kind: Mistake['kind'];
  readonly telling: Telling;
  /** What the failures say, the diagnosis or else the reason. */
  readonly says: readonly string[];
}

/** Checks of values that a client sends, and of what it does with them. */
const CHECKS = [
  ...['client.signup.request', 'client.signup.SRP_Verifier', 'client.signup.encSymmetricKey'],
  ...['client.signup.encPrivateKey', 'client.login.sequence', 'client.login.A', 'client.login.M1'],
  ...['client.login.session-id', 'client.group.link', 'client.push.encContent', 'client.inputs'],
  ...['client.zeros.*', 'client.group.fresh-key', 'client.push.fresh-iv'],
].join(',');

export interface Edited {
  readonly id: string;
  readonly profile: ProfileName;
  readonly mistake: Mistake;
}

/** The mistakes that show in something that a client sends, and not just with one B in 256. */
export function clientEdits(profile: ProfileName, kind: Mistake['kind']): readonly Edited[] {
  const all = kind === 'named' ? namedMistakes(profile) : mechanicalMistakes(profile);
  const graph = loadGraph(profile);
  // B is what the server says: how it should have been made is not the business of a client.
  const { touches } = createDerivation(profile, { 'srp.B': new Uint8Array() }, quickPbkdf2);
  return all
    .filter((mistake) => mistake.equivalent === undefined)
    .filter((mistake) => SENT_BY_CLIENT.some((name) => touches(mistake, name)))
    .filter(({ zero }) => zero === undefined || !upstream(zero, graph).has('b'))
    .map((mistake) => ({ id: `client.${profile}.${mistake.id}`, profile, mistake }));
}

/** Judges a client that makes a mistake. */
export async function tryEdit({ id, profile, mistake }: Edited): Promise<EditRow> {
  const says: string[] = [];
  const target = createInProcessTarget(id, clientOfEdit(profile, mistake, quickPbkdf2));
  for await (const { verdict, reason, diagnosis } of judgeClient(target, {
    ...{ profile, seed: 1, runs: 1, only: CHECKS, pbkdf2: quickPbkdf2 },
  }))
    if (verdict === 'fail') says.push(diagnosis ?? reason ?? '');
  const isNamed = says.some((text) => text.includes(mistake.title));
  const telling = isNamed ? 'named' : says.length > 0 ? 'failed' : 'unnoticed';
  return { id, kind: mistake.kind, telling, says };
}
