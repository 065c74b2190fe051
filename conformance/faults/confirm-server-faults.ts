/** Faulty servers that mail no link, or let one do more than it must (7.2). */
import type { Mail, Store } from '../../reference/index.ts';
import { answering, faulty, inStore, type ServerFault } from './server-parts.ts';

type Create = ServerFault['create'];

const pathOf = (request: Request): string => new URL(request.url).pathname;

/** Mails only what is wanted. */
const mailing =
  (isSent: (mail: Mail) => boolean, create: Create = faulty({})): Create =>
  ({ mailer, ...input }) =>
    create({ ...input, mailer: (mail) => (isSent(mail) ? mailer(mail) : undefined) });

/** One mail to every address. */
const mailedOnce: Create = (input) => {
  const mailed = new Set<string>();
  return mailing(({ to }) => {
    const isFirst = !mailed.has(to);
    mailed.add(to);
    return isFirst;
  })(input);
};

/** A link that is mailed after a mail without one goes to the address of that mail too. */
const mailedToBoth: Create = ({ mailer, ...input }) => {
  let told: string | undefined;
  return faulty({})({
    ...input,
    mailer: async (mail) => {
      await mailer(mail);
      const isLink = mail.text.includes('/auth/confirm');
      if (isLink && told !== undefined) await mailer({ ...mail, to: told });
      told = isLink ? undefined : mail.to;
    },
  });
};

/** The links begin with another URL than that of the server. */
const linkingTo =
  (url: (to: string) => string | undefined, create: Create = faulty({})): Create =>
  ({ mailer, ...input }) =>
    create({
      ...input,
      mailer: (mail) =>
        mailer({ ...mail, text: mail.text.replace('http://127.0.0.1', url(mail.to) ?? 'http://127.0.0.1') }),
    });

/** The links begin with the host that the signup names, unless it is this machine. */
const linkingToCaller: Create = (input) => {
  const hosts = new Map<unknown, string>();
  const around = faulty({
    around: (server) => async (request) => {
      const host = request.headers.get('host') ?? '127.0.0.1';
      if (pathOf(request) === '/auth/signup' && !host.startsWith('127.0.0.1'))
        hosts.set(((await request.clone().json()) as { email?: unknown }).email, `http://${host}`);
      return await server.fetch(request);
    },
  });
  return linkingTo((to) => hosts.get(to), around)(input);
};

/** A refusal for want of a confirmed address that holds M2 all the same. */
const refusedWithM2: Create = (input) => {
  const { store } = input;
  let last = { hash: '', accountId: '' };
  return faulty({
    steps: (own) => ({ ...own, profile: { ...own.profile, loginBeforeConfirmation: true } }),
    store: (own) => ({
      ...own,
      addSession(hash, accountId) {
        last = { hash, accountId };
        own.addSession(hash, accountId);
      },
    }),
    around: (server) => async (request) => {
      const answer = await server.fetch(request);
      if (!answer.ok || pathOf(request) !== '/auth/login-m1') return answer;
      if (store.accountById(last.accountId)?.isVerified === true) return answer;
      store.dropSession(last.hash);
      const refusal = { error: 'not-confirmed', message: 'the address is not confirmed yet' };
      const told = { ...refusal, ...((await answer.json()) as object) };
      return Response.json(told, { status: 403, headers: answer.headers });
    },
  })(input);
};

const lower = (code: string): string => code.toLowerCase();

/** Links that were used are remembered until the process ends. */
const keptInMemory: Create = (input) => {
  const used = new Map<string, ReturnType<Store['takeConfirmation']>>();
  return inStore((own) => ({
    takeConfirmation(hash) {
      const found = own.takeConfirmation(hash) ?? used.get(hash);
      used.set(hash, found);
      return found;
    },
  }))(input);
};

/** A change of address leaves the links that were mailed before, and each confirms whatever address there is. */
const ofAnyAddress: Create = (input) => {
  let isChanging = false;
  return faulty({
    store: (own) => ({
      ...own,
      dropConfirmations(accountId) {
        if (!isChanging) own.dropConfirmations(accountId);
      },
      takeConfirmation(hash) {
        const found = own.takeConfirmation(hash);
        const email = own.accountById(found?.accountId ?? '')?.email;
        return found && { ...found, email: email ?? found.email };
      },
    }),
    around: (server) => async (request) => {
      isChanging = pathOf(request) === '/auth/change-password';
      return await server.fetch(request);
    },
  })(input);
};

