/** Shares that a server refuses, whole (8.2): by whom, with whom, and with which links. */
import type { Check } from '../../check.ts';
import { expectAccepted } from '../answers/acceptance.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import { groupPath, linkFor, makeTeam, recipients, type OwnGroup } from '../fixtures/flows.ts';
import {
  emailOf,
  expectUnchanged,
  groupOf,
  idOf,
  nobody,
  people,
  unconfirmed,
  type People,
} from '../fixtures/people.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { judgeRows, type RefusalTable } from '../fixtures/rows.ts';

/** What a share is made of: a group of Jane's that Bob is a member of, and what is right to say of it. */
interface Share extends People {
  readonly bench: ServerBench;
  readonly group: OwnGroup;
  /** Names Bob and the third. */
  readonly whom: object;
  /** A link for each of these. */
  readonly links: (...devices: readonly Device[]) => Readonly<Record<string, string>>;
}

/** A share that is refused. Where there are no keys of its own, share-a too, and share-b with a link for the third. */
interface Row {
  readonly what: string;
  readonly by?: Device;
  readonly body: object;
}

type Refused = RefusalTable<(share: Share) => Promise<readonly Row[]> | readonly Row[]>;

async function shareToMake(bench: ServerBench): Promise<Share> {
  const four = await people(bench);
  const { jane, bob, third } = four;
  const group = await groupOf(bench, bob);
  const whom = await recipients(bench, jane, [bob.account, third.account]);
  const links = (...devices: readonly Device[]) =>
    Object.fromEntries(devices.map((one) => [idOf(one), linkFor(bench, one.account, group.key)]));
  return { ...four, bench, group, whom, links };
}

/** An account id that no account has. */
const NO_ACCOUNT = `act_${'0123456789abcdef'.repeat(4)}`;

/** Links that are none, by what is wrong with them. */
const garbled = (link: string): Readonly<Record<string, unknown>> => ({
  'an empty link': '',
  'a link of 255 bytes': link.slice(2),
  'a link of 257 bytes': `${link}00`,
  'a link of 511 digits': link.slice(1),
  'a link in upper case': `AB${link.slice(2)}`,
  'a link that is no hex': `zz${link.slice(2)}`,
  'a link that ends with a line feed': `${link}\n`,
  'a number as a link': 7,
  'null as a link': null,
  'a list as a link': [link],
});

