/** Login, as the source lists its steps (7.3), then the account's keys are unlocked (6.4). */
import { fromHex, toHex } from '../bytes.ts';
import { EPHEMERAL_BYTES, HASH_BYTES, SALT_BYTES } from '../constants.ts';
import { parseJson } from '../profile.ts';
import type { WhoamiResponse } from '../wire.ts';
import type { ClientContext } from './client.ts';
import type { Device } from './device.ts';
import { createSession, type AccountKeys, type Session } from './session.ts';

/** Email and passphrase as typed. */
export interface Credentials {
  /** As typed; it is trimmed and lower-cased. */
  readonly email: string;
  /** As typed; it is trimmed and brought to NFKD. */
  readonly passphrase: string;
}

export async function login(
  context: ClientContext,
  given: Credentials,
  device: Device | undefined,
): Promise<Session> {
  const email = context.steps.email(given.email);
  const passphrase = context.steps.passphrase(given.passphrase);
  const K = await exchange(context, email, passphrase);
  const sessionId = toHex(K);
  const account = context.steps.accept.account({ email }, await context.calls.whoami(sessionId));
  const keys = await unlock(context, email, passphrase, account);
  return createSession(context, { sessionId, accountId: account.accountId, email, keys, device });
}

/** The SRP exchange. Returns K once both sides have proved it. */
async function exchange(
  { steps, calls, random }: ClientContext,
  email: string,
  passphrase: string,
): Promise<Uint8Array> {
  const { srp } = steps;

  // 1. SEC_PWD_Auth, as at signup
  const { saltKey, saltAuth } = await calls.loginS({ email });
  const SLT_Auth_1 = fromHex(saltKey, 'saltKey', SALT_BYTES);
  const SLT_Auth_2 = fromHex(saltAuth, 'saltAuth', SALT_BYTES);
  const SEC_PWD_Auth = await steps.SEC_PWD(passphrase, steps.SLT_TMP(SLT_Auth_1, email));

  // 2. SRP with SLT_Auth_2
  const I = steps.I(email);
  const x = srp.x(SLT_Auth_2, I, steps.P(SEC_PWD_Auth));
  const a = random(EPHEMERAL_BYTES);
  const A = srp.A(a);
  const { sessionStarterId, srpB } = await calls.loginA({ email, srpA: toHex(A) });
  const B = steps.accept.B(srpB);
  const u = srp.u(A, B);
  const S = srp.S({ B, a, u, x });
  const K = srp.K(S);
  const M1 = srp.M1({ I, s: SLT_Auth_2, A, B, S, K });
  const { srpM2 } = await calls.loginM1({ sessionStarterId, srpM1: toHex(M1) });
  steps.accept.M2(srp.M2(A, M1, K), fromHex(srpM2, 'srpM2', HASH_BYTES));

  // 3. K is the session key
  return K;
}

/** Opens SYM_Account with the passphrase and PRV_Account with SYM_Account. */
async function unlock(
  { steps }: ClientContext,
  email: string,
  passphrase: string,
  account: WhoamiResponse,
): Promise<AccountKeys> {
  const SLT_Enc = fromHex(account.saltEnc, 'saltEnc', SALT_BYTES);
  const SEC_PWD_Enc = await steps.SEC_PWD(passphrase, steps.SLT_TMP(SLT_Enc, email));
  const SYM_Account = steps.wrap.openKey(SEC_PWD_Enc, account.encSymmetricKey);
  const PRV_Account = steps.accept.privateKey(steps.wrap.openJson(SYM_Account, account.encPrivateKey));
  const PUB_Account = steps.accept.publicKey(parseJson(account.publicKey));
  steps.accept.keyPair(PUB_Account, PRV_Account);
  return { SYM_Account, PRV_Account, PUB_Account };
}
