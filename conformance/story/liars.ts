/** Servers of a story that lie once: what somebody tries there fails, and everything is as it was before. */
import { otherDigit, text } from '../lies/answers.ts';
import { LOGIN_A, LOGIN_M1, LOGIN_S, WHOAMI } from '../peer/calls.ts';
import type { Answer, Lie } from '../peer/lies.ts';
import { edited, editOf } from './edit.ts';
import { otherThan, sharedWith } from './sharing.ts';
import type { Deed, Step } from './steps.ts';
import { does, expectFailed, groupOf, heldOf, knownGroupOf, type Person, type World } from './world.ts';

/** What can be tried at a liar. */
type Tried = Extract<
  Deed,
  'log in' | 'pull' | 'make a group' | 'edit' | 'share' | 'withdraw' | 'change the passphrase'
>;

interface Liar {
  readonly deed: Tried;
  /** To follow «a server that». */
  readonly lies: string;
  readonly lie: Lie;
}

/** The honest answer with some members replaced. */
const altered =
  (alter: (honest: Answer) => Answer): Lie['tell'] =>
  async ({ honest }) => {
    const own = await honest();
    return { body: JSON.stringify({ ...own, ...alter(own) }) };
  };

/** The server does not do what was asked. */
const busy: Lie['tell'] = () => ({
  status: 503,
  body: JSON.stringify({ error: 'internal', message: 'Not now.' }),
});
const cut: Lie['tell'] = ({ hangUp }) => {
  hangUp();
  return { body: '' };
};

const PULL = 'POST /sync/pull';

const failing = (deed: Tried, call: string): Liar => ({
  ...{ deed, lies: `answers ${call} with status 503`, lie: { call, tell: busy } },
});

export const liars = {
  'proves nothing': {
    deed: 'log in',
    lies: 'proves nothing',
    lie: { call: LOGIN_M1, tell: altered(() => ({ srpM2: '5'.repeat(64) })) },
  },
  'is gone at the proof': {
    ...{ deed: 'log in', lies: 'is gone when it is to prove itself', lie: { call: LOGIN_M1, tell: cut } },
  },
  'sends B of zero': {
    deed: 'log in',
    lies: 'sends B of zero',
    lie: { call: LOGIN_A, tell: altered(() => ({ srpB: '0'.repeat(512) })) },
  },
  'crosses the salts': {
    deed: 'log in',
    lies: 'crosses the salts',
    lie: {
      call: LOGIN_S,
      tell: altered(({ saltKey, saltAuth }) => ({ saltKey: saltAuth, saltAuth: saltKey })),
    },
  },
  'changes a key': {
    deed: 'log in',
    lies: 'changes the tag of the wrapped key',
    lie: {
      call: WHOAMI,
      tell: altered((own) => {
        const message = JSON.parse(text(own, 'encSymmetricKey')) as Answer;
        return { encSymmetricKey: JSON.stringify({ ...message, t: otherDigit(text(message, 't'), -1) }) };
      }),
    },
  },
  'pulls nothing of use': {
    deed: 'pull',
    lies: 'answers with nothing of use',
    lie: { call: PULL, tell: () => ({ body: JSON.stringify({ resources: 7 }) }) },
  },
  'ends a pull': {
    ...{ deed: 'pull', lies: 'ends the connection', lie: { call: PULL, tell: cut } },
  },
  'fails a pull': failing('pull', PULL),
  'fails a push': failing('edit', 'POST /sync/push'),
  'fails a group': failing('make a group', 'POST /api/resource_groups'),
  'fails share-a': failing('share', 'POST /api/resource_groups/:id/share-a'),
  'fails share-b': failing('share', 'POST /api/resource_groups/:id/share-b'),
  'fails a withdrawal': failing('withdraw', 'PUT /api/resource_groups/:id/unshare'),
  'fails a change': failing('change the passphrase', 'POST /auth/change-password'),
} as const satisfies Readonly<Record<string, Liar>>;

export type LiarName = keyof typeof liars;

/** Who meets a liar, and what else the step names. */
interface Meeting {
  readonly world: World;
  readonly person: Person;
  readonly session: string;
  readonly step: Step;
}

interface Attempt {
  /** To follow the name of the person. */
  readonly words: string;
  /** @returns what the client reports */
  readonly act: () => Promise<{ readonly result: unknown }>;
  /** What waits in the client afterwards, done at an honest server. */
  readonly afterwards?: () => Promise<void>;
}

/** @returns undefined where there is nothing to try it with */
const attempts: Readonly<Record<Tried, (meeting: Meeting) => Promise<Attempt | undefined>>> = {
  'log in': ({ world: { bench }, person }) =>
    Promise.resolve({ words: 'logs in', act: () => bench.login(person.typed) }),

  pull: ({ world: { bench }, session }) =>
    Promise.resolve({ words: 'pulls', act: () => bench.call('pull', { session }) }),

  'make a group': ({ world: { bench }, session }) =>
    Promise.resolve({
      words: 'makes a group',
      act: () => bench.call('createGroup', { session, parentResourceId: 'wrk_vain', name: 'In vain' }),
    }),

  async edit({ world, person, session, step }) {
    const group = await knownGroupOf(world, person, session, step.group);
    const edit = editOf(group, step);
    return {
      words: `edits ${edit.id} of ${group.name}`,
      act: () => world.bench.call('push', { session, edits: [edit] }),
      async afterwards() {
        world.told.push(`${person.name} pushes what waits`);
        await does(world, 'push', { session, edits: [] });
        edited(group, edit, heldOf(world, session, group));
      },
    };
  },

  async share({ world, person, session, step }) {
    const group = await groupOf(world, person, session, step.group);
    if (group.owner !== person) return undefined;
    const other = otherThan(world, person);
    const share = { session, groupId: group.id, ...sharedWith(world.bench, person, other) };
    return {
      words: `shares ${group.name} with ${other.name}`,
      act: () => world.bench.call('share', share),
    };
  },

  async withdraw({ world, person, session, step }) {
    const group = await knownGroupOf(world, person, session, step.group);
    if (group.owner !== person) return undefined;
    return {
      words: `withdraws ${group.name}`,
      act: () => world.bench.call('unshare', { session, groupId: group.id }),
    };
  },

  'change the passphrase': ({ world: { bench }, person, session, step }) =>
    Promise.resolve({
      words: 'changes the passphrase',
      act: () =>
        bench.call('changePassword', {
          ...{ session, oldPassphrase: person.typed.passphrase, newPassphrase: step.passphrase },
        }),
    }),
};

/** Somebody tries something at a liar. @throws Failure where the client reports it as done */
export async function meet(name: LiarName, meeting: Meeting): Promise<void> {
  const { deed, lies, lie }: Liar = liars[name];
  const attempt = await attempts[deed](meeting);
  if (attempt === undefined) return;
  const { words, act, afterwards } = attempt;
  const { world, person } = meeting;
  world.told.push(`${person.name} ${words} at a server that ${lies}`);
  const { outcome, told } = await world.bench.peer.lying(lie, act);
  if (told > 0) expectFailed(outcome.result, `what was tried at a server that ${lies}`);
  await afterwards?.();
}
