/** `e2ee-sync serve` with mail by SMTP and a log: a whole story, and no secret of it in what is printed. */
import t from 'tap';
import { createClient, type ProfileName } from '../../reference/index.ts';
import { startSmtpSink } from '../target/smtp-sink.ts';
import { runCli } from './run-cli.ts';
import { runServe } from './run-serve.ts';

const jane = { email: 'jane@example.com', passphrase: 'correct horse', firstName: 'Jane', lastName: 'Doe' };

/** Everything in a JSON text that may be secret: every text of 16 characters and more. */
const longTexts = (json: string): readonly string[] =>
  [...json.matchAll(/[\w+/=-]{16,}/g)].map(([text]) => text);

const linkIn = (text: string): string => /^http\S+$/m.exec(text)?.[0] ?? '';

for (const profile of ['documented', 'deployed'] satisfies ProfileName[])
  t.test(`${profile}: nothing secret is logged`, async (test) => {
    const sink = await startSmtpSink();
    const { url, kill, ended, printed } = await runServe(['--profile', profile, '--smtp', sink.url, '--log']);
    const secrets = new Set<string>([jane.passphrase]);
    const watching = async (request: Request): Promise<Response> => {
      const body = await request.clone().text();
      const answer = await fetch(request);
      const texts = [body, String(request.headers.get('x-session-id')), await answer.clone().text()];
      for (const text of texts.flatMap(longTexts)) secrets.add(text);
      return answer;
    };
    const client = createClient({ profile, server: url, fetch: watching });
    await client.signup(jane);
    for (const _ of ['once', 'twice']) await fetch(linkIn(sink.textTo(jane.email)));
    const session = await client.login(jane);
    const { id: groupId } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    session.edit({ groupId, id: 'req_1', name: 'Beds', type: 'Request', document: { rows: 4 } });
    await session.push();
    await session.group(groupId);
    await client.login({ ...jane, passphrase: 'wrong' }).catch(() => undefined);
    if (profile === 'deployed') await session.sendCode();
    for (const text of sink.mails.flatMap((mail) => longTexts(mail.text))) secrets.add(text);
    const mistakes = [
      `/auth/confirm/${'c0de'.repeat(16)}`,
      `/${'5e55'.repeat(16)}?code=${'c0de'.repeat(16)}`,
    ];
    for (const path of mistakes) await fetch(url + path);
    for (const text of mistakes.flatMap(longTexts)) secrets.add(text);
    await sink.close();
    await session.verify();
    if (profile === 'deployed') await session.sendCode().catch(() => undefined);
    kill('SIGTERM');
    test.equal(await ended, 0);

    const log = printed();
    test.ok(secrets.size > 20, `${String(secrets.size)} texts that may be secret`);
    for (const secret of secrets) test.notOk(log.includes(secret), 'a text of the story is in the log');
    for (const line of [
      'POST /auth/signup 200',
      'GET /auth/confirm 200',
      'GET /auth/confirm 404',
      'POST /auth/login-m1 401',
      'GET /api/resource_groups/:id 200',
      'GET (no such call) 404',
      ...(profile === 'deployed' ? ['POST /auth/send-password-code 500'] : []),
    ])
      test.match(log, new RegExp(`^\\S+Z ${line.replace(/[()]/g, '\\$&')} \\d+ ms$`, 'm'));
    test.notMatch(log, /jane@example\.com/);
  });

t.test('what cannot be a mail server or an address is refused', async (test) => {
  for (const [option, value, message] of [
    ['--smtp', 'http://127.0.0.1:25', /Expected a URL such as smtp:/],
    ['--mail-from', 'Jane <jane@example.com>', /Expected an address/],
  ] as const) {
    const { status, stderr } = await runCli(['serve', option, value]);
    test.equal(status, 2);
    test.match(stderr, message);
  }
});
