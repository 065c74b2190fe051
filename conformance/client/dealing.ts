/** Sharing where the server cannot be trusted: an account whose groups the suite puts on the server, and its team (8.2, 8.4). */
import { toHex } from '../../reference/index.ts';
import { against, expectSame, expectThat, type Rule } from '../check.ts';
import { callOf, jsonOf, type Exchange } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import type { ShareResult } from '../target/verbs.ts';
import { callsOf, shared, type Act, type ClientBench, type Signup } from './bench.ts';
import { expectDone, idOf, plant, sessionOf, type Planted } from './flows.ts';
import { openLink } from './garden.ts';

/** Somebody who shares, on a device that has made no group, and with whom. */
export interface Dealing {
  readonly account: Signup;
  readonly session: string;
  /** Of the account and the two others. */
  readonly teamId: string;
  readonly others: readonly [bob: Signup, jane: Signup];
}

/** The same for every check. @throws Blocked */
export const dealing = shared(async (bench): Promise<Dealing> => {
  const others = [await bench.bob(), await bench.jane()] as const;
  const account = await bench.someone('dealer');
  const teamId = 'team_dealing';
  const accountIds = [account, ...others].map(idOf);
  bench.peer.store.addTeam({ id: teamId, name: 'Dealing', ownerAccountId: idOf(account), accountIds });
  return { account, others, teamId, session: await sessionOf(bench, account) };
});

/** A new group whose key the device does not hold yet. */
export async function newDeal(bench: ClientBench): Promise<Planted> {
  return plant(bench, (await dealing(bench)).account, []);
}

/** Shares a group with the team, whatever comes of it. */
export async function deal(bench: ClientBench, { groupId }: Planted): Promise<Act<ShareResult>> {
  const { session, teamId } = await dealing(bench);
  return await bench.call('share', { session, groupId, teamId });
}

/** Shares a new group with the team. @throws Failure unless both others are given a link to its key */
export async function dealHonestly(bench: ClientBench): Promise<void> {
  const group = await newDeal(bench);
  await expectDealt(bench, group, await deal(bench, group));
}

const handOver = ({ exchanges }: Act<unknown>): Exchange | undefined =>
  exchanges.find((exchange) => /^POST .*\/share-b$/.test(callOf(exchange)));

/** The links that were handed over, by account. */
export const linksDealt = (act: Act<unknown>): Readonly<Record<string, string>> =>
  (jsonOf(handOver(act)?.requestBody ?? '')['keys'] ?? {}) as Record<string, string>;

/** Fails unless the others, or the first of them, were given a link to the key of the group. */
export async function expectDealt(
  bench: ClientBench,
  { key }: Planted,
  act: Act<ShareResult>,
  howMany = 2,
): Promise<void> {
  const others = (await dealing(bench)).others.slice(0, howMany);
  expectDone(act, 'share');
  const links = linksDealt(act);
  const expected = others.map(idOf).sort().join();
  expectSame('accounts that are given a link', expected, Object.keys(links).sort().join());
  for (const other of others)
    expectSame('the key in the link', toHex(key), toHex(openLink(bench, other, links[idOf(other)] ?? '')));
}

/** Fails unless the client reported an error and gave nobody a link. @param rule - what says so, where `what` does not */
export function expectNotDealt(act: Act<ShareResult>, what: string, rule?: Rule): void {
  const told = (did: string): string => (rule === undefined ? did : against(did, rule));
  expectThat(handOver(act) === undefined, told(`the client went on with ${what}`), {
    expected: 'no share-b',
    actual: callsOf(act.exchanges),
  });
  expectThat(act.result instanceof VerbError, told(`${what} was reported as shared`), {
    expected: 'an error',
    actual: `${JSON.stringify(act.result)} after ${callsOf(act.exchanges)}`,
  });
}
