/** A change of passphrase, address or names as a client would make it, every value computed by the specification (7.6, 7.7). */
import { toHex, type ChangePasswordRequest } from '../../../reference/index.ts';
import { expectThat } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { addressWith } from '../bench/address.ts';
import { isSuccess, requestLine, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import type { OwnAccount } from '../bench/own-account.ts';

export const CHANGE = '/auth/change-password';

/** A change that is not sent yet. */
export interface Change {
  readonly body: ChangePasswordRequest;
  /** The account once it is accepted. */
  readonly after: OwnAccount;
}

/** What becomes new; everything else stays. */
export interface Wanted {
  /** As typed. */
  readonly passphrase?: string;
  /** As typed. */
  readonly email?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** Sends the present salts as new ones, so that the verifier of an unchanged passphrase stays the same. */
  readonly sameSalts?: boolean;
  /** Sends new salts where the profile keeps them. */
  readonly freshSalts?: boolean;
}

/** SYM_Account of an account of the suite. */
const keyOf = (bench: ServerBench, account: OwnAccount): Uint8Array =>
  bench.steps.wrap.openKey(valuesOf(bench, account)('SEC_PWD_Enc'), account.body.encSymmetricKey);

const valuesOf = ({ oracle }: ServerBench, { typed: { email, passphrase }, body }: OwnAccount) =>
  oracle.account({
    ...{ email, passphrase },
    ...{ saltKey: body.saltKey, saltAuth: body.saltAuth, saltEnc: body.saltEnc },
  });

/** The call of 7.6 with the old verifier. */
export function changeOf(bench: ServerBench, account: OwnAccount, wanted: Wanted): Change {
  const { steps } = bench;
  const { typed, body: before } = account;
  const {
    email = typed.email,
    passphrase = typed.passphrase,
    sameSalts = false,
    freshSalts = false,
  } = wanted;
  const { firstName = before.firstName, lastName = before.lastName } = wanted;
  const sendsSalts = freshSalts || steps.profile.saltsOnChange === 'fresh';
  const fresh = (present: string): string =>
    sameSalts || !sendsSalts ? present : toHex(steps.primitives.random(32));
  const after: OwnAccount = {
    typed: { ...typed, email, passphrase, firstName, lastName },
    body: {
      ...before,
      ...{ email: steps.email(email), firstName, lastName },
      ...{ saltKey: fresh(before.saltKey), saltAuth: fresh(before.saltAuth), saltEnc: fresh(before.saltEnc) },
    },
  };
  const values = valuesOf(bench, after);
  const verifier = toHex(values('SRP_Verifier'));
  bench.made.opens(verifier, () => toHex(values('srp.x')));
  const encSymmetricKey = steps.wrap.sealKey(values('SEC_PWD_Enc'), keyOf(bench, account));
  const { saltKey, saltAuth, saltEnc } = after.body;
  return {
    after: { ...after, body: { ...after.body, verifier, encSymmetricKey } },
    body: {
      verifier: before.verifier,
      newEmail: after.body.email,
      encSymmetricKey: before.encSymmetricKey,
      newVerifier: verifier,
      newEncSymmetricKey: encSymmetricKey,
      ...(sendsSalts && {
        ...{ newSaltKey: saltKey, newSaltAuth: saltAuth, newSaltEnc: saltEnc },
      }),
      ...(wanted.firstName !== undefined && { newFirstName: firstName }),
      ...(wanted.lastName !== undefined && { newLastName: lastName }),
    },
  };
}

/** Another passphrase for an account, each number another one. */
export const anotherPassphrase = ({ typed }: OwnAccount, number = 1): string =>
  `${typed.passphrase} anew ${String(number)}`;

/** Another address for an account, as it is typed. */
export const anotherEmail = ({ body }: OwnAccount): string => ` ${addressWith(body.email, '.Moved')}`;

/** Sends a change that a server must accept, and fails where it does not. */
export async function expectChange(device: Device, { body }: Change): Promise<Exchange> {
  const answer = await device.call('POST', CHANGE, body);
  expectThat(isSuccess(answer), 'a change was refused', {
    sent: requestLine(answer),
    expected: 'status 200',
    actual: statusAndBody(answer),
  });
  return answer;
}

/** Makes a change that a check builds on. @returns the account after it @throws Blocked where it is refused */
export async function changed(device: Device, { body, after }: Change): Promise<OwnAccount> {
  await device.done('POST', CHANGE, body);
  return after;
}
