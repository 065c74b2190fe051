/** What tells of the inside of a server, and what a right server may say. */
import t from 'tap';
import { insideIn } from '../requests/inside.ts';

const said = (text: string): string | undefined => insideIn({ responseBody: text, responseHeaders: {} });
const inHeader = (name: string, value: string): string | undefined =>
  insideIn({ responseBody: '', responseHeaders: { [name]: value } });

t.test('the inside of a server', (test) => {
  for (const text of [
    'Error: x\n    at handle (/srv/app/server.js:10:20)',
    'at async file:///srv/app/server.mjs:3:1',
    'at node:internal/process/task_queues:95:5',
    'Traceback (most recent call last):\n  File "/code/main.py", line 3',
    'goroutine 7 [running]:',
    'at sync.Login.prove(Login.java:42)',
    "thread 'main' panicked at src/main.rs:4:5",
    "ENOENT: no such file or directory, open '/etc/sync/key'",
    'unable to open /data/sync.db',
    'unable to open /workspace/build/rules.conf',
    'cannot read C:\\sync\\key',
    '{"message":"cannot read C:\\\\sync\\\\key"}',
  ])
    test.ok(said(text), text);
  test.ok(inHeader('x-debug', 'Error at handle (/srv/app/server.js:10:20)'));
  test.ok(inHeader('x-storage', 'sqlite:/data/sync.db'));
  test.end();
});

t.test('what a right server may say', (test) => {
  for (const text of [
    'there is no /sync/push here',
    'log in at /app/auth/login-s first',
    'try again at 12:30:45, or at 2026-01-31T12:00:00.000Z',
    'see https://docs.example.com/errors/wrong-proof.conf',
    'the server at sync.example.rs:8443 is busy',
    '/keys/act_1 must be 512 hex digits',
    'and/or',
  ])
    test.equal(said(text), undefined, text);
  test.equal(inHeader('set-cookie', 'a=b; Path=/home/sync'), undefined);
  test.equal(
    inHeader('content-security-policy', "script-src /static/app.js; report-uri '/var/x'"),
    undefined,
  );
  test.equal(inHeader('date', 'Sun, 29 Nov 2026 21:08:14 GMT'), undefined);
  test.equal(
    insideIn({ responseBody: 'no such call: /etc/passwd', responseHeaders: {} }, (one) =>
      '/etc/passwd'.includes(one),
    ),
    undefined,
    'what the request says',
  );
  test.end();
});
