/** Faulty servers: each breaks one requirement by one small change of the reference. */
import { randomBytes } from 'node:crypto';
import { unshareServerFaults } from './unshare-server-faults.ts';
import { storyServerFaults } from './story-server-faults.ts';
import { createSteps, fromHex } from '../../reference/index.ts';
import { validServerFaults } from './valid-server-faults.ts';
import { socketServerFaults } from './socket-server-faults.ts';
import { answerServerFaults } from './answer-server-faults.ts';
import { confirmServerFaults } from './confirm-server-faults.ts';
import { loginServerFaults } from './login-server-faults.ts';
import { starterServerFaults } from './starter-server-faults.ts';
import { strangerServerFaults } from './stranger-server-faults.ts';
import { sessionServerFaults } from './session-server-faults.ts';
import { randomServerFaults } from './random-server-faults.ts';
import { saltServerFaults } from './salt-server-faults.ts';
import { signupServerFaults } from './signup-server-faults.ts';
import { addressServerFaults } from './address-server-faults.ts';
import { endingServerFaults } from './ending-server-faults.ts';
import { accessServerFaults } from './access-server-faults.ts';
import { groupServerFaults } from './group-server-faults.ts';
import { accountRaceServerFaults } from './account-race-server-faults.ts';
import { accountServerFaults } from './account-server-faults.ts';
import { changeServerFaults } from './change-server-faults.ts';
import { editServerFaults } from './edit-server-faults.ts';
import { durabilityServerFaults } from './durability-server-faults.ts';
import { expiryServerFaults } from './expiry-server-faults.ts';
import { dupesServerFaults } from './dupes-server-faults.ts';
import { codeServerFaults } from './code-server-faults.ts';
import { formServerFaults } from './form-server-faults.ts';
import { httpServerFaults } from './http-server-faults.ts';
import { mailedCodeServerFaults } from './mailed-code-server-faults.ts';
import { memberServerFaults } from './member-server-faults.ts';
import { oneCallServerFaults } from './one-call-server-faults.ts';
import { oneGroupCallServerFaults } from './one-group-call-server-faults.ts';
import { patternServerFaults } from './pattern-server-faults.ts';
import { pullServerFaults } from './pull-server-faults.ts';
import { pushServerFaults } from './push-server-faults.ts';
import { generatedFaults } from './generated-server-faults.ts';
import {
  accountsReplaced,
  allowing,
  answering,
  comparingPrefix,
  faulty,
  headersChanged,
  inAccept,
  inSrp,
  inStore,
  oneLoginAtATime,
  onlyModuloN,
  reading,
  sessionsUnchecked,
  startersKept,
  strangersRefused,
  unknownStartersTold,
  withReason,
  type ServerFault,
} from './server-parts.ts';
import { shareRefusalServerFaults } from './share-refusal-server-faults.ts';
import { refused } from './sharing-server-parts.ts';
import { sharingServerFaults } from './sharing-server-faults.ts';

export type { ServerFault };

