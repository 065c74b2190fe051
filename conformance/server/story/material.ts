/** What calls of a story carry that a server cannot look into: made once for a bench, and used again and again. */
import { randomBytes } from 'node:crypto';
import { fromHex, readPublicKey, toHex } from '../../../reference/index.ts';
import type { ServerBench } from '../bench.ts';
import type { OwnAccount } from '../own-account.ts';
import { shared } from '../shared.ts';
import type { Credential } from './state.ts';

export interface Material {
  /** The account whose address, names and keys those of the stories are made from. */
  readonly pattern: OwnAccount;
  readonly credentials: readonly Credential[];
  /** SYM_Link, each of a key of its own. */
  readonly links: readonly string[];
  /** AES messages. */
  readonly contents: readonly string[];
}

/** How many of each: neighbours differ. */
const HOW_MANY = 6;

const hexOf = (length: number): string => toHex(Uint8Array.from(randomBytes(length)));

/** x is drawn, not stretched from a passphrase: a login takes no time that a server would not take itself. */
function credentialOf({ steps }: ServerBench): Credential {
  const x = hexOf(32);
  return {
    saltKey: hexOf(32),
    saltAuth: hexOf(32),
    saltEnc: hexOf(32),
    x,
    verifier: toHex(steps.srp.SRP_Verifier(fromHex(x, 'x'))),
    encSymmetricKey: steps.wrap.sealKey(steps.primitives.random(32), steps.primitives.random(32)),
  };
}

export const material = shared(async (bench): Promise<Material> => {
  const { wrap, primitives } = bench.steps;
  const pattern = await bench.prepare('story');
  const publicKey = readPublicKey(JSON.parse(pattern.body.publicKey));
  const several = <T>(make: (i: number) => T): readonly T[] =>
    Array.from({ length: HOW_MANY }, (_, i) => make(i));
  return {
    pattern,
    credentials: several(() => credentialOf(bench)),
    links: several(() => wrap.sealLink(publicKey, primitives.random(32))),
    contents: several((i) => wrap.sealJson(primitives.random(32), { edit: i })),
  };
});
