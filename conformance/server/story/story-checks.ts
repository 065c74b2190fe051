/** Stories of three persons on several devices, one call after the other or side by side, held against what a server must know. */
import type { Check } from '../../check.ts';
import { forAll } from '../../property.ts';
import type { ServerBench } from '../bench/bench.ts';
import { taken } from '../fixtures/valid.ts';
import { callAfterPause, callOf, NAMES } from './deeds.ts';
import { numbered } from '../fixtures/numbered.ts';
import { material } from './material.ts';
import { ANYTHING, bursts, DEEDS, step, stories, type Deed, type Step, type Weights } from './steps.ts';
import { begin, together, type World } from './world.ts';

/** Of these, what a server can do. Where an address opens a session only once it is confirmed, a move is seen to its end. */
const within = ({ capabilities, profile }: ServerBench, weights: Weights): Weights =>
  Object.fromEntries(
    Object.entries(weights).filter(
      ([deed]) =>
        DEEDS[deed as Deed].every((name) => capabilities.includes(name)) &&
        (deed !== 'change the address' || profile === 'documented'),
    ),
  );

/** What a story may show to be broken. */
const STORY = [
  ...[
    'CHANGE-11',
    'RESET-02',
    'DELETE-02',
    'GROUP-03',
    'SHARE-11',
    'SHARE-12',
    'UNSHARE-03',
    'PULL-03',
    'SYNC-01',
  ],
];

/** Told in every run, before what is drawn: what comes again after it was gone. */
const ALWAYS: readonly (readonly Step[])[] = [
  [
    ...[step('log in'), step('log in'), step('log in', 1), step('log in', 1), step('log in', 2)],
    ...[step('make a group'), step('push'), step('remove'), step('push'), step('remove'), step('push')],
    ...[
      step('share', 0, { honest: 3 }),
      step('withdraw'),
      step('share', 0, { honest: 3, whom: 1 }),
      step('look'),
    ],
    ...[step('log in', 2), step('look'), step('share', 0, { honest: 3 }), step('push', 1), step('look')],
    ...[step('change the passphrase'), step('log in'), step('change the passphrase'), step('look')],
  ],
];

/** How long is looked for the smallest story, for each that is drawn, in milliseconds. */
const PATIENCE = 2000;

/** Stories are told with addresses of their own: shrinking tells one again. */
const numberOf = numbered();
const opened = async (bench: ServerBench): Promise<World> =>
  begin(bench, await material(bench), String(numberOf(bench)));

/** Takes a step by itself. */
const take = async (world: World, one: Step): Promise<void> => {
  if (one.does === 'look') await together(world, [], 'with everything');
  else await together(world, [callOf(world, one)]);
};

/** At the end everybody logs in with what opens the account now, and looks. */
async function end(world: World): Promise<void> {
  for (const who of [0, 1, 2]) await take(world, step('log in', who));
  await together(world, [], 'with everything');
}

/** Everybody has an account and a session, Jane two. */
async function everybodyIn(world: World): Promise<void> {
  for (const [who, name] of NAMES.entries()) {
    const sessions = (): number =>
      Object.values(world.state.accounts).find((account) => account.name === name)?.live.length ?? -1;
    while (sessions() < (who === 0 ? 2 : 1)) await take(world, step('log in', who));
  }
}

/** So it is, and the newest group is Jane's, with two resources in it; where persons can be named, with both others, too. */
async function settle({ capabilities }: ServerBench, world: World): Promise<void> {
  await everybodyIn(world);
  const isShared = capabilities.includes('share-email');
  const { owner = '', links = {} } = world.state.groups[world.groups.at(-1) ?? ''] ?? {};
  const isWhole = Object.keys(links).length === (isShared ? NAMES.length : 1);
  if (isWhole && world.state.accounts[owner]?.name === NAMES[0]) return;
  await take(world, step('make a group'));
  if (isShared) await take(world, step('share'));
  await take(world, step('push several'));
}

