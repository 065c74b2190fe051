/** What holds for the families together: registered, made the same every time, and every value shown. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import t from 'tap';
import { loadGraph, type ProfileName } from '../../spec/index.ts';
import { vectorFile } from '../generate/family.ts';
import { normalization } from '../generate/normalization.ts';
import { keysFile } from '../generate/primes.ts';
import { families } from '../generate/registry.ts';
import { seededBytes, seededHex } from '../generate/random.ts';
import keys from '../keys.json' with { type: 'json' };

const folder = dirname(createRequire(import.meta.url).resolve('#vectors/README.md'));

t.test('every family has its file and its generator, and no other file is there', (test) => {
  const names = families.map(({ family }) => family).sort();
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'keys.json');
  test.same(files.map((file) => file.replace('.json', '')).sort(), names);
  const generators = new Set(readdirSync(join(folder, 'generate')));
  test.same(
    names.filter((name) => !generators.has(`${name}.ts`)),
    [],
  );
  test.end();
});

t.test('what is seeded is the same every time', (test) => {
  test.equal(seededHex('label', 12), seededHex('label', 40).slice(0, 24));
  test.same(seededBytes('label', 3), Buffer.from(seededHex('label', 3), 'hex'));
  test.same(vectorFile(normalization), vectorFile(normalization));
  test.end();
});

t.test('the test keys come of their seeds', { skip: process.env['SLOW'] !== '1' && 'SLOW=1' }, (test) => {
  test.equal(keysFile(), `${JSON.stringify(keys, null, 2)}\n`);
  test.end();
});

t.test('every derived value of both profiles stands in a vector', (test) => {
  for (const profile of ['documented', 'deployed'] satisfies ProfileName[]) {
    const cheap = families.filter(({ family }) =>
      ['srp', 'aes-gcm', 'rsa-oaep', 'hkdf', 'signup'].includes(family),
    );
    const vectors = cheap.flatMap((family) => family.vectors(profile));
    const shown = new Set(
      vectors.flatMap((vector) => Object.keys({ ...vector.intermediates, ...vector.outputs })),
    );
    const derived = [...loadGraph(profile).nodes.values()].filter(({ value }) => value !== undefined);
    test.same(
      derived.map(({ name }) => name).filter((name) => !shown.has(name)),
      [],
      profile,
    );
  }
  test.end();
});
