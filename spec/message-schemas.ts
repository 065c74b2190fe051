/**
 * The schemas of what crosses the HTTP binding (chapter 9), of what is wrapped in it, and of all that these refer to, by
 * name. Imported as JSON modules, so that a browser has them without a file system; `schemas.ts` reads every schema.
 */
import account from './schemas/account.schema.json' with { type: 'json' };
import aesMessage from './schemas/aes-message.schema.json' with { type: 'json' };
import changePasswordRequest from './schemas/change-password-request.schema.json' with { type: 'json' };
import empty from './schemas/empty.schema.json' with { type: 'json' };
import error from './schemas/error.schema.json' with { type: 'json' };
import fixDupesRequest from './schemas/fix-dupes-request.schema.json' with { type: 'json' };
import fixDupesResponse from './schemas/fix-dupes-response.schema.json' with { type: 'json' };
import jwkPublic from './schemas/jwk-public.schema.json' with { type: 'json' };
import loginARequest from './schemas/login-a-request.schema.json' with { type: 'json' };
import loginAResponse from './schemas/login-a-response.schema.json' with { type: 'json' };
import loginM1Request from './schemas/login-m1-request.schema.json' with { type: 'json' };
import loginM1Response from './schemas/login-m1-response.schema.json' with { type: 'json' };
import loginSRequest from './schemas/login-s-request.schema.json' with { type: 'json' };
import loginSResponse from './schemas/login-s-response.schema.json' with { type: 'json' };
import pullRequest from './schemas/pull-request.schema.json' with { type: 'json' };
import pullResponse from './schemas/pull-response.schema.json' with { type: 'json' };
import pushRequest from './schemas/push-request.schema.json' with { type: 'json' };
import pushResponse from './schemas/push-response.schema.json' with { type: 'json' };
import resource from './schemas/resource.schema.json' with { type: 'json' };
import resourceGroup from './schemas/resource-group.schema.json' with { type: 'json' };
import resourceGroupRequest from './schemas/resource-group-request.schema.json' with { type: 'json' };
import sendPasswordCodeRequest from './schemas/send-password-code-request.schema.json' with { type: 'json' };
import shareARequest from './schemas/share-a-request.schema.json' with { type: 'json' };
import shareAResponse from './schemas/share-a-response.schema.json' with { type: 'json' };
import shareBRequest from './schemas/share-b-request.schema.json' with { type: 'json' };
import signupRequest from './schemas/signup-request.schema.json' with { type: 'json' };
import team from './schemas/team.schema.json' with { type: 'json' };
import teamRequest from './schemas/team-request.schema.json' with { type: 'json' };
import teamsResponse from './schemas/teams-response.schema.json' with { type: 'json' };
import types from './schemas/types.schema.json' with { type: 'json' };
import unshareRequest from './schemas/unshare-request.schema.json' with { type: 'json' };
import whoamiResponse from './schemas/whoami-response.schema.json' with { type: 'json' };
import wrappedKey from './schemas/wrapped-key.schema.json' with { type: 'json' };
import type { Schema } from './schemas.ts';

const byName = {
  account,
  'aes-message': aesMessage,
  'change-password-request': changePasswordRequest,
  empty,
  error,
  'fix-dupes-request': fixDupesRequest,
  'fix-dupes-response': fixDupesResponse,
  'jwk-public': jwkPublic,
  'login-a-request': loginARequest,
  'login-a-response': loginAResponse,
  'login-m1-request': loginM1Request,
  'login-m1-response': loginM1Response,
  'login-s-request': loginSRequest,
  'login-s-response': loginSResponse,
  'pull-request': pullRequest,
  'pull-response': pullResponse,
  'push-request': pushRequest,
  'push-response': pushResponse,
  resource,
  'resource-group': resourceGroup,
  'resource-group-request': resourceGroupRequest,
  'send-password-code-request': sendPasswordCodeRequest,
  'share-a-request': shareARequest,
  'share-a-response': shareAResponse,
  'share-b-request': shareBRequest,
  'signup-request': signupRequest,
  team,
  'team-request': teamRequest,
  'teams-response': teamsResponse,
  types,
  'unshare-request': unshareRequest,
  'whoami-response': whoamiResponse,
  'wrapped-key': wrappedKey,
} satisfies Record<string, Schema>;

/** Every schema that a client or a server needs, by name. */
export const messageSchemas: ReadonlyMap<string, Schema> = new Map<string, Schema>(Object.entries(byName));
