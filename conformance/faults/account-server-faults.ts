/** Servers that are wrong about a change of address, about changes at once, mailed codes, and the end of an account (7.6 to 7.10). */
import type { Store } from '../../reference/index.ts';
import { beforeCall, beforeChange, replacing } from './change-parts.ts';
import { answering, faulty, inStore, type ServerFault } from './server-parts.ts';

type TeamRecord = Parameters<Store['addTeam']>[0];

const pause = async (milliseconds: number): Promise<void> => {
  await new Promise((done) => setTimeout(done, milliseconds));
};

/** Every code that was mailed permits a change of every account. */
function codesShared(own: Store): Partial<Store> {
  let last = '';
  return {
    addCode(accountId, code) {
      last = accountId;
      own.addCode(accountId, code);
    },
    code: () => own.code(last),
  };
}

/** A code that is used takes those of all accounts with it. */
function codesDropped(own: Store): Partial<Store> {
  const ids = new Set<string>();
  return {
    addCode(accountId, code) {
      ids.add(accountId);
      own.addCode(accountId, code);
    },
    dropCode() {
      for (const id of ids) own.dropCode(id);
    },
  };
}

/** Finds whoever has signed up again with the id of a deleted account in the teams of that one. */
function membersRemembered(own: Store): Partial<Store> {
  const left = new Map<string, readonly string[]>();
  const withLeft = (team: TeamRecord): TeamRecord => ({
    ...team,
    accountIds: [...team.accountIds, ...(left.get(team.id) ?? [])],
  });
  return {
    teamsOf: (accountId) => own.teamsOf(accountId).map(withLeft),
    leaveTeams(accountId) {
      for (const { id } of own.teamsOf(accountId)) left.set(id, [...(left.get(id) ?? []), accountId]);
      own.leaveTeams(accountId);
    },
  };
}

/** Logins that were begun, dropped all together. */
function startersDropped(own: Store): Partial<Store> {
  const emails = new Set<string>();
  return {
    addStarter(id, starter) {
      emails.add(starter.email);
      own.addStarter(id, starter);
    },
    dropStarters() {
      for (const email of emails) own.dropStarters(email);
    },
  };
}

/** Frees the address that a deleted account signed up with, and not the one that it had in the end. */
function firstAddressFreed(own: Store): Partial<Store> {
  const first = new Map<string, string>();
  const taken = new Set<string>();
  return {
    addAccount(account) {
      if (taken.has(account.email)) return 'email-taken';
      first.set(account.id, account.email);
      return own.addAccount(account);
    },
    dropAccount(id) {
      const { email = '' } = own.accountById(id) ?? {};
      if (email !== first.get(id)) taken.add(email);
      own.dropAccount(id);
    },
  };
}

/** What happens beside a change. */
interface Beside {
  /** How many changes are under way. */
  changes: number;
  /** When somebody pushed last. */
  lastPush: number;
}

/** Changes that are compared with the account before they wait, and that replace what is there after that. */
const comparedTooEarly =
  (isMeant: (beside: Beside) => boolean): ServerFault['create'] =>
  (input) => {
    const beside: Beside = { changes: 0, lastPush: -Infinity };
    const server = beforeChange(async (body, before, store) => {
      beside.changes++;
      await pause(50);
      for (let i = 0; i < 50 && beside.changes > 1 && !isMeant(beside); i++) await pause(20);
      const isEarly = isMeant(beside);
      await pause(20);
      beside.changes--;
      const { verifier, encSymmetricKey } = store.accountById(before.id) ?? before;
      const fits = body['verifier'] === before.verifier && body['encSymmetricKey'] === before.encSymmetricKey;
      return fits && isEarly ? { ...body, verifier, encSymmetricKey } : body;
    })(input);
    return {
      async fetch(request) {
        if (request.url.endsWith('/sync/push')) beside.lastPush = performance.now();
        return await server.fetch(request);
      },
    };
  };

