/** A secret ephemeral that the suite chooses as server, so that a value of the login begins with a zero byte (5.4, 5.5). */
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { fromHex } from '../../reference/index.ts';
import { Blocked } from '../check.ts';
import type { Answer } from '../lies/answers.ts';
import { textOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import type { ClientBench, Login, Signup } from './bench.ts';

/** The values of a login that depend on b, and that a client hashes or sends. */
export const VALUES_OF_B = ['B', 'S', 'K', 'M1', 'M2'] as const;
export type ValueOfB = (typeof VALUES_OF_B)[number];

/** Milliseconds after which a client is answered with any b: one that waits for five seconds is not to give up. */
const PATIENCE = 2000;
/** A draw takes a millisecond: others are let in so often. */
const AT_A_TIME = 16;
/**
 * One b in 256 is the one that is sought. Where a machine draws no more than 500 in time, it is in none of so many logins
 * once in two billion.
 */
const LOGINS = 11;

/** 32 bytes of which the last eight are random: powers of such a b are fast. */
const shortB = (): Uint8Array => Uint8Array.from(Buffer.concat([Buffer.alloc(24), randomBytes(8)]));

/**
 * The b for an account and the A of a login with which a value begins with a zero byte; undefined where none was drawn.
 *
 * @param asked - the body of `login-a`
 */
async function chosenB(
  bench: ClientBench,
  { body }: Pick<Signup, 'body'>,
  asked: Answer,
  sought: ValueOfB,
): Promise<Uint8Array | undefined> {
  const srpA = textOf(asked, 'srpA');
  if (!/^[0-9a-f]{512}$/.test(srpA)) return undefined; // a server refuses it
  const A = fromHex(srpA, 'A');
  const v = fromHex(textOf(body, 'verifier'), 'verifier');
  const begin = performance.now();
  for (let draw = 1; performance.now() - begin < PATIENCE; draw++) {
    const b = shortB();
    if (valueOf(bench, body, { A, v, b }, sought)[0] === 0) return b;
    if (draw % AT_A_TIME === 0) await setImmediate();
  }
  return undefined;
}

/** A value of the login as the server has it. */
function valueOf(
  { steps }: ClientBench,
  body: Signup['body'],
  { A, v, b }: Readonly<Record<'A' | 'v' | 'b', Uint8Array>>,
  sought: ValueOfB,
): Uint8Array {
  const { srp } = steps;
  const B = srp.B(b, v);
  if (sought === 'B') return B;
  const S = srp.S_server({ A, b, u: srp.u(A, B), v });
  if (sought === 'S') return S;
  const K = srp.K(S);
  if (sought === 'K') return K;
  const s = fromHex(textOf(body, 'saltAuth'), 'saltAuth');
  const M1 = srp.M1({ I: steps.I(textOf(body, 'email')), s, A, B, S, K });
  return sought === 'M1' ? M1 : srp.M2(A, M1, K);
}

/** A login with a b that gives the value a zero byte. @throws Blocked where there is none */
export async function loginWith(bench: ClientBench, account: Signup, sought: ValueOfB): Promise<Login> {
  for (let logins = 1; ; logins++) {
    const chosen: (Uint8Array | undefined)[] = [];
    const login = await bench.peer.choosingB(
      async (asked) => {
        const b = await chosenB(bench, account, asked, sought);
        chosen.push(b);
        return b;
      },
      () => bench.login(account.typed),
    );
    if (!chosen.includes(undefined)) return login;
    // Without a session nothing comes of another one either, but attempts that the server counts.
    if (login.result instanceof VerbError || logins === LOGINS)
      throw new Blocked(`no b was found that gives this login a zero byte in front of ${sought}`);
  }
}
