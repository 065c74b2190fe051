/** Accounts of the suite: what their client would send to sign up. */
import {
  createClient,
  readPrivateKey,
  readPublicKey,
  type Random,
  type SignupRequest,
  type Steps,
} from '../../../reference/index.ts';
import { keyPair } from '../../../vectors/generate/keys.ts';
import type { TypedAccount } from '../../inputs.ts';

/** An account of the suite: what was typed, and what was sent. */
export interface OwnAccount {
  readonly typed: TypedAccount;
  readonly body: SignupRequest;
}

/** A server cannot tell whether key pairs are new, and need not: those of the vectors, neighbours with different ones. */
const KEYS = ['jane', 'bob', 'carol'] as const;

/**
 * What the reference client would send, with the key pair of this number; it is kept, not sent.
 *
 * @param random - source of keys, salts and IVs
 */
export async function signupBody(
  steps: Steps,
  account: TypedAccount,
  number: number,
  random?: Random,
): Promise<SignupRequest> {
  const { publicKey, privateKey } = keyPair(KEYS[number % KEYS.length] ?? 'jane');
  const keys = { publicKey: readPublicKey(publicKey), privateKey: readPrivateKey(privateKey) };
  let body: SignupRequest | undefined;
  const client = createClient({
    profile: steps.profile.name,
    steps: { ...steps, keyPair: () => Promise.resolve(keys) },
    server: 'https://nowhere.example',
    random,
    fetch: async (request) => {
      body = (await request.json()) as SignupRequest;
      return Response.json({ ...body, isVerified: false, created: new Date(0).toISOString() });
    },
  });
  await client.signup(account);
  if (body === undefined) throw new Error('the reference client sent no signup');
  return body;
}