const REFUSED: readonly Refused[] = [
  {
    id: 'not-the-owner',
    title: 'A member who is not the owner cannot share the group, whomever they name.',
    requirements: ['SHARE-09'],
    needs: 'sharing',
    status: 403,
    error: 'forbidden',
    async rows({ bench, bob, third, whom }) {
      const own = await recipients(bench, bob, [third.account]);
      const rows = [
        { what: 'a share of the owner’s by a member', by: bob, body: whom },
        { what: 'a share by a member', by: bob, body: own },
      ];
      if (!bench.capabilities.includes('share-email')) return rows;
      const unknown = { emails: [await nobody(bench)] };
      const self = { emails: [emailOf(bob)] };
      return [
        ...rows,
        { what: 'a share by a member with an address that has no account', by: bob, body: unknown },
        { what: 'a share by a member with themselves', by: bob, body: self },
      ];
    },
  },
  {
    id: 'unknown-address',
    title:
      'A share that names an address without an account, or one that is not confirmed, is refused whole.',
    requirements: ['SHARE-03', 'SHARE-08'],
    needs: ['groups', 'share-email', 'mail'],
    profile: 'documented',
    status: 404,
    error: 'unknown-account',
    async rows({ bench, third }) {
      const [unknown, open] = [await nobody(bench), (await unconfirmed(bench)).body.email];
      return [
        { what: 'a share with nobody', body: { emails: [unknown] } },
        { what: 'a share with an address that is not confirmed', body: { emails: [open] } },
        { what: 'a share with somebody and nobody', body: { emails: [emailOf(third), unknown] } },
        { what: 'a share with nobody and somebody', body: { emails: [unknown, emailOf(third)] } },
        {
          what: 'a share with somebody and an address that is not confirmed',
          body: { emails: [emailOf(third), open] },
        },
      ];
    },
  },
  {
    id: 'foreign-team',
    title: 'A share with a team that the caller is not in is refused as one with a team that there is not.',
    requirements: ['TEAM-03'],
    needs: ['groups', 'team-members'],
    status: 404,
    error: 'not-found',
    async rows({ bench, third, stranger }) {
      const teamId = await makeTeam(bench, stranger, [third.account]);
      return [
        { what: 'a share with a team that the caller is not in', body: { teamId } },
        { what: 'a share with a team that there is not', body: { teamId: 'team_0123456789abcdef' } },
      ];
    },
  },
  {
    id: 'strange-account',
    title: 'A share-b with a link for the caller or for somebody who was not named is refused whole.',
    requirements: ['SHARE-07', 'SHARE-08', 'HTTP-11'],
    needs: 'sharing',
    status: 403,
    error: 'forbidden',
    rows: ({ whom, links, jane, third, stranger }) => [
      { what: 'a link for a stranger', body: { ...whom, keys: links(stranger) } },
      { what: 'a link for the caller', body: { ...whom, keys: links(jane) } },
      { what: 'a link for no account', body: { ...whom, keys: { [NO_ACCOUNT]: links(third)[idOf(third)] } } },
      { what: 'a link for somebody and for a stranger', body: { ...whom, keys: links(third, stranger) } },
      { what: 'a link for a stranger and for somebody', body: { ...whom, keys: links(stranger, third) } },
      { what: 'a link for somebody and for the caller', body: { ...whom, keys: links(third, jane) } },
    ],
  },
  {
    id: 'own-link',
    title:
      'A share-b with a link for the caller is refused whole, also where the caller is in the team or among the persons.',
    requirements: ['SHARE-07', 'HTTP-11'],
    needs: 'sharing',
    status: 403,
    error: 'forbidden',
    async rows({ bench, links, jane, third }) {
      const has = (capability: string): boolean => bench.capabilities.includes(capability);
      const ways: (readonly [named: string, whom: object])[] = [];
      if (has('share-email')) ways.push(['persons', { emails: [emailOf(jane), emailOf(third)] }]);
      if (has('team-members'))
        ways.push(['a team', { teamId: await makeTeam(bench, jane, [third.account]) }]);
      return ways.flatMap(([named, whom]) => [
        { what: `a link for the caller, who is in ${named}`, body: { ...whom, keys: links(jane) } },
        {
          what: `links for the caller and somebody else in ${named}`,
          body: { ...whom, keys: links(third, jane) },
        },
      ]);
    },
  },
  {
    id: 'link-of-a-member',
    title: 'A share-b with a link for a member who was not named is refused whole.',
    requirements: ['SHARE-07', 'HTTP-11'],
    needs: ['groups', 'share-email'],
    status: 403,
    error: 'forbidden',
    rows: ({ links, bob, third }) => [
      { what: 'a link for a member who is not named', body: { emails: [emailOf(third)], keys: links(bob) } },
      {
        what: 'links for who is named and a member who is not',
        body: { emails: [emailOf(third)], keys: links(third, bob) },
      },
    ],
  },
  {
    id: 'garbled-link',
    title: 'A share-b with a link or an account id that is not of its form is refused whole.',
    requirements: ['HTTP-07', 'SHARE-08', 'HTTP-11'],
    needs: 'sharing',
    status: 400,
    error: 'malformed',
    rows({ whom, links, bob, third }) {
      const right = links(third)[idOf(third)] ?? '';
      const wrong = Object.entries(garbled(right)).map(([what, link]) => ({
        what,
        body: { ...whom, keys: { ...links(third), [idOf(bob)]: link } },
      }));
      const ids = ['nobody', '', '__proto__', idOf(third).toUpperCase(), idOf(third).slice(0, -1)];
      return [
        ...wrong,
        ...ids.map((id) => ({
          what: `a link for «${id}»`,
          body: {
            ...whom,
            keys: Object.fromEntries([
              [idOf(bob), right],
              [id, right],
            ]),
          },
        })),
        { what: 'no keys', body: { ...whom, keys: undefined } },
        { what: 'a list as keys', body: { ...whom, keys: [right] } },
        { what: 'null as keys', body: { ...whom, keys: null } },
      ];
    },
  },
  {
    id: 'malformed',
    title: 'A share that does not say well-formed with whom is refused.',
    requirements: ['HTTP-07'],
    needs: 'sharing',
    status: 400,
    rows: ({ whom, third }) => [
      { what: 'a share with neither team nor persons', body: {} },
      { what: 'a share with an empty list of persons', body: { emails: [] } },
      { what: 'a share with the same person twice', body: { emails: [emailOf(third), emailOf(third)] } },
      { what: 'a share with a person who is no text', body: { emails: [7] } },
      { what: 'a share with persons in no list', body: { emails: emailOf(third) } },
      { what: 'a share with null for persons', body: { emails: null } },
      { what: 'a share with what is no address', body: { emails: ['nobody'] } },
      { what: 'a share with a team and persons', body: { teamId: 'team_1', emails: [emailOf(third)] } },
      { what: 'a share with an empty team id', body: { teamId: '' } },
      { what: 'a share with a team id that has a slash', body: { teamId: '../team' } },
      { what: 'a share with a team id of 201 characters', body: { teamId: 'x'.repeat(201) } },
      { what: 'a share with a number for the team', body: { teamId: 1 } },
      { what: 'a share with a member that nobody knows', body: { ...whom, colour: 'green' } },
    ],
  },
  {
    id: 'not-normalised',
    title: 'A share with an address that is not normalised is refused as that.',
    requirements: ['NORM-06'],
    needs: ['groups', 'share-email'],
    profile: 'documented',
    status: 400,
    error: 'not-normalized',
    rows: ({ bob, third }) => [
      { what: 'a share with an address in upper case', body: { emails: [emailOf(third).toUpperCase()] } },
      {
        what: 'a share with a second address in upper case',
        body: { emails: [emailOf(bob), emailOf(third).toUpperCase()] },
      },
    ],
  },
];

