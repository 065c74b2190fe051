/** PBKDF2 of the suite's own accounts: once for their client, which signs up, and for the oracle, which knows them (4.3). */
import { toHex, type Steps } from '../../reference/index.ts';
import type { Pbkdf2Cache } from '../../spec/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };

const { PBKDF2_ITERATIONS, KEY_BYTES } = protocol.constants;

/** The steps of the client, and what the oracle finds their results in. */
export function stretchingOnce(own: Steps): { readonly steps: Steps; readonly cache: Pbkdf2Cache } {
  const byClient = new Map<string, Uint8Array>();
  const byOracle = new Map<string, Uint8Array>();
  const nameOf = (password: string, salt: string): string => `${password} ${salt}`;
  return {
    steps: {
      ...own,
      async SEC_PWD(passphrase, salt) {
        const stretched = await own.SEC_PWD(passphrase, salt);
        byClient.set(
          nameOf(Buffer.from(passphrase).toString('hex'), toHex(salt)),
          Uint8Array.from(stretched),
        );
        return stretched;
      },
    },
    cache: {
      get(key) {
        const [, iterations, length, password, salt] = JSON.parse(key) as [
          string,
          number,
          number,
          string,
          string,
        ];
        const isOurs = iterations === PBKDF2_ITERATIONS.value && length === KEY_BYTES.value;
        return byOracle.get(key) ?? (isOurs ? byClient.get(nameOf(password, salt)) : undefined);
      },
      set: (key, result) => byOracle.set(key, result),
    },
  };
}
