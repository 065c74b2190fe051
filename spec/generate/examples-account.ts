/** The messages of chapter 7: signup, login, whoami and the change of passphrase, of one account. */
import type { Cases } from './examples.ts';
import { compact, namesOf, type Values, type World } from './examples-world.ts';
import type { Person } from './examples-story.ts';

export const accountMessages = (world: World): Cases => ({
  'signup-request': {
    jane: { summary: 'An account to create', value: account(world.story.jane, world.jane) },
  },
  account: {
    jane: {
      summary: 'The account',
      value: {
        id: world.story.jane.id,
        email: world.jane.text('normalized.email'),
        ...namesOf(world.story.jane),
      },
    },
  },
  ...loginMessages(world),
  'whoami-response': { jane: { summary: 'The account with its wrapped keys', value: whoami(world) } },
  'change-password-request': {
    passphrase: {
      summary: 'With the old passphrase',
      value: { verifier: world.jane.hex('SRP_Verifier'), ...change(world) },
    },
    ...(world.policies['mailed-code'] === 'accepted' && {
      'mailed-code': {
        summary: 'With a mailed code',
        value: { code: world.story.change.code, ...change(world) },
      },
    }),
  },
  'send-password-code-request': { nothing: { summary: 'Nothing but the session', value: {} } },
  empty: { nothing: { summary: 'Nothing more to say', value: {} } },
});

/** The members of `signup-request`, which a server stores with two more (7.1). */
export const account = ({ id, ...person }: Person, values: Values): object => ({
  id,
  email: values.text('normalized.email'),
  ...namesOf({ id, ...person }),
  saltKey: values.hex('SLT_Auth_1'),
  saltAuth: values.hex('SLT_Auth_2'),
  saltEnc: values.hex('SLT_Enc'),
  verifier: values.hex('SRP_Verifier'),
  publicKey: compact(values.json('PUB_Account')),
  encPrivateKey: values.text('encPrivateKey'),
  encSymmetricKey: values.text('encSymmetricKey'),
});

/** The three exchanges of 7.3. */
function loginMessages({ jane, story }: World): Cases {
  const email = jane.text('normalized.email');
  const { sessionStarterId } = story.login;
  return {
    'login-s-request': { jane: { summary: 'Who logs in', value: { email } } },
    'login-s-response': {
      salts: {
        summary: 'The salts',
        value: { saltKey: jane.hex('SLT_Auth_1'), saltAuth: jane.hex('SLT_Auth_2') },
      },
    },
    'login-a-request': { jane: { summary: 'A', value: { email, srpA: jane.hex('srp.A') } } },
    'login-a-response': {
      starter: { summary: 'B', value: { sessionStarterId, srpB: jane.hex('srp.B') } },
    },
    'login-m1-request': {
      jane: { summary: 'M1', value: { sessionStarterId, srpM1: jane.hex('srp.M1') } },
    },
    'login-m1-response': { proof: { summary: 'M2', value: { srpM2: jane.hex('srp.M2') } } },
  };
}

/** 7.4 */
const whoami = ({ jane, story }: World): object => ({
  accountId: story.jane.id,
  email: jane.text('normalized.email'),
  ...namesOf(story.jane),
  publicKey: compact(jane.json('PUB_Account')),
  encPrivateKey: jane.text('encPrivateKey'),
  encSymmetricKey: jane.text('encSymmetricKey'),
  saltEnc: jane.hex('SLT_Enc'),
  isVerified: true,
  created: story.jane.created,
});

/** The members of 7.6 that stand beside what permits the change. */
const change = ({ jane, changed, policies }: World): object => ({
  newEmail: changed.text('normalized.email'),
  encSymmetricKey: jane.text('encSymmetricKey'),
  newVerifier: changed.hex('SRP_Verifier'),
  newEncSymmetricKey: changed.text('encSymmetricKey'),
  ...(policies['salts-on-change'] === 'fresh' && {
    newSaltKey: changed.hex('SLT_Auth_1'),
    newSaltAuth: changed.hex('SLT_Auth_2'),
    newSaltEnc: changed.hex('SLT_Enc'),
  }),
});
