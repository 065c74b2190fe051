/** A verifier is found in an answer however it is written, and nothing else is taken for one. */
import t from 'tap';
import { createVerifierFinder } from '../server/http/stored-values.ts';

const VERIFIER = `00${'a1b2c3d4e5f60718'.repeat(31)}a1b2c3d4e5f607`;
const OTHER = '18f7e6d5c4b3a201'.repeat(32);
const bytes = Buffer.from(VERIFIER, 'hex');
const holds = createVerifierFinder([OTHER, VERIFIER]);

t.equal(VERIFIER.length, 512);

for (const [notation, written] of Object.entries({
  hex: VERIFIER,
  'hex in capitals': VERIFIER.toUpperCase(),
  'hex without leading zeros': VERIFIER.slice(2),
  'hex inside a longer run': `ffff${VERIFIER}00ff`,
  base64: bytes.toString('base64'),
  base64url: bytes.toString('base64url'),
  decimal: String(BigInt(`0x${VERIFIER}`)),
}))
  t.test(`it is found in ${notation}`, (t) => {
    t.ok(holds(`{"value":"${written}","kept":1}`), 'among other text');
    t.ok(holds(written), 'alone');
    t.ok(holds(`${OTHER.slice(0, 500)} ${written}`), 'behind what is none');
    t.end();
  });

t.test('what is none is not', (t) => {
  t.notOk(holds(VERIFIER.slice(0, 400)), 'the first 200 bytes');
  t.notOk(holds(VERIFIER.replace('a1', 'a0')), 'another number');
  t.notOk(holds(Buffer.from(VERIFIER.replace('a1', 'a0'), 'hex').toString('base64')), 'another in base64');
  t.notOk(holds('x'.repeat(5000)), 'a long text');
  t.end();
});

t.test('a text of many long runs takes no time to speak of', (t) => {
  const start = performance.now();
  t.notOk(holds(`${'f'.repeat(341)} `.repeat(3000)));
  t.ok(performance.now() - start < 2000);
  t.end();
});
