/** The secrets of a run: what the user typed, what follows from it, and what the client made and locked (3.5). */
import { toHex } from '../../reference/index.ts';
import { Blocked } from '../check.ts';
import { known, type ClientBench, type Signup } from '../client/bench.ts';
import { groupKeysOf } from '../client/group-keys.ts';
import { openAccount, orBlocked } from '../client/opened.ts';
import type { Expected, KnownAccount } from '../oracle.ts';
import { LOGIN_A } from '../peer/calls.ts';
import { callOf, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import type { Secret } from './forms.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const fromHexText = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** The secrets of accounts. */
export interface AccountSecrets {
  /** Those that are known. */
  readonly secrets: readonly Secret[];
  /** Why no account key and no private key is among them; undefined where they are. */
  readonly unopened: Blocked | undefined;
}

/** Passphrases, the keys that they are stretched to, account keys, private keys, and what a login computes. */
export async function accountSecrets(bench: ClientBench): Promise<AccountSecrets> {
  const { record, oracle } = bench;
  const typed = [...record.passphrases].flatMap(typedSecrets);
  await oracle.prepare([...record.signups.map(({ signup }) => known(signup)), ...oracle.accounts]);
  for (const { signup } of record.signups) oracle.account(known(signup));
  const derived = oracle.accounts.flatMap((account) => secretValues(oracle.account(account), ACCOUNT_VALUES));
  const { secrets: locked, unopened } = lockedSecrets(bench);
  return { secrets: [...typed, ...derived, ...record.benches.flatMap(loginSecrets), ...locked], unopened };
}

/** The secrets of one account; what is locked in it, where it opens. */
export function secretsOf(bench: ClientBench, account: Signup): readonly Secret[] {
  const locked = attempt(() => openedSecrets(bench, account));
  return [
    ...typedSecrets(account.typed.passphrase),
    ...secretValues(bench.expected(account), ACCOUNT_VALUES),
    ...(locked instanceof Blocked ? [] : locked),
  ];
}

const typedSecrets = (passphrase: string): readonly Secret[] => [
  { name: 'the passphrase as typed', bytes: utf8(passphrase) },
  { name: 'the passphrase, trimmed', bytes: utf8(passphrase.trim()) },
  { name: 'the passphrase, normalised', bytes: utf8(passphrase.trim().normalize('NFKD')) },
];

const ACCOUNT_VALUES = ['SEC_PWD_Auth', 'SEC_PWD_Enc', 'srp.P', 'srp.inner', 'srp.x'] as const;

const secretValues = (values: Expected, names: readonly string[]): readonly Secret[] =>
  names.map((name) => ({ name, bytes: values(name) }));

const ofLogins = new WeakMap<Exchange, readonly Secret[]>();

/** S of every login whose B the suite's server made. The client's a is known to nobody else. */
function loginSecrets(bench: ClientBench): readonly Secret[] {
  return bench.peer.exchanges
    .filter((exchange) => callOf(exchange) === LOGIN_A)
    .flatMap((exchange) => {
      const secrets = ofLogins.get(exchange) ?? secretsOfLogin(bench, exchange);
      ofLogins.set(exchange, secrets);
      return secrets;
    });
}

function secretsOfLogin(
  { peer, oracle }: ClientBench,
  { requestBody, responseBody }: Exchange,
): readonly Secret[] {
  const { email, A, B } = { ...emailAndA(requestBody), B: textOf(jsonOf(responseBody), 'srpB') };
  const b = peer.secretOf(B);
  if (b === undefined || !/^[0-9a-f]{512}$/.test(A)) return [];
  const seen = { A: fromHexText(A), B: fromHexText(B), b };
  return oracle.accounts
    .filter((account) => isOf(account, email))
    .map((account) => oracle.loginAtServer(account, seen)('srp.S'))
    .map((bytes) => ({ name: 'srp.S', bytes, hashIsSecret: false }));
}

function emailAndA(requestBody: string): { readonly email: string; readonly A: string } {
  const body = jsonOf(requestBody);
  return { email: textOf(body, 'email'), A: textOf(body, 'srpA') };
}

const isOf = ({ email }: KnownAccount, sent: string): boolean => email.trim().toLowerCase() === sent;

/** SYM_Account and the members of PRV_Account, of the accounts that open. */
function lockedSecrets({ record }: ClientBench): AccountSecrets {
  const opened = record.signups.map(({ bench, signup }) => attempt(() => openedSecrets(bench, signup)));
  const failed = opened.find((result) => result instanceof Blocked);
  const secrets = opened.flatMap((result) => (result instanceof Blocked ? [] : result));
  return { secrets, unopened: secrets.length === 0 ? failed : undefined };
}

function openedSecrets(bench: ClientBench, signup: Signup): readonly Secret[] {
  const { SYM_Account, PRV_Account } = orBlocked(() => openAccount(bench, signup));
  const parts = (['d', 'p', 'q', 'dp', 'dq', 'qi'] as const).map((name) => ({
    name: `member ${name} of PRV_Account`,
    bytes: Uint8Array.from(Buffer.from(PRV_Account[name], 'base64url')),
  }));
  return [{ name: 'SYM_Account', bytes: SYM_Account }, ...parts].flatMap((part) => [part, inJwk(part)]);
}

/** The text that a part of a key is in a JWK, which is what the plaintext of a message holds (6.3). */
const inJwk = ({ name, bytes }: Secret): Secret => ({
  name: `the base64url of ${name}`,
  bytes: utf8(Buffer.from(bytes).toString('base64url')),
});

/** Keys of groups and parts of documents. */
export function groupSecrets({ record }: ClientBench): readonly Secret[] {
  const keys = record.benches.flatMap((bench) => [...groupKeysOf(bench).values()]);
  const known = new Map(keys.map((key) => [toHex(key), key]));
  const open = [...record.envelopes].join('\n');
  const hidden = [...record.documents].filter((text) => !open.includes(text));
  return [
    ...[...known.values()].map((bytes) => ({ name: 'SYM_ResourceGroup', bytes })),
    ...hidden.map((text) => ({ name: 'a part of a document', bytes: utf8(text) })),
  ];
}

/** What may be sent, and must not be written to a log: session ids, proofs and mailed codes (LEAK-09). */
export function unlogged({ record }: ClientBench): readonly Secret[] {
  return record.benches
    .flatMap(({ peer }) => peer.exchanges)
    .flatMap(({ requestHeaders, requestBody }) => {
      const body = jsonOf(requestBody);
      return [
        { name: 'a session id', text: requestHeaders['x-session-id'] ?? '' },
        { name: 'M1', text: textOf(body, 'srpM1') },
        { name: 'a mailed code', text: textOf(body, 'code') },
      ];
    })
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => ({ name, bytes: utf8(text) }));
}

function attempt<T>(run: () => T): T | Blocked {
  try {
    return run();
  } catch (error) {
    if (error instanceof Blocked) return error;
    throw error;
  }
}
