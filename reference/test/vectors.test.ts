/** The reference computes the published vectors: its own code and the specification's evaluator agree. */
import t from 'tap';
import login from '../../vectors/login.json' with { type: 'json' };
import { createSteps, fromHex, native, portable, toHex, type ProfileName } from '../index.ts';

for (const primitives of [native, portable])
  for (const { profile, vectors } of login.groups)
    // PBKDF2 in plain JavaScript takes its time: portable computes the first vectors only.
    t.test(`${primitives.name}, ${profile}`, async (test) => {
      const { email, passphrase, SLT_TMP, SEC_PWD, I, P, srp } = createSteps(
        profile as ProfileName,
        primitives,
      );
      for (const { id, inputs, outputs } of primitives === native ? vectors : vectors.slice(0, 2)) {
        const bytes = (name: keyof typeof inputs) => fromHex(inputs[name], name);
        const address = email(inputs.email);
        const phrase = passphrase(inputs.passphrase);
        const SEC_PWD_Auth = await SEC_PWD(phrase, SLT_TMP(bytes('SLT_Auth_1'), address));
        const SEC_PWD_Enc = await SEC_PWD(phrase, SLT_TMP(bytes('SLT_Enc'), address));
        const s = bytes('SLT_Auth_2');
        const x = srp.x(s, I(address), P(SEC_PWD_Auth));
        const v = srp.SRP_Verifier(x);
        const [A, B] = [srp.A(bytes('a')), srp.B(bytes('b'), v)];
        const S = srp.S({ B, a: bytes('a'), u: srp.u(A, B), x });
        const K = srp.K(S);
        const M1 = srp.M1({ I: I(address), s, A, B, S, K });
        const values = {
          SEC_PWD_Auth,
          SEC_PWD_Enc,
          SRP_Verifier: v,
          'srp.A': A,
          'srp.B': B,
          'srp.S': S,
          'srp.K': K,
          'srp.M1': M1,
        };
        const all = { ...values, 'srp.M2': srp.M2(A, M1, K), 'session.id': K };
        test.same(
          Object.fromEntries(Object.entries(all).map(([name, value]) => [name, toHex(value)])),
          outputs,
          id,
        );
      }
    });
