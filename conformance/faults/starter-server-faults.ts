/** Servers that use starters up too late, or take a proof for another starter than the one it was made for (5.5, 7.3). */
import { createSteps, fromHex, type Store } from '../../reference/index.ts';
import { faulty, inAccept, inStore, type ServerFault, type ServerFaultInput } from './server-parts.ts';

/** Milliseconds: proofs within them came at once, also where the machine has much else to do. */
const TOGETHER = 200;

type Starter = Parameters<Store['addStarter']>[1];

const PROOF = '/auth/login-m1';
const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.from(one).equals(other);
const isProof = ({ url }: Request): boolean => new URL(url).pathname === PROOF;

/** A starter is kept when its proof was judged wrong. */
const keptAfterFailure: ServerFault['create'] = (input) => {
  let keep = (): void => undefined;
  return faulty({
    store: (own) => ({
      ...own,
      takeStarter(id) {
        const starter = own.takeStarter(id);
        keep = () => {
          if (starter !== undefined) own.addStarter(id, starter);
        };
        return starter;
      },
    }),
    steps: (own) => ({
      ...own,
      accept: {
        ...own.accept,
        M1(expected, actual) {
          const isRight = own.accept.M1(expected, actual);
          if (!isRight) keep();
          return isRight;
        },
      },
    }),
  })(input);
};

/** What becomes of the starters that were taken once a proof is answered: it was right, and came alone, or not. */
const whenAnswered =
  (keeps: boolean, then: (id: string, starter: Starter, store: Store, wasRight: boolean) => void) =>
  (input: ServerFaultInput) => {
    const { store } = input;
    const taken = new Map<string, Starter>();
    let [underWay, most] = [0, 0];
    return faulty({
      store: (own) => ({
        ...own,
        takeStarter(id) {
          const starter = own.takeStarter(id);
          if (starter !== undefined) taken.set(id, starter);
          if (starter !== undefined && keeps) own.addStarter(id, starter);
          return starter;
        },
      }),
      around: (server) => async (request) => {
        if (!isProof(request)) return await server.fetch(request);
        most = Math.max(most, ++underWay);
        const answer = await server.fetch(request);
        await new Promise((done) => setTimeout(done, TOGETHER));
        underWay--;
        if (underWay > 0) return answer;
        for (const [id, starter] of taken) then(id, starter, store, answer.ok && most === 1);
        taken.clear();
        most = 0;
        return answer;
      },
    })(input);
  };

/** Takes the M1 of another login that is open, besides that of the login which the starter names. */
const proofOfAnother =
  (isMeant: (open: Starter, named: Starter) => boolean): ServerFault['create'] =>
  (input) => {
    const steps = createSteps(input.profile);
    const { store } = input;
    const open = new Map<string, Starter>();
    let named: Starter | undefined;
    const proofOf = ({ email, A, B, b }: Starter): Uint8Array => {
      const { verifier = '', saltAuth = '' } = store.accountByEmail(email) ?? {};
      const { srp } = steps;
      const S = srp.S_server({ A, b, u: srp.u(A, B), v: fromHex(verifier, 'verifier') });
      return srp.M1({ I: steps.I(email), s: fromHex(saltAuth, 'saltAuth'), A, B, S, K: srp.K(S) });
    };
    return faulty({
      store: (own) => ({
        ...own,
        addStarter(id, starter) {
          open.set(id, starter);
          own.addStarter(id, starter);
        },
        takeStarter(id) {
          named = own.takeStarter(id);
          open.delete(id);
          return named;
        },
      }),
      steps: (own) => ({
        ...own,
        accept: {
          ...own.accept,
          M1: (expected, actual) =>
            own.accept.M1(expected, actual) ||
            [...open.values()].some(
              (one) => named !== undefined && isMeant(one, named) && same(proofOf(one), actual),
            ),
        },
      }),
    })(input);
  };

/** Whether two ids are the same but for their last digit. */
const alike = (one: string, other: string): boolean =>
  one.slice(0, -1) === other.slice(0, -1) && [one, other].every((id) => /[0-9a-f]$/.test(id));

export const starterServerFaults: readonly ServerFault[] = [
  {
    id: 'starter-kept-after-failure',
    title: 'keeps a starter whose proof was wrong',
    requirement: 'LOGIN-05',
    create: keptAfterFailure,
  },
  {
    id: 'starter-kept-after-success',
    title: 'keeps a starter whose proof was right, unless another proof came at the same time',
    requirement: 'LOGIN-05',
    create: whenAnswered(false, (id, starter, store, wasRight) => {
      if (wasRight) store.addStarter(id, starter);
    }),
  },
  {
    id: 'starter-forgotten-with-the-answer',
    title: 'forgets a starter when it has answered its proof, and takes it until then',
    requirement: 'LOGIN-05',
    create: whenAnswered(true, (id, _, store) => {
      store.takeStarter(id);
    }),
  },
  {
    id: 'starter-but-for-its-last-digit',
    title: 'looks for a starter by all but the last digit of its id',
    requirement: 'LOGIN-09',
    create: inStore((own) => {
      const ids = new Set<string>();
      return {
        addStarter(id, starter) {
          ids.add(id);
          own.addStarter(id, starter);
        },
        takeStarter: (id) => own.takeStarter([...ids].find((one) => alike(one, id)) ?? id),
      };
    }),
  },
  {
    id: 'starters-of-32-logins',
    title: 'keeps no more than 32 logins open',
    requirement: 'LOGIN-04',
    create: inStore((own) => {
      const ids: string[] = [];
      return {
        addStarter(id, starter) {
          own.addStarter(id, starter);
          if (ids.push(id) > 32) own.takeStarter(ids.shift() ?? '');
        },
      };
    }),
  },
  {
    id: 'proof-of-another-login',
    title: 'takes for a starter the M1 of another login of the same account',
    requirement: 'SRP-30',
    create: proofOfAnother((one, named) => one.email === named.email),
  },
  {
    id: 'proof-of-another-account',
    title: 'takes for a starter the M1 of a login of another account',
    requirement: 'SRP-30',
    create: proofOfAnother((one, named) => one.email !== named.email),
  },
  {
    id: 'M1-last-digit',
    title: 'does not look at the last digit of M1',
    requirement: 'LOGIN-08',
    create: inAccept({
      M1: (expected, actual) =>
        same(expected.subarray(0, -1), actual.subarray(0, -1)) &&
        (expected.at(-1) ?? 0) >> 4 === (actual.at(-1) ?? 0) >> 4,
    }),
  },
];
