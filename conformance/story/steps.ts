/** What two persons may do, one step after the other, as plain data: a story shrinks like any list, and a path leads back to it. */
import fc from 'fast-check';
import { liars, type LiarName } from './liars.ts';

/** Every step, and how often it is taken. */
const WEIGHTS = {
  'log in': 2,
  'log in with a wrong passphrase': 1,
  'log out': 1,
  'make a group': 1,
  edit: 7,
  remove: 3,
  pull: 6,
  'meet a liar': 3,
  share: 5,
  withdraw: 3,
  'change the passphrase': 3,
  'change the address': 1,
  reset: 1,
  'restart the server': 1,
} as const;

export type Deed = keyof typeof WEIGHTS;

/** A step; a deed looks at what it needs. Numbers stand for one of those that there are when the step is taken. */
export interface Step {
  readonly does: Deed;
  readonly who: number;
  readonly device: number;
  readonly group: number;
  /** One of the three resources that a group may have. */
  readonly resource: number;
  /** What an edit makes of it. */
  readonly document: unknown;
  /** The one that is changed to. */
  readonly passphrase: string;
  /** The server that is met in place of the honest one. */
  readonly liar: LiarName;
}

const PASSPHRASES = ['a new \u212b passphrase', '\u3000ﬁve words and white space ', 'pass%2Fphrase:&'];

const step = (does: Deed, who = 0, more: Partial<Step> = {}): Step => ({
  ...{ does, who, device: 0, group: 0, resource: 0, liar: 'fails a pull' },
  ...{ document: { told: 'in every run' }, passphrase: PASSPHRASES[0] ?? '' },
  ...more,
});

/** Told in every run, before what is drawn: what comes again after it was gone, and what comes after a failure. */
export const ALWAYS: readonly Step[] = [
  ...[step('make a group'), step('edit'), step('edit', 0, { resource: 1 })],
  ...[step('pull', 1), step('share'), step('pull', 1)],
  ...[step('remove'), step('pull', 1), step('edit', 1, { document: 'made anew' }), step('pull')],
  ...[step('withdraw'), step('share'), step('edit', 0, { resource: 1, document: [] }), step('pull', 1)],
  ...[
    step('withdraw'),
    step('meet a liar'),
    step('share'),
    step('edit', 0, { document: 7 }),
    step('pull', 1),
  ],
  ...[step('change the passphrase'), step('change the passphrase', 0, { passphrase: PASSPHRASES[1] ?? '' })],
  ...[step('log in'), step('pull', 0, { device: 1 })],
];

/** Of any code points; surrogates are none. */
const codePoint = fc.integer({ min: 0, max: 0x10f7ff }).map((n) => (n < 0xd800 ? n : n + 0x800));
const text = fc.array(codePoint, { maxLength: 40 }).map((points) => String.fromCodePoint(...points));

/** The longest story, in steps. */
const LONGEST = 14;

/** @param can - whether the client can take a step, or what is tried with a liar */
export function stories(can: (deed: Deed) => boolean): fc.Arbitrary<readonly Step[]> {
  const deeds = (Object.keys(WEIGHTS) as Deed[]).filter(can);
  const names = (Object.keys(liars) as LiarName[]).filter((name) => can(liars[name].deed));
  const weighted = deeds.map((deed) => ({ weight: WEIGHTS[deed], arbitrary: fc.constant(deed) }));
  const step = fc.record({
    does: fc.oneof(...weighted),
    who: fc.nat(1),
    device: fc.nat(2),
    group: fc.nat(2),
    resource: fc.nat(2),
    document: fc.oneof(fc.jsonValue({ maxDepth: 2 }), text),
    passphrase: fc.constantFrom(...PASSPHRASES),
    liar: fc.constantFrom(...names),
  });
  return fc.array(step, { minLength: 1, maxLength: LONGEST, size: 'max' });
}
