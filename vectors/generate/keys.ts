/** The RSA key pairs of the vectors (`vectors/keys.json`); `main.ts --keys` makes them anew from their seeds. */
import data from '../keys.json' with { type: 'json' };
import type { KeyPair } from './rsa.ts';

export type KeyName = keyof typeof data.keys;

/** A key pair of the vectors by its name. */
export const keyPair = (name: KeyName): KeyPair => data.keys[name];
