/** What a client does with a dishonest server when it logs in: a check for each row of the tables in `faults/`. */
import { createSteps, toHex } from '../../reference/index.ts';
import { against, Blocked, expectThat, type Check } from '../check.ts';
import type { AlteredAnswer, Answer, AnswerFault, Owner } from '../lies/answers.ts';
import { hostileAnswers } from '../lies/hostile-answers.ts';
import { takenAnswers } from '../lies/taken-answers.ts';
import { createFinder } from '../leak/finder.ts';
import { needlesOf } from '../leak/forms.ts';
import { secretsOf } from '../leak/secrets.ts';
import { LOGIN_M1 } from '../peer/calls.ts';
import { callOf, describeRequest, textOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import {
  because,
  callsOf,
  exchangeOf,
  known,
  shared,
  type ClientBench,
  type Login,
  type Signup,
} from './bench.ts';
import { expectDone } from './flows.ts';
import { sessionsSent } from './login-checks.ts';
import { openAccount, orBlocked } from './opened.ts';
import { expectVerifier } from './signup-checks.ts';
import { stageCheck } from './stage-check.ts';

/**
 * What Jane knows, and no server. Her account is opened only when a row asks for what is in it, or for the key that opens
 * it: Blocked is thrown then.
 */
const janeAsOwner = shared(async (bench): Promise<Owner> => {
  const account = await bench.jane();
  const steps = bench.steps;
  const open = () => orBlocked(() => openAccount(bench, account));
  const { email, passphrase } = account.typed;
  return {
    steps,
    otherSteps: createSteps(bench.profile === 'documented' ? 'deployed' : 'documented'),
    get SEC_PWD_Enc() {
      open();
      return bench.expected(account)('SEC_PWD_Enc');
    },
    get SYM_Account() {
      return open().SYM_Account;
    },
    get PRV_Account() {
      return open().PRV_Account;
    },
    passwordKey: (salt) =>
      steps.SEC_PWD(steps.passphrase(passphrase), steps.SLT_TMP(salt, steps.email(email))),
    proof(A, B) {
      expectOwnVerifier(bench, account);
      const b = bench.peer.secretOf(B) ?? new Uint8Array();
      const seen = {
        A: Uint8Array.from(Buffer.from(A, 'hex')),
        B: Uint8Array.from(Buffer.from(B, 'hex')),
        b,
      };
      return toHex(bench.oracle.loginAtServer(known(account), seen)('srp.M2'));
    },
  };
});

/** The M2 of another verifier would be refused for itself. @throws Blocked */
function expectOwnVerifier(bench: ClientBench, account: Signup): void {
  orBlocked(() => {
    expectVerifier(bench, account);
  });
}

/** Jane logs in to a server that alters an answer, whatever comes of it. @throws Blocked */
async function attempt(bench: ClientBench, row: AlteredAnswer): Promise<Login> {
  const { typed, body } = await bench.jane();
  const owner = await janeAsOwner(bench);
  let blocked: Blocked | undefined;
  const altering = ({ call, alter }: Pick<AlteredAnswer, 'call' | 'alter'>) => {
    const other = bench.peer.answerToAnother(call, textOf(body, 'email'));
    return {
      call,
      async alter(own: Answer, asked: Answer): Promise<Answer> {
        try {
          return await alter(own, { asked, other, owner });
        } catch (error) {
          if (!(error instanceof Blocked)) throw error;
          blocked = error;
          return own;
        }
      },
    };
  };
  const alterations = [row, ...(row.earlier === undefined ? [] : [row.earlier])].map(altering);
  const login = await bench.peer.withFault(alterations, () => bench.login(typed));
  // It happened in the server, which answered honestly instead.
  if (blocked !== undefined) throw blocked;
  return login;
}

/** The same login without a fault, and one of another account, whose answers can be substituted. */
async function honest(bench: ClientBench): Promise<void> {
  await bench.janeLogin();
  await bench.bobLogin();
}

/** Each attempt is made once, for the check of its row and for that of its stage. */
const attempts = new Map(hostileAnswers.map((row) => [row, shared((bench) => attempt(bench, row))]));

async function attempted(bench: ClientBench, row: AnswerFault): Promise<Login> {
  const made = attempts.get(row);
  if (made === undefined) throw new Error(`there is no attempt ${row.id}`);
  return await made(bench);
}

/** A refusal that is told apart from success, releases nothing, and leaves the client able to go on. */
const refusal = (row: AnswerFault): Check<ClientBench> => ({
  ...checkOf(row),
  twin: honest,
  async run(bench) {
    const login = await attempted(bench, row);
    exchangeOf(login.exchanges, row.call);
    if (row.before === 'proof') expectNoProof(row, login);
    else if (row.before === 'session') expectNoSession(row, login);
    expectNoLogin(row, login);
    await expectNothingReleased(bench, login);
    const { session } = (await bench.janeLogin()).result;
    expectDone(await bench.call('whoami', { session }), 'whoami in the session of before');
  },
});

const taking = (row: AlteredAnswer): Check<ClientBench> => ({
  ...checkOf(row),
  async run(bench) {
    await honest(bench);
    const { result, exchanges } = await attempt(bench, row);
    const refused = exchanges.find(({ status }) => status !== 200);
    expectThat(!(result instanceof VerbError) && refused === undefined, 'the login failed', {
      expected: 'a login, as from an answer without what was added or changed',
      actual: `${callsOf(exchanges)}${because(result)}`,
    });
    exchangeOf(exchanges, row.call);
  },
});

const checkOf = ({ id, title, requirements, profile }: AlteredAnswer) => ({
  id: `client.login.${id}`,
  title,
  requirements,
  ...(profile !== undefined && { profile }),
});

function expectNoProof(row: AnswerFault, { exchanges }: Login): void {
  expectThat(
    !exchanges.some((exchange) => callOf(exchange) === LOGIN_M1),
    against('the client went on and sent M1', row),
    { expected: 'the login ends before login-m1', actual: callsOf(exchanges) },
  );
}

function expectNoSession(row: AnswerFault, { exchanges }: Login): void {
  const [used] = sessionsSent(exchanges);
  expectThat(used === undefined, against('the client went on and sent a session id', row), {
    expected: 'no X-Session-Id',
    actual: used === undefined ? '' : describeRequest(used),
  });
}

function expectNoLogin(row: AnswerFault, { exchanges, result }: Login): void {
  expectThat(result instanceof VerbError, against('the client reported a login', row), {
    expected: 'an error',
    actual: `${JSON.stringify(result)} after ${callsOf(exchanges)}`,
  });
}

const finderOfJane = shared(async (bench) =>
  createFinder(secretsOf(bench, await bench.jane()).flatMap(needlesOf)),
);

/** Neither what was sent nor what was reported holds a secret of the account; what is locked in it is looked for where it opens. */
async function expectNothingReleased(bench: ClientBench, { exchanges, result }: Login): Promise<void> {
  const reported = result instanceof VerbError ? result.message : '';
  const said = [...exchanges.map((exchange) => exchange.requestBody), reported].join('\n');
  const found = (await finderOfJane(bench)).find(Buffer.from(said));
  expectThat(found === undefined, `${found?.name ?? ''} came out ${found?.form ?? ''}`, {
    expected: 'nothing secret in what is sent or reported',
    actual: `${callsOf(exchanges)}, and an error that says ${String(reported.length)} characters`,
  });
}

/** Whether the client says where it refused (10.3), for every refusal of one answer. */
const stagesOf = (call: string): Check<ClientBench> => {
  const rows = hostileAnswers.filter((row) => row.call === call);
  const provoke = (row: AnswerFault) => async (bench: ClientBench) => {
    await honest(bench);
    return await attempted(bench, row);
  };
  const refusals = rows.map((row) => [row.id, { ...row, provoke: provoke(row) }] as const);
  return stageCheck(`client.login.stages.${call.split('/').at(-1) ?? ''}`, 'account', new Map(refusals));
};

/** After refusals of every kind the client logs in to the honest server as before. */
const afterRefusals: Check<ClientBench> = {
  id: 'client.login.after-refusals',
  title: 'A client that has refused dishonest answers logs in to an honest server as before.',
  requirements: ['HTTP-22'],
  twin: honest,
  async run(bench) {
    for (const id of ['B-zero', 'M2-last-bit', 'tag-wrong']) {
      const row = hostileAnswers.find((one) => one.id === id);
      if (row !== undefined) await attempted(bench, row);
    }
    expectDone(await bench.login((await bench.jane()).typed), 'login after refusals');
  },
};

export const hostileChecks: readonly Check<ClientBench>[] = [
  ...hostileAnswers.map(refusal),
  ...takenAnswers.map(taking),
  ...[...new Set(hostileAnswers.map(({ call }) => call))].map(stagesOf),
  afterRefusals,
];
