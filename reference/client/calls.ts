/** The calls of the HTTP binding as the client makes them: one function each, messages checked both ways (9.4). */
import { ProtocolError } from '../errors.ts';
import { checkMessage } from '../messages.ts';
import type {
  Account,
  ChangePasswordRequest,
  FixDupesRequest,
  FixDupesResponse,
  LoginARequest,
  LoginAResponse,
  LoginM1Request,
  LoginM1Response,
  LoginSRequest,
  LoginSResponse,
  PullRequest,
  PullResponse,
  PushRequest,
  PushResponse,
  ResourceGroup,
  ResourceGroupRequest,
  ShareARequest,
  ShareAResponse,
  ShareBRequest,
  SignupRequest,
  Team,
  TeamRequest,
  TeamsResponse,
  UnshareRequest,
  WhoamiResponse,
} from '../wire.ts';
import { createHttp, type CallOptions } from './http.ts';

/** The calls of a server; those of a session take its id first. */
export interface Calls {
  signup(body: SignupRequest): Promise<Account>;
  loginS(body: LoginSRequest): Promise<LoginSResponse>;
  loginA(body: LoginARequest): Promise<LoginAResponse>;
  loginM1(body: LoginM1Request): Promise<LoginM1Response>;
  verify(sessionId: string): Promise<void>;
  whoami(sessionId: string): Promise<WhoamiResponse>;
  logout(sessionId: string): Promise<void>;
  changePassword(sessionId: string, body: ChangePasswordRequest): Promise<void>;
  sendPasswordCode(sessionId: string): Promise<void>;
  reset(sessionId: string): Promise<void>;
  deleteAccount(sessionId: string): Promise<void>;
  teams(sessionId: string): Promise<TeamsResponse>;
  createTeam(sessionId: string, body: TeamRequest): Promise<Team>;
  createGroup(sessionId: string, body: ResourceGroupRequest): Promise<ResourceGroup>;
  group(sessionId: string, groupId: string): Promise<ResourceGroup>;
  shareA(sessionId: string, groupId: string, body: ShareARequest): Promise<ShareAResponse>;
  shareB(sessionId: string, groupId: string, body: ShareBRequest): Promise<void>;
  unshare(sessionId: string, groupId: string, body?: UnshareRequest): Promise<void>;
  push(sessionId: string, body: PushRequest): Promise<PushResponse>;
  pull(sessionId: string, body: PullRequest): Promise<PullResponse>;
  fixDupes(sessionId: string, body: FixDupesRequest): Promise<FixDupesResponse>;
}

/** What a call sends besides its path: a session, and a body with the schema that it has to be of. */
interface Sent {
  readonly sessionId?: string;
  readonly schema?: string;
  readonly body?: unknown;
}

export function createCalls(options: CallOptions): Calls {
  const http = createHttp(options);
  const send = async (method: string, path: string, { sessionId, schema, body }: Sent): Promise<unknown> => {
    const checked = schema === undefined ? undefined : checkMessage(schema, body);
    return await http({ method, path, sessionId, body: checked });
  };
  const call = async (method: string, path: string, sent: Sent, answer: string): Promise<never> =>
    checkMessage(answer, await send(method, path, sent)) as never;
  const done = async (method: string, path: string, sent: Sent): Promise<void> => {
    requireObject(path, await send(method, path, sent));
  };
  return {
    signup: (body) => call('POST', '/auth/signup', { schema: 'signup-request', body }, 'account'),
    loginS: (body) => call('POST', '/auth/login-s', { schema: 'login-s-request', body }, 'login-s-response'),
    loginA: (body) => call('POST', '/auth/login-a', { schema: 'login-a-request', body }, 'login-a-response'),
    loginM1: (body) =>
      call('POST', '/auth/login-m1', { schema: 'login-m1-request', body }, 'login-m1-response'),
    verify: (sessionId) => done('POST', '/auth/verify', { sessionId }),
    whoami: (sessionId) => call('GET', '/auth/whoami', { sessionId }, 'whoami-response'),
    logout: (sessionId) => done('POST', '/auth/logout', { sessionId }),
    changePassword: (sessionId, body) =>
      done('POST', '/auth/change-password', { sessionId, schema: 'change-password-request', body }),
    sendPasswordCode: (sessionId) => done('POST', '/auth/send-password-code', { sessionId }),
    reset: (sessionId) => done('POST', '/auth/reset', { sessionId }),
    deleteAccount: (sessionId) => done('DELETE', '/auth/delete-account', { sessionId }),
    teams: (sessionId) => call('GET', '/api/teams', { sessionId }, 'teams-response'),
    createTeam: (sessionId, body) =>
      call('POST', '/api/teams', { sessionId, schema: 'team-request', body }, 'team'),
    createGroup: (sessionId, body) =>
      call(
        'POST',
        '/api/resource_groups',
        { sessionId, schema: 'resource-group-request', body },
        'resource-group',
      ),
    group: async (sessionId, groupId) => await call('GET', pathOf(groupId), { sessionId }, 'resource-group'),
    shareA: async (sessionId, groupId, body) =>
      await call(
        'POST',
        `${pathOf(groupId)}/share-a`,
        { sessionId, schema: 'share-a-request', body },
        'share-a-response',
      ),
    shareB: async (sessionId, groupId, body) => {
      await done('POST', `${pathOf(groupId)}/share-b`, { sessionId, schema: 'share-b-request', body });
    },
    unshare: async (sessionId, groupId, body) => {
      const sent = body === undefined ? {} : { schema: 'unshare-request', body };
      await done('PUT', `${pathOf(groupId)}/unshare`, { sessionId, ...sent });
    },
    push: (sessionId, body) =>
      call('POST', '/sync/push', { sessionId, schema: 'push-request', body }, 'push-response'),
    pull: (sessionId, body) =>
      call('POST', '/sync/pull', { sessionId, schema: 'pull-request', body }, 'pull-response'),
    fixDupes: (sessionId, body) =>
      call('POST', '/sync/fix-dupes', { sessionId, schema: 'fix-dupes-request', body }, 'fix-dupes-response'),
  };
}

/** The path of a group. @throws ProtocolError `schema/message` for an id that no server gives, such as `../auth` */
const pathOf = (groupId: string): string =>
  `/api/resource_groups/${String(checkMessage('types#/$defs/entityId', groupId))}`;

/** Success has nothing to say; a server may say more (HTTP-10). */
function requireObject(path: string, answer: unknown): void {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    throw new ProtocolError('schema/message', `${path} answered something else than an object`);
}
