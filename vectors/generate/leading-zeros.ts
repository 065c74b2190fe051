/**
 * The family `leading-zeros`: values that begin with a zero byte, which is seen once in 256 times, each in a vector of
 * its own (3.1, 5.1). The counters were found by `search.ts`; here they are only used, and seen to be right.
 */
import type { ProfileName } from '../../spec/index.ts';
import { ids, type Family } from './family.ts';
import counters from './counters.json' with { type: 'json' };
import { happens, inputsOf, type Event } from './rare-event.ts';
import { EVENTS } from './rare-events.ts';
import { derived, valuesOf, type Vector } from './vector.ts';

type Counters = Readonly<Record<string, number | undefined>>;

function vector(profile: ProfileName, event: Event): Vector {
  const { id, comment, outputs } = event;
  const counter = (counters[profile] as Counters)[id];
  if (counter === undefined)
    throw new Error(`${profile}.${id} has no counter: run npm run vectors -- --search`);
  const inputs = inputsOf(event, counter);
  if (!happens(event, valuesOf(profile, inputs)))
    throw new Error(`${profile}.${id} does not happen at ${counter}: run npm run vectors -- --search`);
  return derived(profile, { id, comment, flags: [event.flag] }, inputs, outputs);
}

export const leadingZeros: Family = {
  family: 'leading-zeros',
  covers: 'every value of fixed length with a zero byte in front, one vector each (3.1, 5.1)',
  requirements: [
    ...ids('PWD', 1, 6),
    ...[
      'SRP-02',
      'SRP-03',
      'SRP-09',
      'SRP-10',
      'SRP-13',
      'SRP-15',
      'SRP-22',
      ...ids('SRP', 24, 29),
      'SRP-34',
    ],
    ...['AES-01', 'LINK-01', 'JWK-07', 'WRAP-01', 'WRAP-02'],
  ],
  notes: {
    'leading-zero': {
      bugType: 'leading zero',
      description: 'A value that begins with one zero byte or more.',
      effect:
        'Where it is dropped, one login in 256 fails, or one account in 256 for good: no test with a few values sees it.',
      links: ['https://github.com/cocagne/pysrp/issues/55', 'https://github.com/idlesign/srptools/issues/4'],
    },
    exponent: {
      bugType: 'leading zero',
      description: 'An exponent with zero bytes in front, or longer than 32 bytes.',
      effect: 'Logins fail where the exponent is cut off, or its length is taken for a fixed one.',
      links: ['https://www.rfc-editor.org/rfc/rfc5054#section-2.5.4'],
    },
  },
  vectors: (profile) =>
    EVENTS.filter(({ only }) => (only ?? profile) === profile).map((event) => vector(profile, event)),
};
