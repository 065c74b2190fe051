/** The accounts of a run: each name has an address of its own, and one that mail can carry. */
import t from 'tap';
import { createSteps } from '../../reference/index.ts';
import { typedAccount, type AddressForm } from '../inputs.ts';
import { ADDRESS_PREFIX } from '../server/bench/address.ts';

const FORMS: Readonly<Record<string, AddressForm>> = {
  'for a client': {},
  'for a server': { prefix: ADDRESS_PREFIX, nonce: '.0123abcd' },
};
/** Twelve signs of a name show in an address: these show as one. */
const NAMES = Array.from({ length: 500 }, (_, i) => `starters-of-change-${String(i)}`);
const SEEDS = Array.from({ length: 30 }, (_, i) => i + 1);
/** Of what stands before the @ (RFC 5321, section 4.5.3.1.1). */
const MAX_BYTES = 64;

for (const [what, form] of Object.entries(FORMS))
  t.test(what, (test) => {
    const { email } = createSteps('documented');
    for (const seed of SEEDS) {
      const addresses = NAMES.map((name) => email(typedAccount(seed, name, form).email));
      test.equal(new Set(addresses).size, NAMES.length, `no two names have one address with seed ${seed}`);
      const longest = Math.max(...addresses.map((address) => Buffer.byteLength(address.split('@')[0] ?? '')));
      test.ok(longest <= MAX_BYTES, `at most ${MAX_BYTES} bytes stand before the @ with seed ${seed}`);
    }
    test.same(typedAccount(7, 'jane', form), typedAccount(7, 'jane', form), 'an account is the same again');
    test.end();
  });
