/** What an AES message may hold under the mistakes of sealing (6.2): each may have another key, or another IV. */
import { createDecipheriv } from 'node:crypto';
import type { Given } from '../evaluate.ts';
import type { Call, Expression, ProfileName } from '../graph.ts';
import { rightGraph } from '../mistaken/graph.ts';
import { namedMistakes, type Mistake } from '../mutate.ts';
import { createDerivation } from './derivation.ts';

/** The messages of the protocol, by name. */
export type MessageName = 'encSymmetricKey' | 'encPrivateKey' | 'encContent';

/**
 * The texts that a ciphertext holds, as it is sealed rightly and with each mistake. Tags are not looked at: whoever holds
 * such a text seals it again, and sees whether the message comes of it.
 *
 * @param given - the keys that may have been taken, by symbol, and the IV of the message as NAME.iv
 */
export function textsIn(
  profile: ProfileName,
  name: MessageName,
  given: Given,
  ciphertext: Uint8Array,
): Uint8Array[] {
  const sealed = `${name}.sealed`;
  const derivation = createDerivation(profile, given);
  const operand = ({ id, nodes }: Pick<Mistake, 'id' | 'nodes'>, which: string): Uint8Array | undefined => {
    const call = (nodes.get(sealed) ?? rightGraph(profile).nodes.get(sealed)?.value) as Call;
    const taken = new Map([...nodes, [sealed, call[which] as Expression]]);
    const value = derivation.value(sealed, [{ ...NOTHING, id: `${which} of ${id}`, nodes: taken }]);
    return value instanceof Uint8Array ? value : undefined;
  };
  const suspects = [NOTHING, ...namedMistakes(profile).filter(({ nodes }) => nodes.has(sealed))];
  const texts = suspects.flatMap((mistake) => {
    const [key, iv] = [operand(mistake, 'key'), operand(mistake, 'iv')];
    const text = key && iv && decrypted(key, iv, ciphertext);
    return text === undefined ? [] : [text];
  });
  return [...new Map(texts.map((text) => [Buffer.from(text).toString('hex'), text])).values()];
}

const NOTHING: Mistake = {
  id: 'nothing',
  kind: 'named',
  title: 'no mistake',
  hint: '',
  section: '6.2',
  requirement: 'AES-01',
  seen: [],
  nodes: new Map(),
};

/** A ciphertext without its tag; undefined for a key that AES-GCM does not take. */
function decrypted(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined {
  if (key.length !== 32 && key.length !== 16) return undefined;
  if (iv.length === 0) return undefined;
  const cipher = createDecipheriv(key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm', key, iv);
  return Uint8Array.from(cipher.update(ciphertext));
}
