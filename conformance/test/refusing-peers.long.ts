/**
 * Clients and servers that do everything right but one thing, which they refuse whenever they are asked for it: no check in
 * which it was asked for passes. One that says that something is refused would pass if what it should come after, its twin,
 * were something else. By default one refusal of a quarter of the calls and verbs in one profile, drawn; all of them in both
 * with `SLOW=1`. `SEED=…` draws the same again.
 */
import t from 'tap';
import type { ProfileName } from '../../reference/index.ts';
import { httpCallOf, httpCalls, type HttpCall } from '../../spec/calls.ts';
import { createServer } from '../../reference/index.ts';
import { judgeClient, judgeServer, referenceVerbs, type CheckResult, type Verb } from '../index.ts';
import { listedChecks } from '../catalogue.ts';
import { quickSteps, stretched } from '../kill-matrix/quick-steps.ts';
import { STAGES, VerbError } from '../target/client-target.ts';
import { PUBLIC_URL, startInProcessServer } from '../target/in-process-server.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];
const slow = process.env['SLOW'] === '1';
if (slow) t.setTimeout(0);
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
t.comment(`SEED=${seed}`);

/** What is asked of it, and how it refuses; nothing of a right one. */
interface Refusal {
  readonly of: string;
  readonly how: string;
}

/** The results of a run, and in which checks what is refused was asked for. */
interface Judged {
  readonly results: readonly CheckResult[];
  /** By check, what it asked for. */
  readonly asked: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Runs the suite against a peer that is told what is asked of it. */
async function judge(
  start: (ask: (what: string) => void) => Promise<{ run: Run; close: () => Promise<void> }>,
  only: readonly string[],
): Promise<Judged> {
  const asked = new Map<string, Set<string>>();
  let now = '';
  const ask = (what: string): void => void asked.set(now, (asked.get(now) ?? new Set()).add(what));
  const results: CheckResult[] = [];
  const { run, close } = await start(ask);
  try {
    const onProgress = ({ running }: { running: readonly string[] }): void => void ([now = ''] = running);
    for await (const result of run({ only: only.join(','), onProgress })) results.push(result);
  } finally {
    await close();
  }
  return { results, asked };
}

type Run = (options: {
  only: string;
  onProgress: (progress: { running: readonly string[] }) => void;
}) => AsyncGenerator<CheckResult>;

/** A refusal as the table of 10.2 has it. */
const answerOf = (how: string): Response => {
  const [status, error] = how.split(' ');
  const headers = { 'content-type': 'application/json' };
  return new Response(JSON.stringify({ error, message: 'Not today.' }), { status: Number(status), headers });
};

const judgeAsServer = (profile: ProfileName, refusal: Refusal | undefined, only: readonly string[]) =>
  judge(async (ask) => {
    const { target, close } = await startInProcessServer({
      label: `a server that refuses ${refusal?.of ?? 'nothing'}`,
      create(input) {
        const server = createServer({ profile, publicUrl: PUBLIC_URL, ...input });
        return {
          async fetch(request, caller) {
            const { id = '' } = httpCallOf(request.method, new URL(request.url).pathname) ?? {};
            ask(id);
            return id === refusal?.of ? answerOf(refusal.how) : await server.fetch(request, caller);
          },
        };
      },
    });
    return { run: (options) => judgeServer(target, { profile, seed: 1, ...options }), close };
  }, only);

const judgeAsClient = (profile: ProfileName, refusal: Refusal | undefined, only: readonly string[]) =>
  judge((ask) => {
    const verbs = (): ReturnType<typeof referenceVerbs> => {
      const own = referenceVerbs({ steps: quickSteps });
      const entries = Object.entries(own) as [Verb, (params: never) => unknown][];
      const refusing = entries.map(([verb, answer]) => [
        verb,
        (params: never) => {
          ask(verb);
          if (verb === refusal?.of) throw new VerbError('not today', refusal.how);
          return answer(params);
        },
      ]);
      return Object.fromEntries(refusing) as typeof own;
    };
    const target = createInProcessTarget(`a client that refuses ${refusal?.of ?? 'nothing'}`, verbs);
    const how = { profile, seed: 1, runs: 1, pbkdf2: stretched, explains: false };
    return Promise.resolve({
      run: (options) => judgeClient(target, { ...how, ...options }),
      close: () => Promise.resolve(),
    });
  }, only);

/** Every way in which a call may be refused for what it says. */
const waysOf = ({ answers }: HttpCall): string[] =>
  Object.entries(answers)
    .filter(([status]) => /^4(0\d)$/.test(status))
    .flatMap(([status, { errors = [] }]) => errors.map((code) => `${status} ${code}`));

const roles = {
  server: {
    judged: judgeAsServer,
    refusals: httpCalls.map((call) => ({ of: call.id, ways: waysOf(call) })),
  },
  client: {
    judged: judgeAsClient,
    refusals: Object.keys(referenceVerbs())
      .filter((verb) => verb !== 'describe')
      .map((verb) => ({ of: verb, ways: STAGES })),
  },
} as const;

/** Who asks for what along the way, and judges nothing that comes of it. */
const BESIDE: Readonly<Record<string, RegExp>> = {
  pull: /^client\.change-/, // so that the client holds keys that it could confuse
};

/** Whether a refusal is judged in this run, and which way of it. */
const isDrawn = (i: number, way: number, ways: number): boolean =>
  slow || ((i + seed) % SHARE === 0 && way === (seed + i) % ways);
const SHARE = 4;

t.jobs = 2;
for (const role of ['client', 'server'] as const)
  for (const profile of slow ? PROFILES : PROFILES.filter((_, i) => i === seed % PROFILES.length))
    void t.test(`${role}s that refuse one thing, ${profile}`, { buffered: true }, async (test) => {
      const { judged, refusals } = roles[role];
      const all = listedChecks.filter((check) => check.role === role).map(({ id }) => id);
      const right = await judged(profile, undefined, all);
      for (const [i, { of, ways }] of refusals.entries()) {
        const asking = all.filter((id) => right.asked.get(id)?.has(of));
        for (const how of ways.filter((_, way) => isDrawn(i, way, ways.length))) {
          const { results, asked } = await judged(profile, { of, how }, asking);
          const passed = results.filter(
            ({ id, verdict }) =>
              verdict === 'pass' && asked.get(id)?.has(of) && BESIDE[of]?.test(id) !== true,
          );
          test.same(
            passed.map(({ id }) => id),
            [],
            `${of} is always refused with ${how}: ${asking.length} checks`,
          );
        }
      }
    });
