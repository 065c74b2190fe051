/** Mail over SMTP (7.1, 7.2, 7.8): to a mail server that takes it, and to some that do not. */
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import t from 'tap';
import {
  createClient,
  createServer,
  listen,
  smtpMailer,
  type Mailer,
  type ProfileName,
  type ServerOptions,
} from '../index.ts';
import { codeOf, pooledSteps, PROFILES } from './client-world.ts';
import { startSmtpSink } from '../../conformance/target/smtp-sink.ts';

const FROM = 'no-reply@sync.example';
const jane = { email: 'jane@example.com', passphrase: 'correct horse', firstName: 'Jane', lastName: 'Doe' };

/** A server on a port, with a client of it. */
async function serverWith(
  test: Pick<typeof t, 'teardown'>,
  profile: ProfileName,
  mailer: Mailer,
  options: Partial<ServerOptions> = {},
) {
  const errors: Error[] = [];
  const { url, close } = await listen((request, caller) => server.fetch(request, caller));
  const server = createServer({
    profile,
    mailer,
    publicUrl: url,
    onError: (error) => errors.push(error),
    ...options,
  });
  test.teardown(close);
  const client = createClient({ profile, server: url, steps: pooledSteps(profile) });
  return { url, client, errors };
}

/** The link, which stands alone on its line (7.2). */
const linkIn = (text: string): string => /^http\S+$/m.exec(text)?.[0] ?? '';

for (const profile of PROFILES)
  t.test(`${profile}: sign up, read the mail, follow the link, log in`, async (test) => {
    const sink = await startSmtpSink();
    test.teardown(sink.close);
    const { url, client, errors } = await serverWith(test, profile, smtpMailer(sink.url, { from: FROM }));
    const accountId = await client.signup(jane);
    test.equal(sink.mails.length, 1);
    const [mail] = sink.mails;
    test.same(mail?.to, [jane.email]);
    test.equal(mail?.from, FROM);
    const link = linkIn(sink.textTo(jane.email));
    test.ok(link.startsWith(`${url}/auth/confirm?code=`), 'the link is whole');
    if (profile === 'documented') {
      test.equal(await codeOf(client.login(jane)), 'state/not-allowed');
      test.equal(sink.mails.length, 2, 'that mails another link');
    }
    test.equal((await fetch(link)).status, 200);
    const session = await client.login(jane);
    test.match(await session.whoami(), { accountId, isVerified: true });
    test.same(errors, []);
  });

t.test('deployed: a mailed code takes the place of the passphrase', async (test) => {
  const sink = await startSmtpSink();
  test.teardown(sink.close);
  const { client } = await serverWith(test, 'deployed', smtpMailer(sink.url, { from: FROM }));
  await client.signup(jane);
  const session = await client.login(jane);
  await session.sendCode();
  const code = /^[0-9a-f]{16}$/m.exec(sink.textTo(jane.email))?.[0] ?? '';
  await session.changePassphrase({ code, newPassphrase: 'found again' });
  test.equal(await codeOf(client.login(jane)), 'auth/refused');
  test.ok(await client.login({ ...jane, passphrase: 'found again' }));
});

t.test('no address and no subject becomes a second recipient or a header', async (test) => {
  const sink = await startSmtpSink();
  test.teardown(sink.close);
  const mailer = smtpMailer(sink.url, { from: FROM });
  const text = 'Read this.\n.\nBcc: eve@example.com\n';
  const taken: Readonly<Record<string, string>> = {
    'jane,eve@example.com': '"jane,eve"@example.com',
    'jane;eve@example.com': '"jane;eve"@example.com',
    'jane"eve@example.com': '"jane\\"eve"@example.com',
    'eve:jane@example.com': '"eve:jane"@example.com',
  };
  for (const [to, recipient] of Object.entries(taken)) {
    await mailer({ to, subject: 'One\r\nBcc: eve@example.com\r\n\r\nTwo', text });
    const mail = sink.mails.at(-1);
    test.same(mail?.to, [recipient]);
    test.equal(mail?.headers.filter((header) => /^(bcc|cc|to):/i.test(header)).length, 1);
    test.equal(mail?.text.trimEnd(), text.trimEnd());
  }
  const before = sink.mails.length;
  for (const to of [
    'jane@example.com>\r\nRCPT TO:<eve@example.com',
    'jane>\0<eve@example.com',
    'jane\n@example.com',
    'jane@example.com\r\nBcc: eve@example.com',
  ]) {
    await Promise.resolve(mailer({ to, subject: 'One', text })).catch(() => undefined);
    const others = sink.mails
      .slice(before)
      .flatMap((mail) => mail.to)
      .filter((to) => to.startsWith('eve'));
    test.same(others, [], 'eve gets nothing');
    test.notOk(
      sink.mails.slice(before).some(({ headers }) => headers.some((header) => /^bcc/i.test(header))),
    );
  }
});

