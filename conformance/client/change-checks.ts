/** What a client sends to change the passphrase or the address, and what opens the account then (7.6 to 7.8). */
import { findFault, toHex } from '../../reference/index.ts';
import { Blocked, expectSame, expectThat, shorten, type Check } from '../check.ts';
import type { Explained } from '../oracle.ts';
import { LOGIN_S, WHOAMI } from '../peer/calls.ts';
import { callOf, jsonOf, textOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import type { ChangePasswordParams, Done } from '../target/verbs.ts';
import { because, callsOf, known, shared, type Act, type ClientBench, type Signup } from './bench.ts';
import { doneBefore, expectBody, expectCall, expectDone, plant, sessionOf } from './flows.ts';
import { expectRefused } from './login-checks.ts';
import { explainWrappedKey } from './explain-message.ts';
import { openAccount, opened } from './opened.ts';

type Given = Omit<ChangePasswordParams, 'session'>;

/** A change that a client was told to make, and what was stored before and after. */
interface Change {
  readonly account: Signup;
  readonly session: string;
  readonly given: Given;
  readonly act: Act<Done>;
}

const CHANGE = 'POST /auth/change-password';
/** White space, a ligature and a combining mark: it has to be normalised like that of a signup. */
const NEW_PASSPHRASE = '\u3000another ﬁne pa\u0308ssphrase ';

/** Lets the client change an account of its own that owns a group with a document. */
async function change(
  bench: ClientBench,
  name: string,
  give: (account: Signup, session: string) => Given | Promise<Given>,
): Promise<Change> {
  const account = await bench.someone(name);
  plant(bench, account, [{ id: 'req_kept', document: { kept: true } }]);
  const session = await sessionOf(bench, account);
  // A device that holds something has more to send, and more keys to take for another.
  if (bench.capabilities.includes('sync')) await bench.call('pull', { session });
  const given = await give(account, session);
  const act = await bench.call('changePassword', { session, ...given });
  return { account, session, given, act };
}

const ofPassphrase = ({ typed }: Signup): Given => ({
  oldPassphrase: typed.passphrase,
  newPassphrase: NEW_PASSPHRASE,
});

const passphraseChange = shared((bench) => change(bench, 'new-passphrase', ofPassphrase));

const emailChange = shared((bench) =>
  change(bench, 'new-email', ({ typed }) => ({
    oldPassphrase: typed.passphrase,
    newPassphrase: typed.passphrase,
    newEmail: ` Moved.${typed.email.trim()}\u00a0`,
  })),
);

const codeChange = shared((bench) =>
  change(bench, 'mailed-code', async ({ body }, session) => {
    doneBefore(await bench.call('sendCode', { session }), 'sendCode');
    const code = /^\w{6,}$/m.exec(bench.peer.newestMail(textOf(body, 'email')))?.[0];
    if (code === undefined) throw new Blocked('no code was mailed');
    return { code, newPassphrase: NEW_PASSPHRASE };
  }),
);

/** The body of the change. @throws Failure where the client did not send one that the server took */
const bodyOf = ({ act }: Change) => expectBody(expectCall(act, CHANGE), 'change-password-request');

/** The values that follow from what is new and the salts in force. @throws Blocked where the server refused the change */
function expectedOf(bench: ClientBench, { account, given, act }: Change): Explained {
  const made = act.exchanges.find((exchange) => callOf(exchange) === CHANGE);
  if (made?.status !== 200) throw new Blocked(`no change was accepted${because(act.result)}`);
  const body = jsonOf(made.requestBody);
  const { email, saltKey, saltAuth, saltEnc } = known(account);
  return bench.oracle.account({
    email: given.newEmail ?? email,
    passphrase: given.newPassphrase,
    saltKey: textOf(body, 'newSaltKey') || saltKey,
    saltAuth: textOf(body, 'newSaltAuth') || saltAuth,
    saltEnc: textOf(body, 'newSaltEnc') || saltEnc,
  });
}

function expectNewVerifier(bench: ClientBench, changed: Change): void {
  const expected = expectedOf(bench, changed);
  const newVerifier = textOf(bodyOf(changed), 'newVerifier');
  expectSame('newVerifier', toHex(expected('SRP_Verifier')), newVerifier, {
    explain: () => expected.explain({ SRP_Verifier: newVerifier }),
  });
}

/** The same SYM_Account under the new SEC_PWD_Enc, written as at signup. */
function expectNewWrappedKey(bench: ClientBench, changed: Change): void {
  const { requestHeaders, requestBody } = expectCall(changed.act, CHANGE);
  const message = textOf(jsonOf(requestBody), 'newEncSymmetricKey');
  const fault = findFault('aes-message', jsonOf(message));
  // Looked at first: a change with what is none is refused by every server.
  expectThat(fault === undefined, 'newEncSymmetricKey is no AES message', {
    sent: shorten(message),
    expected: 'JSON as aes-message.schema.json says',
    actual: `${fault?.pointer ?? ''} ${fault?.reason ?? ''}`,
  });
  const expected = expectedOf(bench, changed);
  const { SYM_Account } = openAccount(bench, changed.account);
  const { wrap, profile } = bench.steps;
  const K = requestHeaders['x-session-id'];
  const explain = () => explainWrappedKey(bench.oracle, expected, message, { 'srp.K': K });
  const open = () => wrap.openKey(expected('SEC_PWD_Enc'), message);
  const key = opened('newEncSymmetricKey', message, 'the new SEC_PWD_Enc', open, explain);
  expectSame('the key in newEncSymmetricKey', toHex(SYM_Account), toHex(key), { explain });
  const { iv, d, ad } = jsonOf(message);
  expectSame('ad of newEncSymmetricKey', '', String(ad), { explain });
  expectSame('newEncSymmetricKey', JSON.stringify(jsonOf(message)), message, { explain });
  const [length, encrypted] = [profile.encodeKey(SYM_Account).length, String(d).length / 2];
  expectSame('number of bytes encrypted in newEncSymmetricKey', String(length), String(encrypted), {
    explain,
  });
  const { iv: old } = jsonOf(textOf(changed.account.body, 'encSymmetricKey'));
  expectThat(iv !== old, 'the IV of encSymmetricKey was used again', {
    expected: 'a fresh IV',
    actual: String(iv),
  });
}

/** The account opens with what is new, at the next login and in the session that made the change, and not with what was. */
async function expectOpensAnew(bench: ClientBench, { account, session, given }: Change): Promise<void> {
  const email = given.newEmail ?? account.typed.email;
  if (given.newEmail !== undefined) await bench.peer.confirm(bench.steps.email(email));
  const typed = { ...account.typed, email, passphrase: given.newPassphrase };
  const login = await bench.login(typed);
  expectDone(login, 'login after the change');
  const whoami = expectDone(await bench.call('whoami', { session }), 'whoami in the session of the change');
  expectSame('email of whoami', bench.steps.email(email), whoami.email);
  expectRefused(await bench.login(account.typed), 'a login with what was before the change');
}

export const changeChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.change-password.request',
    title: 'A change sends the old verifier, the encSymmetricKey that whoami gave, and nothing that stays.',
    requirements: ['CHANGE-02', 'CHANGE-06', 'CHANGE-15', 'SESSION-01'],
    needs: 'change-password',
    async run(bench) {
      const changed = await passphraseChange(bench);
      const { account, act } = changed;
      const sent = callsOf(act.exchanges);
      const others = act.exchanges.map(callOf).filter((call) => NO_PART_OF_CHANGE.test(call));
      expectThat(others.length === 0, 'the client made calls that are no part of a change', {
        sent,
        expected: PART_OF_CHANGE.join(', '),
        actual: others.join(', '),
      });
      const body = bodyOf(changed);
      const present = textOf(account.body, 'encSymmetricKey');
      expectSame('encSymmetricKey', present, textOf(body, 'encSymmetricKey'));
      const verifier = toHex(bench.expected(account)('SRP_Verifier'));
      expectSame('verifier', verifier, textOf(body, 'verifier'));
      expectSame('newEmail', textOf(account.body, 'email'), textOf(body, 'newEmail'));
      const salts = Object.keys(body).filter((name) => name.startsWith('newSalt')).length;
      expectSame('number of new salts', bench.profile === 'documented' ? '3' : '0', String(salts));
      expectDone(act, 'changePassword');
    },
  },
  {
    id: 'client.change-password.salts',
    title: 'A change brings three fresh salts.',
    requirements: ['CHANGE-01'],
    needs: 'change-password',
    profile: 'documented',
    async run(bench) {
      const changed = await passphraseChange(bench);
      const body = bodyOf(changed);
      const { saltKey, saltAuth, saltEnc } = known(changed.account);
      const fresh = ['newSaltKey', 'newSaltAuth', 'newSaltEnc'].map((name) => textOf(body, name));
      const all = [saltKey, saltAuth, saltEnc, ...fresh];
      expectThat(new Set(all).size === all.length, 'a salt was used before', {
        expected: 'three salts that differ from each other and from those of before',
        actual: fresh.join(', '),
      });
    },
  },
  {
    id: 'client.change-password.newVerifier',
    title: 'The new verifier is the one that the new passphrase and the salts in force give.',
    requirements: ['CHANGE-03', 'CHANGE-02', 'NORM-03'],
    needs: 'change-password',
    run: async (bench) => {
      expectNewVerifier(bench, await passphraseChange(bench));
    },
  },
  {
    id: 'client.change-password.newEncSymmetricKey',
    title:
      'The new encSymmetricKey is written as at signup, opens with the new SEC_PWD_Enc and holds the same SYM_Account.',
    requirements: ['CHANGE-04', 'WRAP-01', 'WRAP-02', 'WRAP-07', 'AES-02', 'AES-03', 'AES-04'],
    needs: 'change-password',
    run: async (bench) => {
      expectNewWrappedKey(bench, await passphraseChange(bench));
    },
  },
  {
    id: 'client.change-password.next-login',
    title: 'The new passphrase opens the account at the next login, and the old one does not any more.',
    requirements: ['CHANGE-03', 'CHANGE-04', 'LOGIN-12'],
    needs: 'change-password',
    run: async (bench) => {
      const changed = await passphraseChange(bench);
      expectDone(changed.act, 'changePassword');
      await expectOpensAnew(bench, changed);
    },
  },
  {
    id: 'client.change-password.wrong-passphrase',
    title: 'No change is sent when the old passphrase is wrong.',
    requirements: ['CHANGE-05'],
    needs: 'change-password',
    twin: async (bench) => doneBefore((await passphraseChange(bench)).act, 'changePassword'),
    async run(bench) {
      // The passphrase of before is the wrong one by now.
      const { account, session } = await passphraseChange(bench);
      const { result, exchanges } = await bench.call('changePassword', { session, ...ofPassphrase(account) });
      const sent = exchanges.some((exchange) => callOf(exchange) === CHANGE);
      expectThat(!sent && result instanceof VerbError, 'a wrong old passphrase was taken', {
        expected: `an error, and no ${CHANGE}`,
        actual: `${callsOf(exchanges)}${because(result) || '; it reported success'}`,
      });
    },
  },
  {
    id: 'client.change-email',
    title: 'A change of address derives everything from the new address, also for an unchanged passphrase.',
    requirements: ['EMAIL-01', 'NORM-05', 'CHANGE-06', 'CHANGE-15', 'WHOAMI-03'],
    needs: 'change-email',
    async run(bench) {
      const changed = await emailChange(bench);
      const body = bodyOf(changed);
      const { email } = bench.steps;
      expectSame('newEmail', email(changed.given.newEmail ?? ''), textOf(body, 'newEmail'));
      expectNewVerifier(bench, changed);
      expectNewWrappedKey(bench, changed);
      expectDone(changed.act, 'changePassword');
      await expectOpensAnew(bench, changed);
    },
  },
  {
    id: 'client.change-with-code',
    title: 'With a mailed code a change sends the code in place of the old verifier.',
    requirements: ['CHANGE-02', 'CHANGE-03', 'CHANGE-04', 'CHANGE-06'],
    needs: 'change-with-code',
    profile: 'deployed',
    async run(bench) {
      const changed = await codeChange(bench);
      const body = bodyOf(changed);
      expectSame('code', changed.given.code ?? '', textOf(body, 'code'));
      expectNewVerifier(bench, changed);
      expectNewWrappedKey(bench, changed);
      expectDone(changed.act, 'changePassword');
      await expectOpensAnew(bench, changed);
    },
  },
];

const PART_OF_CHANGE = [WHOAMI, LOGIN_S, CHANGE];
/** Those that send what a change leaves as it is: documents, links, a private key. */
const NO_PART_OF_CHANGE = /^POST (\/auth\/signup|\/sync\/push|\/api\/resource_groups(\/[^/]+\/share-b)?)$/;
