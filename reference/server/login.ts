/** The three calls of a login (7.3). */
import type { Context } from 'hono';
import { fromHex, toHex } from '../bytes.ts';
import { EPHEMERAL_BYTES, HASH_BYTES, SALT_BYTES } from '../constants.ts';
import { ProtocolError } from '../errors.ts';
import type {
  LoginARequest,
  LoginAResponse,
  LoginM1Request,
  LoginM1Response,
  LoginSRequest,
  LoginSResponse,
} from '../wire.ts';
import { mailConfirmation } from './confirm.ts';
import type { ServerContext } from './context.ts';
import { accountOrDecoy } from './decoy.ts';
import { attempt, loginOf, mayMail, requirePatience } from './limits.ts';
import { Refusal } from './refusal.ts';
import { hashOf, parseBody } from './request.ts';
import { requireNormalized } from './require.ts';
import type { AccountRecord, Starter } from './store/records.ts';

/** `POST /auth/login-s`: the salts of an account. */
export async function loginS(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const { email } = (await parseBody(c.req, 'login-s-request')) as LoginSRequest;
  requireNormalized(server, email);

  // authorise: anybody may ask; a stranger's address gets salts like any other

  // act
  const { saltKey, saltAuth } = accountOrDecoy(server, email);

  // respond
  return c.json({ saltKey, saltAuth } satisfies LoginSResponse);
}

/** `POST /auth/login-a`: A for B. */
export async function loginA(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const { email, srpA } = (await parseBody(c.req, 'login-a-request')) as LoginARequest;
  requireNormalized(server, email);
  const A = readA(server, srpA);

  // authorise: by the proof, in the next call; after too many wrong ones not even this
  requirePatience(server, c, loginOf({ email }));

  // act
  const b = server.random(EPHEMERAL_BYTES);
  const v = fromHex(accountOrDecoy(server, email).verifier, 'verifier');
  const B = server.steps.srp.B(b, v);
  const sessionStarterId = toHex(server.random(HASH_BYTES));
  server.store.dropExpired(server.now());
  server.addStarter(sessionStarterId, {
    email,
    A,
    B,
    b,
    expires: server.now() + server.lifetimes.starter,
  });

  // respond
  return c.json({ sessionStarterId, srpB: toHex(B) } satisfies LoginAResponse);
}

/** `POST /auth/login-m1`: M1 for M2 and a session. */
export async function loginM1(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const request = (await parseBody(c.req, 'login-m1-request')) as LoginM1Request;
  const M1 = fromHex(request.srpM1, 'srpM1', HASH_BYTES);

  // authorise: the proof is compared before anything is told
  const starter = server.store.takeStarter(request.sessionStarterId);
  const key = starter && loginOf(starter);
  const { account, A, K } = attempt(server, c, key, () => requireProof(server, starter, M1));
  if (!account.isVerified && !server.steps.profile.loginBeforeConfirmation) {
    if (mayMail(server, account.email)) await mailConfirmation(server, account);
    throw new Refusal('not-confirmed', 'the address is not confirmed yet: open the link in the mail first');
  }

  // act
  server.store.addSession(hashOf(server, toHex(K)), account.id);

  // respond
  const M2 = server.steps.srp.M2(A, M1, K);
  return c.json({ srpM2: toHex(M2) } satisfies LoginM1Response);
}

/** The account whose passphrase the client knows. @throws Refusal `wrong-proof` */
function requireProof(
  server: ServerContext,
  starter: Starter | undefined,
  M1: Uint8Array,
): { account: AccountRecord; A: Uint8Array; K: Uint8Array } {
  if (starter === undefined || starter.expires <= server.now()) throw wrongProof();
  const { K, M1: expected } = prove(server, starter);
  const account = server.store.accountByEmail(starter.email);
  if (!server.steps.accept.M1(expected, M1) || account === undefined) throw wrongProof();
  return { account, A: starter.A, K };
}

/** What the server expects of a client that knows the passphrase. */
function prove(server: ServerContext, { email, A, B, b }: Starter): { K: Uint8Array; M1: Uint8Array } {
  const { srp } = server.steps;
  const { verifier, saltAuth } = accountOrDecoy(server, email);
  const u = srp.u(A, B);
  const S = srp.S_server({ A, b, u, v: fromHex(verifier, 'verifier') });
  const K = srp.K(S);
  const M1 = srp.M1({ I: server.steps.I(email), s: fromHex(saltAuth, 'saltAuth', SALT_BYTES), A, B, S, K });
  return { K, M1 };
}

function readA({ steps }: ServerContext, srpA: string): Uint8Array {
  try {
    return steps.accept.A(srpA);
  } catch (error) {
    if (error instanceof ProtocolError) throw new Refusal('group-element', `srpA: ${error.message}`, '/srpA');
    throw error;
  }
}

/** One answer for a wrong proof, an unknown account, and an unknown, used or expired starter. */
const wrongProof = (): Refusal =>
  new Refusal('wrong-proof', 'the email or the passphrase is wrong, or the login took too long');
