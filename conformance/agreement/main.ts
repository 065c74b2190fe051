/**
 * Holds the corpus against every engine that is here, and writes how many vectors each agrees on into the README of the
 * vectors; with `--check` fails where that is stale. An engine that is absent is named, and its row stays as it is.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { publish } from '../../spec/generate/publish.ts';
import { agreementOf, corpus, type Agreement } from './agreement.ts';
import { startEngines } from './engines.ts';
import { thinlyAgreed, withRows } from './table.ts';

const readme = createRequire(import.meta.url).resolve('#vectors/README.md');
const items = corpus();
const { present, absent } = await startEngines();
const agreements: Agreement[] = await Promise.all(
  present.map(async (engine) => {
    try {
      return await agreementOf(engine, items);
    } finally {
      engine.close?.();
    }
  }),
);
for (const { name, verdicts } of agreements) {
  const agreed = [...verdicts.values()].filter((verdict) => verdict === 'agrees').length;
  process.stdout.write(`${name.padEnd(24)} agrees on ${agreed} of ${items.length} vectors\n`);
}
for (const [name, reason] of absent) process.stdout.write(`skipped: ${name}: ${reason}\n`);
const faults = [
  ...agreements.flatMap((agreement) => [
    ...agreement.faults,
    ...agreement.stale.map((why) => `no vector shows: ${why}`),
  ]),
  ...(absent.size === 0 ? thinlyAgreed(items, agreements) : []),
];
for (const fault of faults) process.stderr.write(`${fault}\n`);
const text = withRows(readFileSync(readme, 'utf8'), items, agreements);
const fresh = publish(new Map([[readme, text]]), process.argv.includes('--check'), 'npm run agreement');
process.exitCode = faults.length > 0 ? 1 : fresh;
