/** The accounts of a run: each name has an address of its own, one that mail can carry, and a passphrase that can be looked for. */
import t from 'tap';
import { createSteps } from '../../reference/index.ts';
import { typedAccount, type AddressForm } from '../inputs.ts';
import { needlesOf } from '../leak/forms.ts';
import { ADDRESS_PREFIX } from '../server/bench/address.ts';

const FORMS: Readonly<Record<string, AddressForm>> = {
  'for a client': {},
  'for a server': { prefix: ADDRESS_PREFIX, nonce: '.0123abcd' },
  'for a server that others use': { prefix: ADDRESS_PREFIX, nonce: '.0123abcd', isPlain: true },
};
/** The first signs of a name show in an address: these show as one. */
const NAMES = ['refused.1', ...Array.from({ length: 500 }, (_, i) => `starters-of-change-${String(i)}`)];
const SEEDS = Array.from({ length: 8 }, (_, i) => i + 1);
/** Of what stands before the @ (RFC 5321, section 4.5.3.1.1), without what a check adds, such as a dot and 8 digits. */
const MAX_BYTES = 64 - 9;

const asIs = (text: string) =>
  needlesOf({ name: 'it', bytes: Buffer.from(text) }).find(({ form }) => form === 'as it is');

for (const [what, form] of Object.entries(FORMS))
  t.test(what, (test) => {
    const { email, passphrase } = createSteps('documented');
    for (const seed of SEEDS) {
      const typed = NAMES.map((name) => typedAccount(seed, name, form));
      const addresses = typed.map((account) => email(account.email));
      test.equal(new Set(addresses).size, NAMES.length, `no two names have one address with seed ${seed}`);
      const longest = Math.max(...addresses.map((address) => Buffer.byteLength(address.split('@')[0] ?? '')));
      test.ok(longest <= MAX_BYTES, `at most ${MAX_BYTES} bytes stand before the @ with seed ${seed}`);
      const dotted = addresses.filter((address) => /\.\.|\.@/.test(address));
      test.same(dotted, [], `no dot is before another or the @ with seed ${seed}`);
      if (form.isPlain === true)
        test.match(addresses.join(''), /^[!-~]+$/, `plain addresses with seed ${seed}`);
      const short = typed.filter(
        (account) =>
          asIs(account.passphrase.trim()) === undefined || asIs(passphrase(account.passphrase)) === undefined,
      );
      test.same(short, [], `every passphrase is looked for with seed ${seed}`);
    }
    test.same(typedAccount(7, 'jane', form), typedAccount(7, 'jane', form), 'an account is the same again');
    test.end();
  });
