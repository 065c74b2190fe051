/**
 * Why a server refuses a right M1: it is logged in to with the M1 that each known mistake would make of the login, until
 * one is taken (5.5). Every try is a failed attempt, so that they are few, and on accounts of their own (9.8).
 */
import type { Diagnosed } from '../../../../spec/diagnose/explanation.ts';
import { Blocked } from '../../../check.ts';
import { jsonOf, textOf } from '../../../peer/exchange.ts';
import type { Mistake } from '../../../../spec/mutate.ts';
import { isSuccess, type ServerBench } from '../../bench/bench.ts';
import type { OwnAccount } from '../../bench/own-account.ts';
import { victim, type Victims } from '../victims.ts';
import { accountOfOtherGroup, begin, type Begun } from './begin.ts';
import { explainSalts, saltsOf } from './salts.ts';
import { diagnosed, isOfOtherGroup, suspectsOf, type Suspect } from './suspects.ts';

/** How many proofs are tried at most in a run: a few on each account. */
export const TRIES = 64;
/** How many logins may go by without one in which a mistake would show that was not tried. */
const IN_VAIN = 3;

/** A login to try a proof in. */
export interface Stage {
  readonly account: OwnAccount;
  /** The secret ephemeral; random where absent. */
  readonly a?: Uint8Array;
}

/** The logins that proofs are tried in, a few on each account. */
export type Stages = Victims<Stage>;

const anyLogin: Stages = async (bench, attempts) => ({ account: await victim(bench, attempts) });

/** What was found in the logins of a kind, and how many proofs were tried so far, in those of all kinds. */
interface Memory {
  readonly found: Map<Stages, Promise<Diagnosed | undefined>>;
  tries: number;
}

const memories = new WeakMap<ServerBench, Memory>();

function memoryOf(bench: ServerBench): Memory {
  const memory = memories.get(bench) ?? {
    found: new Map<Stages, Promise<Diagnosed | undefined>>(),
    tries: 0,
  };
  memories.set(bench, memory);
  return memory;
}

/**
 * The mistake by which a server takes another M1 in place of the right one; undefined where none is found. It is looked
 * for once for every kind of login: whoever asks again is told the same.
 */
export function explainProof(bench: ServerBench, stages: Stages = anyLogin): Promise<Diagnosed | undefined> {
  const { found } = memoryOf(bench);
  const first = found.get(stages) ?? explained(bench, stages);
  found.set(stages, first);
  return first;
}

async function explained(bench: ServerBench, stages: Stages): Promise<Diagnosed | undefined> {
  if (!bench.oracle.explains) return undefined;
  try {
    const found = await explainSaltsOf(bench, stages);
    // Where others use the server, nobody tries proofs.
    return found === undefined && !bench.isPolite ? await search(bench, stages) : found;
  } catch (error) {
    if (error instanceof Blocked) return undefined; // without accounts there is nothing to try
    throw error;
  }
}

/** With other salts than those of the account every proof is wrong. */
async function explainSaltsOf(bench: ServerBench, stages: Stages): Promise<Diagnosed | undefined> {
  const { account } = await stages(bench, 0);
  const answer = await bench.send('POST', '/auth/login-s', { body: { email: account.body.email } });
  return explainSalts(account, saltsOf(answer));
}

async function search(bench: ServerBench, stages: Stages): Promise<Diagnosed | undefined> {
  const login = async (): Promise<Begun | undefined> => {
    const { account, a } = await stages(bench);
    return await begin(bench, account, a);
  };
  const memory = memoryOf(bench);
  let begun = await login();
  let waiting = begun === undefined ? [] : inOrder(begun, suspectsOf(bench.profile));
  let missed = 0;
  while (begun !== undefined && waiting.length > 0 && memory.tries < TRIES && missed < IN_VAIN) {
    const current = begun;
    const next = waiting.find((one) => showsIn(current, one));
    if (next === undefined) missed++;
    else {
      const found = await attempt(bench, current, next);
      if (found !== 'refused') return found;
      waiting = waiting.filter((one) => one !== next);
    }
    begun = await login();
  }
  return await searchOtherGroups(bench);
}

function showsIn({ value }: Begun, suspect: Suspect): boolean {
  const M1 = value('srp.M1', suspect);
  return M1 !== undefined && M1 !== value('srp.M1');
}

/**
 * One of those that come to the same; first those that need a zero byte and have one in this login, and last those that
 * do not show in it.
 */
function inOrder(begun: Begun, suspects: readonly Suspect[]): Suspect[] {
  const own = suspects.filter((suspect) => !isOfOtherGroup(suspect));
  const seen = new Set<string | undefined>();
  const showing = own.filter((suspect) => showsIn(begun, suspect));
  const distinct = showing.filter((suspect) => {
    const M1 = begun.value('srp.M1', suspect);
    return seen.has(M1) ? false : seen.add(M1);
  });
  const rare = distinct.filter((suspect) => typeof suspect !== 'string' && suspect.zero !== undefined);
  const usual = distinct.filter((suspect) => !rare.includes(suspect));
  return [...rare, ...usual, ...own.filter((suspect) => !showing.includes(suspect))];
}

/** Tries one proof. @returns what explains it where it is taken; undefined where nothing more can be tried */
async function attempt(
  bench: ServerBench,
  { sessionStarterId, value }: Begun,
  suspect: Suspect,
): Promise<Diagnosed | 'refused' | undefined> {
  const srpM1 = value('srp.M1', suspect);
  memoryOf(bench).tries++;
  const answer = await bench.send('POST', '/auth/login-m1', { body: { sessionStarterId, srpM1 } });
  if (answer.status === 429) return undefined;
  if (!isSuccess(answer)) return 'refused';
  const srpM2 = textOf(jsonOf(answer.responseBody), 'srpM2');
  const alike = suspectsOf(bench.profile).filter((one) => value('srp.M1', one) === srpM1);
  const [found = suspect, ...others] = alike.filter((one) => value('srp.M2', one) === srpM2);
  return diagnosed(bench.profile, namesOf(found), found, others);
}

/** B where the mistake is made in it, and M1, which shows it. */
const namesOf = (suspect: Suspect): string[] =>
  typeof suspect !== 'string' && ['srp.k', 'srp.B'].some((name) => suspect.nodes.has(name))
    ? ['srp.B', 'srp.M1']
    : ['srp.M1'];

/** A server of another group is logged in to by an account of that group. */
async function searchOtherGroups(bench: ServerBench): Promise<Diagnosed | undefined> {
  for (const suspect of suspectsOf(bench.profile).filter(isOfOtherGroup)) {
    if (memoryOf(bench).tries >= TRIES) return undefined;
    const begun = await beginInOtherGroup(bench, suspect);
    if (begun?.value('srp.M1', suspect) === undefined) continue;
    const found = await attempt(bench, begun, suspect);
    if (found !== 'refused') return found;
  }
  return undefined;
}

/** An element of a larger group may be refused as no element of ours: others are tried. */
async function beginInOtherGroup(bench: ServerBench, suspect: Mistake): Promise<Begun | undefined> {
  for (let i = 0; i < OTHER_ELEMENTS; i++) {
    const account = await accountOfOtherGroup(bench, suspect);
    if (account === undefined) continue;
    for (let j = 0; j < OTHER_ELEMENTS; j++) {
      const begun = await begin(bench, account, undefined, suspect);
      if (begun !== undefined) return begun;
    }
  }
  return undefined;
}
const OTHER_ELEMENTS = 4;
