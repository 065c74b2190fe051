/** What accounts and logins of the vectors start from; everything random in them comes from a seed. */
import { keyPair } from './keys.ts';
import { seededHex } from './random.ts';
import type { KeyPair } from './rsa.ts';
import type { Inputs } from './vector.ts';

/** Random values by name, 32 bytes each. */
export const seeded = (label: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [name, seededHex(`${label}/${name}`, name.endsWith('.iv') ? 12 : 32)]),
  );

/** A login that starts from SEC_PWD_Auth. */
export const loginInputs = (label: string, email = 'jane@example.com'): Inputs => ({
  email,
  ...seeded(`srp/${label}`, ['SEC_PWD_Auth', 'SLT_Auth_2', 'a', 'b']),
});

/** An account from what its user typed, with everything that signup draws. */
export function accountInputs(
  label: string,
  typed: { email: string; passphrase: string },
  pair: KeyPair,
): Inputs {
  const drawn = [
    'SLT_Auth_1',
    'SLT_Auth_2',
    'SLT_Enc',
    'SYM_Account',
    'encSymmetricKey.iv',
    'encPrivateKey.iv',
  ];
  return { ...typed, ...seeded(label, drawn), PUB_Account: pair.publicKey, PRV_Account: pair.privateKey };
}

/** The two persons of the vectors. */
export const JANE = { email: 'jane@example.com', passphrase: 'correct horse battery staple' };
export const BOB = { email: 'bob@example.com', passphrase: 'Zaubersäge über ﬂüssigem Eis' };

/** The id of an account. */
export const accountId = (label: string): string => `act_${seededHex(`${label}/id`, 32)}`;

export const jane = keyPair('jane');
export const bob = keyPair('bob');
