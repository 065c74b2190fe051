/** What links are made from. */
import { seededHex } from './random.ts';
import type { KeyPair } from './rsa.ts';
import type { Inputs } from './vector.ts';

/** What a link is made from. PRV_Account is there for who cannot choose the seed: it opens the link. */
export const linkInputs = (
  label: string,
  { publicKey, privateKey }: KeyPair,
  given: Inputs = {},
): Inputs => ({
  SYM_ResourceGroup: seededHex(`${label}/SYM_ResourceGroup`, 32),
  'SYM_Link.seed': seededHex(`${label}/SYM_Link.seed`, 32),
  PUB_Account: publicKey,
  PRV_Account: privateKey,
  ...given,
});