async function shareRightly(bench: ServerBench): Promise<void> {
  const { jane, bob, third, group, whom, links } = await shareToMake(bench);
  expectAccepted('share-a', await jane.call('POST', groupPath(group, 'share-a'), whom));
  const body = { ...whom, keys: links(bob, third) };
  expectAccepted('share-b', await jane.call('POST', groupPath(group, 'share-b'), body));
}

const refusalCheck = ({ status, error, rows, id, ...check }: Refused): Check<ServerBench> => ({
  ...check,
  id: `server.share.refused.${id}`,
  twin: shareRightly,
  async run(bench) {
    const share = await shareToMake(bench);
    const { group, jane, third, links } = share;
    const judge = async ({ what, by = jane, body }: Row): Promise<void> => {
      const calls = 'keys' in body ? ['share-b'] : ['share-a', 'share-b'];
      for (const call of calls) {
        const keys = 'keys' in body || call === 'share-a' ? {} : { keys: links(third) };
        const sent = { ...body, ...keys };
        const answer = await expectUnchanged(bench, group, () =>
          by.call('POST', groupPath(group, call), sent),
        );
        expectRefusal(`${what} (${call})`, answer, [status], error);
      }
    };
    await judgeRows(await rows(share), judge);
  },
});

export const shareRefusalChecks: readonly Check<ServerBench>[] = REFUSED.map(refusalCheck);
