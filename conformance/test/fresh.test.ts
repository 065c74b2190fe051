/** Which part of random values is told to be the same in each: bytes of a few values, bits of many. */
import { randomBytes, randomUUID } from 'node:crypto';
import t from 'tap';
import { fixedPart } from '../fixed-part.ts';

const draws = (howMany: number, draw: () => Buffer): readonly Buffer[] =>
  Array.from({ length: howMany }, draw);

t.test('what part of every value is the same', (test) => {
  const random = () => randomBytes(32);
  const lastByte = () => random().fill(7, 31);
  const ofUuids = () => Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
  const digits = () => Buffer.from(randomBytes(16).toString('hex'));
  for (const [what, same, values] of [
    ['random bytes', undefined, draws(1000, random)],
    ['few random bytes', undefined, draws(8, random)],
    ['one byte', 'byte 31', draws(8, lastByte)],
    ['too few to tell', undefined, draws(7, lastByte)],
    ['a UUID', 'a bit of byte 6', draws(64, ofUuids)],
    ['digits', 'a bit of byte 0', draws(64, digits)],
    ['the same every time', 'byte 0', Array<Buffer>(8).fill(random())],
  ] as const)
    test.equal(fixedPart(values), same, what);
  test.end();
});
