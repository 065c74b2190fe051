/** A client held to the vectors through `derive` and `accept`: what it is asked, what it is told, and what does not pass. */
import t from 'tap';
import { createInProcessTarget, type VerbTable } from '../target/in-process-target.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import { verifyCorpus, type FamilyResult } from '../vectors/corpus.ts';
import { targetImplementation } from '../vectors/target.ts';
import { vectorVerbs } from '../vectors/verbs.ts';
import { runCli } from './run-cli.ts';

const SOME = ['hkdf', 'normalization', 'rsa-oaep', 'srp', 'jwk', 'pbkdf2'];
const right: VerbTable = { ...referenceVerbs(), ...vectorVerbs((step) => new Error(step)) };
const ADAPTER = ['node', 'dist/conformance/adapters/reference.js'];

async function run(
  verbs: VerbTable,
  capabilities = ['derive', 'accept', 'ill-formed-text'],
): Promise<FamilyResult[]> {
  const targets = [1, 2].map((n) => createInProcessTarget(`target ${n}`, verbs));
  const results: FamilyResult[] = [];
  const selection = { wanted: (family: string) => SOME.includes(family), profiles: ['documented' as const] };
  for await (const result of verifyCorpus(targetImplementation(targets, capabilities), selection))
    results.push(result);
  return results;
}

const faultsOf = (results: readonly FamilyResult[]) => results.flatMap(({ faults }) => faults);
const countOf = (results: readonly FamilyResult[]): number =>
  results.reduce((sum, { valid, invalid }) => sum + valid + invalid, 0);

t.test('the reference', async (test) => {
  const results = await run(right);
  test.same(faultsOf(results), []);
  test.ok(countOf(results) > 300, `${countOf(results)} vectors`);
  test.same(
    results.flatMap(({ skipped }) => [...skipped.keys()]),
    [],
    'nothing is left out',
  );
});

t.test('what is not declared is not asked, and counted', async (test) => {
  const results = await run(right, ['derive']);
  const skipped = new Map(
    results.flatMap(({ family, skipped }) => [...skipped].map(([what]) => [family, what])),
  );
  test.same(skipped.get('jwk'), 'accept');
  test.same(skipped.get('normalization'), 'ill-formed-text');
  test.same(faultsOf(results), []);
});

t.test('who makes a mistake is told which', async (test) => {
  const { derive } = right;
  const mistaken: VerbTable = {
    ...right,
    async derive(params) {
      const { profile, values } = (await derive?.(params)) ?? { profile: params.profile, values: {} };
      const { SLT_TMP_1 } = (await derive?.({ ...params, profile: 'deployed' }))?.values ?? {};
      return { profile, values: { ...values, ...(SLT_TMP_1 !== undefined && { SLT_TMP_1 }) } };
    },
  };
  const faults = faultsOf(await run(mistaken)).filter(([id]) => id.startsWith('documented.'));
  test.match(
    faults.map(([, fault]) => fault).find((fault) => fault.startsWith('SLT_TMP_1 is')),
    /Your SLT_TMP_1 is the (right )?value .*(hex text of the salt as HKDF salt|profile deployed)/,
  );
});

t.test('clients that do nothing pass nothing', async (test) => {
  const nothing: VerbTable = {
    derive: ({ profile }) => Promise.resolve({ profile, values: {} }),
    accept: () => Promise.resolve({ values: {} }),
  };
  const refusing: VerbTable = {
    derive: () => Promise.reject(new Error('no')),
    accept: () => Promise.reject(new Error('no')),
  };
  const none = await run(nothing);
  for (const { family, valid, invalid, faults } of none) test.equal(faults.length, valid + invalid, family);
  for (const { family, valid, invalid, faults } of await run(refusing))
    test.equal(faults.length, valid + invalid, family);
  test.ok(countOf(await run(refusing)) > 300);
});

t.test('the command line', async (test) => {
  const only = ['vectors', 'verify', '--only', 'hkdf,rsa-oaep'];
  const { status, stdout } = await runCli([...only, '--jobs', '2', '--', ...ADAPTER]);
  test.equal(status, 0, stdout);
  test.match(stdout, /^e2ee-sync reference client 1, documented and deployed\nhkdf +30 valid/);
  test.match(stdout, /\n141 vectors, all as they must be\n$/);

  const dead = await runCli([...only, '--', 'node', '-e', '0']);
  test.equal(dead.status, 3);
  test.match(dead.stdout, /^The client could not be run to the end: the adapter ended with status 0/);

  const silent = await runCli([...only, '--', 'node', 'dist/conformance/adapters/documented.js']);
  test.equal(silent.status, 1);
  test.match(silent.stdout, /\nNot asked: .*\nno vector could be asked\n$/);
});
