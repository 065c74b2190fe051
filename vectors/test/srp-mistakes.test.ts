/**
 * The SRP mistakes by which a corpus is measured: the vectors of RFC 5054, appendix B, tell the first nine, all public
 * vectors together the first thirteen. Ours tell every one, in each profile that leaves room for it.
 */
import t from 'tap';
import type { ProfileName } from '../../spec/index.ts';
import { namedMistakes } from '../../spec/mutate.ts';
import { judge } from '../adequacy/adequacy.ts';

/** What is done wrong, and the ids: several where each profile has a wrong reading of its own. */
const MISTAKES: readonly (readonly [words: string, ...ids: string[]])[] = [
  ['g padded in k, or not padded where it must be', 'k-g-padded', 'k-g-not-padded'],
  ['the multiplier 3 of SRP-6', 'k-3'],
  ['x without the colon between identity and password', 'x-no-colon'],
  ['x without the identity', 'x-password-only'],
  ['x without the inner hash', 'x-no-inner-hash'],
  ['x with the salt behind', 'x-salt-after'],
  ['x made of hex text', 'x-hex-text'],
  ['u of B before A', 'u-B-then-A'],
  ['u cut off after 32 bits', 'u-32-bits'],
  ['K by the interleaved hash of RFC 2945', 'K-interleaved'],
  ['M1 in the form of the other profile', 'M1-A-B-S', 'M1-rfc-2945'],
  ['M1 of A, B and K', 'M1-A-B-K'],
  ['M2 made of S, M1 of K', 'M2-from-S'],
  ['u of A and B without padding', 'u-not-padded'],
  ['K of S without padding', 'K-S-strip-zeros'],
  ['M1 of A or B without padding', 'M1-A-B-not-padded'],
  ['leading zeros stripped from the salt', 'x-salt-strip-zeros'],
  ['leading zeros stripped from the inner hash', 'x-inner-strip-zeros'],
  ['leading zeros stripped from H(I)', 'M1-H-I-strip-zeros'],
  ['leading zeros stripped from H(N) xor H(g)', 'M1-xor-strip-zeros'],
  ['leading zeros stripped from K', 'K-strip-zeros'],
  ['leading zeros stripped from M1 in M2', 'M2-M1-strip-zeros'],
  ['leading zeros stripped from M1', 'M1-strip-zeros'],
  ['an identity that is not lower-cased', 'identity-not-lower-cased'],
  ['an identity in NFKD', 'identity-nfkd'],
  ['an identity that is not trimmed', 'identity-not-trimmed'],
  ['an identity in Latin-1', 'identity-latin-1'],
];

/** H(N) xor H(g) is a constant of the group and begins with 4a: there is nothing to strip, so nothing comes out wrong. */
const HARMLESS = 'M1-xor-strip-zeros';

/** M1 of `deployed` has neither H(I) nor the exclusive or. */
const ABSENT: Readonly<Record<ProfileName, readonly string[]>> = {
  documented: [],
  deployed: ['M1-H-I-strip-zeros', HARMLESS],
};

t.equal(MISTAKES.length, 27);

for (const profile of ['documented', 'deployed'] satisfies ProfileName[])
  t.test(`${profile}: each is told by a vector, but for the one that changes nothing`, (test) => {
    const wanted = new Set(MISTAKES.flatMap(([, ...ids]) => ids));
    const verdicts = judge(
      profile,
      namedMistakes(profile).filter(({ id }) => wanted.has(id)),
    );
    for (const [words, ...ids] of MISTAKES) {
      if (ids.some((id) => ABSENT[profile].includes(id))) continue;
      const { caught, equivalent } = verdicts.find(({ mistake }) => ids.includes(mistake.id)) ?? {};
      if (ids.includes(HARMLESS)) test.match(equivalent, /begins with the byte 4a/, words);
      else
        test.ok(caught, `${words}: ${caught?.vector ?? 'no vector'} has another ${caught?.node ?? 'value'}`);
    }
    test.end();
  });
