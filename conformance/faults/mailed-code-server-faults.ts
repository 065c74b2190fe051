/** Servers that are wrong about one use of a mailed code alone (7.8); only in `deployed`. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../reference/index.ts';
import { beforeChange, CHANGE } from './change-parts.ts';
import { bodyOf, faulty, heard, inStore, type ServerFault } from './server-parts.ts';

/** A code that has permitted a change is good for one more, unless several came at once; it is forgotten with a restart. */
const keptInMemory: ServerFault['create'] = (input) => {
  const left = new Map<string, ReturnType<Store['code']>>();
  let [underWay, most] = [0, 0];
  return faulty({
    store: (own) => ({
      ...own,
      code: (accountId) => own.code(accountId) ?? left.get(accountId),
      dropCode(accountId) {
        if (most === 1) left.set(accountId, own.code(accountId));
        own.dropCode(accountId);
      },
    }),
    around: (server) => async (request) => {
      if (!request.url.endsWith(CHANGE)) return await server.fetch(request);
      most = Math.max(most, ++underWay);
      await pause(20);
      const response = await server.fetch(request);
      if (--underWay === 0) most = 0;
      return response;
    },
  })(input);
};

/** Of a code that was mailed since the server was started one wrong guess is forgiven. */
const oneGuessMore: ServerFault['create'] = (input) => {
  const mailed = new Set<string>();
  return inStore((own) => ({
    addCode(accountId, code) {
      mailed.add(code.hash);
      own.addCode(accountId, code);
    },
    code(accountId) {
      const code = own.code(accountId);
      return code && { ...code, wrong: code.wrong - (mailed.has(code.hash) ? 1 : 0) };
    },
  }))(input);
};

/** Whoever knows the live code of any account may change their own with it. */
const ofAnybody: ServerFault['create'] = (input) => {
  const ids = new Set<string>();
  const { store: own } = input;
  const store: Store = {
    ...own,
    addCode(accountId, code) {
      ids.add(accountId);
      own.addCode(accountId, code);
    },
  };
  return beforeChange((body, { id }) => {
    const hash = createHash('sha256').update(String(body['code'])).digest('hex');
    const found = [...ids].map((other) => own.code(other)).find((code) => code?.hash === hash);
    if (found !== undefined) own.addCode(id, found);
    return body;
  })({ ...input, store });
};

/** A code that came with a stale change is used up. */
const usedByStale: ServerFault['create'] = (input) => {
  const { store } = input;
  let asking = '';
  return faulty({
    store: (own) => ({
      ...own,
      ...heard(own, (accountId) => void (asking = accountId)),
    }),
    around: (server) => async (request) => {
      const { code } = await bodyOf(request);
      const response = await server.fetch(request);
      if (request.url.endsWith(CHANGE) && code !== undefined && response.status === 409)
        store.dropCode(asking);
      return response;
    },
  })(input);
};

export const mailedCodeServerFaults: readonly ServerFault[] = [
  {
    id: 'code-kept-in-memory',
    title: 'takes a code once more after a change that came alone, until it is started again',
    requirement: 'CODE-02',
    profile: 'deployed',
    create: keptInMemory,
  },
  {
    id: 'code-guessed-once-more',
    title: 'forgives one wrong code, until it is started again',
    requirement: 'CODE-05',
    profile: 'deployed',
    create: oneGuessMore,
  },
  {
    id: 'code-of-all-accounts',
    title: 'takes the live code of any account',
    requirement: 'CODE-02',
    profile: 'deployed',
    create: ofAnybody,
  },
  {
    id: 'code-used-by-stale-change',
    title: 'uses a code up for a change that is stale',
    requirement: 'CODE-02',
    profile: 'deployed',
    create: usedByStale,
  },
];
