/** A verifier that is wrong for one reason alone: no server can refuse it for its range before it looks at the proof. */
import fc from 'fast-check';
import t from 'tap';
import { otherInFront } from '../server/change/change-refusal-checks.ts';
import { groupElement, N } from '../server/fixtures/group-element.ts';

const value = (hex: string): bigint => BigInt(`0x${hex}`);

t.test('other digits in front stay in the range, and are others', (test) => {
  const inFront = fc
    .bigInt(0n, 0xac6bn)
    .map((front) => value(groupElement(N - 2n).slice(4)) + (front << 2032n));
  const judge = (verifier: bigint): void => {
    const hex = groupElement(verifier);
    const other = otherInFront(hex);
    test.equal(other.length, 512);
    test.equal(other.slice(4), hex.slice(4));
    if (value(other) > N - 2n || value(other) < 2n)
      test.fail(`${hex.slice(0, 4)} became ${other.slice(0, 4)}`);
    for (let i = 0; i < 4; i++) test.not(other[i], hex[i]);
  };
  for (const verifier of [2n, N - 2n, value(`a${'0'.repeat(511)}`), value(`0${'1'.repeat(511)}`)])
    judge(verifier);
  fc.assert(fc.property(fc.oneof(fc.bigInt(2n, N - 2n), inFront), judge), { seed: 8, numRuns: 200 });
  test.end();
});
