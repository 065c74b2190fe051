/** The calls that a server must have (9.4), and that it takes each of them as it should be. */
import { httpCalls, type HttpCall } from '../../../spec/calls.ts';
import { validAccountChecks } from '../account/valid-account-checks.ts';
import type { ServerBench } from '../bench/bench.ts';
import { NEEDED_FOR_CALLS } from '../capabilities.ts';
import { honestLogin } from '../fixtures/honest-login.ts';
import { validSyncChecks } from '../sync/valid-sync-checks.ts';

const callsOf = ({ profile, capabilities }: ServerBench): readonly HttpCall[] =>
  httpCalls.filter(
    ({ id, profiles }) =>
      profiles.includes(profile) && capabilities.includes(NEEDED_FOR_CALLS[id] ?? 'account'),
  );

/** Those with a body. */
export const bodyCalls = (bench: ServerBench): readonly HttpCall[] =>
  callsOf(bench).filter(({ maxRequestBytes }) => maxRequestBytes !== undefined);

/** Those that are a GET. */
export const getCalls = (bench: ServerBench): readonly HttpCall[] =>
  callsOf(bench).filter(({ method }) => method === 'GET');

const valid = new Map([...validAccountChecks, ...validSyncChecks].map((check) => [check.call, check]));

/**
 * The twin of checks that a call refuses: an honest login, and the call as it should be.
 *
 * @throws Blocked, or Failure, where one of them was refused
 */
export const taken =
  (id: string) =>
  async (bench: ServerBench): Promise<void> => {
    await honestLogin(bench);
    const check = valid.get(id);
    const { needs = [], profile = bench.profile } = check ?? {};
    const canAsk = [needs].flat().every((name) => bench.capabilities.includes(name));
    if (canAsk && profile === bench.profile) await check?.once(bench);
  };

/** The twin of checks that every call refuses something. */
export async function eachTaken(bench: ServerBench): Promise<void> {
  for (const { id } of bodyCalls(bench)) await taken(id)(bench);
}
