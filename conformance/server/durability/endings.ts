/** What is done to an account or a team once: a move, a reset, a deletion, a new team, duplicate groups (7.7, 7.9, 7.10, 8.4, 8.10). */
import { Blocked } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { addressWith } from '../bench/address.ts';
import { isSuccess, statusAndBody } from '../bench/bench.ts';
import { CHANGE } from '../change/change.ts';
import { changeTo, credentialOf, successor } from '../bench/credential.ts';
import {
  groupPath,
  itemsOf,
  makeGroup,
  makeTeam,
  pulled,
  pushed,
  resourceOf,
  shareWith,
  type OwnGroup,
} from '../fixtures/flows.ts';
import { reopened } from './changes.ts';
import { acknowledged, enter, tried, type Witness } from './witness.ts';
import type { Kinds, Work } from './work.ts';

/** Moves to another address (EMAIL-04). */
function move(who: Witness): Work {
  const { bench, account } = who;
  const from = who.credential.certain;
  const to = successor(bench, from, credentialOf(bench));
  const email = addressWith(account.body.email, '.m');
  return {
    async act() {
      await acknowledged(who, 'POST', CHANGE, changeTo(bench, email, from, to));
    },
    async losses() {
      const after = await tried(bench, email, to);
      // A new address that is not confirmed is told of after a right proof alone (LOGIN-10).
      const isOpen = isSuccess(after.answer) || after.answer.status === 403;
      const before = await tried(bench, account.body.email, from);
      return [
        ...(isOpen ? [] : ['the account does not open with the address that it has moved to']),
        ...(isSuccess(before.answer) || before.saltKey === from.saltKey
          ? ['the account is still at the address from which it has moved']
          : []),
      ];
    },
  };
}

/** A group with a resource, which others are members of where the server can share. @throws Blocked */
async function groupWith(owner: Witness, others: readonly Witness[]): Promise<OwnGroup> {
  const { bench } = owner;
  const has = (capability: string): boolean => bench.capabilities.includes(capability);
  const group = await makeGroup(bench, owner);
  if (has('sync')) await pushed(owner, [resourceOf(bench, group, owner, 'req_1')]);
  if (has('sharing'))
    await shareWith(
      bench,
      group,
      others.map(({ account }) => account),
    );
  return group;
}

/** Whether somebody has a link to a group, or is handed a resource of it. */
async function reaches(who: Witness, group: OwnGroup): Promise<boolean> {
  const link = await who.call('GET', groupPath(group));
  if (link.status !== 404 || !who.bench.capabilities.includes('sync')) return link.status !== 404;
  return (await pulled(who)).some(({ resourceGroupId }) => resourceGroupId === group.groupId);
}

/** What an account has together with its neighbours: groups of each, and teams. */
interface Ties {
  /** Which groups and teams the account has again. */
  groupsBack(): Promise<readonly string[]>;
  teamsBack(): Promise<readonly string[]>;
  /** What the neighbours have again that was the account's, or have no more of their own. */
  ofOthers(): Promise<readonly string[]>;
}

/** @throws Blocked */
async function tied(who: Witness, neighbours: readonly Witness[]): Promise<Ties> {
  const { bench } = who;
  const has = (capability: string): boolean => bench.capabilities.includes(capability);
  const own = has('groups') ? [await groupWith(who, neighbours)] : [];
  const others: OwnGroup[] = [];
  const teams: string[] = [];
  for (const neighbour of neighbours) {
    if (has('groups')) others.push(await groupWith(neighbour, [who]));
    if (has('teams') && has('team-members')) teams.push(await makeTeam(bench, neighbour, [who.account]));
  }
  return {
    async groupsBack() {
      const reached = await Promise.all([...own, ...others].map((group) => reaches(who, group)));
      return reached.filter(Boolean).map(() => 'a group that was taken from an account is back');
    },
    async teamsBack() {
      if (teams.length === 0) return [];
      const { responseBody } = await who.call('GET', '/api/teams');
      const back = teams.filter((id) => responseBody.includes(`"${id}"`));
      return back.map(() => 'an account is in a team again from which it was deleted');
    },
    async ofOthers() {
      const losses: string[] = [];
      for (const [i, neighbour] of neighbours.entries()) {
        const [mine, theirs] = [own[0], others[i]];
        if (mine !== undefined && (await reaches(neighbour, mine)))
          losses.push('a group that went with its owner is back for another member');
        if (theirs !== undefined && !(await reaches(neighbour, theirs)))
          losses.push('a group that an account had no more than a link to is gone');
      }
      return losses;
    },
  };
}

