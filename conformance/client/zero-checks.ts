/** Accounts whose salts and keys begin with zero bytes, which a client must not drop (5.1): one in 256 is like that. */
import { native, toHex } from '../../reference/index.ts';
import { expectSame, type Check } from '../check.ts';
import { WHOAMI } from '../peer/calls.ts';
import { textOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import { vectorFile, type VectorFile } from '../vectors/files.ts';
import type { ClientBench } from './bench.ts';
import { explainProof } from './explain-login.ts';
import { expectCall, expectDone } from './flows.ts';
import { openAccount, orBlocked } from './opened.ts';

/**
 * What begins with a zero byte in an account: a value for authentication and one for encryption; and the requirements that
 * say how long these are. Where both are salts, the address is free: its hash begins with a zero byte too.
 */
const ACCOUNTS = [
  ['SLT_Auth_1', 'SLT_Enc', []],
  ['SLT_TMP_1', 'SLT_TMP_2', ['PWD-03', 'PWD-04']],
  ['SEC_PWD_Auth', 'SEC_PWD_Enc', ['PWD-05', 'PWD-06']],
] as const;

let file: VectorFile | undefined;
const zeros = (): VectorFile => (file ??= vectorFile('leading-zeros'));

/** The inputs of a vector in which this value begins with a zero byte. */
function inputsWith({ profile }: ClientBench, value: string): Readonly<Record<string, string>> {
  const vectors = zeros().groups.flatMap((group) => (group.profile === profile ? group.vectors : []));
  const found = vectors.find(({ id }) => id === `${profile}.${value}`);
  if (found === undefined) throw new Error(`there is no vector ${value} among the leading zeros`);
  return found.inputs as Readonly<Record<string, string>>;
}

/** Puts an account on the server, as another client of its owner would have. @returns who takes it away again */
async function plantAccount(
  bench: ClientBench,
  email: string,
  salts: Record<'saltKey' | 'saltAuth' | 'saltEnc', string>,
) {
  const { passphrase = '' } = inputsWith(bench, 'SEC_PWD_Auth');
  const { wrap } = bench.steps;
  const jane = await bench.jane();
  const { PRV_Account } = orBlocked(() => openAccount(bench, jane));
  await bench.oracle.prepare([{ email, passphrase, ...salts }]);
  const expected = bench.oracle.account({ email, passphrase, ...salts });
  const SYM_Account = native.random(32);
  const id = `act_${toHex(native.random(32))}`;
  const created = new Date().toISOString();
  bench.peer.store.addAccount({
    ...{ id, email, firstName: 'Jane', lastName: 'Doe', isVerified: true, created },
    ...salts,
    verifier: toHex(expected('SRP_Verifier')),
    publicKey: textOf(jane.body, 'publicKey'),
    encPrivateKey: wrap.sealJson(SYM_Account, PRV_Account),
    encSymmetricKey: wrap.sealKey(expected('SEC_PWD_Enc'), SYM_Account),
  });
  return {
    body: salts,
    typed: { email, passphrase, firstName: 'Jane', lastName: 'Doe' },
    takeAway: () => {
      bench.peer.store.dropAccount(id);
    },
  };
}

export const zeroChecks: readonly Check<ClientBench>[] = ACCOUNTS.map(([forLogin, forKeys, ofValues]) => ({
  id: `client.zeros.${forLogin}`,
  title: `A client opens an account whose ${forLogin} and ${forKeys} begin with a zero byte, and SLT_Auth_2 with two.`,
  requirements: ['SRP-03', 'SRP-27', ...ofValues],
  async run(bench) {
    const { SLT_Auth_1: saltKey = '' } = inputsWith(bench, forLogin);
    const { SLT_Auth_2: saltAuth = '' } = inputsWith(bench, 'SLT_Auth_2.2');
    const { SLT_Enc: saltEnc = '' } = inputsWith(bench, forKeys);
    // H(I) is a value of one profile.
    const isFree = forLogin === 'SLT_Auth_1' && bench.profile === 'documented';
    const { email = '' } = inputsWith(bench, isFree ? 'srp.H_I' : 'SEC_PWD_Auth');
    const { takeAway, ...account } = await plantAccount(bench, email, { saltKey, saltAuth, saltEnc });
    try {
      const login = await bench.login(account.typed);
      const isRefused = login.result instanceof VerbError;
      const found = isRefused ? await explainProof(bench, account, login.exchanges) : undefined;
      expectDone(login, `login with zero bytes in ${forLogin} and ${forKeys}`, found);
      const { status } = expectCall(login, WHOAMI); // A client that only says so has opened nothing.
      expectSame(`status of ${WHOAMI}`, '200', String(status));
    } finally {
      takeAway();
    }
  },
}));
