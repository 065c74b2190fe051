/**
 * A server that computes a login with a mistake is told which one: the named mistakes that a server can make, each run
 * as a server. Some of them by default, all with SLOW=1; the score counts those that are named in a failure.
 */
import t from 'tap';
import { answering, type ServerFault } from '../faults/server-parts.ts';
import { serverEdits, serverOfEdit } from '../faults/server-of-edit.ts';
import { judgeServer } from '../judge.ts';
import { jsonOf, textOf } from '../peer/exchange.ts';
import { ATTEMPTS } from '../server/bench/attempts.ts';
import {
  createMemoryStore,
  createServer,
  listen,
  type Mail,
  type ProfileName,
} from '../../reference/index.ts';
import { derivationOfServer, TOLD_BY_SERVER } from '../../spec/diagnose/server.ts';
import { valueToHex } from '../../spec/index.ts';
import type { Mistake } from '../../spec/mutate.ts';
import type { CheckResult } from '../verdict.ts';
import { mailboxOver } from '../target/mailbox.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];
const isSlow = process.env['SLOW'] === '1';
/** One in so many. */
const SAMPLED = 12;
const LEAST_SCORE = 0.95;

t.setTimeout(isSlow ? 3_600_000 : 240_000);

async function judged(
  create: ServerFault['create'],
  profile: ProfileName,
  only: string,
): Promise<CheckResult[]> {
  const mails: Mail[] = [];
  const { url, close } = await listen(
    create({ profile, store: createMemoryStore(), mailer: (mail) => void mails.push(mail), now: Date.now })
      .fetch,
  );
  const results: CheckResult[] = [];
  try {
    const target = { label: 'a mistaken server', url, mailbox: mailboxOver(mails) };
    for await (const result of judgeServer(target, { profile, seed: 1, only })) results.push(result);
  } finally {
    await close();
  }
  return results;
}

/** Whether a server can be told from a right one: not where the address that it is told is the one that was typed. */
function isTold(profile: ProfileName, edit: Mistake): boolean {
  if (edit.equivalent !== undefined) return false;
  if (edit.zero !== undefined) return edit.nodes.size > 1 || !onlyAsInteger(edit);
  return Array.from({ length: 32 }, (_, i) => i).some((i) => {
    const bytes = (start: number, length: number) => new Uint8Array(length).fill(start + i);
    const derivation = derivationOfServer(profile, {
      'normalized.email': 'jane@example.com',
      SLT_Auth_1: bytes(1, 32),
      SLT_Auth_2: bytes(2, 32),
      SRP_Verifier: bytes(100, 256),
      'srp.A': bytes(96, 256),
      b: bytes(5, 32),
    });
    return TOLD_BY_SERVER.some((name) => {
      const [right, wrong] = [derivation.value(name), derivation.value(name, [edit])];
      return right !== undefined && (wrong === undefined || valueToHex(wrong) !== valueToHex(right));
    });
  });
}

/** u is used as an integer, and so it does not matter how many bytes it has. */
const onlyAsInteger = ({ nodes, zero }: Mistake): boolean => zero === 'srp.u' && nodes.has('srp.u');

/** The checks that name most of them, and the others. */
const STAGES = ['server.login.B,server.login.M2', 'server.login.zero-bytes,server.login.session-id'];

async function isNamed(edit: Mistake, profile: ProfileName): Promise<boolean> {
  for (const only of STAGES) {
    const results = await judged(serverOfEdit(edit, { showing: true }), profile, only);
    if (results.some(({ mistakes }) => mistakes.includes(edit.id))) return true;
  }
  return false;
}

for (const profile of PROFILES)
  t.test(`${profile}: the mistakes that servers make are named`, async (test) => {
    const told = serverEdits(profile).filter((edit) => edit.kind === 'named' && isTold(profile, edit));
    test.ok(told.length > 60, `${told.length} mistakes`);
    const tried = isSlow ? told : told.filter((_, i) => i % SAMPLED === 3);
    const missed: string[] = [];
    for (const edit of tried) if (!(await isNamed(edit, profile))) missed.push(edit.id);
    const named = tried.length - missed.length;
    test.comment(`${profile}: ${named} of ${tried.length} named; not ${missed.join(', ') || 'one missed'}`);
    test.ok(named / tried.length >= LEAST_SCORE, missed.join(', '));
  });

