/** The accounts of the vectors with HTTP messages. */
import { bob, BOB, jane, JANE } from './accounts.ts';
import { account } from './calls.ts';
import { keyPair } from './keys.ts';

export const JANE_ACCOUNT = account('people/jane', JANE, jane, { firstName: 'Jane', lastName: 'Doe' });
export const BOB_ACCOUNT = account('people/bob', BOB, bob, { firstName: 'Bob', lastName: '' });
export const ZOE_ACCOUNT = account(
  'people/zoë',
  { email: ' \ufeffZoë.ΣΑΣ@Example.COM\u00a0', passphrase: '\u2003ﬁne ÅNGSTRÖM 각\u00a0' },
  keyPair('carol'),
  { firstName: 'Zoë', lastName: '🔑 "O’Neil"\\' },
);
export const SHORT_ACCOUNT = account('people/short', { email: 'a@b', passphrase: 'x' }, keyPair('short-qi'), {
  firstName: '',
  lastName: '',
});
