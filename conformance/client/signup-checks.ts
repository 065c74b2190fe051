/** What a client sends at signup (7.1): recomputed from what was typed, and opened with the passphrase. */
import { findFault, readPublicKey, toHex, type AesMessage } from '../../reference/index.ts';
import { expectSame, expectThat, Failure, shorten, type Check, type Explain } from '../check.ts';
import { describeRequest, jsonOf, textOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import type { ClientBench, Signup } from './bench.ts';
import { expectMediaType } from './media-type-check.ts';
import { explainSignup } from './explain-signup.ts';
import {
  expectCompactText,
  explainPrivateKey,
  openAccount,
  openSymmetricKey,
  plaintextOf,
} from './opened.ts';

/** Fails unless the verifier is the one that what was typed and the salts give. */
export function expectVerifier(bench: ClientBench, account: Signup): void {
  const expected = bench.expected(account);
  const verifier = textOf(account.body, 'verifier');
  expectSame('verifier', toHex(expected('SRP_Verifier')), verifier, {
    sent: inputsOf(account),
    explain: () => explainSignup(bench, account),
  });
}

/** Fails unless a message of a signup is written without white space. */
function expectCompactMessage(
  { body }: Signup,
  member: 'encSymmetricKey' | 'encPrivateKey',
  explain: Explain,
): void {
  const message = textOf(body, member);
  expectSame(member, JSON.stringify(jsonOf(message)), message, { explain });
}

export const signupChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.signup.request',
    title: 'The signup request is what its schema says, the email normalised.',
    requirements: [
      ...[
        'SIGNUP-01',
        'HTTP-03',
        'NORM-05',
        'NORM-01',
        'NORM-02',
        'ENC-01',
        'AES-01',
        'AES-03',
        'SRP-01',
        'SRP-02',
        'SRP-10',
        'KEY-04',
      ],
      // A key of another length is none: whoever derives one has nothing to send.
      ...['PWD-05', 'PWD-06'],
    ],
    async run(bench) {
      const { typed, exchange, result } = await bench.janeAttempt();
      const reported = result instanceof VerbError ? `; it reported «${result.message}»` : '';
      expectThat(exchange !== undefined, 'the client sent no signup', {
        expected: 'POST /auth/signup',
        actual: `nothing${reported}`,
      });
      const body = jsonOf(exchange.requestBody);
      const fault = findFault('signup-request', body);
      const sent = shorten(describeRequest(exchange));
      const explain = () => explainSignup(bench, { typed, body });
      expectSame('email', bench.steps.email(typed.email), textOf(body, 'email'), { sent, explain });
      if (fault !== undefined)
        throw new Failure('the signup request is malformed', {
          sent,
          expected: 'a body as signup-request.schema.json says',
          actual: `${fault.pointer} ${fault.reason}`,
          explain,
        });
      expectMediaType(exchange);
      if (result instanceof VerbError)
        throw new Failure('the client reported an error', {
          sent,
          expected: 'the account id',
          actual: result.message,
          explain,
        });
      expectSame('accountId', textOf(body, 'id'), result.accountId, { sent });
    },
  },
  {
    id: 'client.signup.SRP_Verifier',
    title: 'The verifier is the one that the passphrase and the salts give.',
    requirements: [
      ...['SRP-10', 'SRP-09', 'SRP-06', 'SRP-07', 'SRP-08', 'SRP-01', 'SRP-02', 'SRP-03', 'SIGNUP-03'],
      ...['PWD-01', 'PWD-02', 'PWD-03', 'PWD-05'],
    ],
    async run(bench) {
      const account = await bench.jane();
      expectVerifier(bench, account);
    },
  },
  {
    id: 'client.signup.encSymmetricKey',
    title: 'encSymmetricKey opens with SEC_PWD_Enc and holds a key of 32 bytes.',
    requirements: [
      ...['WRAP-07', 'WRAP-01', 'WRAP-02', 'PWD-04', 'PWD-06', 'AES-01', 'AES-03', 'AES-04', 'SIGNUP-03'],
      ...['SRP-03', 'JWK-02'],
    ],
    async run(bench) {
      const account = await bench.jane();
      const SYM_Account = openSymmetricKey(bench, account);
      const { iv, t, d, ad } = jsonOf(textOf(account.body, 'encSymmetricKey')) as Record<
        keyof AesMessage,
        string
      >;
      const explain = () => explainSignup(bench, account);
      expectSame('ad of encSymmetricKey', '', ad, { explain });
      expectCompactMessage(account, 'encSymmetricKey', explain);
      // What was encrypted has as many bytes as the ciphertext: 32, or 190 in `deployed`.
      expectSame(
        'number of bytes encrypted in encSymmetricKey',
        String(bench.steps.profile.encodeKey(SYM_Account).length),
        String(d.length / 2),
        {
          sent: JSON.stringify({ iv, t, d, ad }),
          explain,
        },
      );
    },
  },
  {
    id: 'client.signup.encPrivateKey',
    title: 'encPrivateKey opens with SYM_Account and holds the private key of publicKey.',
    requirements: [
      ...['WRAP-08', 'WRAP-01', 'WRAP-02', 'WRAP-03', 'WRAP-04', 'WRAP-07', 'AES-01', 'AES-03', 'KEY-04'],
    ],
    async run(bench) {
      const account = await bench.jane();
      const { SYM_Account, PRV_Account } = openAccount(bench, account);
      const message = textOf(account.body, 'encPrivateKey');
      expectCompactText(bench, 'encPrivateKey', plaintextOf(message, SYM_Account), () =>
        explainPrivateKey(bench, account, SYM_Account),
      );
      expectCompactMessage(account, 'encPrivateKey', () => explainPrivateKey(bench, account, SYM_Account));
      const publicKey = readPublicKey(jsonOf(textOf(account.body, 'publicKey')));
      expectSame('modulus of the private key', publicKey.n, PRV_Account.n);
    },
  },
];

/** What was typed and which salts were used: enough to compute every value by hand. */
export function inputsOf({ typed: { email, passphrase }, body }: Signup): string {
  const salts = { saltKey: body['saltKey'], saltAuth: body['saltAuth'], saltEnc: body['saltEnc'] };
  return visible(JSON.stringify({ email, passphrase, ...salts }));
}

/** White space, marks and controls as escapes, so that they can be seen and pasted. */
const visible = (json: string): string =>
  json.replace(/[\p{Z}\p{C}\p{M}]/gu, (point) =>
    point === ' '
      ? point
      : Array.from({ length: point.length }, (_, i) => escaped(point.charCodeAt(i))).join(''),
  );

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
