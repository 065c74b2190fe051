/** The family `passphrase-change`: one key wrapped anew for another passphrase or address (7.6 to 7.8). */
import type { ProfileName } from '../../spec/index.ts';
import { seeded } from './accounts.ts';
import { call, members, post, whoamiCall, type Account } from './calls.ts';
import type { Family } from './family.ts';
import { BOB_ACCOUNT, JANE_ACCOUNT } from './people.ts';
import { seededHex } from './random.ts';
import { accepted, derived, refused, valueOf, type Call, type Inputs, type Vector } from './vector.ts';

interface Change {
  readonly id: string;
  readonly comment: string;
  readonly of: Account;
  /** What the user typed anew. */
  readonly typed: Readonly<Record<string, string>>;
  readonly names?: Readonly<Record<string, string>>;
  /** A mailed code in place of the old verifier; `deployed` only. */
  readonly code?: string;
}

const CHANGES: readonly Change[] = [
  {
    id: 'passphrase',
    comment: 'another passphrase',
    of: JANE_ACCOUNT,
    typed: { passphrase: 'a new passphrase' },
  },
  {
    id: 'email',
    comment: 'another address, the same passphrase',
    of: JANE_ACCOUNT,
    typed: { email: ' Jane.Doe@Example.org' },
  },
  {
    id: 'both',
    comment: 'another address and passphrase',
    of: BOB_ACCOUNT,
    typed: { email: 'robert@example.com', passphrase: 'ﬂieder' },
  },
  {
    id: 'names',
    comment: 'another passphrase and other names',
    of: BOB_ACCOUNT,
    typed: { passphrase: 'x' },
    names: { newFirstName: 'Robert', newLastName: 'Roe' },
  },
  { id: 'same', comment: 'the same passphrase again: another IV', of: JANE_ACCOUNT, typed: {} },
  {
    id: 'code',
    comment: 'with a mailed code',
    of: JANE_ACCOUNT,
    typed: { passphrase: 'remembered' },
    code: '493027',
  },
];

/** The account after the change: fresh salts in `documented`, the present ones in `deployed`. */
function after(profile: ProfileName, { id, of, typed }: Change): Inputs {
  const salts =
    profile === 'documented' ? seeded(`change/${id}`, ['SLT_Auth_1', 'SLT_Auth_2', 'SLT_Enc']) : {};
  return { ...of.inputs, ...typed, ...salts, 'encSymmetricKey.iv': seededHex(`change/${id}/iv`, 12) };
}

const OUTPUTS = ['SRP_Verifier', 'encSymmetricKey'];

function changed(profile: ProfileName, change: Change): Vector[] {
  const { id, comment, of } = change;
  const changedInputs = after(profile, change);
  const { PUB_Account: _, PRV_Account: __, 'encPrivateKey.iv': ___, ...needed } = changedInputs;
  const { PUB_Account: ____, PRV_Account: _____, 'encPrivateKey.iv': ______, ...before } = of.inputs;
  const message = members(profile, changedInputs)['encSymmetricKey'] ?? '';
  const SEC_PWD_Enc = valueOf(profile, changedInputs, 'SEC_PWD_Enc');
  const SYM_Account = String(of.inputs['SYM_Account']);
  return [
    derived(profile, { id: `${id}.before`, comment: `${comment}: before` }, before, OUTPUTS),
    derived(profile, { id: `${id}.after`, comment }, needed, OUTPUTS, calls(profile, change, changedInputs)),
    accepted(
      'open-account-key',
      { id: `${id}.opens`, comment: `${comment}: the new message holds the same key` },
      { SEC_PWD_Enc, encSymmetricKey: message },
      { SYM_Account },
    ),
  ];
}

/** The calls of 7.6, with what the account has before and after. */
function calls(profile: ProfileName, { id, of, names, code }: Change, inputs: Inputs): Call[] {
  const session = seededHex(`change/${id}/session`, 32);
  const old = members(profile, of.inputs);
  const fresh = members(profile, inputs);
  const salts = {
    newSaltKey: fresh['saltKey'],
    newSaltAuth: fresh['saltAuth'],
    newSaltEnc: fresh['saltEnc'],
  };
  const { email, saltKey, saltAuth, encSymmetricKey, verifier } = old;
  return [
    ...(code === undefined ? [] : [call(session, 'POST', '/auth/send-password-code', undefined, {})]),
    whoamiCall(profile, of, session),
    post('/auth/login-s', { email }, { saltKey, saltAuth }),
    call(
      session,
      'POST',
      '/auth/change-password',
      {
        ...(code === undefined ? { verifier } : { code }),
        ...{ newEmail: fresh['email'], encSymmetricKey, newVerifier: fresh['verifier'] },
        newEncSymmetricKey: fresh['encSymmetricKey'],
        ...(profile === 'documented' && salts),
        ...names,
      },
      {},
    ),
  ];
}

/** Passphrases that no longer open, or never did. */
function locked(profile: ProfileName): Vector[] {
  const [change] = CHANGES as readonly [Change];
  const old = change.of.inputs;
  const fresh = after(profile, change);
  const opens = (inputs: Inputs) => valueOf(profile, inputs, 'SEC_PWD_Enc');
  const message = (inputs: Inputs) => members(profile, inputs)['encSymmetricKey'] ?? '';
  const not = (
    id: string,
    comment: string,
    requirement: string,
    SEC_PWD_Enc: string,
    encSymmetricKey: string,
  ) =>
    refused(
      'open-account-key',
      { id, comment, flags: ['old-key'] },
      { stage: 'decrypt', requirement },
      { SEC_PWD_Enc, encSymmetricKey },
    );
  return [
    not(
      'old-key-new-message',
      'the old passphrase does not open the new message',
      'AES-09',
      opens(old),
      message(fresh),
    ),
    not(
      'new-key-old-message',
      'the new passphrase does not open the old message',
      'AES-09',
      opens(fresh),
      message(old),
    ),
    not(
      'wrong-old-passphrase',
      'the old passphrase that was typed is wrong: no change is sent',
      'CHANGE-05',
      opens({ ...old, passphrase: 'not this one' }),
      message(old),
    ),
    not(
      'old-email',
      'the new passphrase with the old address does not open what the new address locked',
      'AES-09',
      opens(old),
      message(after(profile, CHANGES[1] ?? change)),
    ),
    not(
      'other-salts',
      'the salts of before with the passphrase of after',
      'AES-09',
      opens({ ...fresh, SLT_Enc: seededHex('change/other', 32) }),
      message(fresh),
    ),
  ];
}

export const passphraseChange: Family = {
  family: 'passphrase-change',
  covers: 'changes of passphrase and address with every HTTP body, and what no longer opens (7.6 to 7.8)',
  requirements: [
    'CHANGE-01',
    'CHANGE-02',
    'CHANGE-03',
    'CHANGE-04',
    'CHANGE-05',
    'CHANGE-06',
    'CHANGE-15',
    'EMAIL-01',
    'KEY-05',
  ],
  notes: {
    'old-key': {
      bugType: 'key rotation',
      description:
        'A password key that does not belong to the message: from before or after a change, or mistyped.',
      effect:
        'Where nothing is opened before the change is sent, a mistyped passphrase locks the account for good.',
      links: ['https://cwe.mitre.org/data/definitions/620.html'],
    },
  },
  vectors: (profile) => [
    ...CHANGES.filter(({ code }) => profile === 'deployed' || code === undefined).flatMap((change) =>
      changed(profile, change),
    ),
    ...locked(profile),
  ],
};