/** A session is stored a while after its proof was judged. */
function sessionsLate(): ServerFault['create'] {
  return (input) => {
    const memory = input.store;
    const waiting: (() => void)[] = [];
    const addSession: Store['addSession'] = (hash, accountId) => {
      waiting.push(() => {
        memory.addSession(hash, accountId);
      });
    };
    return faulty({
      store: () => ({ ...memory, addSession }),
      around: (server) => async (request) => {
        const response = await server.fetch(request);
        if (!request.url.endsWith('/auth/login-m1')) return response;
        await pause(300);
        for (const add of waiting.splice(0)) add();
        return response;
      },
    })(input);
  };
}

export const accountServerFaults: readonly ServerFault[] = [
  {
    id: 'change-keeps-address',
    title: 'keeps the old address at a change',
    requirement: 'CHANGE-09',
    create: replacing((after, { email }) => ({ ...after, email })),
  },
  {
    id: 'change-compared-too-early',
    title:
      'compares a change with the account, and replaces the account some time later, where more than four come at once',
    requirement: 'CHANGE-08',
    create: comparedTooEarly(({ changes }) => changes > 4),
  },
  {
    id: 'change-compared-beside-a-push',
    title:
      'compares a change with the account, and replaces the account some time later, where somebody has just pushed',
    requirement: 'CHANGE-08',
    create: comparedTooEarly(({ lastPush }) => performance.now() - lastPush < 1000),
  },
  {
    id: 'change-ends-every-login',
    title: 'ends the logins that were begun to other accounts, too, when it accepts a change',
    requirement: 'LOGIN-07',
    create: inStore(startersDropped),
  },
  {
    id: 'change-misses-logins',
    title: 'starts a session some time after it has judged the proof, whatever happened in between',
    requirement: 'CHANGE-11',
    create: sessionsLate(),
  },
  {
    id: 'change-drops-salts',
    title: 'takes a change that carries new salts, and keeps the old ones',
    requirement: 'CHANGE-14',
    profile: 'deployed',
    create: beforeChange((body) =>
      Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith('newSalt'))),
    ),
  },
  {
    id: 'email-change-confirmed',
    title: 'takes a changed address for confirmed',
    requirement: 'EMAIL-03',
    profile: 'documented',
    create: replacing((after) => ({ ...after, isVerified: true })),
  },
  {
    id: 'whoami-always-verified',
    title: 'says of every address that it is confirmed',
    requirement: 'WHOAMI-02',
    create: answering('/auth/whoami', (answer) => ({ ...answer, isVerified: true })),
  },
  {
    id: 'whoami-never-verified',
    title: 'says of no address that it is confirmed',
    requirement: 'WHOAMI-02',
    create: answering('/auth/whoami', (answer) => ({ ...answer, isVerified: false })),
  },
  {
    id: 'code-refused',
    title: 'takes no code at all',
    requirement: 'CODE-02',
    profile: 'deployed',
    create: inStore(() => ({ code: () => undefined })),
  },
  {
    id: 'code-kept',
    title: 'lets a code be used again',
    requirement: 'CODE-02',
    profile: 'deployed',
    create: inStore(() => ({ dropCode: () => undefined })),
  },
  {
    id: 'code-outlives-change',
    title: 'lets a code live on when the passphrase was changed without it',
    requirement: 'CHANGE-12',
    profile: 'deployed',
    create: inStore(() => ({ dropCode: () => undefined })),
  },
  {
    id: 'code-count-goes-on',
    title: 'counts the wrong codes of before against a new code',
    requirement: 'CODE-05',
    profile: 'deployed',
    create: inStore((own) => ({
      addCode: (id, code) => {
        own.addCode(id, { ...code, wrong: own.code(id)?.wrong ?? 0 });
      },
    })),
  },
  {
    id: 'codes-dropped-together',
    title: 'drops the codes of all accounts when one is used',
    requirement: 'CODE-02',
    profile: 'deployed',
    create: inStore(codesDropped),
  },
  {
    id: 'code-of-anybody',
    title: 'takes the code that was mailed last, to whomever',
    requirement: 'CODE-02',
    profile: 'deployed',
    create: inStore(codesShared),
  },
  {
    id: 'code-first-kept',
    title: 'goes on with the first code after it has mailed another',
    requirement: 'CODE-04',
    profile: 'deployed',
    create: inStore((own) => ({
      addCode(accountId, code) {
        if (own.code(accountId) === undefined) own.addCode(accountId, code);
      },
    })),
  },
  {
    id: 'code-wrong-ends-it',
    title: 'forgets a code when a wrong one comes',
    requirement: 'HTTP-11',
    profile: 'deployed',
    create: inStore((own) => ({ countWrongCode: own.dropCode })),
  },
  {
    id: 'code-unlimited',
    title: 'lets codes be guessed without end',
    requirement: 'CODE-05',
    profile: 'deployed',
    create: inStore(() => ({ countWrongCode: () => undefined })),
  },
  {
    id: 'code-used-by-refusal',
    title: 'uses a code up for a change that it refuses',
    requirement: 'CODE-02',
    profile: 'deployed',
    create: inStore((own) => ({
      code(accountId) {
        const code = own.code(accountId);
        own.dropCode(accountId);
        return code;
      },
    })),
  },
  {
    id: 'code-beside-verifier',
    title: 'takes a code that comes with a verifier, and does not look at the verifier',
    requirement: 'HTTP-07',
    profile: 'deployed',
    create: beforeChange((body) => (body['code'] === undefined ? body : { ...body, verifier: undefined })),
  },
  {
    id: 'code-keeps-address',
    title: 'takes a change of address with a code, and keeps the address',
    requirement: 'CODE-06',
    profile: 'deployed',
    create: beforeChange((body, { email }) =>
      body['code'] === undefined ? body : { ...body, newEmail: email },
    ),
  },
  {
    id: 'reset-keeps-groups',
    title: 'takes from the owner of a group, at a reset, the own link alone',
    requirement: 'RESET-01',
    create: inStore(() => ({ dropGroup: () => undefined })),
  },
  {
    id: 'reset-takes-groups-of-others',
    title: 'deletes at a reset the groups of others too',
    requirement: 'RESET-02',
    create: inStore((own) => ({
      dropLink: (groupId) => {
        own.dropGroup(groupId);
      },
    })),
  },
  {
    id: 'reset-changes-keys',
    title: 'has other keys after a reset',
    requirement: 'RESET-03',
    create: beforeCall('/auth/reset', (body, account, store) => {
      store.replaceAccount({ ...account, encPrivateKey: account.encSymmetricKey });
      return body;
    }),
  },
  {
    id: 'delete-keeps-groups',
    title: 'keeps the groups of a deleted account',
    requirement: 'DELETE-01',
    create: inStore(() => ({ dropGroup: () => undefined })),
  },
  {
    id: 'delete-keeps-account',
    title: 'keeps the address and the verifier of a deleted account',
    requirement: 'DELETE-02',
    create: inStore(() => ({ dropAccount: () => undefined })),
  },
  {
    id: 'delete-frees-first-address',
    title: 'frees the first address of a deleted account, and not the one that it had in the end',
    requirement: 'DELETE-02',
    create: inStore(firstAddressFreed),
  },
  {
    id: 'delete-remembers-members',
    title: 'finds whoever has the id of a deleted account in the teams of that one',
    requirement: 'DELETE-01',
    create: inStore(membersRemembered),
  },
  {
    id: 'delete-keeps-sessions',
    title: 'keeps the sessions of a deleted account for the next one with its id',
    requirement: 'DELETE-01',
    create: inStore(() => ({ dropSessions: () => undefined })),
  },
  {
    id: 'delete-keeps-starters',
    title: 'lets a login that was begun before the deletion go on with the next account',
    requirement: 'DELETE-01',
    create: inStore(() => ({ dropStarters: () => undefined })),
  },
  {
    id: 'delete-keeps-teams',
    title: 'keeps a deleted account in its teams',
    requirement: 'DELETE-01',
    create: inStore(() => ({ leaveTeams: () => undefined })),
  },
];
