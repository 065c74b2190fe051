/** Values that are not of their form (2.6, 6.1, 6.2), each made from one that is: what a server must refuse. */
import { addressOfLength } from './address.ts';

/** A way to spoil a value. */
export interface Spoiled {
  /** What is wrong with it, as the end of a sentence: "a byte short". */
  readonly what: string;
  readonly spoil: (value: string) => unknown;
}

const FULL_WIDTH_ZERO = 0xff10;

/** Hex that is not of the length or the digits that its member has (ENC-02). */
export const spoiledHex: readonly Spoiled[] = [
  { what: 'a byte short', spoil: (hex) => hex.slice(2) },
  { what: 'a byte too long', spoil: (hex) => `${hex}00` },
  { what: 'with a zero byte before it', spoil: (hex) => `00${hex}` },
  { what: 'a digit short', spoil: (hex) => hex.slice(1) },
  { what: 'a digit too long', spoil: (hex) => `${hex}0` },
  { what: 'in upper-case hex', spoil: (hex) => `AB${hex.slice(2)}` },
  { what: 'with a letter that is no digit', spoil: (hex) => `g${hex.slice(1)}` },
  { what: 'with 0x in front', spoil: (hex) => `0x${hex.slice(2)}` },
  { what: 'with a sign', spoil: (hex) => `-${hex.slice(1)}` },
  { what: 'with a space in front', spoil: (hex) => ` ${hex.slice(1)}` },
  { what: 'with a line feed at its end', spoil: (hex) => `${hex}\n` },
  {
    what: 'with a full-width digit',
    spoil: (hex) => String.fromCharCode(FULL_WIDTH_ZERO) + hex.slice(1),
  },
  { what: 'empty', spoil: () => '' },
];

/** Account ids that are none. */
export const spoiledId: readonly Spoiled[] = [
  { what: 'without act_', spoil: (id) => id.slice('act_'.length) },
  { what: 'with another prefix', spoil: (id) => id.replace('act_', 'acc_') },
  { what: 'with an upper-case prefix', spoil: (id) => id.replace('act_', 'ACT_') },
  ...spoiledHex.map(({ what, spoil }) => ({
    what: `of hex ${what}`,
    spoil: (id: string) => `act_${String(spoil(id.slice('act_'.length)))}`,
  })),
];

/** Addresses that are none, and are so after normalisation too (2.6). */
export const spoiledEmail: readonly Spoiled[] = [
  { what: 'empty', spoil: () => '' },
  { what: 'without @', spoil: (email) => email.replace('@', '.') },
  { what: 'with nothing before the @', spoil: (email) => email.slice(email.indexOf('@')) },
  { what: 'with nothing after the @', spoil: (email) => email.slice(0, email.indexOf('@') + 1) },
  { what: 'with two @', spoil: (email) => `a@${email}` },
  { what: 'with a space in it', spoil: (email) => `a ${email}` },
  { what: 'with a line feed in it', spoil: (email) => `a\n${email}` },
  { what: 'with a no-break space in it', spoil: (email) => `a\u00a0${email}` },
  { what: 'of 255 characters', spoil: (email) => addressOfLength(email, 255) },
  { what: 'with half of a surrogate pair', spoil: (email) => `\ud83d${email}` },
];

/** Names of persons that are none. */
export const spoiledName: readonly Spoiled[] = [
  { what: 'of 201 characters', spoil: () => 'x'.repeat(201) },
  { what: 'of 201 emoji', spoil: () => '😀'.repeat(201) },
  { what: 'with half of a surrogate pair', spoil: (name) => `${name}\udc00` },
];

/** Values of another type than text. */
export const otherTypes: readonly Spoiled[] = [
  { what: 'null', spoil: () => null },
  { what: 'a number', spoil: () => 7 },
  { what: 'true', spoil: () => true },
  { what: 'a list that holds the text', spoil: (text) => [text] },
  { what: 'an object', spoil: (text) => ({ value: text }) },
];

type Members = Readonly<Record<string, unknown>>;

/** Changes the JSON object that a text holds. */
const inJson =
  (change: (members: Members) => unknown): Spoiled['spoil'] =>
  (text) =>
    JSON.stringify(change(JSON.parse(text) as Members));

/** Texts that are no JSON object of exactly the four members of a message, each a string (AES-10). */
export const spoiledMessage: readonly Spoiled[] = [
  { what: 'no JSON', spoil: (text) => text.slice(0, -1) },
  { what: 'empty', spoil: () => '' },
  { what: 'null in JSON', spoil: () => 'null' },
  { what: 'a list in JSON', spoil: (text) => `[${text}]` },
  { what: 'a message in a JSON string', spoil: (text) => JSON.stringify(text) },
  ...['iv', 't', 'd', 'ad'].map((name) => ({
    what: `a message without ${name}`,
    spoil: inJson((message) => ({ ...message, [name]: undefined })),
  })),
  { what: 'a message with a fifth member', spoil: inJson((message) => ({ ...message, alg: 'none' })) },
  { what: 'a message whose ad is null', spoil: inJson((message) => ({ ...message, ad: null })) },
  { what: 'a message whose d is a number', spoil: inJson((message) => ({ ...message, d: 7 })) },
];

/** Messages whose members are not hex of their length (6.2, ENC-02). */
export const spoiledMessageHex: readonly Spoiled[] = [
  ...[0, 8, 11, 13, 16].map((bytes) => ({
    what: `a message with an iv of ${bytes} bytes`,
    spoil: inJson((message) => ({ ...message, iv: 'ab'.repeat(bytes) })),
  })),
  ...[0, 4, 8, 12, 15, 17].map((bytes) => ({
    what: `a message with a tag of ${bytes} bytes`,
    spoil: inJson((message) => ({ ...message, t: 'ab'.repeat(bytes) })),
  })),
  ...['iv', 't', 'd'].flatMap((name) => [
    {
      what: `a message whose ${name} is in upper-case hex`,
      spoil: inJson((message) => ({ ...message, [name]: `AB${String(message[name]).slice(2)}` })),
    },
    {
      what: `a message whose ${name} has an odd number of digits`,
      spoil: inJson((message) => ({ ...message, [name]: String(message[name]).slice(1) })),
    },
    {
      what: `a message whose ${name} is no hex`,
      spoil: inJson((message) => ({ ...message, [name]: `zz${String(message[name]).slice(2)}` })),
    },
  ]),
  { what: 'a message whose ad is no hex', spoil: inJson((message) => ({ ...message, ad: 'zz' })) },
  { what: 'a message whose ad has half a byte', spoil: inJson((message) => ({ ...message, ad: '0' })) },
];

/** An address in upper case, but for characters that would not come back: «ß» has no upper-case form of its own. */
export const upperCased = (email: string): string =>
  Array.from(email, (character) => {
    const upper = character.toUpperCase();
    return upper.toLowerCase() === character ? upper : character;
  }).join('');
