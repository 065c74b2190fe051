/** What the suite says to an adapter and an adapter to the suite, in the same story. */
import { accountVerbs, loginCall } from './examples-adapter-account.ts';
import { syncParts, syncVerbs } from './examples-adapter-sync.ts';
import type { Cases } from './examples.ts';
import type { World } from './examples-world.ts';

/** One call of a verb: its parameters and its result. */
export interface VerbCall {
  readonly summary: string;
  readonly params: object;
  readonly result: object;
}

/** Verb → name of the example → call. */
export type Verbs = Readonly<Record<string, Readonly<Record<string, VerbCall>>>>;

export const adapterMessages = (world: World): Cases => ({
  ...Object.fromEntries(
    Object.entries({ ...accountVerbs(world), ...syncVerbs(world) }).flatMap(([verb, calls]) =>
      verbCases(`adapter-${verb}`, calls),
    ),
  ),
  ...syncParts(world),
  ...lines(world),
});

/** The schema of a verb has its parameters and its result as schemas of their own. */
function verbCases(schema: string, calls: Verbs[string]): [schema: string, cases: Cases[string]][] {
  const each = (value: (call: VerbCall) => unknown): Cases[string] =>
    Object.fromEntries(
      Object.entries(calls).map(([name, call]) => [name, { summary: call.summary, value: value(call) }]),
    );
  return [
    [`${schema}#/$defs/params`, each(({ params }) => params)],
    [`${schema}#/$defs/result`, each(({ result }) => result)],
    [schema, each(({ params, result }) => ({ params, result }))],
  ];
}

/** Whole lines, as they are written and read. */
function lines(world: World): Cases {
  const { params, result } = loginCall(world);
  const { errors } = world.story.adapter;
  const line = (id: number | null, members: object) => ({ jsonrpc: '2.0', id, ...members });
  return {
    'adapter-request': {
      describe: { summary: 'The first call', value: line(1, { method: 'describe', params: {} }) },
      login: { summary: 'A login', value: line(2, { method: 'login', params }) },
    },
    'adapter-response': {
      login: { summary: 'The login succeeded', value: line(2, { result }) },
      refused: { summary: 'The login failed', value: line(2, { error: errors['refused'] }) },
      'not-json': { summary: 'The line was no JSON', value: line(null, { error: errors['not-json'] }) },
    },
    'adapter-response#/$defs/error': {
      'unknown-verb': { summary: 'A verb that the adapter does not know', value: errors['unknown-verb'] },
    },
  };
}
