/** The calls of 9.4 and who answers them. */
import type { Context } from 'hono';
import { deleteAccount, logout, reset, whoami } from './account.ts';
import { changePassword } from './change.ts';
import { sendPasswordCode } from './code.ts';
import { confirm, verify } from './confirm.ts';
import type { ServerContext } from './context.ts';
import { fixDupes } from './dupes.ts';
import { createGroup, getGroup } from './groups.ts';
import { loginA, loginM1, loginS } from './login.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { shareA, shareB, unshare } from './share.ts';
import { signup } from './signup.ts';
import { createTeam, listTeams } from './teams.ts';

/** Answers one call, or throws a `Refusal`. */
export type Handler = (server: ServerContext, c: Context) => Response | Promise<Response>;

/** One call. */
export type Route = readonly [method: string, path: string, handle: Handler];

const ROUTES: readonly Route[] = [
  ['POST', '/auth/signup', signup],
  ['GET', '/auth/confirm', confirm],
  ['POST', '/auth/verify', verify],
  ['POST', '/auth/login-s', loginS],
  ['POST', '/auth/login-a', loginA],
  ['POST', '/auth/login-m1', loginM1],
  ['GET', '/auth/whoami', whoami],
  ['POST', '/auth/logout', logout],
  ['POST', '/auth/change-password', changePassword],
  ['POST', '/auth/reset', reset],
  ['DELETE', '/auth/delete-account', deleteAccount],
  ['GET', '/api/teams', listTeams],
  ['POST', '/api/teams', createTeam],
  ['POST', '/api/resource_groups', createGroup],
  ['GET', '/api/resource_groups/:id', getGroup],
  ['POST', '/api/resource_groups/:id/share-a', shareA],
  ['POST', '/api/resource_groups/:id/share-b', shareB],
  ['PUT', '/api/resource_groups/:id/unshare', unshare],
  ['POST', '/sync/push', push],
  ['POST', '/sync/pull', pull],
  ['POST', '/sync/fix-dupes', fixDupes],
];

const CODES: Route = ['POST', '/auth/send-password-code', sendPasswordCode];

/** The calls that a server has; only where codes are mailed there is one that mails them. */
export const routesOf = ({ steps }: ServerContext): readonly Route[] =>
  steps.profile.mailedCodes ? [...ROUTES, CODES] : ROUTES;

/** The most bytes that the body of a call may have (9.8). */
export const bodyLimitOf = ({ bodyLimit, syncBodyLimit }: ServerContext, path: string): number =>
  ['/sync/push', '/sync/pull'].includes(path) ? syncBodyLimit : bodyLimit;
