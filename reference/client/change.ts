/** A change of passphrase, address or names: one key is wrapped anew, nothing else is touched (7.6 to 7.8). */
import { fromHex, toHex } from '../bytes.ts';
import { SALT_BYTES } from '../constants.ts';
import { ProtocolError } from '../errors.ts';
import type { Random } from '../primitives/primitives.ts';
import type { Steps } from '../steps.ts';
import type { ChangePasswordRequest } from '../wire.ts';
import type { SessionContext } from './session.ts';

/** What is new; passphrase and address as typed, and the present ones where they stay. */
export interface NewValues {
  /** As typed; the present one where it stays. */
  readonly newPassphrase: string;
  /** Absent where the address stays. */
  readonly newEmail?: string | undefined;
  /** Absent where the name stays. */
  readonly newFirstName?: string | undefined;
  /** Absent where the name stays. */
  readonly newLastName?: string | undefined;
}

/** A change, and what permits it: the present passphrase as typed, or the code from the mail. */
export type Change = NewValues &
  (
    | {
        /** As typed. */
        readonly oldPassphrase: string;
        /** Not with a passphrase. */
        readonly code?: undefined;
      }
    | {
        /** As in the mail; only in `deployed`. */
        readonly code: string;
        /** Not with a code. */
        readonly oldPassphrase?: undefined;
      }
  );

export async function changePassphrase(session: SessionContext, change: Change): Promise<void> {
  const { steps, calls, random, email } = session;
  const newEmail = change.newEmail === undefined ? email : steps.email(change.newEmail);
  const newPassphrase = steps.passphrase(change.newPassphrase);

  // 1. The present salts and the present encSymmetricKey
  const { encSymmetricKey, saltEnc } = steps.accept.account(
    session,
    await calls.whoami(session.secrets().sessionId),
  );
  const present = readSalts({ ...(await calls.loginS({ email })), saltEnc });

  // 2. The old SRP_Verifier and SEC_PWD_Enc, which opens encSymmetricKey
  const permission = await permit(session, change, present, encSymmetricKey);

  // 3. Three new salts, or the present ones
  const fresh = steps.profile.saltsOnChange === 'fresh';
  const salts = fresh ? drawSalts(random) : present;

  // 4. The new SRP_Verifier and SEC_PWD_Enc, and the same SYM_Account under it
  const { SRP_Verifier, SEC_PWD_Enc } = await derive(steps, newEmail, newPassphrase, salts);
  const { sessionId, keys } = session.secrets();
  const newEncSymmetricKey = steps.wrap.sealKey(SEC_PWD_Enc, keys.SYM_Account, random);
  steps.accept.accountKey(keys.SYM_Account, steps.wrap.openKey(SEC_PWD_Enc, newEncSymmetricKey));

  // 5. The change
  await calls.changePassword(sessionId, {
    ...permission,
    newEmail,
    encSymmetricKey,
    newVerifier: toHex(SRP_Verifier),
    newEncSymmetricKey,
    ...(fresh && writeSalts(salts)),
    ...(change.newFirstName !== undefined && { newFirstName: change.newFirstName }),
    ...(change.newLastName !== undefined && { newLastName: change.newLastName }),
  });
  session.email = newEmail;
}

/** The old verifier of a passphrase that opens the account, or a mailed code. Nothing is sent for a wrong passphrase. */
async function permit(
  session: SessionContext,
  { oldPassphrase, code }: Change,
  salts: Salts,
  encSymmetricKey: string,
): Promise<Pick<ChangePasswordRequest, 'verifier' | 'code'>> {
  const { steps, email } = session;
  if (code !== undefined) {
    if (steps.profile.mailedCodes) return { code };
    throw new ProtocolError('state/not-allowed', `there are no mailed codes in ${steps.profile.name}`);
  }
  const old = await derive(steps, email, steps.passphrase(oldPassphrase), salts);
  const opened = steps.wrap.openKey(old.SEC_PWD_Enc, encSymmetricKey);
  steps.accept.accountKey(session.secrets().keys.SYM_Account, opened);
  return { verifier: toHex(old.SRP_Verifier) };
}

/** The three salts of an account, 32 bytes each. */
interface Salts {
  readonly SLT_Auth_1: Uint8Array;
  readonly SLT_Auth_2: Uint8Array;
  readonly SLT_Enc: Uint8Array;
}

/** What follows from a passphrase, an address and three salts (4.3, 5.2). */
async function derive(
  steps: Steps,
  email: string,
  passphrase: string,
  { SLT_Auth_1, SLT_Auth_2, SLT_Enc }: Salts,
): Promise<{ readonly SRP_Verifier: Uint8Array; readonly SEC_PWD_Enc: Uint8Array }> {
  const [SEC_PWD_Auth, SEC_PWD_Enc] = await Promise.all([
    steps.SEC_PWD(passphrase, steps.SLT_TMP(SLT_Auth_1, email)),
    steps.SEC_PWD(passphrase, steps.SLT_TMP(SLT_Enc, email)),
  ]);
  const x = steps.srp.x(SLT_Auth_2, steps.I(email), steps.P(SEC_PWD_Auth));
  return { SRP_Verifier: steps.srp.SRP_Verifier(x), SEC_PWD_Enc };
}

const readSalts = (sent: { saltKey: string; saltAuth: string; saltEnc: string }): Salts => ({
  SLT_Auth_1: fromHex(sent.saltKey, 'saltKey', SALT_BYTES),
  SLT_Auth_2: fromHex(sent.saltAuth, 'saltAuth', SALT_BYTES),
  SLT_Enc: fromHex(sent.saltEnc, 'saltEnc', SALT_BYTES),
});

const drawSalts = (random: Random): Salts => ({
  SLT_Auth_1: random(SALT_BYTES),
  SLT_Auth_2: random(SALT_BYTES),
  SLT_Enc: random(SALT_BYTES),
});

const writeSalts = ({ SLT_Auth_1, SLT_Auth_2, SLT_Enc }: Salts) => ({
  newSaltKey: toHex(SLT_Auth_1),
  newSaltAuth: toHex(SLT_Auth_2),
  newSaltEnc: toHex(SLT_Enc),
});