/** Empties an account that has groups, alone and with others. @throws Blocked */
async function reset(who: Witness, neighbours: readonly Witness[]): Promise<Work> {
  const ties = await tied(who, neighbours);
  return {
    async act() {
      await acknowledged(who, 'POST', '/auth/reset');
    },
    async losses() {
      const closed = await reopened(who);
      return closed.length > 0 ? closed : [...(await ties.groupsBack()), ...(await ties.ofOthers())];
    },
  };
}

/** Deletes an account that has groups and teams with others. @throws Blocked */
async function deletion(who: Witness, neighbours: readonly Witness[]): Promise<Work> {
  const ties = await tied(who, neighbours);
  return {
    async act() {
      await acknowledged(who, 'DELETE', '/auth/delete-account');
    },
    async losses() {
      const { certain } = who.credential;
      const { answer, saltKey } = await tried(who.bench, who.account.body.email, certain);
      if (isSuccess(answer) || saltKey === certain.saltKey) return ['an account that was deleted is back'];
      const losses = await ties.ofOthers();
      if (!(await isTakenAgain(who))) return losses;
      return [...losses, ...(await ties.groupsBack()), ...(await ties.teamsBack())];
    },
  };
}

/** Signs a deleted account up again as it was, and logs in. @returns whether the server takes an id of the past @throws Blocked */
async function isTakenAgain(who: Witness): Promise<boolean> {
  const { bench, account, credential } = who;
  const answer = await bench.send('POST', '/auth/signup', { body: account.body });
  if (textOf(jsonOf(answer.responseBody), 'error') === 'id-taken') return false;
  if (!isSuccess(answer)) throw new Blocked(`the server refused a signup: ${statusAndBody(answer)}`);
  await bench.confirm(account);
  await enter(who, credential.certain);
  return true;
}

/** Makes a team. */
function team(who: Witness): Work {
  const made: string[] = [];
  return {
    async act() {
      made.push(textOf(await acknowledged(who, 'POST', '/api/teams', { name: 'Gardeners' }), 'id'));
    },
    async losses() {
      const closed = await reopened(who);
      if (closed.length > 0) return closed;
      const answer = await who.call('GET', '/api/teams');
      const found = itemsOf({ teams: JSON.parse(answer.responseBody) as unknown }, 'teams');
      const isThere = (id: string): boolean => found.some((one) => one['id'] === id);
      return made.filter((id) => !isThere(id)).map((id) => `team ${id} is not there`);
    },
  };
}

/** Has one of two groups for the same document deleted. @throws Blocked */
async function duplicates(who: Witness): Promise<Work> {
  const made = [await makeGroup(who.bench, who, 'wrk_twice'), await makeGroup(who.bench, who, 'wrk_twice')];
  let gone: unknown = [];
  return {
    async act() {
      const ids = made.map(({ groupId }) => groupId);
      gone = (await acknowledged(who, 'POST', '/sync/fix-dupes', { ids }))['deleteResourceGroupIds'];
      if (!Array.isArray(gone) || gone.length !== 1)
        throw new Blocked('of two groups for the same document not one was deleted');
    },
    async losses() {
      const losses = [...(await reopened(who))];
      if (losses.length > 0) return losses;
      for (const group of made) {
        const answer = await who.call('GET', groupPath(group));
        const link = textOf(jsonOf(answer.responseBody), 'encSymmetricKey');
        const isRight = (gone as unknown[]).includes(group.groupId)
          ? answer.status === 404
          : link === group.link;
        if (!isRight) losses.push('of two groups for the same document not the one is there that was kept');
      }
      return losses;
    },
  };
}

/** What is done once, each to an account of its own. */
export const ONCE: Kinds = {
  move: { needs: ['change-email'], prepare: move },
  reset: { needs: ['reset', 'groups', 'sync'], prepare: reset },
  deletion: { needs: ['delete-account'], prepare: deletion },
  team: { needs: ['teams'], prepare: team },
  duplicates: { needs: ['groups', 'fix-dupes'], prepare: duplicates },
};
