/** Teams (8.4): made, listed for those in them, and refused whole. */
import type { Team } from '../../../reference/index.ts';
import { Blocked, expectSame, type Check } from '../../check.ts';
import { expectBody } from '../answers/acceptance.ts';
import { textOf } from '../../peer/exchange.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import { emailOf, idOf, nobody, people, unconfirmed } from '../fixtures/people.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { LONG_NAME, ODD_NAME } from '../fixtures/odd-texts.ts';
import { judgeRows, type RefusalTable } from '../fixtures/rows.ts';

/** One more than a page of a list often holds. */
const MANY = 101;

const TEAMS = '/api/teams';

const make = (device: Device, body: unknown) => device.call('POST', TEAMS, body);

/** The teams that somebody is in, as the server lists them. */
async function teamsOf(device: Device): Promise<readonly Team[]> {
  const answer = await device.call('GET', TEAMS);
  expectBody('the list of teams', answer, 'teams-response');
  return JSON.parse(answer.responseBody) as readonly Team[];
}

/** What a team says, in one order. */
const inWords = ({ id, name, ownerAccountId, accounts }: Team): string => {
  const members = accounts.map(
    (one) => `${one.id} ${one.email} ${one.firstName} ${one.lastName} ${one.isAdmin ? 'is admin' : ''}`,
  );
  return [id, name, ownerAccountId, ...members.sort()].join('\n');
};

/** What a team must say that the owner made of these. */
const expectedOf = (id: string, name: string, owner: Device, others: readonly Device[]): string =>
  inWords({
    ...{ id, name, ownerAccountId: idOf(owner) },
    accounts: [owner, ...others].map(({ account: { body } }) => ({
      ...{ id: body.id, email: body.email, firstName: body.firstName, lastName: body.lastName },
      isAdmin: body.id === idOf(owner),
    })),
  });

/** A team that somebody makes, held against what was sent, in the answer and in the list of everybody in it. @returns its id */
async function expectTeam(
  bench: ServerBench,
  owner: Device,
  name: string,
  others: readonly Device[],
): Promise<string> {
  const { stranger } = await people(bench);
  const body = { name, ...(others.length > 0 && { emails: others.map(emailOf) }) };
  const answer = await make(owner, body);
  const made = expectBody('a new team', answer, 'team') as unknown as Team;
  expectSame('the team', expectedOf(made.id, name, owner, others), inWords(made));
  for (const device of [owner, ...others, stranger]) {
    const listed = (await teamsOf(device)).filter(({ id }) => id === made.id).map(inWords);
    const expected = device === stranger ? [] : [inWords(made)];
    expectSame(`the team in the list of ${emailOf(device)}`, expected.join('\n\n'), listed.join('\n\n'));
  }
  return made.id;
}

/** What somebody's teams are, as text to compare. */
const allOf = async (device: Device): Promise<string> =>
  (await teamsOf(device)).map(inWords).sort().join('\n\n');

type Refused = RefusalTable<
  (bench: ServerBench) => Promise<readonly (readonly [what: string, body: unknown])[]>
>;

const REFUSED: readonly Refused[] = [
  {
    id: 'unknown-address',
    title: 'A team with an address that has no account, or none that is confirmed, is not made.',
    requirements: ['TEAM-02', 'HTTP-11'],
    profile: 'documented',
    needs: ['teams', 'mail'],
    status: 404,
    error: 'unknown-account',
    async rows(bench) {
      const { bob } = await people(bench);
      const [unknown, open] = [await nobody(bench), (await unconfirmed(bench)).body.email];
      return [
        ['an address without an account', { name: 'Nobody', emails: [unknown] }],
        ['an address that is not confirmed', { name: 'Not yet', emails: [open] }],
        ['somebody and nobody', { name: 'Half', emails: [emailOf(bob), unknown] }],
      ];
    },
  },
  {
    id: 'malformed',
    title: 'A team whose name or persons are not of their form is not made.',
    requirements: ['HTTP-07', 'HTTP-11'],
    needs: ['teams'],
    status: 400,
    async rows(bench) {
      const { bob } = await people(bench);
      const email = emailOf(bob);
      return [
        ['no name', {}],
        ['an empty name', { name: '' }],
        ['a name of 201 characters', { name: 'x'.repeat(201) }],
        ['a number for a name', { name: 7 }],
        ['null for a name', { name: null }],
        ['an address in no list', { name: 'Gardeners', emails: email }],
        ['an address twice', { name: 'Gardeners', emails: [email, email] }],
        ['what is no address', { name: 'Gardeners', emails: ['bob'] }],
        ['a member that nobody knows', { name: 'Gardeners', owner: idOf(bob) }],
        ['a list as the body', []],
      ];
    },
  },
];

const refusedCheck = ({ status, error, rows, id, ...check }: Refused): Check<ServerBench> => ({
  ...check,
  id: `server.team.refused.${id}`,
  twin: async (bench) => {
    const { jane } = await people(bench);
    await expectTeam(bench, jane, 'Gardeners', []);
  },
  async run(bench) {
    const { jane, bob } = await people(bench);
    await judgeRows(await rows(bench), async ([what, body]) => {
      const before = [await allOf(jane), await allOf(bob)];
      expectRefusal(`a team with ${what}`, await make(jane, body), [status], error);
      expectSame(
        'the teams after a refusal',
        before.join('; '),
        [await allOf(jane), await allOf(bob)].join('; '),
      );
    });
  },
});

export const teamChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.team',
    title:
      'Who makes a team owns it, is in it and is its one admin; nobody else sees it, and another of the same name is another.',
    requirements: ['TEAM-01', 'TEAM-05'],
    needs: 'teams',
    async run(bench) {
      const { jane, bob } = await people(bench);
      const made: string[] = [];
      for (const [owner, name] of [
        [jane, 'Gärten & Beete ✿'],
        [jane, ODD_NAME],
        [jane, LONG_NAME],
        [bob, 'x'],
        [bob, 'x'],
      ] as const)
        made.push(await expectTeam(bench, owner, name, []));
      const listed = [...(await teamsOf(jane)), ...(await teamsOf(bob))].map(({ id }) => id);
      const missing = made.filter((id) => !listed.includes(id));
      expectSame('the teams that are not listed any more after another was made', '', missing.join(', '));
    },
  },
  {
    id: 'server.team.many',
    title: 'Of an account in more than a hundred teams every one is listed.',
    requirements: ['TEAM-01'],
    needs: 'teams',
    async run(bench) {
      const device = await bench.device(await bench.someone('many-teams'));
      const made: string[] = [];
      for (let i = 0; i < MANY; i++)
        made.push(textOf(await device.done('POST', TEAMS, { name: `Team ${String(i)}` }), 'id'));
      const listed = (await teamsOf(device)).map(({ id }) => id);
      expectSame('the teams of an account in many', made.sort().join(', '), listed.sort().join(', '));
    },
  },
  {
    id: 'server.team.persons',
    title: 'Everybody whom a new team names is in it, sees it and is no admin.',
    requirements: ['TEAM-01', 'TEAM-05'],
    needs: 'teams',
    async run(bench) {
      const { jane, bob, third } = await people(bench);
      await expectTeam(bench, jane, 'Two', [bob]);
      await expectTeam(bench, bob, 'Three', [third, jane]);
      const own = await teamsOf(jane);
      if (own.length === 0) throw new Blocked('Jane is in no team');
    },
  },
  ...REFUSED.map(refusedCheck),
];
