/** The family `login-transcript`: whole logins with every HTTP body, and servers that a client must not believe (7.3). */
import type { ProfileName } from '../../spec/index.ts';
import { answered, whoamiCall } from './calls.ts';
import { dishonest } from './dishonest.ts';
import { ids, type Family } from './family.ts';
import { loggedIn } from './logged-in.ts';
import { BOB_ACCOUNT, JANE_ACCOUNT, SHORT_ACCOUNT, ZOE_ACCOUNT } from './people.ts';
import { transcriptNotes } from './transcript-notes.ts';
import type { Call, Vector } from './vector.ts';

/** The members of answers that a client does not know are passed over (HTTP-10). */
function unknownMembers(profile: ProfileName): Vector {
  const vector = loggedIn(
    profile,
    'more-members',
    'answers with members that the client does not know',
    JANE_ACCOUNT,
  );
  const more = (call: Call): Call => ({
    ...call,
    response: { ...(call.response as object), extra: { plan: 'free' } },
  });
  const [salts, ...rest] = vector.exchange ?? [];
  // The answer of login-s has no other member, by LOGIN-02.
  return { ...vector, exchange: [...(salts === undefined ? [] : [salts]), ...rest.map(more)] };
}

/** A server may write the members of the public key in any order (JWK-03). */
function otherOrder(profile: ProfileName): Vector {
  const of = JANE_ACCOUNT;
  const vector = loggedIn(
    profile,
    'order',
    'the members of the public key in another order, without ext',
    of,
  );
  const { ext: _, ...key } = of.inputs['PUB_Account'] as Record<string, unknown>;
  const publicKey = JSON.stringify(Object.fromEntries(Object.entries(key).reverse()));
  const { session = '' } = vector.exchange?.at(-1) ?? {};
  const whoami = whoamiCall(profile, of, session);
  const changed = answered(whoami, 200, { ...(whoami.response as object), publicKey });
  return { ...vector, exchange: [...(vector.exchange?.slice(0, -1) ?? []), changed] };
}

export const loginTranscript: Family = {
  family: 'login-transcript',
  covers: 'logins with every HTTP body, and answers that a client must refuse (7.3, 7.4)',
  requirements: [
    ...[
      'NORM-05',
      'SRP-21',
      'SRP-31',
      'SRP-34',
      'SIGNUP-03',
      'LOGIN-01',
      'LOGIN-02',
      'LOGIN-12',
      'WHOAMI-01',
      'HTTP-10',
      'JWK-03',
    ],
    ...ids('SRP', 24, 29),
  ],
  notes: transcriptNotes,
  vectors: (profile) => [
    loggedIn(profile, 'jane', 'ASCII', JANE_ACCOUNT),
    loggedIn(profile, 'bob', 'a passphrase with ligatures and accents', BOB_ACCOUNT),
    loggedIn(profile, 'zoe', 'everything that normalisation changes', ZOE_ACCOUNT),
    loggedIn(profile, 'short', 'the shortest address and one character', SHORT_ACCOUNT),
    loggedIn(profile, 'again', 'the same account once more, with other ephemerals', JANE_ACCOUNT),
    unknownMembers(profile),
    otherOrder(profile),
    ...dishonest(profile),
  ],
};