for (const profile of PROFILES)
  t.test(
    `${profile}: a mail server that is down loses no account, and the link is had later`,
    async (test) => {
      const gone = await startSmtpSink();
      await gone.close();
      const mailer = smtpMailer(gone.url, { from: FROM });
      const { client, errors } = await serverWith(test, profile, mailer);
      await client.signup(jane);
      test.match(errors[0]?.message, /^a mail could not be sent: \w+$/);

      const sink = await startSmtpSink(gone.port);
      test.teardown(sink.close);
      if (profile === 'documented') test.equal(await codeOf(client.login(jane)), 'state/not-allowed');
      else await (await client.login(jane)).verify();
      test.equal((await fetch(linkIn(sink.textTo(jane.email)))).status, 200);
      test.equal((await (await client.login(jane)).whoami()).isVerified, true);
    },
  );

t.test('deployed: a code that cannot be mailed is said to be, and asked for again', async (test) => {
  const gone = await startSmtpSink();
  await gone.close();
  const { client } = await serverWith(test, 'deployed', smtpMailer(gone.url, { from: FROM }));
  await client.signup(jane);
  const session = await client.login(jane);
  test.equal(await codeOf(session.sendCode()), 'network/status');
  const sink = await startSmtpSink(gone.port);
  test.teardown(sink.close);
  await session.sendCode();
  test.match(sink.textTo(jane.email), /^[0-9a-f]{16}$/m);
});

t.test('a mail server that says nothing is not waited for', async (test) => {
  const sockets = new Set<Socket>();
  const silent = createTcpServer((socket) => void sockets.add(socket));
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  test.teardown(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const url = `smtp://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
  const mailer = smtpMailer(url, { from: FROM, timeout: 300 });
  const start = performance.now();
  await test.rejects(async () => mailer({ to: jane.email, subject: 'x', text: 'y' }), {
    message: /^a mail could not be sent: \w+$/,
  });
  test.ok(performance.now() - start < 5000);
});

t.test('what a mail server answers is not repeated', async (test) => {
  const sink = await startSmtpSink(0, {
    onData(stream, _, done) {
      stream.resume();
      stream.on('end', () => {
        done(
          Object.assign(new Error('spam: https://sync.example/auth/confirm?code=secret'), {
            responseCode: 554,
          }),
        );
      });
    },
  });
  test.teardown(sink.close);
  const mailer = smtpMailer(sink.url.replace('//', '//user:pass@'), { from: FROM });
  await test.rejects(async () => mailer({ to: jane.email, subject: 'x', text: 'y' }), {
    message: /^a mail could not be sent: E\w+/,
  });
  const open = smtpMailer(sink.url, { from: FROM });
  await test.rejects(async () => open({ to: jane.email, subject: 'x', text: 'y' }), {
    message: 'a mail could not be sent: EMESSAGE 554',
  });
});

t.test('the URL of a mail server', (test) => {
  for (const url of ['smtp://127.0.0.1:25', 'smtps://user:pass@mail.example', 'smtp://[::1]:25'])
    test.ok(smtpMailer(url, { from: FROM }));
  for (const url of ['http://127.0.0.1:25', 'smtp://', 'mail.example:25', '', 'direct://x'])
    test.throws(() => smtpMailer(url, { from: FROM }), TypeError);
  test.end();
});
