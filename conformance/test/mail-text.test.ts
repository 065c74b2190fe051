/** Mails as servers write them: plain, encoded, in HTML, in several parts; and the link that is opened. */
import t from 'tap';
import { linksIn, pathOf } from '../server/bench/mail.ts';
import { codeIn, moreThan } from '../server/change/mailed-code.ts';
import { readMail } from '../target/mail-text.ts';

const CODE = '0123456789abcdef'.repeat(4);
const linkIn = (...mails: readonly string[]): string | undefined => linksIn(mails).map(pathOf)[0];
const LINK = `https://sync.example.com/auth/confirm?code=${CODE}`;
const html = `<p>Welcome to <a href="https://example.com/">Yard</a>. <a class="b" href="${LINK}">Confirm</a> the ü.</p>`;
const base64 = Buffer.from(`Ü: ${LINK}\n`).toString('base64');
/** Quoted-printable: `=` is written as a code, and a line that is too long is broken. */
const quoted = LINK.replace('=', '=3D').replace(/(.{60})/, '$1=\r\n');

const part = (type: string, encoding: string, body: string): string =>
  `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`;
const both = [part('text/plain', 'quoted-printable', quoted), part('text/html', '8bit', html)]
  .map((one) => `--b\r\n${one}`)
  .join('');
const mails: Readonly<Record<string, string>> = {
  'plain text': part('text/plain', '8bit', `Open ${LINK} please`),
  'quoted-printable': part('text/plain', 'quoted-printable', quoted),
  base64: part('text/plain', 'base64', base64),
  HTML: part('text/html', '8bit', html),
  'several parts': `Content-Type: multipart/alternative; boundary=b\r\n\r\n${both}--b--\r\n`,
  'an image first': part('text/plain', '8bit', `https://example.com/logo.png https://example.com/ ${LINK}`),
};

for (const [what, mail] of Object.entries(mails))
  t.test(what, async (test) => {
    const raw = `From: sync@example.com\r\nSubject: a\r\n subject\r\n${mail}`;
    const { headers, text } = await readMail(raw);
    test.equal(linkIn(text), `/auth/confirm?code=${CODE}`);
    test.equal(headers[1], 'Subject: a subject');
    test.same(await readMail(Uint8Array.from(Buffer.from(raw))), { headers, text });
  });

t.test('what is no message is the text', async (test) => {
  const text = `Jane,\n\n${LINK}`;
  test.match((await readMail(text)).text, LINK);
  test.equal(linkIn(`see https://example.com/x?y=1, ${LINK}`), `/auth/confirm?code=${CODE}`);
  test.equal(linkIn('https://example.com/ https://example.com/x?y=1'), '/x?y=1');
  test.equal(linkIn('https://example.com/a'), '/a');
  test.equal(linkIn('nothing'), undefined);
  test.equal(
    linkIn('https://example.com/ https://example.com/verify/c0de'),
    '/verify/c0de',
    'a code is long',
  );
  test.equal(linkIn('https://example.com/a?b=1', 'https://example.com/c?d=1'), '/a?b=1', 'the newest mail');
  test.equal(
    linkIn('https://example.com/help?lang=en', LINK),
    `/auth/confirm?code=${CODE}`,
    'of an older mail',
  );
});

t.test('a code is the word alone on a line, beside a greeting too', (test) => {
  test.equal(codeIn('Enter it:\n\n0f3a99c1\n'), '0f3a99c1');
  test.equal(codeIn('Hello,\n\nenter it:\n\n0f3a99c1\n\nCheers!\n'), '0f3a99c1');
  test.equal(codeIn('Hello,\r\n\r\nkqzvwx\r\n', 'Hello,\r\n\r\nabcdef\r\n'), 'kqzvwx');
  test.equal(codeIn('Hello,\n\nkqzvwx\n'), undefined);
  test.equal(codeIn('nothing of the kind'), undefined);
  test.end();
});

t.test('which mails have come since', (test) => {
  test.same(moreThan(['a', 'b'], ['a', 'b']), []);
  test.same(moreThan(['a', 'b'], ['b', 'c', 'a']), ['c'], 'in whatever order they are read');
  test.same(moreThan(['a'], ['a', 'a']), ['a'], 'one with the same words is another one');
  test.same(moreThan([], ['a', 'a']), ['a', 'a']);
  test.end();
});
