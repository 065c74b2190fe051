/** What a restart must not undo, and must not mix up: sessions, starters, decoys, what is drawn, versions (chapters 5, 7 and 8). */
import { Blocked, expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { expectDead } from '../answers/account-state.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { CHANGE } from '../change/change.ts';
import { changeTo, credentialOf, readyLogin, successor } from '../bench/credential.ts';
import { makeGroup, NO_VERSION, pushed, resourceOf } from '../fixtures/flows.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { answerTold } from '../answers/told.ts';
import { shared } from '../fixtures/shared.ts';
import { restarted, SIGNALS } from './restart.ts';
import { enter, newcomer, tried, witness, type Witness } from './witness.ts';

/** An account that logs in, and whose session works: the twin of what is refused. @throws Blocked */
const honestWitness = shared(async (bench) => {
  const who = await witness(bench);
  await who.done('GET', '/auth/whoami');
  return who;
});

/** Fails unless a session works for this account, or is refused as one that there is not. @returns whether it works */
async function expectOwnOrNone(who: Witness, sessionId: string, what: string): Promise<boolean> {
  const whoami = await who.bench.send('GET', '/auth/whoami', { sessionId });
  if (isSuccess(whoami))
    expectSame(`accountId in ${what}`, who.account.body.id, textOf(jsonOf(whoami.responseBody), 'accountId'));
  else expectRefusal(`whoami in ${what}`, whoami, [401], 'no-session');
  return isSuccess(whoami);
}

/** Changes the passphrase. @throws Blocked */
async function change(who: Witness): Promise<void> {
  const { bench, account, credential } = who;
  const to = successor(bench, credential.certain, credentialOf(bench));
  await who.done('POST', CHANGE, changeTo(bench, account.body.email, credential.certain, to));
  who.credential = { certain: to, possible: to };
}

/** How a session ends, and what a server must be able to for it. */
interface Ending {
  readonly what: string;
  readonly needs?: string;
  /** @returns the id of the session @throws Blocked */
  readonly end: (who: Witness) => Promise<string>;
}

const ENDINGS: readonly Ending[] = [
  {
    what: 'a session that was logged out',
    async end(who) {
      await who.done('POST', '/auth/logout');
      return who.sessionId;
    },
  },
  {
    what: 'a session that another one ended by a change',
    needs: 'change-password',
    async end(who) {
      const { sessionId } = who;
      await enter(who, who.credential.certain);
      await change(who);
      return sessionId;
    },
  },
  {
    what: 'a session of an account that was deleted',
    needs: 'delete-account',
    async end(who) {
      await who.done('DELETE', '/auth/delete-account');
      return who.sessionId;
    },
  },
];

/** How many values of one kind are compared before and after a restart. */
const SEVERAL = 4;

export const restartChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.durability.strangers',
    title: 'An address without an account is answered with the same salts after a restart.',
    requirements: ['ENUM-02'],
    needs: 'restart',
    async run(bench) {
      const { account, credential } = await honestWitness(bench);
      const strangers = await Promise.all([newcomer(bench), newcomer(bench)]);
      const ask = async (email: string): Promise<string> =>
        answerTold('login-s-response', await bench.send('POST', '/auth/login-s', { body: { email } }));
      const emails = strangers.map(({ account }) => account.body.email);
      const before = await Promise.all(emails.map(ask));
      for (const signal of SIGNALS) {
        await restarted(bench, signal);
        const { answer } = await tried(bench, account.body.email, credential.certain);
        if (!isSuccess(answer))
          throw new Blocked('the restart kept no accounts, so that nothing is asked of salts');
        for (const [i, email] of emails.entries())
          expectSame(`the answer to login-s after ${signal}`, before[i] ?? '', await ask(email));
      }
    },
  },
  {
    id: 'server.durability.sessions',
    title: 'After a restart a session is of the account that it was of, or there is none.',
    requirements: ['SESSION-02', 'WHOAMI-01'],
    needs: 'restart',
    twin: honestWitness,
    async run(bench) {
      const people = [await witness(bench), await witness(bench)];
      const sessions = people.map(({ sessionId }) => sessionId);
      for (const who of people) sessions.push(await enter(who, who.credential.certain));
      await restarted(bench, 'SIGKILL');
      for (const [i, sessionId] of sessions.entries()) {
        const who = people[i % people.length];
        if (who !== undefined) await expectOwnOrNone(who, sessionId, 'a session of before the restart');
      }
    },
  },
  {
    id: 'server.durability.ended-sessions',
    title: 'A session that was ended by a logout, a change of passphrase or a deletion stays ended.',
    requirements: ['SESSION-03', 'CHANGE-11', 'DELETE-01'],
    needs: 'restart',
    twin: honestWitness,
    async run(bench) {
      const ended: (readonly [what: string, sessionId: string])[] = [];
      for (const { what, needs, end } of ENDINGS)
        if (needs === undefined || bench.capabilities.includes(needs))
          ended.push([what, await end(await witness(bench))]);
      await restarted(bench, 'SIGKILL');
      for (const [what, id] of ended) await expectDead(bench, id, `${what} before a restart`);
    },
  },
  {
    id: 'server.durability.open-starters',
    title: 'A login that was begun before a restart ends in a session of its own account, or in none.',
    requirements: ['LOGIN-04', 'LOGIN-09'],
    needs: 'restart',
    twin: honestWitness,
    async run(bench) {
      const [jane, bob] = [await witness(bench), await witness(bench)];
      const open = (who: Witness) => readyLogin(bench, who.account.body.email, who.credential.certain);
      // What is counted from the start of the process is counted alike after both restarts.
      await restarted(bench, 'SIGKILL');
      const before = await open(jane);
      await restarted(bench, 'SIGKILL');
      const after = await open(bob);
      const proved = await bench.send('POST', '/auth/login-m1', { body: before.proof });
      if (!isSuccess(proved))
        expectRefusal('a proof for a starter of before the restart', proved, [401], 'wrong-proof');
      const works = await expectOwnOrNone(jane, before.session, 'the session of a login over a restart');
      expectThat(works === isSuccess(proved), 'an answer to a proof, and the session after it, do not fit', {
        sent: requestLine(proved),
        expected: 'M2 and a session, or neither',
        actual: statusAndBody(proved),
      });
      const other = await bench.send('POST', '/auth/login-m1', { body: after.proof });
      expectThat(isSuccess(other), 'a right proof was refused beside one from before a restart', {
        sent: requestLine(other),
        expected: 'M2',
        actual: statusAndBody(other),
      });
      await expectOwnOrNone(bob, after.session, 'a session of after the restart');
    },
  },
  {
    id: 'server.durability.used-starter',
    title: 'A starter that was used up is of no use after a restart.',
    requirements: ['LOGIN-05'],
    needs: 'restart',
    twin: honestWitness,
    async run(bench) {
      const who = await witness(bench);
      const { proof } = await readyLogin(bench, who.account.body.email, who.credential.certain);
      const prove = () => bench.send('POST', '/auth/login-m1', { body: proof });
      const first = await prove();
      if (!isSuccess(first)) throw new Blocked(`a login was refused: ${statusAndBody(first)}`);
      await restarted(bench, 'SIGKILL');
      expectRefusal('a proof that was taken before a restart', await prove(), [401], 'wrong-proof');
    },
  },
  {
    id: 'server.durability.fresh',
    title: 'What a server draws after a restart is not what it drew after another one.',
    requirements: ['SRP-14', 'LOGIN-03'],
    needs: 'restart',
    async run(bench) {
      const who = await witness(bench);
      const seen = new Set<string>();
      for (const signal of SIGNALS) {
        await restarted(bench, signal);
        for (let i = 0; i < SEVERAL; i++) {
          const { srpB, proof } = await readyLogin(bench, who.account.body.email, who.credential.certain);
          for (const [what, value] of [
            ['B', srpB],
            ['a starter id', proof.sessionStarterId],
          ] as const) {
            expectThat(!seen.has(value), `${what} came twice`, {
              sent: `login-a after ${signal} and a start`,
              expected: 'a value of its own for every login-a',
              actual: value,
            });
            seen.add(value);
          }
        }
      }
    },
  },
  {
    id: 'server.durability.versions',
    title: 'No version of a resource comes again after a restart.',
    requirements: ['SYNC-01'],
    needs: ['restart', 'groups', 'sync'],
    async run(bench) {
      const who = await witness(bench);
      const group = await makeGroup(bench, who);
      const versions: string[] = [];
      const pushSeveral = async (): Promise<void> => {
        for (let i = 0; i < SEVERAL; i++) {
          const version = versions.at(-1) ?? NO_VERSION;
          const taken = await pushed(who, [resourceOf(bench, group, who, 'req_1', { version })]);
          versions.push(taken.get('req_1') ?? NO_VERSION);
        }
      };
      // What is counted from the start of the process is counted alike after both.
      for (const signal of SIGNALS) {
        await restarted(bench, signal);
        await enter(who, who.credential.certain);
        await pushSeveral();
      }
      expectThat(new Set([...versions, NO_VERSION]).size === versions.length + 1, 'a version came twice', {
        sent: `after each of two restarts ${String(SEVERAL)} pushes of a resource`,
        expected: 'another version every time',
        actual: versions.join(', '),
      });
    },
  },
];
