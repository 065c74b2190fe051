/** An account and an A in which what a server reads begins with a zero byte: it shows where one is lost (5.1). */
import { createHash } from 'node:crypto';
import { toHex } from '../../../reference/index.ts';
import { Blocked } from '../../check.ts';
import { isSuccess, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { signupBody, type OwnAccount } from '../bench/own-account.ts';
import { createVictims, type Victims } from './victims.ts';

/** An account, and the secret ephemeral of a login to it. */
export interface ZeroLogin {
  readonly account: OwnAccount;
  readonly a: Uint8Array;
}

/** A login in which the salt, A and the SHA-256 of I begin with a zero byte; where the server is wrong, it fails. @throws Blocked */
export const zeroLogin: Victims<ZeroLogin> = createVictims(async (bench, number) => {
  const account = await zeroAccount(bench, number);
  const answer = await bench.send('POST', '/auth/signup', { body: account.body });
  if (!isSuccess(answer)) throw new Blocked(`the server refused a signup: ${statusAndBody(answer)}`);
  await bench.confirm(account);
  return { account, a: zeroA(bench) };
});

async function zeroAccount(
  { prepare, steps, oracle, made }: ServerBench,
  number: number,
): Promise<OwnAccount> {
  const { typed, body: first } = await prepare(`zeros-${number}`);
  const [local = '', domain = ''] = first.email.split('@');
  const email = firstOf(
    (i) => `${local}.${i}@${domain}`,
    (address) => createHash('sha256').update(address).digest()[0] === 0,
  );
  const own = { ...typed, email };
  const body = await signupBody(steps, own, 0);
  const saltAuth = `00${body.saltAuth.slice(2)}`;
  const known = { email, passphrase: own.passphrase, saltKey: body.saltKey, saltAuth };
  const value = oracle.account(known);
  const verifier = toHex(value('SRP_Verifier'));
  made.opens(verifier, () => toHex(value('srp.x')));
  return { typed: own, body: { ...body, saltAuth, verifier } };
}

/** The secret ephemeral of such an A, 32 bytes, found by trying, once for all. */
const zeroA = ({ oracle }: ServerBench): Uint8Array =>
  (foundA ??= firstOf(
    (i) => Uint8Array.from(createHash('sha256').update(`a ${i}`).digest()),
    (a) => oracle.values({ a })('srp.A')[0] === 0,
  ));
let foundA: Uint8Array | undefined;

/** The first of many that is wanted: one value in 256 begins with a zero byte. */
function firstOf<T>(make: (i: number) => T, isWanted: (value: T) => boolean): T {
  for (let i = 0; ; i++) {
    const value = make(i);
    if (isWanted(value)) return value;
  }
}
