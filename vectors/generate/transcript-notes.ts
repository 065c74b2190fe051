/** What the flags of the family `login-transcript` mean. */
import type { Note } from './family.ts';
import { jwkNotes } from './jwk-notes.ts';
import { srpNotes } from './srp-notes.ts';

export const transcriptNotes = {
  'group-element': srpNotes['zero-modulo-N'],
  'server-proof': {
    bugType: 'missing comparison',
    description: 'A server that does not hold the verifier.',
    effect: 'The client hands its session id, and later its data, to somebody else.',
    links: ['https://www.rfc-editor.org/rfc/rfc2945#section-3'],
  },
  'malformed-answer': {
    bugType: 'lenient parsing',
    description: 'An answer that lacks a member.',
    effect: 'A crash, or keys that are derived from undefined.',
    links: ['https://nvd.nist.gov/vuln/detail/CVE-2025-6545'],
  },
  'other-account': {
    bugType: 'unchecked answer',
    description: 'The account of another address.',
    effect: 'The user works in an account that somebody else reads.',
    links: ['https://cwe.mitre.org/data/definitions/345.html'],
  },
  unlock: {
    bugType: 'wrapping',
    description: 'A wrapped key that does not open with the keys of this account.',
    effect: 'A key that is none is used: what it encrypts is lost, or readable by who made it.',
    links: ['https://mega-awry.io/'],
  },
  'substituted-key': jwkNotes['key-pair'],
  refused: {
    bugType: 'unchecked answer',
    description: 'An answer with a status that is no success.',
    effect: 'A login is reported that never was.',
    links: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.5'],
  },
} satisfies Record<string, Note>;
