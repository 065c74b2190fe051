/** Account creation, as the source lists its steps (7.1). */
import { toHex } from '../bytes.ts';
import { KEY_BYTES, SALT_BYTES } from '../constants.ts';
import type { ClientContext } from './client.ts';

/** What a user gives at signup; email and passphrase as typed. */
export interface NewAccount {
  /** As typed; it is trimmed and lower-cased. */
  readonly email: string;
  /** As typed; it is trimmed and brought to NFKD. */
  readonly passphrase: string;
  /** Sent as it is. */
  readonly firstName: string;
  /** Sent as it is. */
  readonly lastName: string;
}

/** Creates the account on the server and returns its id. Nothing secret is kept. */
export async function signup({ steps, calls, random }: ClientContext, given: NewAccount): Promise<string> {
  const email = steps.email(given.email);
  const passphrase = steps.passphrase(given.passphrase);

  // 1. SYM_Account, SLT_Auth_1, SLT_Auth_2, SLT_Enc
  const SYM_Account = random(KEY_BYTES);
  const SLT_Auth_1 = random(SALT_BYTES);
  const SLT_Auth_2 = random(SALT_BYTES);
  const SLT_Enc = random(SALT_BYTES);

  // 2. PUB_Account, PRV_Account; 3. SEC_PWD_Auth; 4. SEC_PWD_Enc
  const [{ publicKey, privateKey }, SEC_PWD_Auth, SEC_PWD_Enc] = await Promise.all([
    steps.keyPair(),
    steps.SEC_PWD(passphrase, steps.SLT_TMP(SLT_Auth_1, email)),
    steps.SEC_PWD(passphrase, steps.SLT_TMP(SLT_Enc, email)),
  ]);

  // 5. SRP_Verifier
  const x = steps.srp.x(SLT_Auth_2, steps.I(email), steps.P(SEC_PWD_Auth));
  const verifier = toHex(steps.srp.SRP_Verifier(x));

  // 6. SYM_Account under SEC_PWD_Enc; 7. PRV_Account under SYM_Account
  const encSymmetricKey = steps.wrap.sealKey(SEC_PWD_Enc, SYM_Account, random);
  const encPrivateKey = steps.wrap.sealJson(SYM_Account, privateKey, random);

  // 8. M_Account to the server
  const account = await calls.signup({
    id: `act_${toHex(random(KEY_BYTES))}`,
    email,
    firstName: given.firstName,
    lastName: given.lastName,
    saltKey: toHex(SLT_Auth_1),
    saltAuth: toHex(SLT_Auth_2),
    saltEnc: toHex(SLT_Enc),
    verifier,
    publicKey: JSON.stringify(publicKey),
    encPrivateKey,
    encSymmetricKey,
  });
  return account.id;
}
