/** Accounts as users type them: raw emails and passphrases from every class that normalisation treats apart. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { SHORTEST } from './leak/forms.ts';

/** What a user types at signup. */
export interface TypedAccount {
  readonly email: string;
  readonly passphrase: string;
  readonly firstName: string;
  readonly lastName: string;
}

const WHITE_SPACE = ['', ' ', '\t', '\n', '\u00a0', '\ufeff', '\u2003', '\u3000'];
/** Upper case, full and context-dependent lower-casing, and characters that percent-encoding or hashing could trip over. */
const LOCAL_PARTS = [
  'Jane',
  'JANE.DOE',
  'ΟΔΥΣΣΕΥΣ',
  'İstanbul',
  'straße',
  'o’neil',
  'a+b%41',
  "quote'n",
  'zoë',
];
/** Composed, decomposed, compatibility forms, Hangul, right-to-left, emoji, reserved characters. */
const PASSPHRASES = [
  'pässwörd',
  'pa\u0308ss',
  'ﬁne ﬂow',
  'Ⅳ²½',
  '각',
  '\u1112\u1161\u11ab',
  'שלום עולם',
  '👩‍👩‍👧 key',
  'a%2Fb:c&d=é',
  'Å Å',
];

const space = fc.constantFrom(...WHITE_SPACE);
/**
 * Blocks in which every code point was assigned by Unicode 13.0, the least that a client must know (4.1): an older
 * or a newer one normalises them the same.
 */
const SETTLED: readonly (readonly [min: number, max: number])[] = [
  [0x400, 0x52f],
  [0x5d0, 0x5ea],
  [0x621, 0x64a],
  [0x904, 0x939],
  [0x1e00, 0x1f15],
  [0x2000, 0x2064],
  [0x2100, 0x218b],
  [0x3041, 0x3096],
  [0x3131, 0x318e],
  [0x4e00, 0x9fef],
  [0xac00, 0xd7a3],
  [0xe000, 0xf8ff],
  [0xf900, 0xfa6d],
  [0xfb00, 0xfb06],
  [0xff01, 0xffbe],
  [0x1d400, 0x1d454],
  [0x1f300, 0x1f5ff],
  [0x20000, 0x2a6d6],
  [0x2f800, 0x2fa1d],
];
const within = ([min, max]: readonly [number, number]) => fc.integer({ min, max });
/** Latin letters, their marks and Greek in every third place. */
const codePoint = fc.oneof(
  { arbitrary: within([0x20, 0x377]), weight: Math.ceil(SETTLED.length / 2) },
  ...SETTLED.map((block) => ({ arbitrary: within(block), weight: 1 })),
);
const someText = fc
  .array(codePoint, { minLength: 1, maxLength: 24 })
  .map((points) => String.fromCodePoint(...points))
  .filter((text) => text.trim() !== '');

/** It belongs to nobody. */
export const NOBODYS_DOMAIN = 'example.com';

/** How addresses are made. */
export interface AddressForm {
  /** Whether they have nothing beyond ASCII, so that every mail server takes them. */
  readonly isPlain?: boolean | undefined;
  /** What they begin with; nothing where absent. */
  readonly prefix?: string;
  /** What tells one from all others; drawn where absent. */
  readonly number?: string;
  /** What stands before the @. */
  readonly nonce?: string;
  /** One that belongs to nobody, or to whoever runs the suite; `NOBODYS_DOMAIN` where absent. */
  readonly domain?: string | undefined;
}

/** Accounts that are typed in every way, with addresses of one form. */
export function accounts({
  isPlain = false,
  prefix = '',
  number,
  nonce = '',
  domain = NOBODYS_DOMAIN,
}: AddressForm): fc.Arbitrary<TypedAccount> {
  const typedDomain = inMixedCase(domain);
  const local = fc.tuple(
    fc.constantFrom(...LOCAL_PARTS.filter((name) => !isPlain || /^[!-~]*$/.test(name))),
    number === undefined ? fc.nat(0xffffff).map((n) => n.toString(16)) : fc.constant(number),
  );
  const email = fc
    .tuple(space, local, space)
    .map(([before, [name, own], after]) => `${before}${prefix}${name}.${own}${nonce}@${typedDomain}${after}`);
  const passphrase = fc
    .tuple(space, fc.oneof(fc.constantFrom(...PASSPHRASES), someText), space)
    .map(([before, text, after]) => `${before}${text}${after}`);
  return fc.record({
    email,
    passphrase,
    firstName: fc.constantFrom('Jane', 'Bob', 'Zoë', '明'),
    lastName: fc.constantFrom('Doe', 'O’Neil', 'de la Cruz'),
  });
}

/** Normalised it is the domain again (4.1): `Example.COM`. */
const inMixedCase = (domain: string): string =>
  domain.toLowerCase().replace(/^[a-z]|[a-z]+$/g, (letters) => letters.toUpperCase());

/** How much of a name shows in an address: what stands before the @ has 64 bytes at most in mail, also where a check adds 9. */
const SHOWN = 8;

/** Whether it is found where it is sent, as typed and normalised. */
const isLong = (passphrase: string): boolean =>
  [passphrase.trim(), passphrase.trim().normalize('NFKD')].every(
    (text) => Buffer.byteLength(text) >= SHORTEST,
  );

/**
 * An account of a run, the same for the same seed and name, whatever was asked for before. No two names have one
 * address, however alike they begin, and the passphrase is one that can be looked for in what is sent.
 */
export function typedAccount(seed: number, name: string, form: AddressForm = {}): TypedAccount {
  const digest = createHash('sha256').update(`${seed} ${name}`).digest();
  const number = digest.toString('hex', 4, 9);
  // A mail server may take no address with two dots in a row, or one before the @.
  const nonce = `.${name.slice(0, SHOWN).replace(/\.+$/, '')}${form.nonce ?? ''}`;
  const long = accounts({ ...form, number, nonce }).filter(({ passphrase }) => isLong(passphrase));
  const [account] = fc.sample(long, { seed: digest.readInt32BE(), numRuns: 1 });
  if (account === undefined) throw new Error('no account was drawn');
  return account;
}

/**
 * Cases that tell the usual mistakes apart, tried in every run: other ideas of white space (U+FEFF, U+00A0, and
 * U+0085 and U+001F, which ECMAScript keeps), other lower-casing (final sigma, sharp s, U+0130), every other
 * normalization form, white space that normalization makes (U+00B4), a character outside the basic plane, and a
 * passphrase of more than the 64 bytes that HMAC takes as they are. The first shows as many of them as it can.
 */
export const tellingAccounts = (nonce: string): readonly TypedAccount[] => [
  {
    email: `\u00a0\ufeffJANE.ΟΔΥΣΣΕΥΣ-straße.ﬁn.zoe\u0308.İI${nonce}@Example.COM\u2003`,
    passphrase: '\u00a0\ufeff\u00b4ﬁne pa\u0308ss \u00e9 각 Å² \u{1f511}\u0085\u001f ',
    firstName: 'Jane',
    lastName: 'Doe',
  },
  {
    email: `\tİstanbul${nonce}@Example.COM\n`,
    passphrase: `\u0085\u001f${'correct horse battery staple '.repeat(3)}\u001f\u0085`,
    firstName: 'Bob',
    lastName: 'O’Neil',
  },
];
