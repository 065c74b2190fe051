/** Evaluator, native and portable steps agree on every value of an SRP login, leading zeros included (chapter 5). */
import t from 'tap';
import fc from 'fast-check';
import type { ProfileName } from '../../spec/index.ts';
import { bytes32, email, ephemeral, small } from './arbitraries.ts';
import { agree, derivedIn, loginValues, PROFILES, providers, type Login } from './engines.ts';
import { countedLogin, loginsWithZeros } from './zeros.ts';
import { property, same } from './property.ts';

const anyLogin = fc.record({
  email,
  SLT_Auth_2: bytes32,
  SEC_PWD_Auth: bytes32,
  a: ephemeral,
  b: ephemeral,
});

/** The reference keeps these to itself; x and M1 depend on them. */
const isHandedOut = (name: string) => !['srp.inner', 'srp.H_I', 'srp.H_N_xor_H_g'].includes(name);

/** All engines find the same, and the client the same as the server. */
function agreeOn(profile: ProfileName, login: Login) {
  const found = providers(profile).map((step) => loginValues(step, login));
  const values = agree(profile, { ...login }, found);
  same(Object.keys(values).sort(), derivedIn(profile, 5).filter(isHandedOut), 'what was compared');
  same(values['srp.S_server'], values['srp.S'], 'S of the server');
  return values;
}

for (const profile of PROFILES) {
  await property(t, { name: `${profile}: every value of a login`, runs: 25 }, anyLogin, (login) => {
    agreeOn(profile, login);
  });

  await t.test(`${profile}: a small exponent leaves A nearly empty`, (t) => {
    for (const a of [0, 1, 2, 7, 8, 255, 2039, 2040, 2047]) {
      const login = { ...countedLogin(0), a: small(a) };
      const A = Uint8Array.from({ length: 256 }, (_, i) => (i === 255 - (a >> 3) ? 1 << (a & 7) : 0));
      t.same(agreeOn(profile, login)['srp.A'], A, `a = ${a}`);
    }
    t.end();
  });

  await t.test(`${profile}: each value once with a zero byte in front`, (t) => {
    for (const [names, login] of loginsWithZeros(profile)) {
      agreeOn(profile, login);
      t.pass(names.join(', '));
    }
    t.end();
  });
}
