/**
 * SEC_PWD of the suite's own accounts, the same for their client, which signs up, and for the oracle, which knows them (4.3).
 * A server sees g^x, and never what x was made from: a few accounts are stretched as the protocol says, and for the hundred
 * others one round does.
 */
import { createHmac } from 'node:crypto';
import { toHex, utf8, type Steps } from '../../../reference/index.ts';
import type { Pbkdf2Cache } from '../../../spec/index.ts';
import protocol from '../../../spec/protocol.json' with { type: 'json' };

const { HASH, PBKDF2_ITERATIONS, KEY_BYTES } = protocol.constants;

/** What the key of a run of PBKDF2 begins with where the run is that of 4.3. */
const OWN = [HASH.value, PBKDF2_ITERATIONS.value, KEY_BYTES.value] as const;

export interface Stretching {
  /** The steps of the client. */
  readonly steps: Steps;
  /** What the oracle finds their results in. */
  readonly cache: Pbkdf2Cache;
  /** From now on this passphrase, as it is typed, is stretched in full. */
  inFull(passphrase: string): void;
}

/**
 * @param own - the steps of the profile
 * @param results - of PBKDF2, as far as they are known beforehand
 */
export function createStretching(own: Steps, results?: Pbkdf2Cache): Stretching {
  /** Passwords, as hex. */
  const full = new Set<string>();
  const known = new Map<string, Uint8Array>();
  return {
    steps: {
      ...own,
      async SEC_PWD(passphrase, salt) {
        const password = utf8(passphrase);
        if (!full.has(toHex(password))) return oneRound(password, salt);
        const run = JSON.stringify([...OWN, toHex(password), toHex(salt)]);
        const stretched = results?.get(run) ?? (await own.SEC_PWD(passphrase, salt));
        known.set(run, Uint8Array.from(stretched));
        return stretched;
      },
    },
    cache: {
      get(key) {
        const operands = operandsOf(key);
        if (operands === undefined || full.has(operands.password)) return known.get(key) ?? results?.get(key);
        return oneRound(bytesOf(operands.password), bytesOf(operands.salt));
      },
      set(key, result) {
        const operands = operandsOf(key);
        if (operands === undefined || full.has(operands.password)) known.set(key, result);
      },
    },
    inFull: (passphrase) => void full.add(toHex(utf8(own.passphrase(passphrase)))),
  };
}

/** Password and salt, as hex; undefined where the run is another than that of 4.3. */
function operandsOf(key: string): { readonly password: string; readonly salt: string } | undefined {
  const [hash, iterations, length, password, salt] = JSON.parse(key) as [...typeof OWN, string, string];
  const isOwn = JSON.stringify([hash, iterations, length]) === JSON.stringify(OWN);
  return isOwn ? { password, salt } : undefined;
}

/** 32 bytes. */
const oneRound = (password: Uint8Array, salt: Uint8Array): Uint8Array =>
  Uint8Array.from(createHmac('sha256', password).update(salt).digest());

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
