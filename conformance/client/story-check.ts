/** Stories of two persons on several devices, held against what there must be after each step. */
import fc from 'fast-check';
import { Failure, type Check } from '../check.ts';
import { accounts, typedAccount, type TypedAccount } from '../inputs.ts';
import { forAll } from '../property.ts';
import { take } from '../story/deeds.ts';
import { ALWAYS, stories, type Deed, type Step } from '../story/steps.ts';
import { deviceOf, open, pull, type World } from '../story/world.ts';
import type { ClientBench } from './bench.ts';

/** The capability that a step needs, beyond groups and sync. */
const NEEDS: Partial<Record<Deed, string>> = {
  withdraw: 'unshare',
  'change the passphrase': 'change-password',
  'change the address': 'change-email',
  reset: 'reset',
};

/** A story, and whose it is. */
interface Told {
  readonly pair: [TypedAccount, TypedAccount];
  readonly story: readonly Step[];
}

export const storyCheck: Check<ClientBench> = {
  id: 'client.story',
  title: 'Whatever two persons do on several devices, each reads what there is, and nothing else.',
  requirements: ['SYNC-07', 'SYNC-06', 'SYNC-04', 'PULL-09', 'PULL-10', 'SHARE-06', 'CHANGE-06', 'LOGIN-12'],
  needs: ['groups', 'sync'],
  async run(bench) {
    const can = (deed: Deed): boolean => {
      const needed = deed === 'share' ? ['share-email', 'share-team'] : [NEEDS[deed] ?? 'sync'];
      return needed.some((one) => bench.capabilities.includes(one));
    };
    let attempts = 0;
    const pair = fc.tuple(accounts({ nonce: '.jane' }), accounts({ nonce: '.bob' }));
    const judge = async ({ pair: typed, story }: Told): Promise<void> => {
      const nonce = String(attempts++); // shrinking tries a story again; each attempt needs addresses of its own
      const own = typed.map((account) => ({ ...account, email: account.email.replace('@', `.${nonce}@`) }));
      await tell(await open(bench, own), story);
    };
    const first: Told = {
      pair: [typedAccount(bench.seed, 'story.jane'), typedAccount(bench.seed, 'story.bob')],
      story: ALWAYS.filter(({ does }) => can(does)),
    };
    await forAll(bench, fc.record({ pair, story: stories(can) }), judge, [first]);
  },
};

/** Takes every step; at the end both pull, each on a device of theirs. @throws Failure that tells the story */
async function tell(world: World, story: readonly Step[]): Promise<void> {
  try {
    for (const step of story) await take(world, step);
    for (const person of world.persons) {
      const session = await deviceOf(world, person, 0);
      world.told.push(`${person.name} pulls`);
      await pull(world, person, session);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const sent = world.told.map((words, i) => `${i + 1}. ${words}.`).join('\n');
    throw new Failure(error.message, { ...error.finding, sent });
  }
}
