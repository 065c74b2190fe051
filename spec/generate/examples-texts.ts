/**
 * `example document` and its like: values of the story as text, in chapter 6. Each is computed from what it needs and
 * nothing else.
 */
import type { ProfileName } from '../graph.ts';
import type { SpecData } from './data.ts';
import { deriver, type Values } from './examples-world.ts';
import { block } from './markdown.ts';

/** Name → block. */
export function exampleTexts(data: SpecData): ReadonlyMap<string, string> {
  const documented = wrapped(data, 'documented');
  const deployed = wrapped(data, 'deployed');
  return new Map([
    ['document', block('text', plainAndEncoded(deployed, 'encContent.plaintext'))],
    ['account-key', block('text', [documented.text('encSymmetricKey')])],
    ['symmetric-key', block('text', plainAndEncoded(deployed, 'encSymmetricKey.plaintext'))],
  ]);
}

/** What Jane encrypts with symmetric keys. */
function wrapped(data: SpecData, profile: ProfileName): Values {
  const { jane, resource } = data.story;
  const names = ['email', 'passphrase', 'SLT_Enc', 'SYM_Account', 'encSymmetricKey.iv'];
  const given = Object.fromEntries(Object.entries(jane.given).filter(([name]) => names.includes(name)));
  return deriver(data, profile)({ ...given, ...resource.given });
}

/** JSON, and below it the text that stands for it. */
function plainAndEncoded(values: Values, name: string): string[] {
  const encoded = Buffer.from(values.hex(name), 'hex').toString('utf8');
  return [decodeURIComponent(encoded), encoded];
}
