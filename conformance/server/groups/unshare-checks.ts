/** Withdrawing (8.3): whose links go, whose stay, and who may not withdraw them. */
import type { Check } from '../../check.ts';
import { expectAccepted } from '../answers/acceptance.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import { groupPath, makeGroup, shareWith, type OwnGroup } from '../fixtures/flows.ts';
import {
  emailOf,
  expectLinks,
  expectUnchanged,
  idOf,
  nobody,
  people,
  type People,
} from '../fixtures/people.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { judgeRows, type RefusalTable } from '../fixtures/rows.ts';

/** A group of Jane's with Bob and the third in it, and the links of all three. */
interface Shared extends People {
  readonly group: OwnGroup;
  readonly links: Readonly<Record<'jane' | 'bob' | 'third', string>>;
}

async function sharedGroup(bench: ServerBench): Promise<Shared> {
  const four = await people(bench);
  const { jane, bob, third } = four;
  const group = await makeGroup(bench, jane);
  const links = await shareWith(bench, group, [bob.account, third.account]);
  const linkOf = (device: Device): string => links[idOf(device)] ?? '';
  return { ...four, group, links: { jane: group.link, bob: linkOf(bob), third: linkOf(third) } };
}

const unshare = (device: Device, group: OwnGroup, body?: unknown) =>
  device.call('PUT', groupPath(group, 'unshare'), body);

/** A withdrawal that is accepted, and whose links there are afterwards. */
interface Accepted {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly profile?: 'documented';
  readonly needs: readonly string[];
  readonly by: keyof People;
  readonly body: (people: People) => unknown;
  readonly left: readonly ('jane' | 'bob' | 'third')[];
}

const ACCEPTED: readonly Accepted[] = [
  {
    id: 'everybody',
    title: 'Without a body every link but that of the owner is withdrawn, and that one stays as it is.',
    requirements: ['UNSHARE-02', 'UNSHARE-03'],
    needs: ['unshare', 'sharing'],
    by: 'jane',
    body: () => undefined,
    left: ['jane'],
  },
  {
    id: 'everybody-empty-object',
    title: 'With the empty object every link but that of the owner is withdrawn.',
    requirements: ['UNSHARE-02', 'HTTP-23'],
    needs: ['unshare', 'sharing'],
    by: 'jane',
    body: () => ({}),
    left: ['jane'],
  },
  {
    id: 'person',
    title: 'The link of a person who is named is withdrawn, and the others stay as they are.',
    requirements: ['UNSHARE-01'],
    profile: 'documented',
    needs: ['unshare', 'share-email', 'groups'],
    by: 'jane',
    body: ({ bob }) => ({ emails: [emailOf(bob)] }),
    left: ['jane', 'third'],
  },
  {
    id: 'persons',
    title: 'The links of all persons who are named are withdrawn.',
    requirements: ['UNSHARE-01'],
    profile: 'documented',
    needs: ['unshare', 'share-email', 'groups'],
    by: 'jane',
    body: ({ bob, third }) => ({ emails: [emailOf(third), emailOf(bob)] }),
    left: ['jane'],
  },
  {
    id: 'own-link',
    title: 'A member who names themselves gives up their own link, and no other one.',
    requirements: ['UNSHARE-01', 'UNSHARE-03'],
    profile: 'documented',
    needs: ['unshare', 'share-email', 'groups'],
    by: 'bob',
    body: ({ bob }) => ({ emails: [emailOf(bob)] }),
    left: ['jane', 'third'],
  },
];

const acceptedCheck = ({ by, body, left, id, ...check }: Accepted): Check<ServerBench> => ({
  ...check,
  id: `server.unshare.${id}`,
  async run(bench) {
    const { group, links, ...four } = await sharedGroup(bench);
    const other = await sharedGroup(bench);
    await expectLinks(bench, group, links, 'before the withdrawal');
    expectAccepted('the withdrawal', await unshare(four[by], group, body(four)));
    const kept = Object.fromEntries(left.map((name) => [name, links[name]]));
    await expectLinks(bench, group, kept, 'after the withdrawal');
    await expectLinks(bench, other.group, other.links, 'to another group after the withdrawal');
  },
});

/** A withdrawal that is refused. */
interface Row {
  readonly what: string;
  readonly by: keyof People;
  readonly body: unknown;
}

type Refused = RefusalTable<(people: People, bench: ServerBench) => Promise<readonly Row[]> | readonly Row[]>;

const BY_ADDRESS = ['unshare', 'share-email', 'groups'];