/** A server, and how many proofs it has refused of each address. */
function counting(create: ServerFault['create']): [ServerFault['create'], ReadonlyMap<string, number>] {
  const addresses = new Map<string, string>();
  const refused = new Map<string, number>();
  const around: ServerFault['create'] = (input) => {
    const server = create(input);
    return {
      async fetch(request) {
        const { pathname } = new URL(request.url);
        const sent = await request.clone().text();
        const answer = await server.fetch(request);
        const told = await answer.clone().text();
        if (pathname === '/auth/login-a' && answer.ok)
          addresses.set(textOf(jsonOf(told), 'sessionStarterId'), textOf(jsonOf(sent), 'email'));
        if (pathname === '/auth/login-m1' && answer.status === 401) {
          const email = addresses.get(textOf(jsonOf(sent), 'sessionStarterId')) ?? '';
          refused.set(email, (refused.get(email) ?? 0) + 1);
        }
        return answer;
      },
    };
  };
  return [around, refused];
}

/** A mistake in every login, and one that shows in few. */
for (const [id, ids] of [
  ['u-B-then-A', 'server.signup,server.signup.duplicate-email,server.login.M2'],
  ['M1-salt-strip-zeros', 'server.signup,server.login.zero-bytes'],
] as const)
  t.test(`${id}: explained once, by few attempts on each account`, async (test) => {
    const edit = serverEdits('documented').find((one) => one.id === id);
    if (edit === undefined) return test.fail(`there is no mistake ${id}`);
    const [create, refused] = counting(serverOfEdit(edit, { showing: true }));
    const results = await judged(create, 'documented', ids);
    const failed = results.filter(({ verdict }) => verdict === 'fail');
    test.ok(failed.length > 0);
    for (const { id: check, diagnosis, mistakes } of failed)
      test.ok(mistakes.includes(edit.id), `${check}: ${diagnosis ?? 'nothing'}`);
    test.same(
      [...refused].filter(([, times]) => times > ATTEMPTS),
      [],
    );
    return test.end();
  });

t.test('a server of the other profile', async (test) => {
  const create: ServerFault['create'] = ({ mailer }) =>
    createServer({ profile: 'deployed', mailer, publicUrl: 'http://127.0.0.1' });
  const [result] = await judged(create, 'documented', 'server.login.M2');
  test.match(result?.diagnosis, /^Your srp.M1 is the right value of the profile deployed \(§11.1\)/);
});

/** What a server makes of the salts of an answer. */
const SALTS: readonly (readonly [does: string, change: Parameters<typeof answering>[1], names: RegExp])[] = [
  [
    'swaps the salts',
    ({ saltKey, saltAuth }) => ({ saltKey: saltAuth, saltAuth: saltKey }),
    /you have saltAuth where/,
  ],
  [
    'writes a salt in upper case',
    (salts) => ({ ...salts, saltKey: String(salts['saltKey']).toUpperCase() }),
    /upper case/,
  ],
  [
    'cuts a salt off',
    (salts) => ({ ...salts, saltAuth: String(salts['saltAuth']).slice(0, 32) }),
    /16 bytes/,
  ],
];

for (const [does, change, names] of SALTS)
  t.test(`a server that ${does}`, async (test) => {
    const create = answering('/auth/login-s', change);
    const results = await judged(create, 'documented', 'server.login.salts,server.stranger.salts');
    const diagnoses = results.map(({ diagnosis }) => diagnosis ?? '').join('\n');
    test.match(diagnoses, names);
  });

t.test('a right server is explained nothing', async (test) => {
  for (const profile of PROFILES) {
    const create: ServerFault['create'] = ({ mailer }) =>
      createServer({ profile, mailer, publicUrl: 'http://127.0.0.1' });
    const only =
      'server.login.salts,server.login.B,server.login.M2,server.login.zero-bytes,server.login.session-id';
    const results = await judged(create, profile, only);
    test.equal(results.length, 5);
    for (const { id, verdict, diagnosis } of results) test.same([verdict, diagnosis], ['pass', null], id);
  }
});
