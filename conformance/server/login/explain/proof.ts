/**
 * Why a server refuses a right M1: it is logged in to with the M1 that each known mistake would make of the login, until
 * one is taken (5.5). Every try is a failed attempt, so that they are few, and on accounts of their own (9.8).
 */
import { Blocked } from '../../../check.ts';
import { jsonOf, textOf } from '../../../peer/exchange.ts';
import type { Mistake } from '../../../../spec/mutate.ts';
import { isSuccess, type ServerBench } from '../../bench/bench.ts';
import type { OwnAccount } from '../../bench/own-account.ts';
import { victim } from '../victims.ts';
import { accountOfOtherGroup, begin, type Begun } from './begin.ts';
import { explainSalts, saltsOf } from './salts.ts';
import { isOfOtherGroup, sentence, suspectsOf, type Suspect } from './suspects.ts';

/** How many proofs are tried at most: a few on each account. */
export const TRIES = 64;
/** How many logins may go by without one in which a mistake would show that was not tried. */
const IN_VAIN = 3;

/** The login that is tried again and again, where it has to be a certain one. */
export interface Stage {
  readonly account?: OwnAccount;
  readonly a?: Uint8Array;
}

/** The mistake by which a server takes another M1 in place of the right one; undefined where none is found. */
export async function explainProof(bench: ServerBench, stage: Stage = {}): Promise<string | undefined> {
  if (!bench.oracle.explains) return undefined;
  try {
    const found = await explainSaltsOf(bench, stage);
    // Where others use the server, nobody tries proofs.
    return found === undefined && !bench.isPolite ? await search(bench, stage) : found;
  } catch (error) {
    if (error instanceof Blocked) return undefined; // without accounts there is nothing to try
    throw error;
  }
}

/** With other salts than those of the account every proof is wrong. */
async function explainSaltsOf(bench: ServerBench, stage: Stage): Promise<string | undefined> {
  const account = stage.account ?? (await bench.jane());
  const answer = await bench.send('POST', '/auth/login-s', { body: { email: account.body.email } });
  return explainSalts(account, saltsOf(answer));
}

async function search(bench: ServerBench, { account, a }: Stage): Promise<string | undefined> {
  const login = async (): Promise<Begun | undefined> =>
    await begin(bench, account ?? (await victim(bench)), a);
  let begun = await login();
  let waiting = begun === undefined ? [] : inOrder(begun, suspectsOf(bench.profile));
  let [tries, missed] = [0, 0];
  while (begun !== undefined && waiting.length > 0 && tries < TRIES && missed < IN_VAIN) {
    const current = begun;
    const next = waiting.find((one) => showsIn(current, one));
    if (next === undefined) missed++;
    else {
      const found = await attempt(bench, current, next);
      if (found !== 'refused') return found;
      tries++;
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
): Promise<string | undefined> {
  const srpM1 = value('srp.M1', suspect);
  const answer = await bench.send('POST', '/auth/login-m1', { body: { sessionStarterId, srpM1 } });
  if (answer.status === 429) return undefined;
  if (!isSuccess(answer)) return 'refused';
  const srpM2 = textOf(jsonOf(answer.responseBody), 'srpM2');
  const alike = suspectsOf(bench.profile).filter((one) => value('srp.M1', one) === srpM1);
  const [found = suspect, ...others] = alike.filter((one) => value('srp.M2', one) === srpM2);
  return sentence(bench.profile, namesOf(found), found, others);
}

/** B where the mistake is made in it, and M1, which shows it. */
const namesOf = (suspect: Suspect): string[] =>
  typeof suspect !== 'string' && ['srp.k', 'srp.B'].some((name) => suspect.nodes.has(name))
    ? ['srp.B', 'srp.M1']
    : ['srp.M1'];

/** A server of another group is logged in to by an account of that group. */
async function searchOtherGroups(bench: ServerBench): Promise<string | undefined> {
  for (const suspect of suspectsOf(bench.profile).filter(isOfOtherGroup)) {
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
