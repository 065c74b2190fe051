/** The verbs of the reference client, for an adapter or a target in this process. */
import { randomUUID } from 'node:crypto';
import {
  createClient,
  createSteps,
  ProtocolError,
  type Fetch,
  type ProfileName,
  type Random,
  type Session,
  type Steps,
} from '../../reference/index.ts';
import type { FlowVerbs } from './in-process-target.ts';

/** What of the reference client may be replaced from outside. */
export interface ReferenceOverrides {
  /** The steps that take the place of its own. */
  readonly steps?: ((own: Steps) => Steps) | undefined;
  /** Source of every salt, key, IV and ephemeral. */
  readonly random?: Random | undefined;
  /** What its requests go through. */
  readonly fetch?: Fetch | undefined;
}

/** Finds the session of a handle. @throws ProtocolError `state/logged-out` */
type Find = (params: { readonly session: string }) => Session;

/** The verbs of the reference client. */
export function referenceVerbs({ steps = (own) => own, random, fetch }: ReferenceOverrides = {}): FlowVerbs {
  const sessions = new Map<string, Session>();
  const client = (server: string, profile: ProfileName, timeout = 10_000) =>
    createClient({ server, profile, steps: steps(createSteps(profile)), random, fetch, timeout });
  const find: Find = ({ session }) => {
    const found = sessions.get(session);
    if (found === undefined) throw new ProtocolError('state/logged-out', 'there is no such session');
    return found;
  };
  return {
    describe: () =>
      Promise.resolve({
        name: 'e2ee-sync reference client',
        version: '1',
        profiles: ['documented', 'deployed'],
        capabilities: CAPABILITIES,
      }),
    signup: async ({ server, profile, ...account }) => ({
      accountId: await client(server, profile).signup(account),
    }),
    async login({ server, profile, patience, ...credentials }) {
      const opened = await client(server, profile, patience).login(credentials);
      const handle = randomUUID();
      sessions.set(handle, opened);
      return { session: handle, accountId: opened.accountId };
    },
    ...accountVerbs(find),
    ...groupVerbs(find),
    ...syncVerbs(find),
  };
}

/** Everything that `adapter-describe.schema.json` lists, but for `derive` and `accept`. */
const CAPABILITIES = [
  ...['account', 'change-password', 'change-email', 'change-with-code', 'reset', 'delete-account'],
  ...[
    'groups',
    'sync',
    'fix-dupes',
    'share-email',
    'share-team',
    'unshare',
    'teams',
    'ill-formed-text',
    'patience',
  ],
];

type AccountVerb = 'whoami' | 'logout' | 'changePassword' | 'sendCode' | 'reset' | 'deleteAccount';

const accountVerbs = (find: Find): Pick<FlowVerbs, AccountVerb> => ({
  async whoami(params) {
    const { accountId, email, firstName, lastName } = await find(params).whoami();
    return { accountId, email, firstName, lastName };
  },
  async logout(params) {
    await find(params).logout();
    return {};
  },
  async changePassword({ session, oldPassphrase, code, ...values }) {
    const permission = code === undefined ? { oldPassphrase: oldPassphrase ?? '' } : { code };
    await find({ session }).changePassphrase({ ...values, ...permission });
    return {};
  },
  async sendCode(params) {
    await find(params).sendCode();
    return {};
  },
  async reset(params) {
    await find(params).reset({ userAcceptsLoss: true });
    return {};
  },
  async deleteAccount(params) {
    await find(params).deleteAccount();
    return {};
  },
});

type GroupVerb = 'createGroup' | 'share' | 'unshare' | 'createTeam' | 'teams';

const groupVerbs = (find: Find): Pick<FlowVerbs, GroupVerb> => ({
  async createGroup({ session, ...group }) {
    const { id } = await find({ session }).createGroup(group);
    return { groupId: id };
  },
  async share({ session, groupId, emails = [], teamId }) {
    const target = teamId === undefined ? { emails } : { teamId };
    const shared = await find({ session }).share(groupId, target);
    return { accountIds: shared.map(({ accountId }) => accountId) };
  },
  async unshare({ session, groupId, emails }) {
    await find({ session }).unshare(groupId, emails);
    return {};
  },
  async createTeam({ session, ...team }) {
    const { id } = await find({ session }).createTeam(team);
    return { teamId: id };
  },
  async teams(params) {
    const teams = await find(params).teams();
    return {
      teams: teams.map(({ id, name, accounts }) => ({
        teamId: id,
        name,
        accountIds: accounts.map((account) => account.id),
      })),
    };
  },
});

const syncVerbs = (find: Find): Pick<FlowVerbs, 'push' | 'pull'> => ({
  async push({ session, edits }) {
    const open = find({ session });
    for (const edit of edits) open.edit(edit);
    const { pushed, conflicts } = await open.push();
    return { pushed, conflicts };
  },
  async pull({ session, ...options }) {
    const { resources, failed, conflicts } = await find({ session }).pull(options);
    return {
      resources: resources.map(({ groupId, id, name, type, document }) => ({
        ...{ groupId, id, name, type, document },
      })),
      failed: failed.map(({ groupId, id }) => ({ groupId, id })),
      conflicts,
    };
  },
});
