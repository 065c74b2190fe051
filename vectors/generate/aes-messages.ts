/** Messages that a client refuses to open, and the few that look odd and open (6.2). */
import type { ProfileName } from '../../spec/index.ts';
import { flip, FORGED, MISSHAPEN, NOT_HEX, NOT_JSON, type Change } from './aes-changes.ts';
import { jsonPlaintext, keyAndIv, seal } from './seal.ts';
import { accepted, jsonHex, refused, type Refusal, type Vector } from './vector.ts';

const DOCUMENT = { name: 'Träffpunkt' };
const base = keyAndIv('aes/message');

export function messages(profile: ProfileName): Vector[] {
  const plaintext = jsonPlaintext(profile, JSON.stringify(DOCUMENT));
  const message = seal(profile, 'encContent', { ...base, plaintext });
  const inputs = (encContent: string, key = base.key) => ({ SYM_ResourceGroup: key, encContent });
  const outputs = { M_Resource: jsonHex(DOCUMENT) };
  const taken = (id: string, comment: string, text: string, flags: readonly string[] = []) =>
    accepted('open-document', { id: `message.${id}`, comment, flags }, inputs(text), outputs, {
      'encContent.plaintext': plaintext,
    });
  const not = (id: string, comment: string, flag: string, refusal: Refusal, text: string, key?: string) =>
    refused('open-document', { id: `message.${id}`, comment, flags: [flag] }, refusal, inputs(text, key));
  const changed =
    (stage: Refusal['stage']) =>
    ([id, comment, flag, requirement, change]: Change) =>
      not(id, comment, flag, { stage, requirement }, JSON.stringify(change(message)));
  const right = JSON.stringify(message);
  const { iv, t, d, ad } = message;
  return [
    taken('right', 'as it must be', right),
    taken('order', 'the members in another order', JSON.stringify({ ad, d, t, iv })),
    taken('white-space', 'white space between the tokens', JSON.stringify(message, null, 2)),
    ...FORGED.map(changed('decrypt')),
    not(
      'key.bit',
      'another key: one bit is different',
      'tag',
      { stage: 'decrypt', requirement: 'AES-09' },
      right,
      flip(base.key, 31),
    ),
    ...MISSHAPEN.map(changed('schema')),
    ...NOT_HEX.map(changed('encoding')),
    ...NOT_JSON.map(([id, comment, change]) =>
      not(`json.${id}`, comment, 'not-JSON', { stage: 'encoding', requirement: 'AES-10' }, change(right)),
    ),
    ...additionalData(profile, plaintext, taken, not),
  ];
}

type Taken = (id: string, comment: string, text: string, flags?: readonly string[]) => Vector;
type Not = (id: string, comment: string, flag: string, refusal: Refusal, text: string) => Vector;

/** Refused in `documented`, authenticated in `deployed` (AES-05, AES-06). */
function additionalData(profile: ProfileName, plaintext: string, taken: Taken, not: Not): Vector[] {
  const flag = 'additional-data';
  const bound = seal(profile, 'encContent', { ...base, plaintext, ad: '0123456789abcdef' });
  const unbound = seal(profile, 'encContent', { ...base, plaintext });
  const refusal = { stage: 'decrypt', requirement: profile === 'documented' ? 'AES-05' : 'AES-06' } as const;
  const authenticated = 'additional data that the tag covers';
  return [
    profile === 'deployed'
      ? taken('ad.bound', authenticated, JSON.stringify(bound), [flag])
      : not('ad.bound', authenticated, flag, refusal, JSON.stringify(bound)),
    not(
      'ad.added',
      'additional data that the tag does not cover',
      flag,
      refusal,
      JSON.stringify({ ...unbound, ad: '00' }),
    ),
    not(
      'ad.changed',
      'additional data other than the tag covers',
      flag,
      refusal,
      JSON.stringify({ ...bound, ad: '0123456789abcdee' }),
    ),
    not(
      'ad.removed',
      'the tag covers additional data, the message has none',
      'tag',
      { stage: 'decrypt', requirement: 'AES-09' },
      JSON.stringify({ ...bound, ad: '' }),
    ),
  ];
}
