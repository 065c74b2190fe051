/** Waiting for mail: as long as there is hope, and not longer. */
import t from 'tap';
import { linkIn, newestMail } from '../server/bench/mail.ts';

const mail = (code: string): string => `Open http://127.0.0.1/auth/confirm?code=${code.repeat(64)}`;
const mailbox = (newest: (email: string) => string | undefined) =>
  ({ kind: 'mail', newest: (email: string) => Promise.resolve(newest(email)) }) as const;

/** What came, and after how many milliseconds. */
async function timed(act: () => Promise<string>): Promise<{ readonly text: string; readonly took: number }> {
  const start = performance.now();
  const text = await act();
  return { text, took: performance.now() - start };
}

/** Longer than a wait where there is no hope, shorter than any other in vain. */
const SHORT = 2000;

t.jobs = 8;
void t.test('mail that comes late is waited for, the second time too', async (test) => {
  let comes = performance.now() + 600;
  const box = mailbox(() => (performance.now() > comes ? mail('a') : undefined));
  test.equal((await timed(() => newestMail(box, 'jane@example.com'))).text, mail('a'));
  comes = performance.now() + 600;
  test.equal((await timed(() => newestMail(box, 'bob@example.com'))).text, mail('a'));
});

void t.test('mail is waited for as long as others get theirs', async (test) => {
  const start = performance.now();
  const passed = (): number => performance.now() - start;
  const box = (until: number) => ({
    ...mailbox((email) => (passed() > (email === 'jane@example.com' ? 6500 : 0) ? mail('a') : undefined)),
    arrived: () => Math.floor(Math.min(passed(), until) / 100),
  });
  const [busy, idle] = [box(Infinity), box(2000)];
  for (const served of [busy, idle]) await newestMail(served, 'bob@example.com');
  const both = [busy, idle].map((from) => timed(() => newestMail(from, 'jane@example.com')));
  const [late, never] = await Promise.all(both);
  test.equal(late?.text, mail('a'));
  test.equal(never?.text, '', `${String(never?.took)} ms`);
});

void t.test('a mailbox that never had a link is waited for once', async (test) => {
  for (const text of [undefined, 'Welcome!']) {
    const box = mailbox(() => text);
    const first = await timed(() => newestMail(box, 'jane@example.com'));
    const second = await timed(() => newestMail(box, 'bob@example.com'));
    test.equal(first.text + second.text, '');
    test.ok(first.took > SHORT && second.took < SHORT, `${first.took} and ${second.took} ms`);
  }
});

void t.test('one that gives every address the same link is waited for once more', async (test) => {
  const box = mailbox(() => mail('a'));
  const opened = new Set<string>();
  const wanted = async (email: string): Promise<string> => {
    const text = await newestMail(box, email, (link) => !opened.has(link));
    opened.add(linkIn(text) ?? '');
    return text;
  };
  test.equal(await wanted('jane@example.com'), mail('a'));
  const second = await timed(() => wanted('bob@example.com'));
  const third = await timed(() => wanted('carol@example.com'));
  test.equal(second.text + third.text, '');
  test.ok(second.took > SHORT && third.took < SHORT, `${second.took} and ${third.took} ms`);
});

void t.test('an address whose own old link is there is waited for every time', async (test) => {
  let newest = mail('a');
  const box = mailbox(() => newest);
  const wanted = (link: string): boolean => link !== linkIn(mail('a'));
  test.equal(await newestMail(box, 'jane@example.com'), mail('a'));
  const vain = await timed(() => newestMail(box, 'jane@example.com', wanted));
  test.ok(vain.text === '' && vain.took > SHORT, `${vain.took} ms`);
  setTimeout(() => (newest = mail('b')), 600);
  test.equal(await newestMail(box, 'jane@example.com', wanted), mail('b'));
});
