/** The rare events happen, are the first of their kind, and leave out no value of fixed length. */
import t from 'tap';
import { loadGraph, type ProfileName } from '../../spec/index.ts';
import counters from '../generate/counters.json' with { type: 'json' };
import { leadingZeros } from '../generate/leading-zeros.ts';
import { EVENTS } from '../generate/rare-events.ts';
import { search } from '../generate/search.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];
const SLOW = process.env['SLOW'] === '1';

/**
 * Values that never begin with a zero byte: k and H(N) xor H(g) are constants, and P in `documented` is hex text, which
 * begins with a digit.
 */
const NEVER = ['srp.k', 'srp.H_N_xor_H_g'];

for (const profile of PROFILES) {
  t.test(`${profile}: each counter is the first at which its event happens`, (test) => {
    const found = Object.entries(counters[profile] as Record<string, number>);
    const events = EVENTS.filter(({ only }) => (only ?? profile) === profile);
    test.same(
      found.map(([id]) => id),
      events.map(({ id }) => id),
    );
    for (const event of events) {
      const [, counter = 0] = found.find(([id]) => id === event.id) ?? [];
      const slow = event.value.startsWith('SEC_PWD_') ? counter > 5 : counter > 60;
      if (!slow || SLOW) test.equal(search(profile, event), counter, event.id);
    }
    test.end();
  });

  t.test(`${profile}: every value of fixed length has its turn`, (test) => {
    const vectors = leadingZeros.vectors(profile);
    const zero = new Set(
      vectors.flatMap(({ inputs, intermediates, outputs }) =>
        Object.entries({ ...inputs, ...intermediates, ...outputs })
          .filter(([, value]) => typeof value === 'string' && value.startsWith('00'))
          .map(([name]) => name),
      ),
    );
    const fixed = [...loadGraph(profile).nodes.values()].filter(
      ({ name, length, section }) =>
        length !== undefined && /^[3-6]\./.test(section) && !NEVER.includes(name),
    );
    const missing = fixed.map(({ name }) => name).filter((name) => !zero.has(name));
    // The two keys of an account are wrapped as that of a group is.
    test.same(missing, ['SYM_Account', 'encSymmetricKey.iv', 'encPrivateKey.iv']);
    test.end();
  });
}
