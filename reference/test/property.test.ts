/** The helper for properties: none passes that fails, asserts nothing, compares nothing, or is not awaited. */
import t, { Test, type TestOpts } from 'tap';
import fc from 'fast-check';
import { property, refused, same } from './property.ts';

/** What a test of its own prints, and whether it passes. */
async function verdict(body: (t: Test) => unknown): Promise<string> {
  const options: TestOpts = { name: 'inner' };
  const inner = new Test(options);
  const output = inner.concat();
  await body(inner);
  inner.end();
  return `${await output} ${inner.passing() ? 'passes' : 'fails'}`;
}

const number = fc.nat(1000);
const wrong = () => Promise.reject(new Error('wrong'));

await t.test('a property that holds passes, with its number of cases', async (t) => {
  const holds = await verdict((t) => property(t, 'holds', number, (n) => same(n, n, 'n')));
  t.match(holds, /ok 1 - \d+ cases[^]* passes$/);
});

await t.test('a property that fails prints the smallest case, its seed and its path', async (t) => {
  const fails = await verdict((t) => property(t, 'fails', number, (n) => same(n < 9, true, 'n < 9')));
  t.match(
    fails,
    /n < 9 is false, expected true[^]*"seed":-?\d+,"path":"[\d:]+"[^]*smallest: "\[9\]"[^]* fails$/,
  );
});

await t.test('a property fails that compares nothing, or whose comparison is not awaited', async (t) => {
  // What is not awaited and fails ends the whole process, so only one that would hold can go unseen.
  t.match(await verdict((t) => property(t, 'empty', number, () => undefined)), /compared nothing[^]* fails$/);
  const careless = (t: Test) => property(t, 'careless', number, () => void refused(wrong, 'it'));
  t.match(await verdict(careless), /compared nothing[^]* fails$/);
});

await t.test('a property that nobody awaits counts', async (t) => {
  t.match(await verdict((t) => void property(t, 'lost', number, wrong)), /wrong[^]* fails$/);
});

await t.test('same and refused', async (t) => {
  t.doesNotThrow(() => same({ a: Uint8Array.of(1) }, { a: Uint8Array.of(1) }, 'it'));
  t.throws(() => same({ a: Uint8Array.of(1), b: 1 }, { a: Uint8Array.of(2), b: 1 }, 'it'), {
    message: 'it: a is 01, expected 02',
  });
  t.throws(() => same('1', 1, 'it'), { message: "it is '1', expected 1" });
  await refused(wrong, 'it', /wrong/);
  await t.rejects(refused(wrong, 'it', /tag/), { message: /refused with "wrong"/ });
  await t.rejects(
    refused(() => Promise.resolve(), 'it'),
    { message: 'it was accepted' },
  );
});
