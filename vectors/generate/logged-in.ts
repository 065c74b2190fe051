/** A login that succeeds, with every HTTP body (7.3). */
import type { ProfileName } from '../../spec/index.ts';
import { drawn, loginCalls, type Account } from './calls.ts';
import { accepted, type Inputs, type Values, type Vector } from './vector.ts';

/** What a login of this account must come to. */
const OUTPUTS = ['session.id', 'SYM_Account', 'PRV_Account'];

/** A login that succeeds. */
export function loggedIn(
  profile: ProfileName,
  id: string,
  comment: string,
  of: Account,
  label = `transcript/${id}`,
): Vector {
  const { values, calls } = loginCalls(profile, of, label);
  const pick = (wanted: (name: string) => boolean): Values =>
    Object.fromEntries(Object.entries(values).filter(([name]) => wanted(name)));
  const between = (name: string) =>
    !OUTPUTS.includes(name) && !(name in of.inputs) && !/^(a|b|srp\.S_server|enc.*)$/.test(name);
  return accepted(
    'log-in',
    { id, comment },
    inputsOf(of, label),
    pick((name) => OUTPUTS.includes(name)),
    pick(between),
    calls,
  );
}

/** What a client starts a login from. */
export const inputsOf = (of: Account, label: string): Inputs => ({
  email: of.inputs['email'],
  passphrase: of.inputs['passphrase'],
  a: drawn(label).a,
});
