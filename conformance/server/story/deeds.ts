/** Steps as calls: whose session, which group, which version, by what the server must know when the step is taken. */
import { setTimeout as delay } from 'node:timers/promises';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { addressWith } from '../bench/address.ts';
import { isSuccess } from '../bench/bench.ts';
import { changeTo, successor } from '../bench/credential.ts';
import { groupPath, NO_VERSION } from '../fixtures/flows.ts';
import type { Resource } from '../../../reference/index.ts';
import * as model from './calls.ts';
import { addressOf, logIn, signUp } from './opening.ts';
import type { AccountState } from './state.ts';
import type { Deed, Step } from './steps.ts';
import type { Call, World } from './world.ts';

/** Who is in a story. */
export const NAMES = ['Jane', 'Bob', 'Carol'] as const;

/** One of those that there are. */
const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

/** The next of what was made once. */
function next<T>(world: World, list: readonly T[]): T {
  const found = pick(list, world.turn++);
  if (found === undefined) throw new Error('nothing was made for the story');
  return found;
}

/** Who acts, and with what. */
interface Acting {
  readonly world: World;
  readonly step: Step;
  readonly name: string;
  /** The id of the account. */
  readonly account: string;
  readonly present: AccountState;
  readonly session: string;
}

const accountNamed = ({ state }: World, name: string): readonly [string, AccountState] | undefined =>
  Object.entries(state.accounts).find(([, account]) => account.name === name);

/** A step as a call that waits as long as it says. */
export function callAfterPause(world: World, step: Step): Call {
  const { words, send } = callOf(world, step);
  return { words, send: async () => await delay(step.pause).then(send) };
}

/** A step as a call; where what it needs is not there, the call that makes it. */
export function callOf(world: World, step: Step): Call {
  const name = pick(NAMES, step.who) ?? 'Jane';
  const found = accountNamed(world, name);
  if (found === undefined) return signUp(world, name, next(world, world.material.credentials));
  const [account, present] = found;
  const { credential, email } = present;
  const enter = (twice: boolean): Call => logIn(world, { name, account, email, credential, twice });
  if (step.does === 'log in') return enter(step.honest === 0);
  const ended = world.sessions.filter((one) => one.account === account && !present.live.includes(one.id));
  const dead = step.honest === 0 ? pick(ended, step.device)?.id : undefined;
  const session = dead ?? pick(present.live, step.device);
  if (session === undefined) return enter(false);
  const acting = { world, step, name, account, present, session };
  const groupId = pick(world.groups.toReversed(), step.group); // the newest first
  const call = OF_ACCOUNTS[step.does]?.(acting);
  if (call !== undefined) return call;
  return groupId === undefined ? makeGroup(acting) : (OF_GROUPS[step.does] ?? push)(acting, groupId);
}

const numberOf = ({ world, session, name }: Acting): string =>
  `${name}, in session ${world.sessions.findIndex(({ id }) => id === session) + 1},`;
const groupWords = ({ world }: Acting, groupId: string): string =>
  `group ${world.groups.indexOf(groupId) + 1}`;

/** A call with a session, and what its answer says. */
const calling = (
  acting: Acting,
  words: string,
  [method, path, body]: readonly [string, string, unknown?],
  stagesOf: (answer: Parameters<typeof model.reset>[0]) => model.Stages,
): Call => ({
  words: `${numberOf(acting)} ${words}`,
  async send() {
    const answer = await acting.world.bench.send(method, path, { body, sessionId: acting.session });
    return { answer, stages: stagesOf(answer) };
  },
});

function makeGroup(acting: Acting): Call {
  const { world, account, session } = acting;
  const link = next(world, world.material.links);
  const body = { parentResourceId: 'wrk_1', name: 'Beds', encSymmetricKey: link };
  return calling(acting, 'makes a group', ['POST', '/api/resource_groups', body], (answer) => {
    if (isSuccess(answer)) world.groups.push(textOf(jsonOf(answer.responseBody), 'id'));
    return model.groupMade(answer, account, session, link);
  });
}

/** A change of what opens the account, and of its address. */
function change(acting: Acting, email: string, words: string): Call {
  const { world, account, session, step, present } = acting;
  const { bench, material } = world;
  const from = present.credential;
  const other = material.credentials.filter((one) => one.encSymmetricKey !== from.encSymmetricKey);
  const drawn = next(world, other);
  const to = successor(bench, from, drawn);
  const wrong = next(world, other);
  const isHonest = step.honest > 1;
  const proof = isHonest || step.resource === 1 ? from : wrong;
  const stale = isHonest || step.resource === 0 ? from : wrong;
  const body = { ...changeTo(bench, email, stale, to), verifier: proof.verifier };
  const how = isHonest ? '' : ` from a ${proof === from ? 'key' : 'verifier'} that is not the account’s`;
  return calling(acting, `${words}${how}`, ['POST', '/auth/change-password', body], (answer) =>
    model.changed(answer, account, session, { proof, from: stale, to, email }),
  );
}

