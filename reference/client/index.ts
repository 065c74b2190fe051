/**
 * The reference client alone, wherever JavaScript runs: in a browser too. It imports nothing of Node; everything stands on
 * plain JavaScript unless told otherwise.
 *
 * @module e2ee-sync/reference/client
 */
import { portable } from '../primitives/portable.ts';
import type { Primitives } from '../primitives/primitives.ts';
import type { ProfileName } from '../profile.ts';
import { createStepsOver, type Steps } from '../steps.ts';
import { createClientOver, type Client, type ClientOptions } from './client.ts';

/**
 * The steps of a profile over a provider of primitives, in plain JavaScript by default.
 *
 * @example
 * const steps = { ...createSteps('documented'), keyPair: makeKeyPairElsewhere };
 * const client = createClient({ server: 'https://sync.example', profile: 'documented', steps });
 */
export function createSteps(profileName: ProfileName, primitives: Primitives = portable): Steps {
  return createStepsOver(primitives, profileName);
}

/**
 * A client of the server at a URL, in plain JavaScript.
 *
 * @example
 * const client = createClient({ server: location.origin, profile: 'documented' });
 * const session = await client.login({ email, passphrase });
 * const { resources } = await session.pull();
 */
export function createClient(options: ClientOptions): Client {
  return createClientOver(portable, options);
}

export { portable };
export { ProtocolError, type ErrorCode, type Stage } from '../errors.ts';
export type { Accept, Owner, Waiting } from '../accept.ts';
export type {
  HkdfInput,
  Pbkdf2Input,
  Primitives,
  Random,
  RsaKeyPair,
  RsaPrivateJwk,
  RsaPublicJwk,
  Sealed,
} from '../primitives/primitives.ts';
export type { Profile, ProfileName, ProofInput, Sha256 } from '../profile.ts';
export type { Srp } from '../srp.ts';
export type { Edited, Steps, Winner } from '../steps.ts';
export type { Team, TeamAccount, TeamsResponse, WhoamiResponse } from '../wire.ts';
export type { AesMessage, Wrap } from '../wrap.ts';
export type { Change, NewValues } from './change.ts';
export type { Client, ClientOptions } from './client.ts';
export type { Address, Conflict, Device, DeviceGroup, DeviceResource, Failure, SeenKey } from './device.ts';
export type { Edit } from './edit.ts';
export type { Group, NewGroup } from './groups.ts';
export type { CallOptions, Fetch } from './http.ts';
export type { Credentials } from './login.ts';
export type { PullOptions, PullResult } from './pull.ts';
export type { PushResult } from './push.ts';
export type { Consent } from './reset.ts';
export type { Session } from './session.ts';
export type { SharedWith, ShareTarget } from './share.ts';
export type { NewAccount } from './signup.ts';
export type { NewTeam } from './teams.ts';
