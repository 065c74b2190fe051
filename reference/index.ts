/**
 * The reference client and server, and the steps they are made of.
 *
 * @module e2ee-sync/reference
 */
export type { Client, ClientOptions } from './client/client.ts';
export type { Change, NewValues } from './client/change.ts';
export type {
  Address,
  Conflict,
  Device,
  DeviceGroup,
  DeviceResource,
  Failure,
  SeenKey,
} from './client/device.ts';
export type { Edit } from './client/edit.ts';
export type { Group, NewGroup } from './client/groups.ts';
export type { CallOptions, Fetch } from './client/http.ts';
export type { Credentials } from './client/login.ts';
export type { PullOptions, PullResult } from './client/pull.ts';
export type { PushResult } from './client/push.ts';
export type { Consent } from './client/reset.ts';
export type { Session } from './client/session.ts';
export type { SharedWith, ShareTarget } from './client/share.ts';
export type { NewAccount } from './client/signup.ts';
export type { NewTeam } from './client/teams.ts';
export { ProtocolError, type ErrorCode, type Stage } from './errors.ts';
export { fromHex, toHex, toInteger, pad, utf8 } from './bytes.ts';
export { checkKeyPair, readPrivateKey, readPublicKey } from './jwk.ts';
export type { SchemaFault } from './checker.ts';
export { checkMessage, createClient, createSteps, findFault } from './node.ts';
export { native } from './primitives/native.ts';
export { portable } from './primitives/portable.ts';
export type {
  HkdfInput,
  Pbkdf2Input,
  Primitives,
  Random,
  RsaKeyPair,
  RsaPrivateJwk,
  RsaPublicJwk,
  Sealed,
} from './primitives/primitives.ts';
export type { Profile, ProfileName, ProofInput, Sha256 } from './profile.ts';
export { createServer, type Answered, type Server, type ServerOptions } from './server/server.ts';
export type { Lifetimes } from './server/context.ts';
export type { Limits } from './server/limits.ts';
export { listen, type Listening } from './server/listen.ts';
export type { Caller } from './server/network.ts';
export { printingMailer, type Mail, type Mailer } from './server/mailer.ts';
export { isSmtpUrl, smtpMailer, type SmtpOptions } from './server/smtp.ts';
export { createMemoryStore } from './server/store/memory.ts';
export type * from './server/store/records.ts';
export type * from './server/store/store.ts';
export type { Edited, Steps, Winner } from './steps.ts';
export type { Accept, Owner, Waiting } from './accept.ts';
export type { Srp } from './srp.ts';
export type { Wrap, AesMessage } from './wrap.ts';
export type * from './wire.ts';
