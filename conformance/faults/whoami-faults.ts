/** Clients that look at whose account it is only once, or not at what they know by then (7.4, 8.1). */
import { readPublicKey, type RsaPublicJwk } from '../../reference/index.ts';
import { acceptWhile, answerChanged, whileCalled, withOverrides, type ClientFault } from './client-parts.ts';

export const whoamiFaults: readonly ClientFault[] = [
  {
    id: 'account-checked-once',
    title: 'looks at the address of an account when it logs in, and not any more',
    requirement: 'WHOAMI-03',
    create: withOverrides(() => ({
      steps: (own) => ({
        ...own,
        accept: {
          ...own.accept,
          account: (owner, answer) =>
            owner.accountId === undefined ? own.accept.account(owner, answer) : answer,
        },
      }),
    })),
  },
  {
    id: 'account-of-anybody-at-login',
    title: 'does not look at the address of an account when it logs in',
    requirement: 'WHOAMI-03',
    create: acceptWhile('login', () => ({ account: (_owner, answer) => answer })),
  },
  {
    id: 'strange-address-taken',
    title: 'tells in a session of any address that the account has never had as its own',
    requirement: 'WHOAMI-03',
    create: whileCalled('whoami', (isCalled) => {
      const had = new Set<string>();
      return {
        steps: (own) => ({
          ...own,
          accept: {
            ...own.accept,
            account(owner, answer) {
              if (isCalled() && !had.has(`${answer.accountId} ${answer.email}`)) return answer;
              had.add(`${answer.accountId} ${answer.email}`);
              return own.accept.account(owner, answer);
            },
          },
        }),
      };
    }),
  },
  {
    id: 'address-of-before-taken',
    title: 'takes every address that the account has had',
    requirement: 'WHOAMI-03',
    create: withOverrides(() => {
      const had = new Set<string>();
      return {
        steps: (own) => ({
          ...own,
          accept: {
            ...own.accept,
            account(owner, answer) {
              const name = (email: string): string => `${answer.accountId} ${email}`;
              if (owner.accountId === answer.accountId && had.has(name(answer.email))) return answer;
              const accepted = own.accept.account(owner, answer);
              had.add(name(answer.email));
              return accepted;
            },
          },
        }),
      };
    }),
  },
  {
    id: 'newest-public-key-used',
    title: 'uses for its groups whatever public key the newest answer holds',
    requirement: 'GROUP-01',
    create: withOverrides(() => {
      /** By the modulus that the account had first. */
      const newest = new Map<string, RsaPublicJwk>();
      const first = new Map<string, string>();
      return {
        fetch: (request) =>
          answerChanged(request, '/auth/whoami', (body) => {
            const [accountId, text] = [String(body['accountId']), String(body['publicKey'])];
            const { n } = JSON.parse(text) as RsaPublicJwk;
            if (!first.has(accountId)) first.set(accountId, n);
            newest.set(first.get(accountId) ?? n, readPublicKey(JSON.parse(text)));
            return body;
          }),
        steps: (own) => ({
          ...own,
          wrap: {
            ...own.wrap,
            sealLink: (publicKey, key) => own.wrap.sealLink(newest.get(publicKey.n) ?? publicKey, key),
          },
        }),
      };
    }),
  },
];
