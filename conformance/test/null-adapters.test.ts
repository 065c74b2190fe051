/** Adapters behind which there is no client: whatever they answer, no check passes, and the report says why. */
import t from 'tap';
import { join } from 'node:path';
import type { ProfileName } from '../../reference/index.ts';
import { schemas } from '../../spec/schemas.ts';
import { clientChecks } from '../client/checks.ts';
import { capabilities } from '../contract/capabilities.ts';
import {
  createInProcessTarget,
  createProcessTarget,
  examine,
  isRed,
  judgeClient,
  type CheckResult,
  type Verb,
  type VerbFinding,
  type VerbTable,
} from '../index.ts';
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

const adapter = join(root, 'conformance/test/peers/null-adapter.mjs');
const command = (kind: string): string[] => [process.execPath, adapter, kind];

/** What cannot be asked at all: the run does not begin, or ends at the first call. */
const unusable: Readonly<Record<string, RegExp>> = {
  'bare braces': /^The client could not be run: the adapter printed \{\}: \S+ is missing\n$/,
  'an empty result':
    /^The client could not be run: the adapter answered describe with \{\}: \/name is missing\n$/,
  'an error': /^The client could not be run: the adapter answered describe with an error: I will not\n$/,
  'a description, then empty results':
    /\nThe run ended early: the adapter answered signup with \{\}: \/accountId is missing\n\n.* s, .*\n0 pass: the target could not be run to the end\n$/,
};

/** What answers as a client may, and does nothing. */
const idle: Readonly<Record<string, readonly RegExp[]>> = {
  'a description, then errors': [
    /what +the client sent no signup\n/,
    /actual +nothing; it reported «I will not»\n/,
    /signup sent no POST \/auth\/signup: it reported «I will not» at stage auth\n/,
  ],
  'a description, then errors without a stage': [
    /actual +nothing; it reported «unknown verb»\n/,
    /signup sent no POST \/auth\/signup: it reported «unknown verb» at stage unknown\n/,
  ],
  'well-formed lies': [
    /what +the client sent no signup\n/,
    /expected +POST \/auth\/signup\n/,
    /actual +nothing\n/,
    /signup sent no POST \/auth\/signup\n/,
  ],
};

t.jobs = 2;
for (const [kind, says] of Object.entries(unusable))
  void t.test(kind, { buffered: true }, async (test) => {
    const run = await runCli(['test', 'client', '--timeout', '20000', '--', ...command(kind)]);
    test.equal(run.status, 3);
    test.match(run.stdout, says);
    test.notMatch(run.stdout, /^pass /m);
    test.equal(run.stderr, '');
    test.same(run.left, [], 'no process is left behind');
  });

for (const [kind, says] of Object.entries(idle))
  void t.test(kind, { buffered: true }, async (test) => {
    const run = await runCli(['test', 'client', '--timeout', '20000', '--', ...command(kind)]);
    test.equal(run.status, 1);
    for (const phrase of says) test.match(run.stdout, phrase);
    test.match(run.stdout, /\nBLOCKED \d\d+ checks for one reason \(documented\)\n {2}client\.\S+, client/);
    test.match(run.stdout, /\n0 pass, .*: not conformant\n$/);
    test.notMatch(run.stdout, /^pass /m);
    test.equal(run.stderr, '');
    test.same(run.left, [], 'no process is left behind');
  });

/** The first example of each schema for every verb, the address as it was typed: true to form, and not one call is made. */
function createLiar(profile: ProfileName): VerbTable {
  let email = '';
  const example = (verb: Verb): object => {
    const { $defs } = schemas.get(`adapter-${verb}`) as unknown as {
      $defs: { result: { examples: [object] } };
    };
    return $defs.result.examples[0];
  };
  const liar = Object.fromEntries(
    verbs.map((verb) => [verb, () => Promise.resolve(example(verb))]),
  ) as unknown as VerbTable;
  return {
    ...liar,
    describe: () => ({
      ...{ name: 'liar', version: '1', profiles: [profile] },
      capabilities: capabilities.map(({ name }) => name),
    }),
    async signup(params) {
      email = params.email.trim().toLowerCase();
      return (await liar.signup?.(params)) ?? { accountId: '' };
    },
    whoami: async (params) => ({
      ...((await liar.whoami?.(params)) ?? { accountId: '', firstName: '', lastName: '' }),
      email,
    }),
  };
}

const verbs = [
  'describe',
  ...new Set(capabilities.flatMap(({ uses }) => uses.map(({ verb }) => verb))),
] as Verb[];

for (const profile of ['documented', 'deployed'] as const)
  void t.test(`a liar with every verb, ${profile}`, { buffered: true }, async (test) => {
    const target = { ...createInProcessTarget('liar', createLiar(profile)), stderr: () => '' };
    const anybody = { email: 'jane@example.com' } as never;
    for (const verb of ['signup', ...verbs] as const) await test.resolves(target.call(verb, anybody), verb);
    const results: CheckResult[] = [];
    for await (const result of judgeClient(target, { profile, seed: 1 })) results.push(result);
    test.ok(results.length > 80, `${results.length} checks`);
    test.same(
      results.filter((result) => !isRed(result)).map(({ id }) => id),
      [],
      'none passes',
    );
    const findings: VerbFinding[] = [];
    for await (const finding of examine(target, { profile })) findings.push(finding);
    // What needs no server may be answered by heart.
    const working = findings.filter(({ state }) => state === 'works').map(({ use }) => use);
    test.same(
      working.filter((use) => use !== 'derive' && use !== 'accept'),
      ['describe'],
    );
  });

// The same by the library, where each result can be looked at.
for (const kind of Object.keys(idle))
  for (const profile of ['documented', 'deployed'] as const)
    void t.test(`${kind}, ${profile}`, { buffered: true }, async (test) => {
      const target = createProcessTarget({ command: command(kind), timeout: 20_000 });
      const results: CheckResult[] = [];
      for await (const result of judgeClient(target, { profile, seed: 1 })) results.push(result);
      const expected = clientChecks.filter((check) => (check.profile ?? profile) === profile);
      test.same(
        results.map(({ id }) => id),
        expected.map(({ id }) => id),
        'every check ran',
      );
      test.same(
        results.filter(({ verdict }) => verdict !== 'fail' && verdict !== 'blocked').map(({ id }) => id),
        [],
        'every check fails or is blocked',
      );
      test.equal(results.find(({ id }) => id === 'client.signup.request')?.verdict, 'fail');
      test.same(
        results.filter(({ reason }) => (reason ?? '').length < 10).map(({ id }) => id),
        [],
        'every result has a reason',
      );
    });
