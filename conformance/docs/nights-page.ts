/** The page of who is right and was judged over and over: that the suite fails nobody who is right. */
import type { Judged } from '../nightly/digest.ts';
import { seedsInWords, type Night } from '../nightly/nights.ts';
import type { NightlyTarget } from '../nightly/targets.ts';
import { blocks, code, table } from './markdown.ts';
import type { Page } from './page.ts';
import { linksFrom } from './site.ts';

const path = 'conformance/right-implementations.md';
const link = linksFrom(path);

/**
 * @param nights - what was judged of each target in each profile
 * @param targets - all that are to be judged
 * @param nightDigest - the digest of what would judge them now
 */
export function nightsPage(
  nights: readonly Night[],
  targets: readonly Pick<NightlyTarget, 'name' | 'judged' | 'profiles'>[],
  nightDigest: (judged: Judged) => string,
): Page {
  const rows = targets.flatMap(({ name, judged, profiles }) =>
    profiles.map((profile) => {
      const night = nights.find((one) => one.target === name && one.profile === profile);
      return [
        name,
        code(profile),
        ...(night === undefined ? ['', 'none yet', '', ''] : cellsOf(night, nightDigest(judged))),
      ];
    }),
  );
  const runs = nights.reduce((sum, { seeds }) => sum + seeds.length, 0);
  const text = blocks(
    '# Right implementations',
    `That a suite finds what is wrong (${link('conformance/kill-matrix.md', '', 'kill matrix')}) is half of what it is for: it must also fail nobody who is right. Every client and server of this repository, among them some that were written in other languages from the specification, is judged with many seeds by ${code('npm run nightly')}. A seed decides what is drawn: values, stories, and moments at which a process is ended. Below are the runs without a verdict that was not expected, each with the same verdicts as the others of its row: ${runs} so far.`,
    table(['who', 'profile', 'checks', 'seeds', 'last', 'judged by'], rows),
    `Two of them are made of published packages, and do some things otherwise than the specification says: what they do is written down in a baseline, and is expected. A row holds what was judged with one state of the suite; ${code('npm run nightly -- --write')} adds seeds to it, and begins it anew where the suite or who is judged has changed since. The last column says whether it is this state, to the byte, with the same Node and the same packages.`,
  );
  return { path, text };
}

const cellsOf = ({ checks, seeds, day, build }: Night, now: string): string[] => [
  String(checks),
  `${seeds.length}: ${seedsInWords(seeds)}`,
  day,
  build === now ? 'this state' : 'an earlier state',
];
