/** Waiting for mail: as long as there is hope, and not longer. */
import t from 'tap';
import { mailedUrl, pathOf } from '../server/bench/mail.ts';

const mail = (code: string): string => `Open http://127.0.0.1/auth/confirm?code=${code.repeat(64)}`;
/** A mailbox of which the mails to an address are seen, the newest first. */
const mailbox = (mailsTo: (email: string) => readonly string[]) =>
  ({ kind: 'mail', mailsTo: (email: string) => Promise.resolve(mailsTo(email)) }) as const;

type Look = Parameters<typeof mailedUrl>;

/** The link that is found, empty where none is, and after how many milliseconds. */
async function timed(...look: Look): Promise<{ readonly link: string; readonly took: number }> {
  const start = performance.now();
  const url = await mailedUrl(...look);
  return { link: url === undefined ? '' : pathOf(url), took: performance.now() - start };
}

const found = async (...look: Look): Promise<string> => (await timed(...look)).link;
const path = (code: string): string => `/auth/confirm?code=${code.repeat(64)}`;

/** Longer than a wait where there is no hope, shorter than any other in vain. */
const SHORT = 2000;
const [JANE, BOB, CAROL] = ['jane@example.com', 'bob@example.com', 'carol@example.com'];
/** The mail to each of them has a link of its own. */
const own = (email: string): string => mail(email.slice(0, 1));

t.jobs = 12;
void t.test('mail that comes late is waited for, the second time too', async (test) => {
  let comes = performance.now() + 600;
  const box = mailbox((email) => (performance.now() > comes ? [own(email)] : []));
  test.equal(await found(box, JANE), path('j'));
  comes = performance.now() + 600;
  test.equal(await found(box, BOB), path('b'));
});

void t.test('mail is waited for as long as others get theirs', async (test) => {
  const start = performance.now();
  const passed = (): number => performance.now() - start;
  const box = (until: number) => ({
    ...mailbox((email) => (passed() > (email === JANE ? 6500 : 0) ? [own(email)] : [])),
    arrived: () => Math.floor(Math.min(passed(), until) / 100),
  });
  const [busy, idle] = [box(Infinity), box(2000)];
  for (const served of [busy, idle]) await mailedUrl(served, BOB);
  const [late, never] = await Promise.all([busy, idle].map((from) => timed(from, JANE)));
  test.equal(late?.link, path('j'));
  test.equal(never?.link, '', `${String(never?.took)} ms`);
});

void t.test('a mailbox that never had a link is waited for once', async (test) => {
  for (const texts of [[], ['Welcome!']]) {
    const box = mailbox(() => texts);
    const first = await timed(box, JANE);
    const second = await timed(box, BOB);
    test.equal(first.link + second.link, '');
    test.ok(first.took > SHORT && second.took < SHORT, `${first.took} and ${second.took} ms`);
  }
});

void t.test('one that gives every address the same link is waited for once more', async (test) => {
  const box = mailbox(() => [mail('a')]);
  const opened = new Set<string>();
  const wanted = async (email: string): Promise<{ readonly link: string; readonly took: number }> => {
    const seen = await timed(box, email, (link) => !opened.has(link));
    opened.add(seen.link);
    return seen;
  };
  test.equal((await wanted(JANE)).link, path('a'));
  const [second, third] = [await wanted(BOB), await wanted(CAROL)];
  test.equal(second.link + third.link, '');
  test.ok(second.took > SHORT && third.took < SHORT, `${second.took} and ${third.took} ms`);
  test.equal(await found(box, CAROL), path('a'), 'where it is asked for all the same, it is told');
});

void t.test('an address whose own old link is there is waited for every time', async (test) => {
  let mails = [mail('a')];
  const box = mailbox(() => mails);
  const wanted = (link: string): boolean => link !== path('a');
  test.equal(await found(box, JANE), path('a'));
  const vain = await timed(box, JANE, wanted);
  test.ok(vain.link === '' && vain.took > SHORT, `${vain.took} ms`);
  setTimeout(() => (mails = [mail('b'), ...mails]), 600);
  test.equal(await found(box, JANE, wanted), path('b'));
});

const WELCOME = 'Welcome! https://help.example.org/first-steps?language=en';

void t.test('a mail beside the one with the link is no link', async (test) => {
  let isThere = false;
  setTimeout(() => (isThere = true), 600);
  const box = mailbox((email) => (isThere ? [own(email), WELCOME] : [WELCOME]));
  test.equal(await found(box, JANE), path('j'), 'it came first');
  const isNew = (link: string): boolean => link !== path('j');
  test.equal(await found(box, JANE, isNew), '', 'and nothing but it came since');
  test.equal(
    await found(
      mailbox(() => [WELCOME, mail('a')]),
      JANE,
    ),
    path('a'),
    'it came later',
  );
});

void t.test('links of another form are read too, but none that came to two addresses', async (test) => {
  const link = (email: string): string => `Open http://127.0.0.1/verify/${email.slice(0, 1).repeat(32)}`;
  const box = mailbox((email) => [WELCOME, link(email)]);
  const first = await timed(box, JANE);
  const second = await timed(box, BOB);
  test.equal(first.link, `/verify/${'j'.repeat(32)}`);
  test.equal(second.link, `/verify/${'b'.repeat(32)}`);
  test.ok(first.took > SHORT && second.took < SHORT, `${first.took} and ${second.took} ms`);
  const short = mailbox((email) => [WELCOME, `http://127.0.0.1/v/${email.slice(0, 1)}`]);
  await mailedUrl(short, JANE);
  test.equal(await found(short, BOB), '/v/b');
});