const REFUSED: readonly Refused[] = [
  {
    id: 'owner',
    title: 'The link of the owner is not withdrawn, alone or with others.',
    requirements: ['UNSHARE-04', 'HTTP-11'],
    needs: BY_ADDRESS,
    status: 403,
    error: 'forbidden',
    rows: ({ jane, bob }) => [
      { what: 'the owner withdraws themselves', by: 'jane', body: { emails: [emailOf(jane)] } },
      {
        what: 'the owner withdraws a member and themselves',
        by: 'jane',
        body: { emails: [emailOf(bob), emailOf(jane)] },
      },
      { what: 'a member withdraws the owner', by: 'bob', body: { emails: [emailOf(jane)] } },
    ],
  },
  {
    id: 'member-everybody',
    title: 'A member who is not the owner withdraws nobody by naming nobody.',
    requirements: ['UNSHARE-05', 'HTTP-11'],
    needs: ['unshare', 'sharing'],
    status: 403,
    error: 'forbidden',
    rows: () => [
      { what: 'a member withdraws everybody', by: 'bob', body: undefined },
      { what: 'a member withdraws everybody, with the empty object', by: 'bob', body: {} },
    ],
  },
  {
    id: 'member-other',
    title: 'A member who is not the owner does not withdraw another one, alone or with themselves.',
    requirements: ['UNSHARE-05', 'HTTP-11'],
    needs: BY_ADDRESS,
    status: 403,
    error: 'forbidden',
    rows: ({ bob, third }) => [
      { what: 'a member withdraws another one', by: 'bob', body: { emails: [emailOf(third)] } },
      {
        what: 'a member withdraws themselves and another one',
        by: 'bob',
        body: { emails: [emailOf(bob), emailOf(third)] },
      },
    ],
  },
  {
    id: 'without-a-link',
    title: 'An address without a link to the group is refused, and nobody named with it loses theirs.',
    requirements: ['UNSHARE-06', 'HTTP-11'],
    profile: 'documented',
    needs: BY_ADDRESS,
    status: 404,
    error: 'not-found',
    rows: async ({ bob, stranger }, bench) => {
      const unknown = await nobody(bench);
      return [
        { what: 'an account without a link', by: 'jane', body: { emails: [emailOf(stranger)] } },
        { what: 'an address without an account', by: 'jane', body: { emails: [unknown] } },
        {
          what: 'a member and an account without a link',
          by: 'jane',
          body: { emails: [emailOf(bob), emailOf(stranger)] },
        },
        { what: 'nobody and a member', by: 'jane', body: { emails: [unknown, emailOf(bob)] } },
      ];
    },
  },
  {
    id: 'malformed',
    title: 'A withdrawal that does not say well-formed whose links go withdraws nobody’s.',
    requirements: ['HTTP-07', 'HTTP-11'],
    needs: ['unshare', 'sharing'],
    status: 400,
    rows: ({ bob }) => [
      { what: 'an empty list', by: 'jane', body: { emails: [] } },
      { what: 'a person twice', by: 'jane', body: { emails: [emailOf(bob), emailOf(bob)] } },
      { what: 'an address in no list', by: 'jane', body: { emails: emailOf(bob) } },
      { what: 'null for a list', by: 'jane', body: { emails: null } },
      { what: 'a number among the addresses', by: 'jane', body: { emails: [emailOf(bob), 7] } },
      { what: 'a member that nobody knows', by: 'jane', body: { accounts: [idOf(bob)] } },
      { what: 'a list as the body', by: 'jane', body: [emailOf(bob)] },
    ],
  },
];

const refusedCheck = ({ status, error, rows, id, ...check }: Refused): Check<ServerBench> => ({
  ...check,
  id: `server.unshare.refused.${id}`,
  twin: async (bench) => {
    const { group, jane } = await sharedGroup(bench);
    expectAccepted('a withdrawal from everybody', await unshare(jane, group));
  },
  async run(bench) {
    const { group, links, ...four } = await sharedGroup(bench);
    await expectLinks(bench, group, links, 'before the withdrawal');
    await judgeRows(await rows(four, bench), async ({ what, by, body }) => {
      const answer = await expectUnchanged(bench, group, () => unshare(four[by], group, body));
      expectRefusal(what, answer, [status], error);
    });
  },
});

export const unshareChecks: readonly Check<ServerBench>[] = [
  ...ACCEPTED.map(acceptedCheck),
  ...REFUSED.map(refusedCheck),
];
