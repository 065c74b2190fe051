/** Groups with the links of others: made, shared with all neighbours at once, and withdrawn (8.1 to 8.3). */
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { groupPath, linkFor, makeGroup, recipients } from '../fixtures/flows.ts';
import { acknowledged, certainly, type Known, type Witness } from './witness.ts';
import type { Work } from './work.ts';

const GROUPS = '/api/resource_groups';

/** The link that somebody has; why there is none otherwise. */
async function linkOf(who: Witness, groupId: string): Promise<string | undefined> {
  const answer = await who.call('GET', groupPath({ groupId }));
  return answer.status === 404 ? undefined : textOf(jsonOf(answer.responseBody), 'encSymmetricKey');
}

/** New groups, with a link of their owner. */
export function groups(who: Witness): Work {
  const { bench, account } = who;
  const made = new Map<string, string>();
  let number = 0;
  return {
    async act() {
      const encSymmetricKey = linkFor(bench, account, bench.steps.primitives.random(32));
      const body = { parentResourceId: `wrk_${String(++number)}`, name: 'Yard', encSymmetricKey };
      const id = textOf(await acknowledged(who, 'POST', GROUPS, body), 'id');
      made.set(id, encSymmetricKey);
    },
    async losses() {
      const losses: string[] = [];
      for (const [id, link] of made)
        if ((await linkOf(who, id)) !== link)
          losses.push(`group ${id} is not there with the link of its owner`);
      return losses;
    },
  };
}

/** The links of neighbours; undefined for those who have none. */
type Links = readonly (string | undefined)[];

const isSame = (one: Links, other: Links): boolean => one.every((link, i) => link === other[i]);

/** Shares one group with everybody and, where the server can, withdraws it again. Links come and are replaced together (SHARE-08), and go one by one. @throws Blocked */
export async function shares(who: Witness, neighbours: readonly Witness[]): Promise<Work> {
  const { bench } = who;
  const group = await makeGroup(bench, who);
  const whom = await recipients(
    bench,
    who,
    neighbours.map(({ account }) => account),
  );
  const nobody: Links = neighbours.map(() => undefined);
  let links: Known<Links> = certainly(nobody);
  let turn = 0;
  return {
    async act() {
      const withdraws = ++turn % 3 === 0 && bench.capabilities.includes('unshare');
      const possible = withdraws
        ? nobody
        : neighbours.map(({ account }) => linkFor(bench, account, bench.steps.primitives.random(32)));
      links = { certain: links.certain, possible };
      const keys = Object.fromEntries(neighbours.map(({ account }, i) => [account.body.id, possible[i]]));
      if (withdraws) await acknowledged(who, 'PUT', groupPath(group, 'unshare'));
      else await acknowledged(who, 'POST', groupPath(group, 'share-b'), { ...whom, keys });
      links = certainly(possible);
    },
    async losses() {
      const found = await Promise.all(neighbours.map((neighbour) => linkOf(neighbour, group.groupId)));
      const { certain, possible } = links;
      const oneByOne = isSame(possible, nobody);
      const isWhole = isSame(found, certain) || isSame(found, possible);
      const isHalf = found.every((link, i) => link === certain[i] || link === possible[i]);
      links = certainly(found);
      if (isWhole || (oneByOne && isHalf)) return [];
      return [
        isHalf
          ? 'some of the links of one share-b are there, and others are not (SHARE-08)'
          : 'the links of a group are not those that were acknowledged last',
      ];
    },
  };
}
