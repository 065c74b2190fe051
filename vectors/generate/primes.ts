/** The test keys of `vectors/keys.json`, found by counting: the same on every machine. */
import { checkPrimeSync } from 'node:crypto';
import { seededHex } from './random.ts';
import { bytesOf, gcd, keyPairOf, numbersOf, type KeyPair, type Numbers } from './rsa.ts';

/** Each key pair with the labels of its primes, and their length in bits. */
const RECIPES: Readonly<Record<string, readonly [p: string, q: string, bits?: number, e?: bigint]>> = {
  jane: ['jane/p', 'jane/q'],
  bob: ['bob/p', 'bob/q'],
  carol: ['carol/p', 'carol/q'],
  'modulus-512': ['small/p', 'small/q', 256],
  'modulus-1024': ['medium/p', 'medium/q', 512],
  'modulus-3072': ['large/p', 'large/q', 1536],
  'exponent-3': ['three/p', 'three/q', 1024, 3n],
};

/** How many primes are paired with each other in the search for numbers that begin with a zero byte. */
const POOL = 26;

/** The text of `vectors/keys.json`. */
export function keysFile(): string {
  const pairs = Object.entries(RECIPES).map(([name, [p, q, bits = 1024, e = 65537n]]) => [
    name,
    keyPairOf(numbersOf(prime(p, bits, e), prime(q, bits, e), e)),
  ]);
  const file = {
    comment: COMMENT,
    keys: { ...(Object.fromEntries(pairs) as Record<string, KeyPair>), ...short() },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
const COMMENT =
  'RSA key pairs of the vectors, made by vectors/generate/main.ts --keys from fixed seeds. They are published: never use them.';

/** The first prime at or after the number that the label stands for, its two highest bits set. */
function prime(label: string, bits: number, e: bigint): bigint {
  const start = BigInt(`0x${seededHex(`keys/${label}`, bits / 8)}`);
  let candidate = start | (3n << BigInt(bits - 2)) | 1n;
  while (gcd(candidate - 1n, e) !== 1n || !checkPrimeSync(candidate)) candidate += 2n;
  return candidate;
}

/** Key pairs in which a number is a byte shorter than it might be: it begins with a zero byte. */
function short(): Record<string, KeyPair> {
  const pool = Array.from({ length: POOL }, (_, i) => prime(`pool/${i}`, 1024, 65537n));
  const all = pool.flatMap((p) => pool.filter((q) => q !== p).map((q) => numbersOf(p, q)));
  const first = (name: keyof Numbers, bytes: number): KeyPair => {
    const found = all.find((numbers) => bytesOf(numbers[name]).length === bytes);
    if (found === undefined) throw new Error(`no pair of ${POOL} primes has ${name} in ${bytes} bytes`);
    return keyPairOf(found);
  };
  return { 'short-d': first('d', 255), 'short-qi': first('qi', 127) };
}
