/**
 * The reference client and server, and the steps they are made of.
 *
 * @module e2ee-sync/reference
 */
export { createClient, type Client, type ClientOptions } from './client/client.ts';
export type { Fetch } from './client/calls.ts';
export type { Credentials } from './client/login.ts';
export type { Session } from './client/session.ts';
export type { NewAccount } from './client/signup.ts';
export { ProtocolError, type ErrorCode, type Stage } from './errors.ts';
export { fromHex, toHex, toInteger, pad, utf8 } from './bytes.ts';
export { checkKeyPair, readPrivateKey, readPublicKey } from './jwk.ts';
export { findFault, checkMessage, type SchemaFault } from './messages.ts';
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
export { createServer, type Server, type ServerOptions } from './server/server.ts';
export type { Lifetimes } from './server/context.ts';
export { listen, type Listening } from './server/listen.ts';
export { printingMailer, type Mail, type Mailer } from './server/mailer.ts';
export {
  createMemoryStore,
  type AccountRecord,
  type Confirmation,
  type Starter,
  type Store,
} from './server/store.ts';
export { createSteps, type Steps } from './steps.ts';
export type { Accept } from './accept.ts';
export type { Srp } from './srp.ts';
export type { Wrap, AesMessage } from './wrap.ts';
export type { SignupRequest, WhoamiResponse } from './wire.ts';
