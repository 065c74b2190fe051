/** Accounts as users type them: raw emails and passphrases from every class that normalisation treats apart. */
import fc from 'fast-check';

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
/** Any code point but half of a surrogate pair, the common ones more often. */
const codePoint = fc.oneof(
  fc.integer({ min: 0x20, max: 0x24f }),
  fc.integer({ min: 0, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
);
const someText = fc
  .array(codePoint, { minLength: 1, maxLength: 24 })
  .map((points) => String.fromCodePoint(...points))
  .filter((text) => text.trim() !== '');

/** @param domain - of the addresses; one that belongs to nobody, such as `example.com` */
export function accounts(nonce: string, domain = 'Example.COM'): fc.Arbitrary<TypedAccount> {
  const local = fc.tuple(
    fc.constantFrom(...LOCAL_PARTS),
    fc.nat(0xffffff).map((n) => n.toString(16)),
  );
  const email = fc
    .tuple(space, local, space)
    .map(([before, [name, number], after]) => `${before}${name}.${number}${nonce}@${domain}${after}`);
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

/** The accounts of a run, the same for the same seed. */
export function* typedAccounts(seed: number, nonce: string): Generator<TypedAccount, never> {
  for (let i = 0; ; i++) {
    const [account] = fc.sample(accounts(`.${i.toString()}${nonce}`), { seed: seed + i, numRuns: 1 });
    if (account !== undefined) yield account;
  }
}

/**
 * Cases that tell the usual mistakes apart, tried in every run: other ideas of white space (U+FEFF, U+00A0, and
 * U+0085 and U+001F, which ECMAScript keeps), other lower-casing (final sigma, sharp s, U+0130), and every other
 * normalization form.
 */
export const tellingAccounts = (nonce: string): readonly TypedAccount[] => [
  {
    email: `\ufeff\u00a0JANE.ΟΔΥΣΣΕΥΣ.straße${nonce}@Example.COM\u2003`,
    passphrase: '\ufeff\u00a0 ﬁne pa\u0308ss \u00e9 각 Å²\u3000\ufeff',
    firstName: 'Jane',
    lastName: 'Doe',
  },
  {
    email: `\tİstanbul${nonce}@Example.COM\n`,
    passphrase: '\u0085\u001fcorrect horse\u001f\u0085',
    firstName: 'Bob',
    lastName: 'O’Neil',
  },
];
