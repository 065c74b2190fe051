/** SEC_PWD of the suite's own accounts: one value for their client and for the oracle, and the protocol's where it is stretched in full. */
import t from 'tap';
import { createSteps, toHex } from '../../reference/index.ts';
import { typedAccount } from '../inputs.ts';
import { createOracle } from '../oracle.ts';
import { judgePart } from '../self/judge-part.ts';
import { createStretching } from '../server/bench/stretching.ts';

const account = {
  email: 'jane@example.com',
  passphrase: ' correct horse battery staple ',
  saltKey: '01'.repeat(32),
  saltAuth: '02'.repeat(32),
  saltEnc: '03'.repeat(32),
};

for (const profile of ['documented', 'deployed'] as const)
  t.test(profile, async (test) => {
    const own = createSteps(profile);
    const { steps, cache, inFull } = createStretching(own);
    const stretchedBy = async ({ SEC_PWD, passphrase, SLT_TMP }: typeof own): Promise<string> =>
      toHex(
        await SEC_PWD(
          passphrase(account.passphrase),
          SLT_TMP(Uint8Array.from(Buffer.from(account.saltKey, 'hex')), account.email),
        ),
      );
    const bySpecification = toHex(createOracle(profile).account(account)('SEC_PWD_Auth'));

    const short = toHex(createOracle(profile, cache).account(account)('SEC_PWD_Auth'));
    test.equal(await stretchedBy(steps), short, 'of one round');
    test.not(short, bySpecification);

    inFull(account.passphrase);
    test.equal(toHex(createOracle(profile, cache).account(account)('SEC_PWD_Auth')), bySpecification);
    test.equal(await stretchedBy(steps), bySpecification, 'in full');

    const { cache: other, ...again } = createStretching(own);
    again.inFull(account.passphrase);
    const stretched = await stretchedBy(again.steps);
    let computed = 0;
    const counting = {
      get: (key: string) => other.get(key),
      set: (key: string, result: Uint8Array) => {
        if (other.get(key) === undefined) computed++;
        return other.set(key, result);
      },
    };
    test.equal(toHex(createOracle(profile, counting).account(account)('SEC_PWD_Auth')), stretched);
    test.equal(computed, 0, 'what the client has stretched is not stretched again');
  });

t.test('two accounts with one passphrase, of which one is stretched in full', async (test) => {
  const [seed, name] = [37, 'reset.contents'];
  const passphrases = ['bob', name].map((one) =>
    createSteps('documented').passphrase(typedAccount(seed, one).passphrase),
  );
  test.equal(passphrases[0], passphrases[1]);
  const verdicts: string[] = [];
  const part = { role: 'server', profile: 'documented' } as const;
  for await (const { verdict } of judgePart(part, { profile: 'documented', seed, only: `server.${name}` }))
    verdicts.push(verdict);
  test.same(verdicts, ['pass']);
});
