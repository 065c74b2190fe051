/** What calls of a story carry that a server cannot look into: made once for a bench, and used again and again. */
import { readPublicKey } from '../../../reference/index.ts';
import { credentialOf, type Credential } from '../bench/credential.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { shared } from '../fixtures/shared.ts';

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