export const serverFaults: readonly ServerFault[] = [
  ...generatedFaults,
  ...unshareServerFaults,
  ...storyServerFaults,
  ...accountRaceServerFaults,
  {
    id: 'signup-unanswered',
    title: 'answers a signup without the account',
    requirement: 'SIGNUP-06',
    create: answering('/auth/signup', () => ({})),
  },
  {
    id: 'accounts-replaced',
    title: 'replaces an account by a second signup',
    requirement: 'SIGNUP-04',
    create: inStore(accountsReplaced),
  },
  {
    id: 'ids-not-unique',
    title: 'lets two accounts have one id',
    requirement: 'SIGNUP-05',
    create: inStore((own) => ({
      addAccount: (account) =>
        own.accountById(account.id) === undefined ? own.addAccount(account) : 'added',
    })),
  },
  {
    id: 'email-not-normalised',
    title: 'takes an address as it comes',
    requirement: 'NORM-07',
    create: faulty({ steps: (own) => ({ ...own, email: (raw) => raw }) }),
  },
  {
    id: 'wrapped-key-unchecked',
    title: 'takes anything as encSymmetricKey',
    requirement: 'HTTP-07',
    create: reading('/auth/signup', (body) => ({ ...body, encSymmetricKey: body['encPrivateKey'] })),
  },
  {
    id: 'login-before-confirmation',
    title: 'lets accounts log in before their address is confirmed',
    requirement: 'LOGIN-10',
    profile: 'documented',
    create: allowing(true),
  },
  {
    id: 'login-after-confirmation',
    title: 'refuses accounts whose address is not confirmed',
    requirement: 'LOGIN-11',
    profile: 'deployed',
    create: allowing(false),
  },
  {
    id: 'confirmation-link-kept',
    title: 'lets a confirmation link work again',
    requirement: 'CONFIRM-04',
    profile: 'documented',
    create: inStore((own) => ({
      takeConfirmation(hash) {
        const found = own.takeConfirmation(hash);
        if (found !== undefined) own.addConfirmation(hash, found);
        return found;
      },
    })),
  },
  {
    id: 'public-key-rewritten',
    title: 'hands out the public key with its JSON written anew',
    requirement: 'KEY-05',
    create: answering('/auth/whoami', (answer) => ({
      ...answer,
      publicKey: JSON.stringify(JSON.parse(String(answer['publicKey'])), null, 1),
    })),
  },
  {
    id: 'sessions-unchecked',
    title: 'takes any session id',
    requirement: 'SESSION-02',
    create: inStore(sessionsUnchecked),
  },
  {
    id: 'logout-without-effect',
    title: 'keeps a session after logout',
    requirement: 'SESSION-03',
    create: inStore(() => ({ dropSession: () => undefined })),
  },
  {
    id: 'salts-swapped',
    title: 'swaps the two salts',
    requirement: 'LOGIN-02',
    create: answering('/auth/login-s', ({ saltKey, saltAuth }) => ({ saltKey: saltAuth, saltAuth: saltKey })),
  },
  {
    id: 'b-repeats',
    title: 'uses one secret ephemeral for every login',
    requirement: 'SRP-14',
    create: faulty({ random: (length) => new Uint8Array(length).fill(9) }),
  },
  {
    id: 'server-k-of-other-profile',
    title: 'multiplies with the k of the other profile',
    requirement: 'SRP-15',
    create: inSrp((own) => ({
      B: createSteps(own.profile.name === 'documented' ? 'deployed' : 'documented').srp.B,
    })),
  },
  {
    id: 'M2-without-M1',
    title: 'makes M2 from A and K alone',
    requirement: 'SRP-29',
    create: inSrp((own) => ({ M2: (A, _, K) => own.srp.M2(A, new Uint8Array(), K) })),
  },
  {
    id: 'M1-unchecked',
    title: 'does not look at M1',
    requirement: 'SRP-30',
    create: inAccept({ M1: () => true }),
  },
  {
    id: 'M1-prefix',
    title: 'compares as many bytes of M1 as came',
    requirement: 'SRP-30',
    create: comparingPrefix(),
  },
  {
    id: 'A-unchecked',
    title: 'takes any A',
    requirement: 'SRP-16',
    create: inAccept({ A: (hex) => fromHex(hex, 'A') }),
  },
  {
    id: 'A-above-N-taken',
    title: 'takes an A above N',
    requirement: 'SRP-17',
    create: inAccept({ A: onlyModuloN }),
  },
  {
    id: 'A-any-form',
    title: 'pads A, and takes upper-case digits',
    requirement: 'SRP-18',
    create: reading('/auth/login-a', (body) => ({
      ...body,
      srpA: String(body['srpA']).toLowerCase().padStart(512, '0'),
    })),
  },
  {
    id: 'starter-kept',
    title: 'lets a starter be used again',
    requirement: 'LOGIN-05',
    create: inStore(startersKept),
  },
  {
    id: 'one-login-at-a-time',
    title: 'mixes up logins that are open at the same time',
    requirement: 'LOGIN-04',
    create: inStore(oneLoginAtATime),
  },
  {
    id: 'strangers-salts-random',
    title: 'makes up new salts for a stranger every time',
    requirement: 'ENUM-02',
    create: faulty({
      steps: (own) => ({
        ...own,
        primitives: { ...own.primitives, hkdfSha256: ({ length }) => Uint8Array.from(randomBytes(length)) },
      }),
    }),
  },
  {
    id: 'strangers-refused',
    title: 'tells that an address has no account when it gets a proof',
    requirement: 'ENUM-05',
    create: strangersRefused,
  },
  {
    id: 'media-type-with-charset',
    title: 'adds a parameter to the media type',
    requirement: 'HTTP-04',
    create: headersChanged((headers) => {
      headers.set('content-type', 'application/json; charset=utf-8');
    }),
  },
  {
    id: 'cacheable',
    title: 'lets answers be cached',
    requirement: 'HTTP-15',
    create: headersChanged((headers) => {
      headers.delete('cache-control');
    }),
  },
  {
    id: 'crash-on-null',
    title: 'fails on a body that is null',
    requirement: 'HTTP-12',
    create: faulty({
      around: (server) => async (request) =>
        (await request.clone().text()) === 'null'
          ? new Response('TypeError', { status: 500 })
          : await server.fetch(request),
    }),
  },
  {
    id: 'session-id-not-K',
    title: 'starts the session under another id than K',
    requirement: 'SRP-34',
    create: inStore((own) => ({
      addSession: (hash, accountId) => {
        own.addSession(`${hash}'`, accountId);
      },
    })),
  },
  {
    id: 'unknown-starter-told-apart',
    title: 'answers an unknown starter with 404',
    requirement: 'LOGIN-09',
    create: faulty({
      around: unknownStartersTold(() => refused(404, 'not-found', 'there is no such starter')),
    }),
  },
  {
    id: 'unknown-starter-told-by-header',
    title: 'says in a header that there is no such starter',
    requirement: 'LOGIN-09',
    create: faulty({ around: unknownStartersTold((answer) => withReason(answer, 'no starter')) }),
  },
  {
    id: 'verifier-shown',
    title: 'hands out the verifier with the account',
    requirement: 'KEY-06',
    create: answering('/auth/signup', (answer, { verifier }) => ({ ...answer, verifier })),
  },
  ...loginServerFaults,
  ...starterServerFaults,
  ...strangerServerFaults,
  ...editServerFaults,
  ...confirmServerFaults,
  ...sessionServerFaults,
  ...signupServerFaults,
  ...saltServerFaults,
  ...randomServerFaults,
  ...groupServerFaults,
  ...sharingServerFaults,
  ...shareRefusalServerFaults,
  ...changeServerFaults,
  ...accessServerFaults,
  ...pushServerFaults,
  ...oneCallServerFaults,
  ...oneGroupCallServerFaults,
  ...patternServerFaults,
  ...pullServerFaults,
  ...dupesServerFaults,
  ...formServerFaults,
  ...codeServerFaults,
  ...durabilityServerFaults,
  ...expiryServerFaults,
  ...httpServerFaults,
  ...memberServerFaults,
  ...accountServerFaults,
  ...addressServerFaults,
  ...endingServerFaults,
  ...mailedCodeServerFaults,
  ...answerServerFaults,
  ...socketServerFaults,
  ...validServerFaults,
];