export const confirmServerFaults: readonly ServerFault[] = [
  {
    id: 'not-confirmed-with-M2',
    title: 'gives M2 along when it refuses a login because the address is not confirmed',
    requirement: 'LOGIN-10',
    create: refusedWithM2,
  },
  {
    id: 'confirmed-never-told',
    title: 'says of every address that it is not confirmed',
    requirement: 'WHOAMI-02',
    profile: 'deployed',
    create: answering('/auth/whoami', (answer) => ({ ...answer, isVerified: false })),
  },
  {
    id: 'confirmation-elsewhere',
    title: 'mails links that begin with another URL than the one it was told',
    requirement: 'CONFIRM-02',
    create: linkingTo(() => 'https://elsewhere.example'),
  },
  {
    id: 'confirmation-by-host',
    title: 'mails a link to the host that the signup names',
    requirement: 'CONFIRM-02',
    create: linkingToCaller,
  },
  {
    id: 'signup-without-mail',
    title: 'mails nothing when an account is made',
    requirement: 'CONFIRM-01',
    create: mailing(() => false),
  },
  {
    id: 'confirmation-kept-in-memory',
    title: 'takes a link once more until it is started again',
    requirement: 'CONFIRM-04',
    profile: 'documented',
    create: keptInMemory,
  },
  {
    id: 'confirmation-of-any-case',
    title: 'takes a link in upper case',
    requirement: 'ERROR-02',
    profile: 'documented',
    create: faulty({
      around: (server) => async (request) => {
        if (pathOf(request) !== '/auth/confirm') return await server.fetch(request);
        const { method, url, headers } = request;
        return await server.fetch(new Request(url.replace(/(?<=\?code=)[^&]*$/, lower), { method, headers }));
      },
    }),
  },
  {
    id: 'confirmation-of-all',
    title: 'confirms everybody who waits when one link is opened',
    requirement: 'CONFIRM-06',
    profile: 'documented',
    create: inStore((own) => {
      const waiting = new Set<string>();
      return {
        addAccount(account) {
          waiting.add(account.id);
          return own.addAccount(account);
        },
        setVerified: (id) => {
          for (const each of waiting.add(id)) own.setVerified(each);
        },
      };
    }),
  },
  {
    id: 'confirmation-to-both-addresses',
    title: 'mails the link to a changed address to the one before too',
    requirement: 'CONFIRM-06',
    profile: 'documented',
    create: mailedToBoth,
  },
  {
    id: 'confirmation-of-any-address',
    title: 'confirms the present address of an account by a link that was mailed to an earlier one',
    requirement: 'CONFIRM-06',
    profile: 'documented',
    create: ofAnyAddress,
  },
  {
    id: 'confirmation-ended-by-a-newer',
    title: 'ends a link when it mails another',
    requirement: 'CONFIRM-03',
    profile: 'documented',
    create: inStore((own) => ({
      addConfirmation(hash, confirmation) {
        own.dropConfirmations(confirmation.accountId);
        own.addConfirmation(hash, confirmation);
      },
    })),
  },
  {
    id: 'confirmation-outlives-account',
    title: 'keeps the links that were mailed to an account which is deleted',
    requirement: 'CONFIRM-06',
    profile: 'documented',
    create: inStore(() => ({ dropConfirmations: () => undefined })),
  },
  {
    id: 'confirmation-by-preview',
    title: 'confirms an address when a program looks whether the link is there',
    requirement: 'CONFIRM-03',
    profile: 'documented',
    create: faulty({
      around: (server) => async (request) => {
        if (request.method !== 'HEAD' || pathOf(request) !== '/auth/confirm')
          return await server.fetch(request);
        await server.fetch(new Request(request.url));
        return new Response(null);
      },
    }),
  },
  {
    id: 'confirmation-code-missing',
    title: 'answers a link without a code with 400',
    requirement: 'ERROR-02',
    profile: 'documented',
    create: faulty({
      around: (server) => async (request) =>
        pathOf(request) === '/auth/confirm' && !new URL(request.url).searchParams.has('code')
          ? Response.json({ error: 'malformed', message: 'the code is missing' }, { status: 400 })
          : await server.fetch(request),
    }),
  },
  {
    id: 'confirmation-mailed-once',
    title: 'mails no new link at a login',
    requirement: 'CONFIRM-08',
    profile: 'documented',
    create: mailedOnce,
  },
  {
    id: 'verify-without-mail',
    title: 'mails no new link when it is asked for one',
    requirement: 'CONFIRM-07',
    create: mailedOnce,
  },
];