/** Moves between two addresses; now and then to that of somebody else. */
function move(acting: Acting): Call {
  const { world, step, name, present } = acting;
  const own = addressOf(world, name);
  const other = accountNamed(world, pick(NAMES, step.whom) ?? '')?.[1].email ?? own;
  const away = present.email === own ? addressWith(own, '.m') : own;
  const email = step.honest === 1 ? other : away;
  const { words, send } = change(
    { ...acting, step: { ...step, honest: 6 } },
    email,
    'moves to another address',
  );
  return {
    words,
    async send() {
      const sent = await send();
      const person = world.persons.find(({ body }) => body.id === acting.account);
      const moved = isSuccess(sent.answer) && email !== present.email;
      if (moved && person !== undefined)
        await world.bench.confirm({ ...person, body: { ...person.body, email } });
      return sent;
    },
  };
}

const OF_ACCOUNTS: Partial<Record<Deed, (acting: Acting) => Call>> = {
  'log in as before': ({ world, step, name, account, present: { email } }) => {
    const credential = next(world, world.material.credentials);
    const { words, send } = logIn(world, {
      ...{ name, account, credential, twice: false },
      email: step.honest > 3 ? email : addressWith(addressOf(world, name), '.m'),
    });
    return { words: `${words} with another passphrase or address`, send };
  },
  'log out': (acting) =>
    calling(acting, 'logs out', ['POST', '/auth/logout'], (answer) =>
      model.loggedOut(answer, acting.account, acting.session),
    ),
  'change the passphrase': (acting) => change(acting, acting.present.email, 'changes the passphrase'),
  'change the address': move,
  reset: (acting) =>
    calling(acting, 'empties the account', ['POST', '/auth/reset'], (answer) =>
      model.reset(answer, acting.account, acting.session, acting.world.groups),
    ),
  'delete the account': (acting) =>
    calling(acting, 'deletes the account', ['DELETE', '/auth/delete-account'], (answer) =>
      model.deleted(answer, acting.account, acting.session, acting.world.groups),
    ),
  'make a group': makeGroup,
};

/** The others who can be named: their ids and addresses, the one that the step says first. */
function others({ world, step, account }: Acting): readonly (readonly [string, AccountState])[] {
  const all = Object.entries(world.state.accounts).filter(([id]) => id !== account);
  const first = pick(all, step.whom);
  return first === undefined ? [] : [first, ...all.filter((one) => one !== first)];
}

function share(acting: Acting, groupId: string): Call {
  const { world, step, account, session } = acting;
  const named = others(acting).slice(0, step.honest > 3 ? 2 : 1);
  if (named.length === 0)
    return signUp(world, pick(NAMES, step.who + 1) ?? '', next(world, world.material.credentials));
  const emails = named.map(([, { email }]) => email);
  const keys = Object.fromEntries(named.map(([id]) => [id, next(world, world.material.links)]));
  const words = `shares ${groupWords(acting, groupId)} with ${named.map(([, { name }]) => name).join(' and ')}`;
  return calling(acting, words, ['POST', groupPath({ groupId }, 'share-b'), { emails, keys }], (answer) =>
    model.sharedWith(answer, account, session, { groupId, emails, links: keys }),
  );
}

/** Withdraws from everybody, or from one: another, or the caller. */
function withdraw(acting: Acting, groupId: string, one: boolean): Call {
  const { world, step, account, session, present, name } = acting;
  const [, other] = others(acting)[0] ?? [account, present];
  const from = step.honest > 3 ? other : { ...present, name };
  const email = one ? from.email : undefined;
  const everybody = world.persons.map(({ body }) => body.id);
  const missing = { status: 404, ...(world.bench.profile === 'deployed' && { or: 200 }) };
  const words = `withdraws ${groupWords(acting, groupId)} from ${one ? from.name : 'everybody'}`;
  const body = one ? { emails: [from.email] } : undefined;
  return calling(acting, words, ['PUT', groupPath({ groupId }, 'unshare'), body], (answer) =>
    model.withdrawn(answer, account, session, { groupId, email, everybody, missing }),
  );
}

/** A resource as the caller last saw it, edited or removed; from an earlier version where the step is not honest. */
function edited(acting: Acting, groupId: string, n: number, removed: boolean): Resource {
  const { world, step, account } = acting;
  const id = `req_${n}`;
  const versions = world.state.groups[groupId]?.resources[id]?.versions ?? [];
  const version =
    (step.honest > 1 ? versions.at(-1) : pick(versions.slice(0, -1), step.device)) ?? NO_VERSION;
  const edit = { createdBy: account, lastEdited: Date.now(), lastEditedBy: account, removed };
  const encContent = next(world, world.material.contents);
  return { id, name: id, resourceGroupId: groupId, version, type: 'Request', ...edit, encContent };
}

function push(acting: Acting, groupId: string): Call {
  const { step, account, session } = acting;
  const removed = step.does === 'remove';
  const numbers = step.does === 'push several' ? [0, 1] : [step.resource];
  const resources = numbers.map((n) => edited(acting, groupId, n, removed));
  const what = resources.map(({ id, version }) => `${id} from version ${version}`).join(' and ');
  const words = `${removed ? 'removes' : 'pushes'} ${what} in ${groupWords(acting, groupId)}`;
  return calling(acting, words, ['POST', '/sync/push', resources], (answer) =>
    model.pushed(answer, account, session, resources),
  );
}

const OF_GROUPS: Partial<Record<Deed, (acting: Acting, groupId: string) => Call>> = {
  share,
  withdraw: (acting, groupId) => withdraw(acting, groupId, false),
  'withdraw from one': (acting, groupId) => withdraw(acting, groupId, true),
};
