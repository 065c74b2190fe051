/** Changes that a server must refuse: wrong proofs, stale keys, taken addresses, members missing or not of their form (7.6, 7.7). */
import { shorten } from '../../check.ts';
import { expectLogin } from '../login/expect-login.ts';
import { anotherEmail, anotherPassphrase, changeOf } from './change.ts';
import { refusedChange, type Makings, type RefusedChange, type Wrong } from './refused-change.ts';
import { groupElement, N } from '../fixtures/group-element.ts';

/** The same digits but for the last bit. */
const offByOneBit = (hex: string): string =>
  hex.slice(0, -1) + (parseInt(hex.slice(-1), 16) ^ 1).toString(16);

/**
 * The same digits but for the first four, each one less, and 0 a 1: so what is less than N stays so, and a server that
 * looks at the range before the proof has nothing to say (SRP-11).
 */
export const otherInFront = (hex: string): string =>
  Array.from(hex.slice(0, 4), (digit) => (digit === '0' ? '1' : (parseInt(digit, 16) - 1).toString(16))).join(
    '',
  ) + hex.slice(4);

/** A message whose ciphertext differs in its last bit. */
function offInCiphertext(message: string): string {
  const members = JSON.parse(message) as { readonly d: string };
  return JSON.stringify({ ...members, d: offByOneBit(members.d) });
}

const wrongProof = (what: string, body: object): Wrong => ({
  ...{ what, body, statuses: [401], error: 'wrong-proof' },
});
const stale = (what: string, body: object): Wrong => ({
  ...{ what, body, statuses: [409], error: 'stale' },
});

/** One wrong change for every value of a member; undefined leaves it out. */
const malformed =
  (values: Readonly<Record<string, readonly unknown[]>>) =>
  ({ right }: Pick<Makings, 'right'>): readonly Wrong[] =>
    Object.entries(values).flatMap(([name, wrong]) =>
      wrong.map((value) => ({
        what: `a change whose ${name} is ${value === undefined ? 'missing' : shorten(JSON.stringify(value), 40)}`,
        body: { ...right, [name]: value },
        statuses: [400],
      })),
    );

const NO_SALT = [undefined, '', 'ab', 'AB'.repeat(32), 'ab'.repeat(33), 7, null];

