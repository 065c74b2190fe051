/** Why salts are not those of the account (7.3): what a server hands out in place of a salt, and how it may write one. */
import { createHash } from 'node:crypto';
import { inOtherWords, type Diagnosed } from '../../../../spec/diagnose/explanation.ts';
import { jsonOf, textOf, type Exchange } from '../../../peer/exchange.ts';
import type { OwnAccount } from '../../bench/own-account.ts';

/** The salts of an answer of login-s. */
export interface Salts {
  readonly saltKey: string;
  readonly saltAuth: string;
}

/** What login-s answered, as far as it is text. */
export function saltsOf({ responseBody }: Exchange): Salts {
  const answer = jsonOf(responseBody);
  return { saltKey: textOf(answer, 'saltKey'), saltAuth: textOf(answer, 'saltAuth') };
}

interface Reading {
  /** What is done wrong, to follow "the value one gets with". */
  readonly title: string;
  readonly read: (hex: string) => string;
}

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const HALF = 32;

/** What may be made of a salt on its way into a store and out of it. */
const READINGS: readonly Reading[] = [
  { title: 'hex digits in upper case', read: (hex) => hex.toUpperCase() },
  { title: 'base64 in place of hex', read: (hex) => bytes(hex).toString('base64') },
  { title: 'base64url in place of hex', read: (hex) => bytes(hex).toString('base64url') },
  { title: 'the salt cut off after 16 bytes', read: (hex) => hex.slice(0, HALF) },
  { title: 'the last 16 bytes of the salt', read: (hex) => hex.slice(-HALF) },
  { title: 'the leading zero bytes of the salt left out', read: (hex) => hex.replace(/^(00)+/, '') },
  { title: 'the bytes of the salt in reverse', read: (hex) => bytes(hex).reverse().toString('hex') },
  { title: 'SHA-256 of the salt', read: (hex) => sha256(bytes(hex)) },
  { title: 'SHA-256 of the hex text of the salt', read: (hex) => sha256(hex) },
  { title: 'the hex text of the salt as bytes', read: (hex) => Buffer.from(hex).toString('hex') },
];
const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');

const HINT = 'Keep the 64 hex digits of a signup or a change as they came, and hand those out.';

/** What explains salts that are not those which an account has sent; undefined where nothing does, or they are right. */
export function explainSalts({ body }: OwnAccount, answered: Salts): Diagnosed | undefined {
  const sent = { saltKey: body.saltKey, saltAuth: body.saltAuth, saltEnc: body.saltEnc };
  for (const name of ['saltKey', 'saltAuth'] as const) {
    const salt = answered[name];
    if (salt === sent[name]) continue;
    const other = Object.entries(sent).find(([, value]) => value === salt);
    if (other !== undefined)
      return inOtherWords(
        `Your ${name} is another value of the same run: you have ${other[0]} where ${name} belongs (§7.3).`,
      );
    const reading = READINGS.find(({ read }) => read(sent[name]) === salt);
    if (reading !== undefined)
      return inOtherWords(`Your ${name} is the value one gets with ${reading.title} (§7.3). ${HINT}`);
  }
  return undefined;
}

/** Forms of a salt that is none, the first that fits. */
const FORMS: readonly (readonly [form: RegExp, title: string])[] = [
  [/^$/, 'no text at all'],
  [/^[0-9A-F]{64}$/, 'hex digits in upper case'],
  [/^([0-9a-f]{2})+$/i, 'another number of bytes than 32'],
  [/^[0-9a-f]+$/i, 'an odd number of hex digits'],
  [/^[A-Za-z0-9+/]+=*$/, 'base64 in place of hex'],
  [/^[A-Za-z0-9_-]+=*$/, 'base64url in place of hex'],
];

/** What explains a salt that is not of the form of one; undefined where all of them are. */
export function explainFormOfSalts(answered: Salts): Diagnosed | undefined {
  for (const name of ['saltKey', 'saltAuth'] as const) {
    const salt = answered[name];
    if (/^[0-9a-f]{64}$/.test(salt)) continue;
    const [, title] = FORMS.find(([form]) => form.test(salt)) ?? [];
    if (title === undefined) return undefined;
    return inOtherWords(
      `Your ${name} is of the form one gets with ${title} (§7.3). A salt is 64 lower-case hex digits.`,
    );
  }
  return undefined;
}
