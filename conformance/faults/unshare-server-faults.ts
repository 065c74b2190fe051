/** Servers that withdraw what they must not, or not what they must (8.3), and that are wrong about teams (8.4). */
import type { Store } from '../../reference/index.ts';
import { answering, faulty, inStore, type ServerFault } from './server-parts.ts';
import {
  done,
  inCall,
  isMember,
  isOwner,
  listIn,
  ownedByAnybody,
  refused,
  repairing,
  sentTo,
  type GroupCall,
} from './sharing-server-parts.ts';

/** Drops the links of some addresses where the server refuses to, whoever has them. */
const dropping = (wanted: (call: GroupCall) => readonly string[]) =>
  inCall('unshare', async (call) => {
    const response = await call.pass();
    const emails = wanted(call);
    if (response.ok || emails.length === 0) return response;
    for (const email of emails) {
      const id = call.store.accountByEmail(email)?.id;
      if (id !== undefined) call.store.dropLink(call.groupId, id);
    }
    return done();
  });

/** The addresses of the others who have a link to a group. */
const othersIn = ({ store, groupId, accountId }: GroupCall): readonly string[] =>
  store
    .linksOfGroup(groupId)
    .filter((link) => link.accountId !== accountId)
    .flatMap((link) => store.accountById(link.accountId)?.email ?? []);

/** Withdraws nobody from some groups, by how many resources they have, where there is no body. */
const keepingLinks =
  (isMeant: (resources: number) => boolean): ServerFault['create'] =>
  (input) =>
    faulty({
      around: (server) => async (request) => {
        const [, id = ''] = /\/resource_groups\/([^/]+)\/unshare$/.exec(request.url) ?? [];
        const isBare = id !== '' && (await request.clone().text()) === '';
        return isBare && isMeant(input.store.resourcesOf(id).length) ? done() : await server.fetch(request);
      },
    })(input);

/** The accounts in the answer for a new team, changed. */
const teamsMade = (change: (accounts: readonly object[]) => readonly object[]) =>
  answering('/api/teams', (answer) =>
    Array.isArray(answer['accounts']) ? { ...answer, accounts: change(answer['accounts']) } : answer,
  );

/** Who asks is not asked. */
function teamsOfEverybody(own: Store): Partial<Store> {
  const ids: string[] = [];
  return {
    addTeam(team) {
      ids.push(team.id);
      own.addTeam(team);
    },
    teamsOf: () => ids.flatMap((id) => own.team(id) ?? []),
  };
}

/** Who lost a link by their name may push as before. */
const pushingOn: ServerFault['create'] = (input) => {
  const lost = new Map<string, ReturnType<Store['link']>>();
  let [isNaming, isPushing] = [false, false];
  return faulty({
    store: (own) => ({
      ...own,
      dropLink(groupId, accountId) {
        if (isNaming) lost.set(`${groupId} ${accountId}`, own.link(groupId, accountId));
        own.dropLink(groupId, accountId);
      },
      link: (groupId, accountId) =>
        own.link(groupId, accountId) ?? (isPushing ? lost.get(`${groupId} ${accountId}`) : undefined),
    }),
    around: (server) => async (request) => {
      const { pathname } = new URL(request.url);
      isNaming = pathname.endsWith('/unshare') && (await request.clone().text()).includes('emails');
      isPushing = pathname === '/sync/push';
      return await server.fetch(request);
    },
  })(input);
};

/** Whoever is named by an address that they had before is named by the one that they have. */
const byFormerAddress: ServerFault['create'] = (input) => {
  const own = input.store;
  const present = new Map<string, string>();
  const store: Store = {
    ...own,
    replaceAccount(after) {
      const before = own.accountById(after.id);
      if (before !== undefined && before.email !== after.email) present.set(before.email, after.email);
      own.replaceAccount(after);
    },
  };
  const create = sentTo('unshare', ({ body }) => {
    const emails = listIn(body, 'emails');
    return emails.length === 0 ? body : { emails: emails.map((email) => present.get(email) ?? email) };
  });
  return create({ ...input, store });
};

