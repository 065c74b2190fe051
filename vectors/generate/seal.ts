/** AES messages for everything that the graph does not seal: any plaintext, and additional data (6.2). */
import { buildGraph, graphSource, type Graph, type ProfileName } from '../../spec/index.ts';
import { seededHex } from './random.ts';
import { textHex, valuesOf, type Step } from './vector.ts';

/** The four members of a message. */
export interface Message {
  readonly iv: string;
  readonly t: string;
  readonly d: string;
  readonly ad: string;
}

/** What is sealed with what, by the name of the message. */
export const KEY_OF = {
  encSymmetricKey: 'SEC_PWD_Enc',
  encPrivateKey: 'SYM_Account',
  encContent: 'SYM_ResourceGroup',
} as const;

export type MessageName = keyof typeof KEY_OF;

/** The step that opens each message, and what comes of it. */
export const STEP_OF = {
  encSymmetricKey: 'open-account-key',
  encPrivateKey: 'open-private-key',
  encContent: 'open-document',
} as const satisfies Record<MessageName, Step>;

export interface ToSeal {
  readonly key: string;
  readonly iv: string;
  /** Hex. */
  readonly plaintext: string;
  /** Hex; empty where it is left out. */
  readonly ad?: string;
}

/** A message with any plaintext. */
export function seal(
  profile: ProfileName,
  name: MessageName,
  { key, iv, plaintext, ad = '' }: ToSeal,
): Message {
  const given = { [KEY_OF[name]]: key, [`${name}.iv`]: iv, [`${name}.plaintext`]: plaintext };
  const { [name]: message = '' } = valuesOf(profile, given, graphWithData(profile, ad));
  return JSON.parse(Buffer.from(message, 'hex').toString('utf8')) as Message;
}

/** The graph of a profile in which every message has this additional data. */
function graphWithData(profile: ProfileName, ad: string): Graph {
  const source = graphSource(profile);
  const text = JSON.stringify(source.derivations.templates);
  const data = (hex: string) => JSON.stringify({ op: 'bytes', hex });
  const inMessages = (template: string) => template.replaceAll(`"ad":${data('')}`, `"ad":${data(ad)}`);
  const templates = JSON.parse(
    inMessages(text).replaceAll(`"ad":{"op":"hex","of":${data('')}}`, `"ad":{"op":"hex","of":${data(ad)}}`),
  ) as typeof source.derivations.templates;
  return buildGraph({ ...source, derivations: { ...source.derivations, templates } });
}

/** A key and an IV for a label. */
export const keyAndIv = (label: string) => ({
  key: seededHex(`${label}/key`, 32),
  iv: seededHex(`${label}/iv`, 12),
});

/** JSON text as plaintext, in the form of the profile (6.3). */
export const jsonPlaintext = (profile: ProfileName, json: string): string =>
  textHex(profile === 'deployed' ? encodeURIComponent(json) : json);
