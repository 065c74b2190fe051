/** What the flags of the family `srp` mean. */
import type { Note } from './family.ts';
import { malformedHex } from './hex.ts';

export const srpNotes = {
  ephemeral: {
    bugType: 'exponent',
    description: 'Ephemerals of every length that the protocol allows, and with few or many bits.',
    effect: 'Logins fail where an exponent is cut off or loses its leading zeros.',
    links: ['https://www.rfc-editor.org/rfc/rfc5054#section-2.5.4'],
  },
  password: {
    bugType: 'encoding of the password',
    description: 'Password keys and salts that tell raw bytes from hex text, and bytes from integers.',
    effect: 'A verifier that no other client matches.',
    links: ['https://github.com/cocagne/pysrp/issues/21'],
  },
  identity: {
    bugType: 'encoding of the identity',
    description: 'The identity is the UTF-8 of the normalised email, and a colon in it separates nothing.',
    effect: 'A verifier that no other client matches.',
    links: ['https://www.rfc-editor.org/rfc/rfc5054#section-2.4'],
  },
  'zero-modulo-N': {
    bugType: 'missing range check',
    description: 'A public ephemeral that is zero modulo N.',
    effect: 'S is zero: whoever sends it knows K without the passphrase or the verifier, and logs in.',
    links: [
      'https://www.rfc-editor.org/rfc/rfc5054#section-2.5.4',
      'https://www.rfc-editor.org/rfc/rfc5054#section-2.5.3',
    ],
  },
  'not-below-N': {
    bugType: 'missing range check',
    description: 'A public ephemeral of N or more.',
    effect:
      'Two written forms of one number: the sides hash different bytes, or zero modulo N slips through.',
    links: ['https://www.rfc-editor.org/rfc/rfc5054#section-2.5.4'],
  },
  'trivial-verifier': {
    bugType: 'missing range check',
    description: 'A verifier that belongs to no x, or to one that everybody knows.',
    effect: 'Anybody can log in to the account.',
    links: ['https://www.rfc-editor.org/rfc/rfc5054#section-3'],
  },
  'wrong-proof': {
    bugType: 'missing or partial comparison',
    description: 'A proof that differs from the right one.',
    effect: 'A client logs in without the passphrase, or takes a server for one that holds the verifier.',
    links: [
      'https://www.rfc-editor.org/rfc/rfc2945#section-3',
      'https://github.com/ministackorg/ministack/pull/1758',
    ],
  },
  'malformed-hex': malformedHex,
} satisfies Record<string, Note>;
