/** Servers that implement nothing: whatever they answer, no check passes, and the report says what was wrong. */
import t, { type Test } from 'tap';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { judgeServer, TargetGone, type CheckResult, type Mailbox } from '../index.ts';
import type { ProfileName } from '../../reference/index.ts';
import { runCli } from './run-cli.ts';

type Answer = (response: ServerResponse, body: Buffer) => void;

interface NullServer {
  readonly answer: Answer;
  /** What the report of a run without a mailbox says. */
  readonly says: readonly RegExp[];
  /** A server that takes a signup is asked for mail and for a login as well. */
  readonly takesSignups: boolean;
}

const json =
  (status: number, body: string): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
const refusing = (status: number, body: string): NullServer => ({
  answer: json(status, body),
  says: [
    /what +a signup was refused\n/,
    /expected +status 200\n/,
    new RegExp(`actual +${String(status)} \\{`),
    new RegExp(`must succeed first, and did not: the server refused a signup: ${String(status)} \\{`),
  ],
  takesSignups: false,
});
const accepting = (answer: Answer, actual: RegExp): NullServer => ({
  answer,
  says: [
    /what +the answer to a signup is not an account\n/,
    /expected +an account; \/id is missing\n/,
    actual,
    /the address cannot be confirmed: say --mail URL, --mail-command COMMAND or --no-confirm\n/,
  ],
  takesSignups: true,
});

const servers: Readonly<Record<string, NullServer>> = {
  '200 {}': accepting(json(200, '{}'), /actual +200 \{\}\n/),
  'an HTML page': accepting(
    (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Welcome'),
    /actual +200 <!doctype html><p>Welcome\n/,
  ),
  'an empty 200': accepting((response) => response.writeHead(200).end(), /actual +200\n/),
  'the body of the request': {
    answer: (response, body) => json(200, body.toString())(response, body),
    // What comes back is id and email, and with them what must never come back.
    says: [
      /FAIL server\.signup /,
      /what +the answer to a signup holds more than the account\n/,
      /actual +.*saltKey/,
    ],
    takesSignups: true,
  },
  'JSON that is null': accepting(json(200, 'null'), /actual +200 null\n/),
  '400': refusing(400, '{}'),
  '404': refusing(404, '{"error":"not-found","message":"There is nothing here."}'),
  '500': refusing(500, '{"error":"internal","message":"It broke."}'),
  'a redirect': {
    answer: (response) => response.writeHead(302, { location: '/' }).end(),
    says: [/what +a signup was refused\n/, /actual +302\n/],
    takesSignups: false,
  },
};

async function start(answer: Answer): Promise<{ url: string; close: () => void }> {
  const read = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    answer(response, Buffer.concat(parts));
  };
  const host = createServer((request, response) => void read(request, response));
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
  const { port } = host.address() as AddressInfo;
  const close = (): void => {
    host.close();
    host.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${String(port)}`, close };
}

/** A port on which nothing listens: one that was free a moment ago. */
async function freeUrl(): Promise<string> {
  const { url, close } = await start(() => undefined);
  close();
  return url;
}

const mailboxes: Readonly<Record<string, Mailbox>> = {
  'nothing said of mail': { kind: 'none' },
  'no confirmation': { kind: 'no-confirm' },
  'no mail': { kind: 'mail', mailsTo: () => Promise.resolve([]) },
  'mail with a link': {
    kind: 'mail',
    mailsTo: () => Promise.resolve([`Open http://127.0.0.1/auth/confirm?code=${'5'.repeat(64)}`]),
  },
};

function expectNothingPassed(test: Test, results: readonly CheckResult[], { kind }: Mailbox): void {
  const verdicts = (verdict: string) => results.filter((result) => result.verdict === verdict);
  test.not(results.length, 0, 'checks ran');
  test.same(
    verdicts('pass').map(({ id }) => id),
    [],
    'no check passes',
  );
  test.not(verdicts('fail').length, 0, 'at least one check fails outright');
  const reasons = kind === 'mail' ? [] : ['the target does not declare mail'];
  const skipped = verdicts('skipped').map(({ reason }) => reason ?? '');
  test.ok(
    skipped.every((reason) => reasons.includes(reason)),
    'nothing is skipped but what needs mail',
  );
  test.same(
    results.filter(({ reason }) => (reason ?? '').length < 10).map(({ id }) => id),
    [],
    'every result has a reason',
  );
}

