/**
 * The family `story`: from two passphrases to a document that another account reads, with every HTTP body. The
 * vectors of a profile are its steps, in this order; what one yields, a later one is given.
 */
import type { ProfileName } from '../../spec/index.ts';
import { call, loginCalls, signupCall, type Account } from './calls.ts';
import type { Family } from './family.ts';
import { createGroupCall, getGroupCall, pullCall, pushCall, shareCalls, teamsCall } from './groups.ts';
import { loggedIn } from './logged-in.ts';
import { BOB_ACCOUNT, JANE_ACCOUNT, ZOE_ACCOUNT } from './people.ts';
import { seededHex } from './random.ts';
import {
  accepted,
  derived,
  jsonHex,
  refused,
  textOf,
  valueOf,
  type Call,
  type Inputs,
  type Vector,
} from './vector.ts';

const KEY = seededHex('story/SYM_ResourceGroup', 32);
const DOCUMENT = {
  name: 'Träffpunkt',
  url: 'https://example.com/',
  note: 'Only Bob may read this: 🔑 100 %',
};
const SEALED = { SYM_ResourceGroup: KEY, M_Resource: DOCUMENT, 'encContent.iv': seededHex('story/iv', 12) };

const linkTo = (of: Account): Inputs => ({
  SYM_ResourceGroup: KEY,
  'SYM_Link.seed': seededHex(`story/seed/${of.firstName}`, 32),
  PUB_Account: of.inputs['PUB_Account'],
  PRV_Account: of.inputs['PRV_Account'],
});

/** What is sent and answered while the story goes on. */
function props(profile: ProfileName) {
  const session = (of: Account, label: string) => loginCalls(profile, of, label).values['session.id'] ?? '';
  return {
    jane: session(JANE_ACCOUNT, 'story/jane'),
    bob: session(BOB_ACCOUNT, 'story/bob'),
    again: session(JANE_ACCOUNT, 'story/jane/again'),
    link: (of: Account) => valueOf(profile, linkTo(of), 'SYM_Link'),
    content: textOf(profile, SEALED, 'encContent'),
  };
}

function vectors(profile: ProfileName): Vector[] {
  const { jane, bob, again, link, content } = props(profile);
  const own = link(JANE_ACCOUNT);
  const account = ['SRP_Verifier', 'encSymmetricKey', 'encPrivateKey'];
  const signedUp = (id: string, comment: string, of: Account) =>
    derived(profile, { id, comment }, of.inputs, account, [signupCall(profile, of)]);
  const opensLink = (id: string, comment: string, of: Account, exchange: readonly Call[]) =>
    accepted(
      'open-link',
      { id, comment },
      { PRV_Account: of.inputs['PRV_Account'], SYM_Link: link(of) },
      { SYM_ResourceGroup: KEY },
      {},
      exchange,
    );
  const team = profile === 'deployed' ? [teamsCall(profile, jane, [JANE_ACCOUNT, BOB_ACCOUNT])] : [];
  return [
    signedUp('01-jane-signs-up', 'Jane makes an account', JANE_ACCOUNT),
    signedUp('02-bob-signs-up', 'Bob makes an account', BOB_ACCOUNT),
    loggedIn(profile, '03-jane-logs-in', 'Jane logs in and unlocks her keys', JANE_ACCOUNT, 'story/jane'),
    derived(
      profile,
      { id: '04-jane-makes-a-group', comment: 'Jane makes a group, with a link to herself' },
      linkTo(JANE_ACCOUNT),
      ['SYM_Link'],
      [createGroupCall(jane, own)],
    ),
    derived(
      profile,
      { id: '05-jane-pushes', comment: 'Jane encrypts a document and pushes it' },
      SEALED,
      ['encContent'],
      [pushCall(jane, JANE_ACCOUNT, content)],
    ),
    derived(
      profile,
      { id: '06-jane-shares', comment: 'Jane shares the group with Bob' },
      linkTo(BOB_ACCOUNT),
      ['SYM_Link'],
      [...team, ...shareCalls(profile, jane, own, [[BOB_ACCOUNT, link(BOB_ACCOUNT)]])],
    ),
    loggedIn(profile, '07-bob-logs-in', 'Bob logs in and unlocks his keys', BOB_ACCOUNT, 'story/bob'),
    opensLink('08-bob-opens-the-link', 'Bob pulls, asks for the group and opens his link', BOB_ACCOUNT, [
      pullCall(bob, JANE_ACCOUNT, content),
      getGroupCall(bob, link(BOB_ACCOUNT)),
    ]),
    readsDocument('09-bob-reads', 'Bob reads what Jane wrote', content),
    loggedIn(profile, '10-jane-again', 'Jane logs in on a second device', JANE_ACCOUNT, 'story/jane/again'),
    opensLink('11-jane-opens-the-link', 'Jane pulls, asks for the group and opens her link', JANE_ACCOUNT, [
      pullCall(again, JANE_ACCOUNT, content),
      getGroupCall(again, own),
    ]),
    readsDocument('12-jane-reads', 'Jane reads her document', content),
    ...strangers(own, content),
    derived(
      profile,
      { id: '15-unshared', comment: 'Jane withdraws Bob’s link; hers stays byte for byte' },
      linkTo(JANE_ACCOUNT),
      ['SYM_Link'],
      [
        call(
          jane,
          'PUT',
          '/api/resource_groups/rg_7Jx2/unshare',
          profile === 'documented' ? { emails: ['bob@example.com'] } : undefined,
          {},
        ),
        getGroupCall(jane, own),
      ],
    ),
  ];
}

