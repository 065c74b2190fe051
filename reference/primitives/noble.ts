/** Hashes and key derivation in plain JavaScript (@noble/hashes). */
import { hkdf } from '@noble/hashes/hkdf.js';
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { randomBytes } from '@noble/hashes/utils.js';
import type { Primitives } from './primitives.ts';

export const noble: Pick<Primitives, 'random' | 'sha256' | 'hkdfSha256' | 'pbkdf2Sha256'> = {
  random: (length) => randomBytes(length),
  sha256: (data) => sha256(data),
  hkdfSha256: ({ salt, ikm, info, length }) => hkdf(sha256, ikm, salt, info, length),
  pbkdf2Sha256: ({ password, salt, iterations, length }) =>
    pbkdf2Async(sha256, password, salt, { c: iterations, dkLen: length }),
};
