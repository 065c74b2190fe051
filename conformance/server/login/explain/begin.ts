/** Logins that are begun to find out what a server does with them (7.3): any answer will do. */
import { randomBytes } from 'node:crypto';
import { createDerivation, type Given } from '../../../../spec/index.ts';
import { toHex } from '../../../../reference/index.ts';
import { jsonOf, textOf } from '../../../peer/exchange.ts';
import { isSuccess, type ServerBench } from '../../bench/bench.ts';
import type { OwnAccount } from '../../bench/own-account.ts';
import { isOfOtherGroup, suspicions, type Suspect, type Suspicions } from './suspects.ts';

/** A login from login-a to before the proof. */
export interface Begun {
  readonly account: OwnAccount;
  readonly sessionStarterId: string;
  /** B as it came, as hex. */
  readonly srpB: string;
  readonly value: Suspicions;
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const GROUP_DIGITS = 512;

/** What is known of an account without its password keys, and x. */
function givenOf({ oracle }: ServerBench, { typed, body }: OwnAccount): Given {
  const { email, passphrase } = typed;
  const { saltKey, saltAuth } = body;
  return {
    'normalized.email': body.email,
    SLT_Auth_1: bytes(saltKey),
    SLT_Auth_2: bytes(saltAuth),
    SRP_Verifier: bytes(body.verifier),
    'srp.x': oracle.account({ email, passphrase, saltKey, saltAuth })('srp.x'),
  };
}

/**
 * Begins a login; undefined where the server does not.
 *
 * @param a - the secret ephemeral, 32 bytes; random by default
 * @param suspect - the mistake that the client makes too, where it needs an A of another group
 */
export async function begin(
  bench: ServerBench,
  account: OwnAccount,
  a: Uint8Array = Uint8Array.from(randomBytes(32)),
  suspect?: Suspect,
): Promise<Begun | undefined> {
  const given = { ...givenOf(bench, account), a };
  const mistakes = suspect !== undefined && isOfOtherGroup(suspect) ? [suspect] : [];
  const srpA = padded(createDerivation(bench.profile, given).value('srp.A', mistakes));
  const answer = await bench.send('POST', '/auth/login-a', { body: { email: account.body.email, srpA } });
  const { srpB, sessionStarterId } = told(answer.responseBody);
  if (!isSuccess(answer) || !/^([0-9a-f]{2})+$/.test(srpB)) return undefined;
  const value = suspicions(bench.profile, { ...given, 'srp.A': bytes(srpA), 'srp.B': bytes(srpB) });
  return { account, sessionStarterId, srpB, value };
}

function told(body: string): { srpB: string; sessionStarterId: string } {
  const answer = jsonOf(body);
  return { srpB: textOf(answer, 'srpB'), sessionStarterId: textOf(answer, 'sessionStarterId') };
}

/** An account whose verifier is made with a mistake of its group; undefined where it does not fit, or is refused. */
export async function accountOfOtherGroup(
  bench: ServerBench,
  suspect: Suspect,
): Promise<OwnAccount | undefined> {
  if (!isOfOtherGroup(suspect)) return undefined;
  const account = await bench.prepare();
  const { SRP_Verifier: _, ...given } = givenOf(bench, account);
  const verifier = padded(createDerivation(bench.profile, given).value('SRP_Verifier', [suspect]));
  if (verifier.length !== GROUP_DIGITS) return undefined;
  const body = { ...account.body, verifier };
  const answer = await bench.send('POST', '/auth/signup', { body });
  if (!isSuccess(answer)) return undefined;
  await bench.confirm({ ...account, body });
  return { ...account, body };
}

const padded = (value: unknown): string =>
  value instanceof Uint8Array ? toHex(value).padStart(GROUP_DIGITS, '0') : '';