const REFUSED: readonly RefusedChange[] = [
  {
    name: 'wrong-verifier',
    title: 'A change whose verifier is not the present one of the account is refused, and nothing changes.',
    requirements: ['CHANGE-07', 'CHANGE-09', 'HTTP-11'],
    wrong: ({ right, account, bob }) => [
      wrongProof('a change whose verifier is off by one bit', {
        ...right,
        verifier: offByOneBit(account.body.verifier),
      }),
      wrongProof('a change whose verifier differs in its first digits', {
        ...right,
        verifier: otherInFront(account.body.verifier),
      }),
      wrongProof('a change with the verifier of another account', { ...right, verifier: bob.body.verifier }),
    ],
  },
  {
    name: 'foreign',
    title:
      'A change of another account, right in everything but the session, is refused, and changes neither account.',
    requirements: ['CHANGE-07', 'CHANGE-09', 'HTTP-11'],
    wrong: ({ bench, bob }) => [
      wrongProof(
        'the right change of another account',
        changeOf(bench, bob, { passphrase: anotherPassphrase(bob) }).body,
      ),
    ],
    after: ({ bench, bob }) =>
      expectLogin(bench, bob, 'the login of the account whose change another one sent'),
  },
  {
    name: 'new-verifier-as-proof',
    title: 'A change is not permitted by the verifier that it brings.',
    requirements: ['CHANGE-07', 'HTTP-11'],
    wrong: ({ right }) => [
      wrongProof('a change with the new verifier in place of the old one', {
        ...right,
        verifier: right.newVerifier,
      }),
    ],
  },
  {
    name: 'proof-first',
    title:
      'Whoever does not know the old passphrase learns neither whether the key is stale nor who has an account.',
    requirements: ['CHANGE-07', 'HTTP-11'],
    wrong: ({ right, before, bob }) => {
      const verifier = before.body.verifier;
      return [
        wrongProof('a stale change with a wrong verifier', {
          ...{ ...right, verifier },
          encSymmetricKey: before.body.encSymmetricKey,
        }),
        wrongProof('a change to a taken address with a wrong verifier', {
          ...{ ...right, verifier },
          newEmail: bob.body.email,
        }),
      ];
    },
  },
  {
    name: 'stale',
    title:
      'A change that was made from another encSymmetricKey than the present one is refused, and nothing changes.',
    requirements: ['CHANGE-08', 'CHANGE-09', 'HTTP-11'],
    wrong: ({ right, before, account, bob }) => [
      stale('a change from the encSymmetricKey before the last change', {
        ...right,
        encSymmetricKey: before.body.encSymmetricKey,
      }),
      stale('a change from an encSymmetricKey that is off by one bit', {
        ...right,
        encSymmetricKey: offInCiphertext(account.body.encSymmetricKey),
      }),
      stale('a change from the encSymmetricKey that it brings', {
        ...right,
        encSymmetricKey: right.newEncSymmetricKey,
      }),
      stale('a change from the encSymmetricKey of another account', {
        ...right,
        encSymmetricKey: bob.body.encSymmetricKey,
      }),
      stale('a stale change to a taken address', {
        ...{ ...right, newEmail: bob.body.email },
        encSymmetricKey: before.body.encSymmetricKey,
      }),
    ],
  },
  {
    name: 'taken-address',
    title: 'A change to the address of another account is refused, and both accounts stay as they were.',
    requirements: ['EMAIL-02', 'CHANGE-09', 'HTTP-11'],
    needs: ['change-email'],
    wrong: ({ right, bench, account, bob }) => [
      {
        what: 'a change to the address of another account',
        body: { ...right, newEmail: bob.body.email },
        statuses: [409],
        error: 'email-taken',
      },
      {
        what: 'a change to the address of another account with everything else new too',
        body: {
          ...changeOf(bench, account, { email: bob.typed.email, firstName: 'Ada', lastName: 'King' }).body,
        },
        statuses: [409],
        error: 'email-taken',
      },
    ],
  },
  {
    name: 'address-form',
    title: 'A change to an address that is not normalised is refused.',
    requirements: ['NORM-06', 'HTTP-11'],
    profile: 'documented',
    needs: ['change-email'],
    wrong: ({ right, bench, account }) =>
      [account.body.email.toUpperCase(), anotherEmail(account), `${account.body.email}\u00a0`]
        .filter((newEmail) => bench.steps.email(newEmail) !== newEmail)
        .map((newEmail) => ({
          what: `a change whose newEmail is ${JSON.stringify(newEmail)}`,
          body: { ...right, newEmail },
          statuses: [400],
        })),
  },
  {
    name: 'malformed',
    title:
      'A change in which a member is missing, unknown or not of its form is refused, and nothing changes.',
    requirements: ['HTTP-07', 'HTTP-12', 'HTTP-11', 'CHANGE-09'],
    wrong: (makings) =>
      malformed({
        verifier: [undefined, makings.right.verifier?.slice(2), makings.right.verifier?.toUpperCase(), 7],
        newEmail: [undefined, '', null],
        encSymmetricKey: [undefined, '', 'no message', '{}'],
        newVerifier: [undefined, makings.right.newVerifier.slice(2), `00${makings.right.newVerifier}`, null],
        newEncSymmetricKey: [undefined, 'no message', '{"iv":"","t":"","d":"","ad":""}', {}],
        newFirstName: ['n'.repeat(201), 7],
        newLastName: ['n'.repeat(201), null],
        newId: [makings.bob.body.id],
      })(makings),
  },
  {
    name: 'verifier-range',
    title: 'A new verifier that stands for no passphrase is refused: less than 2, or greater than N − 2.',
    requirements: ['SRP-11', 'HTTP-11'],
    wrong: ({ right }) =>
      Object.entries({ '0': 0n, '1': 1n, 'N - 1': N - 1n, N, 'N + 2': N + 2n }).map(([name, value]) => ({
        what: `a change whose newVerifier is ${name}`,
        body: { ...right, newVerifier: groupElement(value) },
        statuses: [400],
        error: 'group-element',
      })),
  },
  {
    name: 'salts-missing',
    title: 'A change that lacks a new salt, or brings one that is not of its form, is refused.',
    requirements: ['CHANGE-13', 'HTTP-07', 'HTTP-11'],
    profile: 'documented',
    wrong: (makings) => [
      ...malformed({ newSaltKey: NO_SALT, newSaltAuth: NO_SALT, newSaltEnc: NO_SALT })(makings),
      {
        what: 'a change without any new salt',
        body: { ...makings.right, newSaltKey: undefined, newSaltAuth: undefined, newSaltEnc: undefined },
        statuses: [400],
      },
    ],
  },
  {
    name: 'code-unknown',
    title: 'A change that carries a code is refused, with the right verifier or without.',
    requirements: ['CHANGE-13', 'HTTP-11'],
    profile: 'documented',
    wrong: ({ right }) =>
      [right.verifier, undefined].map((verifier) => ({
        what: `a change with a code and ${verifier === undefined ? 'no' : 'the right'} verifier`,
        body: { ...right, verifier, code: '493027' },
        statuses: [400],
      })),
  },
];

export const changeRefusalChecks = REFUSED.map(refusedChange);
