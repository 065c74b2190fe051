/** A rare event: what is looked for, in inputs that a counter makes different. */
import type { ProfileName } from '../../spec/index.ts';
import { accountId, JANE, loginInputs, seeded } from './accounts.ts';
import { seededHex } from './random.ts';
import type { Inputs, Values } from './vector.ts';

export interface Event {
  readonly id: string;
  readonly comment: string;
  readonly flag: 'leading-zero' | 'exponent';
  /** The value that begins with zero bytes. */
  readonly value: string;
  /** How many zero bytes; 1 where it is left out. */
  readonly zeros?: number;
  readonly outputs: readonly string[];
  readonly inputs: (counter: number) => Inputs;
  /** The one profile that has the value. */
  readonly only?: ProfileName;
}

/** Both sides of a login, from SEC_PWD_Auth. */
export const LOGIN = [
  ...['SRP_Verifier', 'srp.A', 'srp.B', 'srp.S', 'srp.S_server', 'srp.K', 'srp.M1', 'srp.M2', 'session.id'],
];

/** A login in which one input depends on the counter. */
const login =
  (id: string, varied: string, length = 32) =>
  (counter: number): Inputs => ({
    ...loginInputs(`zeros/${id}`),
    [varied]: seededHex(`zeros/${id}/${varied}/${counter}`, length),
  });

/** A value of a login, and the input that is varied until it begins with a zero byte. */
export const inLogin = (value: string, varied: string, comment: string, zeros = 1): Event => {
  const id = `${value}${zeros === 1 ? '' : `.${zeros}`}`;
  return { id, comment, flag: 'leading-zero', value, zeros, outputs: LOGIN, inputs: login(id, varied) };
};

export const zeroFirst = (label: string, length = 32): string => `00${seededHex(label, length - 1)}`;

/** An input of a login that is made to begin with a zero byte. */
export const given = (
  id: string,
  value: string,
  comment: string,
  hex: string,
  flag: Event['flag'] = 'leading-zero',
): Event => ({
  ...{ id, comment, flag, value, outputs: LOGIN },
  zeros: flag === 'exponent' ? 0 : 1,
  inputs: () => ({ ...loginInputs(`zeros/${id}`), [value]: hex }),
});

/** The keys that come of a passphrase; PBKDF2 makes the search long, so what was found is kept. */
export const keys = (
  id: string,
  value: string,
  comment: string,
  outputs: readonly string[],
  varied: string,
): Event => ({
  ...{ id, comment, flag: 'leading-zero', value, outputs },
  inputs: (counter) => ({
    ...JANE,
    ...seeded(`zeros/${id}`, ['SLT_Auth_1', 'SLT_Enc']),
    [varied]: seededHex(`zeros/${id}/${varied}/${counter}`, 32),
  }),
});

export const BOTH = ['SLT_TMP_1', 'SLT_TMP_2', 'SEC_PWD_Auth', 'SEC_PWD_Enc'];

/** A document; its IV, tag or ciphertext begins with a zero byte. */
export const message = (
  id: string,
  value: string,
  comment: string,
  made: (counter: number) => Inputs,
): Event => ({
  ...{ id, comment, flag: 'leading-zero', value, outputs: ['encContent'], inputs: made },
});

export const document = (label: string, changes: Inputs = {}): Inputs => ({
  ...seeded(label, ['SYM_ResourceGroup', 'encContent.iv']),
  M_Resource: { name: accountId(label).slice(0, 12) },
  ...changes,
});

export const link = (
  id: string,
  value: string,
  comment: string,
  inputs: (counter: number) => Inputs,
  outputs = ['SYM_Link'],
): Event => ({
  ...{ id, comment, flag: 'leading-zero', value, outputs, inputs },
});

/** The inputs of an event at a counter. */
export const inputsOf = ({ inputs }: Event, counter: number): Inputs => inputs(counter);

/** Whether the value begins with so many zero bytes. */
export function happens({ value, zeros = 1 }: Event, values: Values): boolean {
  const hex = value === 'encContent.tag' ? values['encContent.sealed']?.slice(-32) : values[value];
  return zeros === 0 || hex?.startsWith('00'.repeat(zeros)) === true;
}
