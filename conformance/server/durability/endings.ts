/** What is done to an account or a team once: a move, a reset, a deletion, a new team, duplicate groups (7.7, 7.9, 7.10, 8.4, 8.10). */
import { Blocked } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { addressWith } from '../bench/address.ts';
import { isSuccess } from '../bench/bench.ts';
import { CHANGE } from '../change/change.ts';
import { changeTo, credentialOf, successor } from '../bench/credential.ts';
import { groupPath, itemsOf, makeGroup, pulled, pushed, resourceOf } from '../fixtures/flows.ts';
import { reopened } from './changes.ts';
import { acknowledged, tried, type Witness } from './witness.ts';
import type { Kinds, Work } from './work.ts';

/** Moves to another address (EMAIL-04). */
function move(who: Witness): Work {
  const { bench, account } = who;
  const from = who.credential.certain;
  const to = successor(bench, from, credentialOf(bench));
  const email = addressWith(account.body.email, '.moved');
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

/** Empties an account with a group in which there is a resource. @throws Blocked */
async function reset(who: Witness): Promise<Work> {
  const group = await makeGroup(who.bench, who);
  await pushed(who, [resourceOf(who.bench, group, who, 'req_1')]);
  return {
    async act() {
      await acknowledged(who, 'POST', '/auth/reset');
    },
    async losses() {
      const closed = await reopened(who);
      if (closed.length > 0) return closed;
      const link = await who.call('GET', groupPath(group));
      const isBack = link.status !== 404 || (await pulled(who)).length > 0;
      return isBack ? ['what an account has emptied is back'] : [];
    },
  };
}

/** Deletes an account. */
function deletion(who: Witness): Work {
  return {
    async act() {
      await acknowledged(who, 'DELETE', '/auth/delete-account');
    },
    async losses() {
      const { certain } = who.credential;
      const { answer, saltKey } = await tried(who.bench, who.account.body.email, certain);
      return isSuccess(answer) || saltKey === certain.saltKey ? ['an account that was deleted is back'] : [];
    },
  };
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
