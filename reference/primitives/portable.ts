/** Primitives that run wherever JavaScript does: hashes from noble, ciphers from forge, arithmetic in BigInt. */
import { bigint } from './bigint.ts';
import { forgeCipher } from './forge.ts';
import { noble } from './noble.ts';
import type { Primitives } from './primitives.ts';

/** The provider to use where OpenSSL is not at hand, and to compare with. */
export const portable: Primitives = { name: 'portable', ...noble, ...bigint, ...forgeCipher };
