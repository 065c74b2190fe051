/** The calls that a server must have (9.4). */
import { httpCalls, type HttpCall } from '../../../spec/calls.ts';
import type { ServerBench } from '../bench/bench.ts';
import { NEEDED_FOR_CALLS } from '../capabilities.ts';
import { taken } from '../fixtures/valid.ts';

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

/** The twin of checks that every call refuses something. */
export const eachTaken = async (bench: ServerBench): Promise<void> => {
  await taken(...bodyCalls(bench).map(({ id }) => id))(bench);
};
