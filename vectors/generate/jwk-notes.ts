/** What the flags of the family `jwk` mean. */
import type { Note } from './family.ts';

const RFC7517 = 'https://www.rfc-editor.org/rfc/rfc7517';
const RFC7518 = 'https://www.rfc-editor.org/rfc/rfc7518';

export const jwkNotes = {
  algorithm: {
    bugType: 'unchecked parameter',
    description: 'A key that is not for RSA-OAEP with SHA-256, or not for this operation.',
    effect: 'A key is used for what it was not made for; a server chooses a weaker algorithm.',
    links: [`${RFC7517}#section-4.4`, `${RFC7517}#section-4.3`],
  },
  modulus: {
    bugType: 'weak key',
    description: 'A modulus that is not an odd number of exactly 2048 bits.',
    effect: 'A server hands out a key that it can factor, or links of another length.',
    links: [`${RFC7518}#section-4.3`],
  },
  exponent: {
    bugType: 'weak key',
    description: 'A public exponent that is not 65537.',
    effect: 'With 1 the ciphertext is the plaintext; small ones make attacks on padding easier.',
    links: [`${RFC7518}#section-6.3.1.2`],
  },
  'leading-zero': {
    bugType: 'lenient decoding',
    description: 'A number with a zero byte in front.',
    effect: 'Two written forms of one key: thumbprints and comparisons differ.',
    links: [`${RFC7518}#section-2`],
  },
  base64url: {
    bugType: 'lenient decoding',
    description: 'Text that is not base64url without padding, or has bits that stand for nothing.',
    effect: 'Two written forms of one key, or a key that another client reads differently.',
    links: [
      'https://www.rfc-editor.org/rfc/rfc4648#section-3.5',
      'https://www.rfc-editor.org/rfc/rfc7515#section-2',
    ],
  },
  'private-member': {
    bugType: 'leak',
    description: 'A public key that holds a private member.',
    effect: 'A client that sends it gives its private key away; a server that takes it hands it out.',
    links: [`${RFC7518}#section-6.3.2`],
  },
  'not-JSON': {
    bugType: 'lenient parsing',
    description: 'Text that is not JSON.',
    effect: 'A crash, or a key of undefined members.',
    links: ['https://www.rfc-editor.org/rfc/rfc8259#section-2'],
  },
  inconsistent: {
    bugType: 'unchecked key',
    description: 'A private key of which the numbers do not belong together.',
    effect: 'Links are opened wrongly, or a fault in the arithmetic gives the key away.',
    links: ['https://www.rfc-editor.org/rfc/rfc8017#section-3.2'],
  },
  'key-pair': {
    bugType: 'substituted key',
    description: 'A public key that does not belong to the private key of the account.',
    effect: 'The client encrypts the keys of its groups to a key of the server.',
    links: [
      'https://github.com/tutao/tutanota/issues/768',
      'https://github.com/RocketChat/Rocket.Chat/issues/42088',
    ],
  },
} satisfies Record<string, Note>;
