/** What a client makes of false answers to a share: one check for each row of `lies/share-lies.ts` (8.2, 6.6). */
import { keyPair } from '../../vectors/generate/keys.ts';
import { Blocked, expectThat, type Check } from '../check.ts';
import { personLies, STRANGER, teamLies, type ShareLie } from '../lies/share-lies.ts';
import { textOf } from '../peer/exchange.ts';
import type { Params, ShareResult } from '../target/verbs.ts';
import { shared, type Act, type ClientBench } from './bench.ts';
import { dealing, expectDealt, expectNotDealt, linksDealt, newDeal } from './dealing.ts';
import { idOf, type Planted } from './flows.ts';
import { stageCheck, type Refusal } from './stage-check.ts';

const SHARE_A = 'POST /api/resource_groups/:id/share-a';

/** With whom a group is shared: the two of the team, or the first of them by address. */
interface Route {
  readonly lies: readonly ShareLie[];
  readonly needs: readonly string[];
  readonly target: (bench: ClientBench) => Promise<Pick<Params<'share'>, 'emails' | 'teamId'>>;
  /** How many of the two. */
  readonly others: number;
}

const team: Route = {
  lies: teamLies,
  needs: ['groups', 'share-team'],
  target: async (bench) => ({ teamId: (await dealing(bench)).teamId }),
  others: 2,
};
const persons: Route = {
  lies: personLies,
  needs: ['groups', 'share-email'],
  target: async (bench) => ({ emails: [textOf((await dealing(bench)).others[0].body, 'email')] }),
  others: 1,
};

async function share(bench: ClientBench, { target }: Route, { groupId }: Planted): Promise<Act<ShareResult>> {
  const { session } = await dealing(bench);
  return await bench.call('share', { session, groupId, ...(await target(bench)) });
}

async function shareHonestly(bench: ClientBench, route: Route, group: Planted): Promise<void> {
  await expectDealt(bench, group, await share(bench, route, group), route.others);
}

const strangersKey = JSON.stringify(keyPair('carol').publicKey);

interface Provoked {
  readonly group: Planted;
  readonly act: Act<ShareResult>;
}

const provoked =
  (route: Route, { alter }: ShareLie) =>
  async (bench: ClientBench): Promise<Provoked> => {
    const { others } = await dealing(bench);
    const [bob] = others;
    const parties = {
      bob: { id: idOf(bob), email: textOf(bob.body, 'email') },
      strangersKey,
    };
    const group = await newDeal(bench);
    const { outcome, told } = await bench.peer.lying(
      {
        call: SHARE_A,
        tell: async ({ honest }) => ({ body: JSON.stringify(alter(await honest(), parties)) }),
      },
      () => share(bench, route, group),
    );
    if (told === 0) throw new Blocked(`the client made no ${SHARE_A}`);
    return { group, act: outcome };
  };

const refusals = new Map<string, Refusal>();

function shareCheck(route: Route, lie: ShareLie): Check<ClientBench> {
  const { id, title, requirements, stages } = lie;
  const provoke = shared(provoked(route, lie));
  if (stages.length > 0 && route === team)
    refusals.set(id, { stages, provoke: async (bench) => (await provoke(bench)).act });
  return {
    id: `client.dealing.${id}`,
    title,
    requirements,
    needs: route.needs,
    twin: async (bench) => {
      await shareHonestly(bench, route, await newDeal(bench));
    },
    async run(bench) {
      const { group, act } = await provoke(bench);
      if (stages.length === 0) await expectDealt(bench, group, act, route.others);
      else expectRefused(lie, act);
      await shareHonestly(bench, route, group);
    },
  };
}

/** Who leaves out an account that nobody asked for has given no key away either. */
function expectRefused(lie: ShareLie, act: Act<ShareResult>): void {
  const links = linksDealt(act);
  expectThat(!(STRANGER in links), 'a key was given to an account that nobody asked for', {
    expected: 'no link for it',
    actual: `a link for ${STRANGER}`,
  });
  const strange = lie.requirements.includes('SHARE-04') && Object.keys(links).length > 0;
  if (!strange) expectNotDealt(act, `the answer ${lie.id}`, lie);
}

export const hostileShareChecks: readonly Check<ClientBench>[] = [
  ...[team, persons].flatMap((route) => route.lies.map((lie) => shareCheck(route, lie))),
  stageCheck('client.dealing.stages', team.needs, refusals),
];