interface Race extends Pick<Check<ServerBench>, 'id' | 'title' | 'requirements'> {
  readonly weights: Weights;
  /**
   * What happens side by side in every run, one round after the other, before what is drawn: the first is what a server
   * must be able to do, of the others as much is done as it can.
   */
  readonly always: readonly (readonly Step[])[];
}

/** What is drawn to happen side by side, by what it is about. */
const RACES: readonly Race[] = [
  {
    id: 'server.concurrent.push',
    title:
      'Pushes that arrive at the same time are taken as if one came after the other: of one version, one.',
    requirements: ['SYNC-02'],
    weights: { push: 5, remove: 2, 'push several': 3 },
    always: [[step('push'), step('push', 1), step('push several', 2)]],
  },
  {
    id: 'server.concurrent.share',
    title: 'Sharing, withdrawing and pushing at the same time leave what they leave one after the other.',
    requirements: ['SHARE-08', 'UNSHARE-02'],
    weights: { share: 4, withdraw: 2, 'withdraw from one': 3, push: 2 },
    always: [[step('share'), step('share'), step('push', 1)]],
  },
  {
    id: 'server.concurrent.change',
    title:
      'Of changes that start from the same account one wins, whole, whatever logs in and out and pushes beside it.',
    requirements: ['CHANGE-08', 'CHANGE-09', 'CHANGE-11'],
    weights: { 'change the passphrase': 5, 'log in': 3, 'log out': 1, push: 2 },
    always: [[step('change the passphrase'), step('change the passphrase'), step('push', 0, { device: 1 })]],
  },
  {
    id: 'server.concurrent.ending',
    title: 'Emptying and deleting an account leave nothing behind of what arrives at the same time.',
    requirements: ['RESET-01', 'DELETE-01'],
    weights: {
      ...{ reset: 3, 'delete the account': 2, 'make a group': 1, push: 2, share: 2, 'log in': 1 },
      ...{ 'change the passphrase': 1, 'withdraw from one': 1 },
    },
    always: [
      [step('reset'), step('push', 1), step('push', 2)],
      [step('push', 1), step('push', 2), step('reset', 0, { pause: 5 })],
      [step('push', 1), step('push', 2), step('delete the account', 0, { pause: 5 })],
    ],
  },
];

/** What is done side by side, each by itself. */
const ALONE = taken('push', 'shareB', 'unshare', 'changePassword', 'reset', 'deleteAccount');

const raceCheck = ({ weights, always, ...check }: Race): Check<ServerBench> => ({
  ...check,
  needs: [...new Set(['groups', 'sync', ...(always[0] ?? []).flatMap(({ does }) => DEEDS[does])])],
  floods: 'it sends several requests at once',
  twin: ALONE,
  async run(bench) {
    const judge = async (rounds: readonly (readonly Step[])[]): Promise<void> => {
      const world = await opened(bench);
      for (const round of rounds) {
        await settle(bench, world);
        const calls = round.map((one) => callAfterPause(world, one));
        await together(world, calls, 'with what lived');
      }
      await end(world);
    };
    const own = within(bench, weights);
    const first = always.map((round) => round.filter(({ does }) => does in own));
    await forAll({ ...bench, patience: PATIENCE * bench.runs }, bursts(own), judge, [first]);
  },
});

export const storyChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.story',
    title: 'Whatever three persons do on several devices, each call is answered by what was done before it.',
    requirements: STORY,
    needs: ['groups', 'sync'],
    async run(bench) {
      await bench.jane(); // where accounts cannot be made, nothing is said
      const weights = within(bench, ANYTHING);
      const judge = async (story: readonly Step[]): Promise<void> => {
        const world = await opened(bench);
        for (const one of story) await take(world, one);
        await end(world);
      };
      const always = ALWAYS.map((story) => story.filter(({ does }) => does in weights));
      await forAll({ ...bench, patience: PATIENCE * bench.runs }, stories(weights), judge, always);
    },
  },
  ...RACES.map(raceCheck),
];
