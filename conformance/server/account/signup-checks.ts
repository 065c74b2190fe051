/** Signups at the edges: what is just well-formed is taken, and a refusal names the member (7.1, 10.1). */
import { expectSame, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { addressOfLength, addressWith } from '../bench/address.ts';
import { freshHex } from '../../requests/valid-values.ts';
import { requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { expectAccount } from '../answers/account-state.ts';
import { expectLogin } from '../login/expect-login.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { addressLookalikes } from '../fixtures/lookalikes.ts';
import { LONG_NAME, ODD_NAME } from '../fixtures/odd-texts.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { expectSignedUp, onePerMember, signUp, unusedSignup } from './signup-form-checks.ts';
import { groupElement, N } from '../fixtures/group-element.ts';

/** How many characters an address may have (2.6). */
const LONGEST = 254;

type Text = Readonly<Record<string, string>>;

/** Every member of a JSON object in the opposite order. */
const reversed = (text: string): string =>
  JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()));

/** What is unusual and as it should be. */
interface Unusual {
  readonly what: string;
  readonly change: (body: Text) => Text;
  /** Whether nobody can log in to the account, so that it can never be deleted. */
  readonly stays?: boolean;
}
const UNUSUAL: readonly Unusual[] = [
  { what: 'with the verifier 2', change: () => ({ verifier: groupElement(2n) }) },
  { what: 'with the verifier N − 2', change: () => ({ verifier: groupElement(N - 2n) }), stays: true },
  { what: 'with empty names', change: () => ({ firstName: '', lastName: '' }) },
  {
    what: 'with names of 200 characters, each of two UTF-16 units',
    change: () => ({ firstName: '😀'.repeat(200), lastName: '𝒟'.repeat(200) }),
  },
  {
    what: 'with an address of 254 characters',
    change: ({ email = '' }) => ({ email: addressOfLength(email, LONGEST) }),
  },
  {
    what: 'with salts that begin with zero bytes',
    change: () => ({ saltKey: `0000${'ab'.repeat(30)}`, saltAuth: '0'.repeat(64) }),
  },
  {
    what: 'with additional data in a message',
    change: ({ encSymmetricKey = '' }) => ({
      encSymmetricKey: JSON.stringify({ ...(JSON.parse(encSymmetricKey) as object), ad: 'abcd' }),
    }),
  },
];

/** What older clients write (6.6). */
const OTHER_ORDERS: readonly Unusual[] = [
  {
    what: 'with the members of the public key in another order',
    change: ({ publicKey = '' }) => ({ publicKey: reversed(publicKey) }),
  },
  {
    what: 'with a public key without ext',
    change: ({ publicKey = '' }) => ({
      publicKey: JSON.stringify({ ...(JSON.parse(publicKey) as object), ext: undefined }),
    }),
  },
];

/** A check that every row is taken. */
const taken = (
  name: string,
  title: string,
  requirements: readonly string[],
  rows: readonly Unusual[],
): Check<ServerBench> => ({
  id: `server.signup.${name}`,
  title,
  requirements,
  async run(bench) {
    bench.made.opens(groupElement(2n), () => '1'.padStart(64, '0')); // g is 2
    const due = rows.filter(({ stays = false }) => !(stays && bench.isPolite));
    await judgeRows(due, async ({ what, change }) => {
      const body = await unusedSignup(bench);
      await expectSignedUp(bench, { ...body, ...change(body) }, `a signup ${what}`);
    });
  },
});

export const signupChecks: readonly Check<ServerBench>[] = [
  taken(
    'well-formed',
    'A signup that is just within its form is taken: the smallest and largest verifier, names of any length up to 200 characters.',
    ['SIGNUP-07'],
    UNUSUAL,
  ),
  taken(
    'public-key-order',
    'A public key is taken whatever the order of its members, and without ext.',
    ['JWK-03', 'SIGNUP-07'],
    OTHER_ORDERS,
  ),
  {
    id: 'server.signup.as-sent',
    title:
      'What an account has signed up with is told to it as it was sent: odd names, long ones, JSON however written.',
    requirements: ['WHOAMI-01', 'KEY-05'],
    async run(bench) {
      const { body, ...prepared } = await bench.prepare('signup.as-sent');
      const { publicKey, encPrivateKey, encSymmetricKey } = body;
      const written = {
        publicKey: reversed(publicKey),
        encPrivateKey: JSON.stringify(JSON.parse(reversed(encPrivateKey)), null, 1),
        encSymmetricKey: ` ${reversed(encSymmetricKey)}\n`,
      };
      const account = {
        ...prepared,
        body: { ...body, ...written, firstName: ODD_NAME, lastName: LONG_NAME },
      };
      await expectSignedUp(bench, account.body, 'a signup with odd names');
      await bench.confirm(account);
      const { sessionId } = await expectLogin(bench, account, 'the login of an account with odd names');
      await expectAccount(bench, { sessionId }, account, 'after a signup with odd names');
    },
  },
  {
    id: 'server.signup.lookalikes',
    title:
      'An address that differs in anything from that of an account can sign up, and has salts of its own.',
    requirements: ['SIGNUP-07'],
    async run(bench) {
      const { email = '' } = await unusedSignup(bench);
      const long = 'x'.repeat(LONGEST - email.length - 1);
      // At a server that others use, mail to an address beyond ASCII may reach nobody, and its account stays.
      const isDue = (text: string): boolean => !bench.isPolite || /^[!-~]*$/.test(text);
      const rows = Object.entries({ ...addressLookalikes, 'its last character': [`${long}a`, `${long}b`] });
      const due = rows.filter(([, texts]) => texts.every(isDue));
      await judgeRows(due, async ([what, texts]) => {
        for (const text of texts) {
          const salts = { saltKey: freshHex(32), saltAuth: freshHex(32) };
          const body = { ...(await unusedSignup(bench)), ...salts };
          await expectSignedUp(
            bench,
            { ...body, email: addressWith(email, text) },
            `a signup whose address differs from another in ${what}`,
          );
        }
      });
    },
  },
  {
    id: 'server.signup.field',
    title:
      'The refusal of a signup names the member that is missing, unknown or ill-formed, and has the code malformed.',
    requirements: ['ERROR-02', 'ERROR-03'],
    twin: async (bench) => {
      await expectSignedUp(bench, await unusedSignup(bench), 'a signup as it should be');
    },
    async run(bench) {
      const body = await unusedSignup(bench);
      await judgeRows(onePerMember, async ({ member, what, spoil }) => {
        const answer = await signUp(bench, { ...body, [member]: spoil(body[member] ?? '') });
        expectRefusal(`a signup whose ${member} is ${what}`, answer, [400], 'malformed');
        const finding = { sent: requestLine(answer), actual: statusAndBody(answer) };
        expectSame('field', `/${member}`, textOf(jsonOf(answer.responseBody), 'field'), finding);
      });
    },
  },
];
