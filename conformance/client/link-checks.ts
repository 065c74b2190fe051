/** What a client makes of false links: one check for each row of `lies/false-links.ts` (6.5, 8.1, 8.2). */
import { native, toHex } from '../../reference/index.ts';
import type { Jwk } from '../../vectors/generate/rsa.ts';
import { expectSame, type Check } from '../check.ts';
import { badlyPaddedLinks, falseLinks, type FalseLink } from '../lies/false-links.ts';
import { jsonOf, textOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import type { ShareResult } from '../target/verbs.ts';
import { shared, type Act, type ClientBench, type Signup } from './bench.ts';
import { deal, dealHonestly, dealing, expectDealt, expectNotDealt, linksDealt, newDeal } from './dealing.ts';
import { doneBefore, idOf, plantLink, putSeed, type Planted } from './flows.ts';
import { openLink } from './garden.ts';
import { stageCheck, type Refusal } from './stage-check.ts';

const NEEDS = ['groups', 'share-team'];

const publicKeyOf = ({ body }: Signup): Jwk => jsonOf(textOf(body, 'publicKey'));

/** Puts a false link in the place of the owner's own. */
async function falsify(bench: ClientBench, { groupId, key }: Planted, { make }: FalseLink): Promise<void> {
  const { account, others } = await dealing(bench);
  const [publicKey, other] = [publicKeyOf(account), publicKeyOf(others[0])];
  const encSymmetricKey = make({ profile: bench.profile, publicKey, other, key });
  bench.peer.store.putLink({ accountId: idOf(account), resourceGroupId: groupId, encSymmetricKey });
}

interface Provoked {
  readonly group: Planted;
  readonly act: Act<ShareResult>;
}

const refusals = new Map<string, Refusal>();

/** A share opens the caller's own link, on a device that has no other way to the key. */
function linkCheck(link: FalseLink): Check<ClientBench> {
  const { id, what, requirements, stages } = link;
  const provoke = shared(async (bench): Promise<Provoked> => {
    const group = await newDeal(bench);
    await falsify(bench, group, link);
    return { group, act: await deal(bench, group) };
  });
  refusals.set(id, { stages, provoke: async (bench) => (await provoke(bench)).act });
  return {
    id: `client.link.${id}`,
    title: `A client refuses a link ${what}, and gives nobody a key.`,
    requirements,
    needs: NEEDS,
    twin: dealHonestly,
    async run(bench) {
      const { group, act } = await provoke(bench);
      expectNotDealt(act, `a link ${what}`);
      plantLink(bench, (await dealing(bench)).account, group.groupId, group.key);
      await expectDealt(bench, group, await deal(bench, group));
    },
  };
}

/** What a client says of one group, whose link is false in one way after the other. */
async function complaints(bench: ClientBench): Promise<ReadonlyMap<string, string>> {
  const group = await newDeal(bench);
  const said = new Map<string, string>();
  for (const link of badlyPaddedLinks.filter(({ requirements }) => requirements.includes('LINK-03'))) {
    await falsify(bench, group, link);
    const { result } = await deal(bench, group);
    if (result instanceof VerbError) said.set(link.id, `${result.stage ?? 'no stage'}: ${result.message}`);
  }
  return said;
}

export const linkChecks: readonly Check<ClientBench>[] = [
  ...falseLinks.map(linkCheck),
  {
    id: 'client.link.same-answer',
    title: 'Why a link does not open cannot be told from what the client says of it.',
    requirements: ['LINK-04'],
    needs: NEEDS,
    twin: dealHonestly,
    async run(bench) {
      const said = await complaints(bench);
      const first = [...said.values()][0] ?? '';
      for (const [id, words] of said) expectSame(`what is said of the link ${id}`, first, words);
    },
  },
  {
    id: 'client.link.another-key',
    title: 'A client that has used a key for a group gives nobody another one that the server brings up.',
    requirements: ['GROUP-05', 'SHARE-06'],
    needs: [...NEEDS, 'sync'],
    twin: dealHonestly,
    async run(bench) {
      const { account, session, others } = await dealing(bench);
      const group = await newDeal(bench);
      putSeed(bench, account, group, { id: 'req_known', document: 'known' });
      doneBefore(await bench.call('pull', { session }), 'pull');
      plantLink(bench, account, group.groupId, native.random(32));
      const act = await deal(bench, group);
      const links = linksDealt(act);
      // Who keeps to the key that it holds need not look at the link at all.
      for (const other of others)
        if (idOf(other) in links)
          expectSame(
            'the key in the link',
            toHex(group.key),
            toHex(openLink(bench, other, links[idOf(other)] ?? '')),
          );
      if (Object.keys(links).length === 0) expectNotDealt(act, 'a link to another key');
      plantLink(bench, account, group.groupId, group.key);
      await expectDealt(bench, group, await deal(bench, group));
    },
  },
  stageCheck('client.link.stages', NEEDS, refusals),
];
