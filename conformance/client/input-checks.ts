/** The same flows for random emails and passphrases of every class that normalisation treats apart (4.1). */
import { toHex, utf8 } from '../../reference/index.ts';
import { Blocked, expectSame, Failure, shorten, type Check } from '../check.ts';
import { accounts, tellingAccounts, type TypedAccount } from '../inputs.ts';
import { callOf, describeRequest, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import { forAll } from '../property.ts';
import { VerbError } from '../target/client-target.ts';
import { known, type ClientBench, type Signup } from './bench.ts';
import { explainProof } from './explain-login.ts';
import { explainSignup } from './explain-signup.ts';
import { openAccount, openSymmetricKey } from './opened.ts';
import { expectVerifier, inputsOf } from './signup-checks.ts';

/** The addresses in what was sent. */
const addressesIn = (exchanges: readonly Exchange[]): string[] =>
  exchanges.flatMap(({ requestBody }) => {
    const { email } = jsonOf(requestBody);
    return typeof email === 'string' ? [email] : [];
  });

/** Signs up. @throws Failure that names the mistake, where the server refused what was sent */
async function signUp(bench: ClientBench, typed: TypedAccount): Promise<Signup> {
  const before = bench.peer.exchanges.length;
  try {
    return await bench.signup(typed);
  } catch (error) {
    const made = bench.peer.exchanges.slice(before).find((one) => callOf(one) === 'POST /auth/signup');
    if (!(error instanceof Blocked) || made === undefined) throw error;
    throw new Failure(error.message, {
      sent: shorten(describeRequest(made)),
      expected: 'the flow succeeds for this input too',
      actual: error.message,
      explain: () => explainSignup(bench, { typed, body: jsonOf(made.requestBody) }),
    });
  }
}

/** Logs in. @throws Failure that names the mistake, where it came to no session */
async function logIn(bench: ClientBench, account: Signup): Promise<void> {
  const before = bench.peer.exchanges.length;
  try {
    await bench.loginHonestly(account);
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    throw new Failure(error.message, {
      sent: inputsOf(account),
      expected: 'the flow succeeds for this input too',
      actual: error.message,
      diagnosis: await explainProof(bench, account, bench.peer.exchanges.slice(before)),
    });
  }
}

export const inputChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.inputs',
    title: 'Emails and passphrases are normalised as the specification says, whatever a user types.',
    requirements: [
      'NORM-01',
      'NORM-02',
      'NORM-03',
      'PWD-03',
      'PWD-04',
      'PWD-05',
      'PWD-06',
      'SRP-06',
      'WRAP-04',
    ],
    async run(bench) {
      await bench.janeLogin();
      let attempts = 0;
      await forAll(
        bench,
        accounts({ nonce: '.p' }),
        async (typed) => {
          // Shrinking tries a case again; each attempt needs an address of its own.
          const email = typed.email.replace('@', `.${String(attempts++)}@`);
          const account = await signUp(bench, { ...typed, email });
          await bench.oracle.prepare([known(account)]);
          expectSame('email', bench.steps.email(account.typed.email), textOf(account.body, 'email'), {
            sent: inputsOf(account),
            explain: () => explainSignup(bench, account),
          });
          expectVerifier(bench, account);
          openSymmetricKey(bench, account); // which says why, where the account does not open for it
          openAccount(bench, account);
          await logIn(bench, account);
        },
        tellingAccounts('.t'),
      );
    },
  },
  {
    id: 'client.inputs.white-space-within',
    title: 'An address with white space within it is trimmed, and is not sent without that white space.',
    requirements: ['NORM-01'],
    twin: async (bench) => await bench.janeLogin(),
    async run(bench) {
      const { typed } = await bench.jane();
      const email = typed.email.replace(/(?=.@)/, ' ');
      const right = bench.steps.email(email);
      // No account can have it (2.6): a client may refuse it, or the server does.
      const { exchanges } = await bench.login({ ...typed, email });
      for (const sent of addressesIn(exchanges))
        expectSame('email', right, sent, {
          sent: `a login with the address ${JSON.stringify(email)}`,
          explain: () => bench.oracle.inputs({ email }).explain({ 'normalized.email': toHex(utf8(sent)) }),
        });
    },
  },
  {
    id: 'client.inputs.lone-surrogate',
    title: 'A passphrase with half of a surrogate pair is refused before anything is sent.',
    requirements: ['NORM-04'],
    needs: 'ill-formed-text',
    twin: async (bench) => await bench.loginHonestly(await bench.bob()),
    async run(bench) {
      const { typed } = await bench.bob();
      const { result, exchanges } = await bench.login({ ...typed, passphrase: `half \ud83d of a pair` });
      if (result instanceof VerbError && exchanges.length === 0) return;
      throw new Failure('a passphrase that is not well-formed Unicode was taken', {
        sent: 'a login with the passphrase "half \\ud83d of a pair"',
        expected: 'an error at stage encoding, and no request',
        actual: `${String(exchanges.length)} requests; ${JSON.stringify(result)}`,
      });
    },
  },
];
