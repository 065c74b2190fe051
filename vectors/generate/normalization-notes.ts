/** What the flags of the families `normalization` and `login` mean. */
import type { Notes } from './family.ts';

export const notes: Notes = {
  trim: {
    bugType: 'input normalisation',
    description: 'White space as String.prototype.trim of ECMAScript sees it.',
    effect: 'Another passphrase or address: the account cannot be opened.',
    links: ['https://tc39.es/ecma262/#sec-string.prototype.trim'],
  },
  'lower-case': {
    bugType: 'input normalisation',
    description: 'The full Unicode lower-case mapping, independent of locale.',
    effect: 'Another address: the account is not found, or its keys differ.',
    links: ['https://www.unicode.org/Public/UCD/latest/ucd/SpecialCasing.txt'],
  },
  NFKD: {
    bugType: 'input normalisation',
    description: 'Unicode normalization form NFKD, of the passphrase only.',
    effect: 'Another passphrase: the account cannot be opened.',
    links: ['https://www.unicode.org/reports/tr15/', 'https://github.com/matrix-org/synapse/issues/3306'],
  },
};
