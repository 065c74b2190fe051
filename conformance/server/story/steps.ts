/** What persons may do, as plain data: a story shrinks like any list, and a path leads back to it. */
import fc from 'fast-check';

/** Everything that can be done, with what a server must be able to for it. */
export const DEEDS = {
  'log in': [],
  'log in as before': [],
  'log out': [],
  'make a group': ['groups'],
  push: ['groups', 'sync'],
  remove: ['groups', 'sync'],
  'push several': ['groups', 'sync'],
  share: ['groups', 'share-email'],
  withdraw: ['groups', 'unshare'],
  'withdraw from one': ['groups', 'unshare', 'share-email'],
  'change the passphrase': ['change-password'],
  'change the address': ['change-email'],
  reset: ['reset'],
  'delete the account': ['delete-account'],
  look: ['groups', 'sync'],
} as const satisfies Record<string, readonly string[]>;

export type Deed = keyof typeof DEEDS;

/** A step; a deed looks at what it needs. Numbers stand for one of those that there are when the step is taken. */
export interface Step {
  readonly does: Deed;
  readonly who: number;
  readonly device: number;
  readonly group: number;
  readonly resource: number;
  readonly whom: number;
  /** 0 for a call that must not succeed: with a session that ended, or from a version or key that was replaced. */
  readonly honest: number;
  /** Milliseconds that it waits, where others are taken beside it. */
  readonly pause: number;
}

export type Weights = Partial<Record<Deed, number>>;

/** What is done in a story, and how often. */
export const ANYTHING: Weights = {
  ...{ 'log in': 2, 'log in as before': 1, 'log out': 1, 'make a group': 1, push: 6, remove: 4 },
  ...{ 'push several': 2, share: 6, withdraw: 2, 'withdraw from one': 3, 'change the passphrase': 3 },
  'change the address': 1,
  ...{ reset: 1, 'delete the account': 1, look: 3 },
};

/** A step by itself, as most are. */
export const step = (does: Deed, who = 0, more: Partial<Step> = {}): Step => ({
  ...{ does, who, device: 0, group: 0, resource: 0, whom: 0, honest: 6, pause: 0 },
  ...more,
});

const deeds = (weights: Weights): fc.Arbitrary<Deed> =>
  fc.oneof(
    ...Object.entries(weights).map(([deed, weight]) => ({ weight, arbitrary: fc.constant(deed as Deed) })),
  );

/** Most is for the owner of a group to do. */
const who = fc.constantFrom(0, 0, 1, 2);
const drawn = { who, device: fc.nat(2), resource: fc.nat(1), whom: fc.nat(2) };

/** One step after the other. */
export const stories = (weights: Weights): fc.Arbitrary<readonly Step[]> => {
  const one = { does: deeds(weights), ...drawn, group: fc.nat(2), honest: fc.nat(6), pause: fc.constant(0) };
  return fc.array(fc.record(one), { minLength: 1, maxLength: 40, size: 'max' });
};

/** Rounds of steps that are taken side by side, all of them honest, in the newest group. */
export const bursts = (weights: Weights): fc.Arbitrary<readonly (readonly Step[])[]> => {
  const honest = fc.integer({ min: 2, max: 6 });
  const one = { does: deeds(weights), ...drawn, group: fc.constant(0), honest, pause: fc.nat(12) };
  const round = fc.array(fc.record(one), { minLength: 2, maxLength: 5 });
  return fc.array(round, { minLength: 1, maxLength: 4, size: 'max' });
};
