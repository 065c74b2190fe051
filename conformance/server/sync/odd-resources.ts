/** Resources that are well-formed (2.6, 8.5) and that a server easily changes on the way into its storage. */
import type { Resource } from '../../../reference/index.ts';
import type { ServerBench } from '../bench/bench.ts';
import type { OwnGroup } from '../fixtures/flows.ts';

/** What is odd in a resource. */
export interface OddResource extends Partial<Omit<Resource, 'version' | 'resourceGroupId'>> {
  readonly document?: unknown;
  /** Members that the server takes and ignores. */
  readonly extra?: object;
}

/** The id of an account that there is not. */
export const OTHER_ACCOUNT = `act_${'0123456789abcdef'.repeat(4)}`;

/** What is odd in words → the resource. */
export function oddResources(
  { steps }: ServerBench,
  { key }: OwnGroup,
): Readonly<Record<string, OddResource>> {
  const sealed = steps.wrap.sealJson(key, { of: 'odd' });
  const { iv, t, d, ad } = JSON.parse(sealed) as Record<string, string>;
  return {
    'an empty name': { name: '' },
    'white space around its texts': { name: ' \t name\r\n', type: ' Request ' },
    'a name that is not in NFC': { name: 'A\u030angstro\u0308m \ufb01 \u212b' },
    'characters outside of the basic plane': { name: '🌱🏡 𝒳', type: '🌳', id: 'odd_🌿' },
    'control characters': { name: 'a\u0000b\u001f\u007f\u2028\ufeff' },
    'markup and quotes': { name: '<b>&amp;"\'\\/%00${x}', type: "'; --" },
    'the name of a prototype': { id: '__proto__', name: 'constructor', type: 'toString' },
    'an id like a path': { id: '../a/b?c#d%2e' },
    'the longest id': { id: 'ä'.repeat(200) },
    'a long name and type': { name: 'name '.repeat(20_000), type: 'type '.repeat(20_000) },
    'the first moment': { lastEdited: 0 },
    'the last moment': { lastEdited: Number.MAX_SAFE_INTEGER },
    'other people as its editors': { createdBy: OTHER_ACCOUNT, lastEditedBy: OTHER_ACCOUNT },
    'a content with its members in another order and white space': {
      encContent: ` {"ad": "${ad ?? ''}",\n "d": "${d ?? ''}", "t":"${t ?? ''}","iv":"${iv ?? ''}"} `,
    },
    'an empty content': { encContent: JSON.stringify({ iv, t, d: '', ad: '' }) },
    'a large content': { document: { text: 'x'.repeat(300_000) } },
    'what published clients send along': { extra: { _id: 'key', dirty: true } },
  };
}
