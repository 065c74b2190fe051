/** Calls whose answer is no success: none of them is reported as done, whatever it was for (9.2, 9.5). */
import { answeredCalls, wrongAnswersTo, type AnsweredCall, type WrongAnswer } from '../lies/wrong-answers.ts';
import { typedAccount } from '../inputs.ts';
import { Blocked, expectThat, type Check } from '../check.ts';
import { textOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import { because, callsOf, shared, type Act, type ClientBench } from './bench.ts';
import { doneBefore, expectDone, plant, plantLink, sessionOf } from './flows.ts';
import { PULL } from './garden.ts';
import { expectHeld } from './pull-checks.ts';
import { stageCheck, type Refusal } from './stage-check.ts';

/** How a client is brought to make a call. */
interface Making {
  /** What must not be reported, to follow «A client does not report». */
  readonly deed: string;
  readonly needs?: string;
  /** Each time the same, in a session that is as good as new. */
  readonly make: (bench: ClientBench) => Promise<Act<unknown>>;
  /** The same with an honest server, where that is another thing to do. @throws Blocked */
  readonly twin?: (bench: ClientBench) => Promise<unknown>;
  /** Where it is not made again afterwards: it takes an account or a login of its own. It must succeed then otherwise. */
  readonly once?: true;
}

type Called = AnsweredCall & Making;

/** One who is answered wrongly, on a device that holds a group. */
const device = shared(async (bench) => {
  const account = await bench.someone('answered');
  const group = plant(bench, account, [{ id: 'req_first', document: 'first' }]);
  const session = await sessionOf(bench, account);
  return { account, group, session };
});

/** The device knows the group. @throws Blocked */
const knowing = shared(async (bench) => {
  const { session } = await device(bench);
  doneBefore(await bench.call('pull', { session }), 'pull');
});

const emptied = shared((bench) => bench.someone('emptied'));
const bobsEmail = async (bench: ClientBench): Promise<string> => textOf((await bench.bob()).body, 'email');

const loggingIn: Making = {
  deed: 'a login',
  once: true,
  make: async (bench) => await bench.login((await device(bench)).account.typed),
};

const sharing: Making = {
  deed: 'a share',
  needs: 'share-email',
  async make(bench) {
    const emails = [await bobsEmail(bench)];
    const { session, group } = await device(bench);
    return await bench.call('share', { session, groupId: group.groupId, emails });
  },
};

/** By the id of the call. */
const makings: Readonly<Record<(typeof answeredCalls)[number]['id'], Making>> = {
  signup: {
    deed: 'a signup',
    once: true,
    twin: device,
    make: async (bench) =>
      await bench.call('signup', {
        ...{ server: bench.peer.url, profile: bench.profile },
        ...typedAccount(bench.seed, bench.fresh('unmade')),
      }),
  },
  'login-s': loggingIn,
  'login-a': loggingIn,
  'login-m1': loggingIn,
  unlock: loggingIn,
  whoami: {
    deed: 'whose session it is',
    make: async (bench) => await bench.call('whoami', { session: (await device(bench)).session }),
  },
  logout: {
    deed: 'a logout',
    once: true,
    async make(bench) {
      const session = await sessionOf(bench, (await device(bench)).account);
      return await bench.call('logout', { session });
    },
  },
  'change-password': {
    deed: 'a change',
    needs: 'change-password',
    async make(bench) {
      const { account, session } = await device(bench);
      const { passphrase } = account.typed;
      const change = { session, oldPassphrase: passphrase, newPassphrase: passphrase };
      return await bench.call('changePassword', change);
    },
  },
  'send-code': {
    deed: 'that a code was mailed',
    needs: 'change-with-code',
    make: async (bench) => await bench.call('sendCode', { session: (await device(bench)).session }),
  },
  'create-group': {
    deed: 'a group as made',
    needs: 'groups',
    async make(bench) {
      const { session } = await device(bench);
      return await bench.call('createGroup', { session, parentResourceId: bench.fresh('wrk'), name: 'New' });
    },
  },
  'share-a': sharing,
  'share-b': sharing,
  unshare: {
    deed: 'a withdrawal',
    needs: 'unshare',
    async make(bench) {
      const { session, group } = await device(bench);
      plantLink(bench, await bench.bob(), group.groupId, group.key);
      return await bench.call('unshare', { session, groupId: group.groupId });
    },
  },
  'create-team': {
    deed: 'a team as made',
    needs: 'teams',
    async make(bench) {
      const emails = [await bobsEmail(bench)];
      const { session } = await device(bench);
      return await bench.call('createTeam', { session, name: bench.fresh('team'), emails });
    },
  },
  teams: {
    deed: 'a list of teams',
    needs: 'teams',
    async make(bench) {
      const { account, session } = await device(bench);
      const accountIds = [textOf(account.body, 'id')];
      bench.peer.store.addTeam({
        ...{
          id: bench.fresh('team_planted'),
          name: 'Planted',
          ownerAccountId: accountIds[0] ?? '',
          accountIds,
        },
      });
      return await bench.call('teams', { session });
    },
  },
  push: {
    deed: 'a push',
    needs: 'sync',
    async make(bench) {
      await knowing(bench);
      const { session, group } = await device(bench);
      const id = bench.fresh('req_new');
      const edit = { groupId: group.groupId, id, name: id, type: 'Request', document: id, removed: false };
      return await bench.call('push', { session, edits: [edit] });
    },
  },
  reset: {
    deed: 'a reset',
    needs: 'reset',
    once: true,
    make: async (bench) =>
      await bench.call('reset', { session: await sessionOf(bench, await emptied(bench)) }),
  },
  'delete-account': {
    deed: 'a deletion',
    needs: 'delete-account',
    once: true,
    make: async (bench) =>
      await bench.call('deleteAccount', { session: await sessionOf(bench, await emptied(bench)) }),
    twin: shared(async (bench) => {
      const session = await sessionOf(bench, await bench.someone('leaving'));
      doneBefore(await bench.call('deleteAccount', { session }), 'deleteAccount');
    }),
  },
};

const calls = answeredCalls.map((called): Called => ({ ...called, ...makings[called.id] }));

const refusals = new Map<string, Refusal>();

function answerCheck(
  called: Called & Required<Pick<Called, 'twin'>>,
  answer: WrongAnswer,
): Check<ClientBench> {
  const { id, deed, call, lacks, needs, profile, make, twin } = called;
  const provoke = shared(async (bench) => {
    await twin(bench); // What the call needs is made before the lie begins.
    const lie = { call, tell: answer.tell(lacks) };
    const { outcome, told } = await bench.peer.lying(lie, () => make(bench));
    if (told === 0) throw new Blocked(`the client made no ${call}${because(outcome.result)}`);
    return outcome;
  });
  if (needs === undefined) refusals.set(`${id}-${answer.id}`, { stages: answer.stages, provoke });
  return {
    id: `client.answer.${id}-${answer.id}`,
    title: `A client does not report ${deed} where ${call} is answered ${answer.how}.`,
    requirements: [answer.requirement, ...(called.once === true ? [] : ['HTTP-22'])],
    ...(needs !== undefined && { needs }),
    ...(profile !== undefined && { profile }),
    twin,
    async run(bench) {
      const { result, exchanges } = await provoke(bench);
      expectThat(result instanceof VerbError, `what was answered ${answer.how} was reported as done`, {
        expected: 'an error',
        actual: `${JSON.stringify(result)} after ${callsOf(exchanges)}`,
      });
      if (called.once !== true) expectDone(await make(bench), `the same after ${call} had failed`);
    },
  };
}

/** The same call with every wrong answer. It is made once with an honest server before. */
function answerChecksOf(called: Called): readonly Check<ClientBench>[] {
  const honestly = shared(async (bench) => doneBefore(await called.make(bench), called.call));
  return wrongAnswersTo(called).map((answer) => answerCheck({ twin: honestly, ...called }, answer));
}

/** One call fails in the middle of a pull, and nothing is lost. */
const groupFailed: Check<ClientBench> = {
  id: 'client.answer.group-failed',
  title:
    'A client reports a pull in which a new group could not be asked for, and gets it with the next one.',
  requirements: ['HTTP-13', 'HTTP-22', 'PULL-09'],
  needs: 'sync',
  twin: knowing,
  async run(bench) {
    const { account, session } = await device(bench);
    const { groupId } = plant(bench, account, [{ id: 'req_behind', document: 'behind' }], 'wrk_behind');
    const call = 'GET /api/resource_groups/:id';
    const pull = () => bench.call('pull', { session });
    const tell = () => ({ status: 503, body: JSON.stringify({ error: 'internal', message: 'Not now.' }) });
    const { outcome, told } = await bench.peer.lying({ call, tell }, pull);
    if (told === 0) throw new Blocked(`the client made no ${call}${because(outcome.result)}`);
    const { result } = outcome;
    const reported = result instanceof VerbError || result.failed.some((one) => one.groupId === groupId);
    expectThat(reported, `a ${PULL} that lacks a group was reported as whole`, {
      expected: 'an error, or the resource among those that failed',
      actual: callsOf(outcome.exchanges),
    });
    const { resources } = expectDone(await pull(), 'the pull afterwards');
    expectHeld(
      resources.filter((resource) => resource.groupId === groupId),
      'req_behind',
      'behind',
    );
  },
};

export const answerChecks: readonly Check<ClientBench>[] = [
  ...calls.flatMap(answerChecksOf),
  groupFailed,
  stageCheck('client.answer.stages', 'account', refusals),
];