async function judge(answer: Answer, profile: ProfileName, mailbox: Mailbox): Promise<CheckResult[]> {
  const { url, close } = await start(answer);
  const results: CheckResult[] = [];
  try {
    for await (const result of judgeServer(
      // It has nothing to lose and no clock: a restart is done at once, and so is a day.
      { label: url, url, mailbox, restart: () => Promise.resolve(), advance: () => Promise.resolve() },
      { profile, seed: 1, timeout: 20_000 },
    ))
      results.push(result);
  } finally {
    close();
  }
  return results;
}

type Setting = readonly [ProfileName, mailbox: string];

/** Where signups are taken, mail is waited for and logins are tried; where they are refused, nothing else is ever reached. */
const TAKEN: readonly Setting[] = [
  ['documented', 'no mail'],
  ['deployed', 'no confirmation'],
];
const EVERY: readonly Setting[] = [
  ...TAKEN,
  ['documented', 'no confirmation'],
  ['documented', 'mail with a link'],
  ['deployed', 'mail with a link'],
  ['deployed', 'no mail'],
];

/**
 * What a server is judged with besides the command line, which judges `documented` without a mailbox. Every check runs in each
 * setting; all the settings with `SLOW=1`, and otherwise for one server, and for the others one of them in turn.
 */
function settings(name: string, { takesSignups }: NullServer, index: number): readonly Setting[] {
  if (!takesSignups) return [['deployed', 'nothing said of mail']];
  if (name === '200 {}' || process.env['SLOW'] === '1') return EVERY;
  return TAKEN.filter((_, i) => i === index % TAKEN.length);
}

function judged(name: string, profile: ProfileName, mailbox: string): void {
  const [server, box] = [servers[name], mailboxes[mailbox]];
  if (server === undefined || box === undefined) throw new Error(`there is no ${name} or ${mailbox}`);
  void t.test(`${name}, ${profile}, ${mailbox}`, { buffered: true }, async (test) => {
    expectNothingPassed(test, await judge(server.answer, profile, box), box);
  });
}

// Some of the time these wait for mail, so they run side by side.
t.jobs = 4;
for (const [index, [name, server]] of Object.entries(servers).entries())
  for (const [profile, mailbox] of settings(name, server, index)) judged(name, profile, mailbox);

for (const profile of ['documented', 'deployed'] as const)
  void t.test(`nothing listens, ${profile}`, { buffered: true }, async (test) => {
    const server = { label: 'nothing', url: await freeUrl(), mailbox: { kind: 'none' } } as const;
    const results: CheckResult[] = [];
    const run = async (): Promise<void> => {
      for await (const result of judgeServer(server, { profile, seed: 1, timeout: 2000 }))
        results.push(result);
    };
    await test.rejects(
      run(),
      new TargetGone(
        'the server gave no answer to POST /auth/signup: nothing listens there (connect ECONNREFUSED',
      ),
    );
    test.same(results, []);
  });

/** One that takes a signup and one that refuses it; with `SLOW=1` the command line judges them all. */
const FEW = ['200 {}', '404'];
const shown = Object.entries(servers).filter(([name]) => process.env['SLOW'] === '1' || FEW.includes(name));

void t.test('the command line', { buffered: true }, async (test) => {
  test.jobs = 2;
  for (const [name, { answer, says }] of shown)
    void test.test(name, { buffered: true }, async (sub) => {
      const { url, close } = await start(answer);
      const { status, stdout, stderr } = await runCli(['test', 'server', url, '--timeout', '20000']);
      close();
      sub.equal(status, 1);
      for (const phrase of says) sub.match(stdout, phrase);
      sub.match(stdout, /\n0 pass, .*: not conformant\n$/);
      sub.notMatch(stdout, /^pass /m);
      sub.equal(stderr, '');
    });
  void test.test('nothing listens', { buffered: true }, async (sub) => {
    const { status, stdout } = await runCli(['test', 'server', await freeUrl(), '--timeout', '2000']);
    sub.equal(status, 3);
    sub.match(
      stdout,
      /The run ended early: the server gave no answer to POST \/auth\/signup: .*ECONNREFUSED/,
    );
    sub.match(stdout, /\n0 pass: the target could not be run to the end\n$/);
  });
  await Promise.resolve();
});
