/** The same flows for random emails and passphrases of every class that normalisation treats apart (4.1). */
import { expectSame, Failure, type Check } from '../check.ts';
import { accounts, tellingAccounts } from '../inputs.ts';
import { textOf } from '../peer/exchange.ts';
import { forAll } from '../property.ts';
import { VerbError } from '../target/client-target.ts';
import { known, type ClientBench } from './bench.ts';
import { openAccount } from './opened.ts';
import { expectVerifier, explainEmail, inputsOf } from './signup-checks.ts';

export const inputChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.inputs',
    title: 'Emails and passphrases are normalised as the specification says, whatever a user types.',
    requirements: ['NORM-01', 'NORM-02', 'NORM-03', 'WRAP-04'],
    async run(bench) {
      await bench.janeLogin();
      let attempts = 0;
      await forAll(
        bench,
        accounts({ nonce: '.p' }),
        async (typed) => {
          // Shrinking tries a case again; each attempt needs an address of its own.
          const account = await bench.signup({
            ...typed,
            email: typed.email.replace('@', `.${String(attempts++)}@`),
          });
          await bench.oracle.prepare([known(account)]);
          expectSame('email', bench.steps.email(account.typed.email), textOf(account.body, 'email'), {
            sent: inputsOf(account),
            explain: () => explainEmail(bench, account),
          });
          expectVerifier(bench, account);
          openAccount(bench, account);
          await bench.loginHonestly(account);
        },
        tellingAccounts('.t'),
      );
    },
  },
  {
    id: 'client.inputs.lone-surrogate',
    title: 'A passphrase with half of a surrogate pair is refused before anything is sent.',
    requirements: ['NORM-04'],
    needs: 'ill-formed-text',
    twin: async (bench) => await bench.jane(),
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