const readsDocument = (id: string, comment: string, encContent: string): Vector =>
  accepted(
    'open-document',
    { id, comment },
    { SYM_ResourceGroup: KEY, encContent },
    { M_Resource: jsonHex(DOCUMENT) },
  );

/** Whoever has no link reads nothing, whatever the server hands out. */
function strangers(SYM_Link: string, encContent: string): Vector[] {
  const opens = {
    id: '13-zoe-has-no-link',
    comment: 'Zoë is handed Jane’s link and cannot open it',
    flags: ['stranger'],
  };
  const reads = {
    id: '14-zoe-cannot-read',
    comment: 'Zoë is handed the document and tries a key of her own',
    flags: ['stranger'],
  };
  const { PRV_Account, SYM_Account } = ZOE_ACCOUNT.inputs;
  return [
    refused('open-link', opens, { stage: 'decrypt', requirement: 'LINK-03' }, { PRV_Account, SYM_Link }),
    refused(
      'open-document',
      reads,
      { stage: 'decrypt', requirement: 'AES-09' },
      { SYM_ResourceGroup: SYM_Account, encContent },
    ),
  ];
}

export const story: Family = {
  family: 'story',
  covers:
    'from two passphrases to a document that another account reads, step by step with every HTTP body (4 to 8)',
  requirements: [
    ...[
      'SIGNUP-01',
      'SIGNUP-03',
      'LOGIN-01',
      'LOGIN-07',
      'LOGIN-12',
      'WHOAMI-01',
      'GROUP-01',
      'GROUP-03',
      'PUSH-01',
      'PUSH-03',
      'PUSH-08',
    ],
    ...[
      'SHARE-01',
      'SHARE-06',
      'PULL-02',
      'PULL-10',
      'SYNC-07',
      'UNSHARE-01',
      'KEY-05',
      'WRAP-07',
      'WRAP-08',
      'WRAP-09',
      'LINK-01',
    ],
  ],
  notes: {
    stranger: {
      bugType: 'confidentiality',
      description: 'An account without a link is handed the link of another, or the document.',
      effect: 'Where it opened, the server could give the data to anybody.',
      links: [
        'https://csrc.nist.gov/pubs/sp/800/38/d/final',
        'https://www.rfc-editor.org/rfc/rfc8017#section-7.1.2',
      ],
    },
  },
  vectors,
};