export const unshareServerFaults: readonly ServerFault[] = [
  {
    id: 'unshare-by-name-keeps-pushing',
    title: 'lets who lost a link by their name go on pushing',
    requirement: 'UNSHARE-03',
    create: pushingOn,
  },
  {
    id: 'nobody-named-withdraws-nobody',
    title: 'withdraws nobody where nobody is named',
    requirement: 'UNSHARE-02',
    create: inCall('unshare', (call) => (listIn(call.body, 'emails').length === 0 ? done() : undefined)),
  },
  {
    id: 'empty-withdrawal-refused',
    title: 'refuses the empty object where a body may be missing',
    requirement: 'HTTP-23',
    create: faulty({
      around: (server) => async (request) => {
        const text = await request.clone().text();
        const isEmpty = request.url.endsWith('/unshare') && text.replaceAll(/\s/g, '') === '{}';
        return isEmpty ? refused(400, 'malformed') : await server.fetch(request);
      },
    }),
  },
  {
    id: 'owner-withdrawn-too',
    title: 'withdraws the owner where nobody is named',
    requirement: 'UNSHARE-02',
    create: inCall('unshare', async (call) => {
      const response = await call.pass();
      if (response.ok && isOwner(call) && listIn(call.body, 'emails').length === 0)
        call.store.dropLink(call.groupId, call.accountId ?? '');
      return response;
    }),
  },
  {
    id: 'withdrawn-by-former-address',
    title: 'withdraws a member who is named by an address that they had before',
    requirement: 'UNSHARE-06',
    profile: 'documented',
    create: byFormerAddress,
  },
  {
    id: 'one-withdrawn-of-many',
    title: 'withdraws the first person of those who are named',
    requirement: 'UNSHARE-01',
    profile: 'documented',
    create: sentTo('unshare', ({ body }) =>
      listIn(body, 'emails').length > 1 ? { emails: listIn(body, 'emails').slice(0, 1) } : body,
    ),
  },
  {
    id: 'persons-not-looked-at',
    title: 'withdraws everybody, whoever is named',
    requirement: 'UNSHARE-01',
    profile: 'documented',
    create: sentTo('unshare', (call) =>
      isOwner(call) && listIn(call.body, 'emails').length > 0 ? {} : call.body,
    ),
  },
  {
    id: 'links-rewritten-on-withdrawal',
    title: 'gives those who stay the link of somebody else when the owner withdraws others',
    requirement: 'UNSHARE-01',
    profile: 'documented',
    create: inCall('unshare', async (call) => {
      const [first] = call.store.linksOfGroup(call.groupId);
      const response = await call.pass();
      if (response.ok && first !== undefined && isOwner(call))
        for (const link of call.store.linksOfGroup(call.groupId))
          call.store.putLink({ ...link, encSymmetricKey: first.encSymmetricKey });
      return response;
    }),
  },
  {
    id: 'members-stay',
    title: 'does not let a member give up their own link',
    requirement: 'UNSHARE-01',
    profile: 'documented',
    create: inCall('unshare', (call) => (isOwner(call) ? undefined : done())),
  },
  {
    id: 'owner-withdrawable',
    title: 'withdraws the owner like anybody else',
    requirement: 'UNSHARE-04',
    create: dropping((call) => listIn(call.body, 'emails')),
  },
  {
    id: 'withdrawn-by-members',
    title: 'lets every member withdraw anybody',
    requirement: 'UNSHARE-05',
    create: inStore(ownedByAnybody),
  },
  {
    id: 'members-withdraw-others',
    title: 'lets a member withdraw those whom they name',
    requirement: 'UNSHARE-05',
    create: dropping((call) => (isOwner(call) ? [] : listIn(call.body, 'emails'))),
  },
  {
    id: 'members-withdraw-everybody',
    title: 'lets a member withdraw all others by naming nobody',
    requirement: 'UNSHARE-05',
    create: dropping((call) =>
      isOwner(call) || !isMember(call) || 'emails' in call.body ? [] : othersIn(call),
    ),
  },
  {
    id: 'strangers-passed-over',
    title: 'passes over accounts without a link',
    requirement: 'UNSHARE-06',
    profile: 'documented',
    create: dropping((call) => {
      const emails = listIn(call.body, 'emails');
      const areAccounts = emails.every((email) => call.store.accountByEmail(email) !== undefined);
      return isOwner(call) && areAccounts ? emails : [];
    }),
  },
  {
    id: 'persons-named-twice-withdrawn',
    title: 'takes a withdrawal that names a person twice',
    requirement: 'HTTP-07',
    create: sentTo('unshare', ({ body }) =>
      Array.isArray(body['emails']) ? { ...body, emails: [...new Set(listIn(body, 'emails'))] } : body,
    ),
  },
  {
    id: 'nobody-said-withdraws-nobody',
    title: 'withdraws nobody from a group without resources where there is no body',
    requirement: 'UNSHARE-02',
    create: keepingLinks((resources) => resources === 0),
  },
  {
    id: 'nobody-said-withdraws-nobody-from-much',
    title: 'withdraws nobody from a group with resources where there is no body',
    requirement: 'UNSHARE-02',
    create: keepingLinks((resources) => resources > 0),
  },
  {
    id: 'everybody-in-a-team-is-admin',
    title: 'makes everybody in a team its admin',
    requirement: 'TEAM-05',
    create: teamsMade((accounts) => accounts.map((one) => ({ ...one, isAdmin: true }))),
  },
  {
    id: 'nobody-in-a-team-is-admin',
    title: 'makes nobody in a new team its admin',
    requirement: 'TEAM-05',
    create: teamsMade((accounts) => accounts.map((one) => ({ ...one, isAdmin: false }))),
  },
  {
    id: 'teams-of-owners-only',
    title: 'lists a team for its owner alone',
    requirement: 'TEAM-01',
    create: inStore((own) => ({
      teamsOf: (accountId) =>
        own.teamsOf(accountId).filter(({ ownerAccountId }) => ownerAccountId === accountId),
    })),
  },
  {
    id: 'team-names-trimmed',
    title: 'trims the name of a team',
    requirement: 'TEAM-01',
    create: inStore((own) => ({
      addTeam: (team) => {
        own.addTeam({ ...team, name: team.name.trim() });
      },
    })),
  },
  {
    id: 'newest-teams-listed',
    title: 'lists the hundred newest teams of an account',
    requirement: 'TEAM-01',
    create: inStore((own) => ({ teamsOf: (accountId) => own.teamsOf(accountId).slice(-100) })),
  },
  {
    id: 'teams-by-name',
    title: 'replaces a team by another of the same name',
    requirement: 'TEAM-01',
    create: inStore((own) => ({
      teamsOf: (accountId) =>
        own
          .teamsOf(accountId)
          .filter(({ name }, i, teams) => !teams.slice(i + 1).some((later) => later.name === name)),
    })),
  },
  {
    id: 'teams-of-everybody',
    title: 'lists every team for everybody',
    requirement: 'TEAM-01',
    create: inStore(teamsOfEverybody),
  },
  {
    id: 'team-with-strangers-passed-over',
    title: 'makes a team without those who are named where one of them has no account',
    requirement: 'TEAM-02',
    profile: 'documented',
    create: faulty({
      around: (server) => async (request) => {
        const again = request.clone();
        const response = await server.fetch(request);
        if (response.status !== 404 || !request.url.endsWith('/api/teams')) return response;
        const { name } = (await again.json()) as { readonly name: string };
        const { url, method, headers } = again;
        return await server.fetch(new Request(url, { method, headers, body: JSON.stringify({ name }) }));
      },
    }),
  },
  {
    id: 'team-listed-for-two',
    title: 'lists a team for the first two who are in it',
    requirement: 'TEAM-01',
    create: inStore((own) => ({
      teamsOf: (accountId) =>
        own.teamsOf(accountId).filter(({ accountIds }) => accountIds.indexOf(accountId) < 2),
    })),
  },
  {
    id: 'team-persons-repeated',
    title: 'takes a team that names a person twice',
    requirement: 'HTTP-07',
    create: repairing('/api/teams', (body) =>
      Array.isArray(body['emails']) ? { ...body, emails: [...new Set(listIn(body, 'emails'))] } : body,
    ),
  },
];
