/** The reference client as a client under test, in this process. */
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
import { VerbError, type ClientTarget, type Params, type Result, type Verb } from './client-target.ts';

/** What answers each verb of a client that runs in this process. */
export type VerbTable = { readonly [V in Verb]: (params: Params<V>) => Promise<Result<V>> };

/** What of the reference client may be replaced from outside. */
export interface ReferenceOverrides {
  /** The steps that take the place of its own. */
  readonly steps?: ((own: Steps) => Steps) | undefined;
  /** Source of every salt, key, IV and ephemeral. */
  readonly random?: Random | undefined;
  /** What its requests go through. */
  readonly fetch?: Fetch | undefined;
}

/** The verbs of the reference client. */
export function referenceVerbs({ steps = (own) => own, random, fetch }: ReferenceOverrides = {}): VerbTable {
  const sessions = new Map<string, Session>();
  const client = (server: string, profile: ProfileName) =>
    createClient({ server, profile, steps: steps(createSteps(profile)), random, fetch, timeout: 10_000 });
  const session = (handle: string): Session => {
    const found = sessions.get(handle);
    if (found === undefined) throw new ProtocolError('state/logged-out', 'there is no such session');
    return found;
  };
  return {
    describe: () =>
      Promise.resolve({
        name: 'e2ee-sync reference client',
        version: '1',
        profiles: ['documented', 'deployed'],
        capabilities: ['account', 'ill-formed-text'],
      }),
    signup: async ({ server, profile, ...account }) => ({
      accountId: await client(server, profile).signup(account),
    }),
    async login({ server, profile, ...credentials }) {
      const opened = await client(server, profile).login(credentials);
      const handle = randomUUID();
      sessions.set(handle, opened);
      return { session: handle, accountId: opened.accountId };
    },
    async whoami(params) {
      const { accountId, email, firstName, lastName } = await session(params.session).whoami();
      return { accountId, email, firstName, lastName };
    },
    async logout(params) {
      await session(params.session).logout();
      return {};
    },
  };
}

/** A client under test that is an object in this process. */
export function createInProcessTarget(label: string, verbs: VerbTable): ClientTarget {
  return {
    label,
    async call(verb, params) {
      try {
        return await verbs[verb](params);
      } catch (error) {
        if (error instanceof ProtocolError) throw new VerbError(error.message, error.stage);
        throw new VerbError(error instanceof Error ? error.message : String(error), undefined);
      }
    },
    close: () => Promise.resolve(),
  };
}
