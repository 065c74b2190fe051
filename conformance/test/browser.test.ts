/** The reference client in a browser, against the reference server over HTTP: bundled as anybody would, and the README's page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import t from 'tap';
import { createServer, listen, type Mail, type ProfileName } from '../../reference/index.ts';
import { chromiumPath } from '../docs/chromium.ts';
import { root } from './root.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];

/** The strictest policy that the client works under: its schemas are compiled with `new Function`. */
const POLICY = "default-src 'none'; connect-src 'self'; script-src 'self' 'unsafe-eval'";

const jane = {
  email: ' Jane@Example.com',
  passphrase: 'corre\u0301ct horse',
  firstName: 'Jane',
  lastName: 'Doe',
};
const bob = { email: 'bob@example.com', passphrase: 'Tr0ub4dor', firstName: 'Bob', lastName: '' };

/** A script as a browser takes it; a bundler finds the client by the `exports` of the package. */
async function bundle(contents: string): Promise<string> {
  const stdin = { contents, resolveDir: join(root, 'conformance/test'), loader: 'ts' } as const;
  const { outputFiles } = await build({ stdin, bundle: true, format: 'esm', target: 'es2023', write: false });
  return outputFiles[0]?.text ?? '';
}

/** A server that also gives out pages, so that they are of its origin. */
async function openWorld(profile: ProfileName, scripts: Readonly<Record<string, string>>, policy = POLICY) {
  const mails: Mail[] = [];
  const html = { 'content-type': 'text/html', 'content-security-policy': policy };
  const listening = await listen((request) => {
    const name = new URL(request.url).pathname.slice(1);
    if (`${name}.js` in scripts)
      return new Response(`<!doctype html><script type="module" src="${name}.js"></script>`, {
        headers: html,
      });
    const script = scripts[name];
    if (script !== undefined) return new Response(script, { headers: { 'content-type': 'text/javascript' } });
    return server.fetch(request);
  });
  const server = createServer({ profile, mailer: (mail) => void mails.push(mail), publicUrl: listening.url });
  const linkTo = (email: string) =>
    /http:\S+/.exec(mails.findLast(({ to }) => to === email)?.text ?? '')?.[0] ?? '';
  return { ...listening, linkTo };
}

/** A page of its own, without anything of another one; whatever goes wrong in it fails the test. */
async function openPage(browser: Browser, url: string, fail: (message: string) => void): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', ({ message }) => {
    fail(message);
  });
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) fail(`${request.url()} was asked for`);
  });
  await page.goto(url);
  return page;
}

/** Calls an act of `browser-page.ts`. */
async function act<T>(page: Page, name: string, ...given: readonly unknown[]): Promise<T> {
  return await page.evaluate<T>(`acts.${name}(...${JSON.stringify(given)})`);
}

/** The error code of an act that fails. */
const codeOf = (page: Page, ...given: readonly unknown[]): Promise<string | undefined> =>
  page.evaluate(`codeOf(...${JSON.stringify(given)})`);

t.test(
  'in Chromium',
  { skip: chromiumPath === undefined && 'no Chromium; CHROMIUM can name one' },
  async (test) => {
    const browser = await chromium.launch({ executablePath: chromiumPath ?? '' });
    test.teardown(() => browser.close());
    const page = await bundle("import './browser-page.ts';");
    const fail = (message: string): void => void test.fail(message);

    for (const profile of PROFILES)
      await test.test(profile, async (inner) => {
        const world = await openWorld(profile, { 'page.js': page });
        inner.teardown(() => world.close());
        const [janes, bobs] = [
          await openPage(browser, `${world.url}/page`, fail),
          await openPage(browser, `${world.url}/page`, fail),
        ];
        for (const [own, person] of [
          [janes, jane],
          [bobs, bob],
        ] as const) {
          await act(own, 'open', profile, world.url);
          inner.match(await act(own, 'signup', person), /^act_[0-9a-f]{64}$/);
          inner.equal((await own.request.get(world.linkTo(person.email.trim().toLowerCase()))).status(), 200);
        }

        inner.equal(await codeOf(janes, 'login', { ...jane, passphrase: 'wrong' }), 'auth/refused');
        await act(janes, 'login', jane);
        inner.match(await act(janes, 'whoami'), {
          email: 'jane@example.com',
          firstName: 'Jane',
          isVerified: true,
        });
        const { groupId, pushed } = await act<{ groupId: string; pushed: readonly object[] }>(
          janes,
          'plant',
          {
            req_1: { rows: 4, what: 'Möhren 🥕' },
          },
        );
        inner.same(pushed, [{ groupId, id: 'req_1' }]);

        const thumbprint = await act(bobs, 'login', bob);
        inner.match(await act(janes, 'share', groupId, bob.email), [{ thumbprint }]);
        const pulled = await act(bobs, 'pull');
        inner.match(pulled, {
          resources: [{ id: 'req_1', document: { rows: 4, what: 'Möhren 🥕' } }],
          failed: [],
        });

        await act(janes, 'changePassphrase', jane.passphrase, 'battery staple');
        inner.equal(await codeOf(bobs, 'login', jane), 'auth/refused', 'the old passphrase');
        const device = await act<object>(janes, 'exportDevice');
        await act(janes, 'logout');
        inner.equal(await codeOf(janes, 'whoami'), 'state/logged-out');
        await act(janes, 'login', { ...jane, passphrase: 'battery staple' }, device);
        inner.match(await act(janes, 'pull'), { resources: [{ id: 'req_1' }], received: [] });

        await world.close();
        inner.equal(await codeOf(janes, 'whoami'), 'network/unreachable', 'offline');
      });

    await test.test('the page of the README', async (inner) => {
      const guide = readFileSync(join(root, 'reference/README.md'), 'utf8');
      const code = /^```javascript\n(.*?)^```$/ms.exec(guide)?.[1] ?? '';
      const world = await openWorld('deployed', { 'page.js': await bundle(code) });
      inner.teardown(() => world.close());
      const readme = await openPage(browser, `${world.url}/page`, fail);
      await readme.locator('text=Jane').waitFor({ timeout: 20_000 });
      const device = await readme.evaluate<string>("localStorage.getItem('device')");
      inner.match(JSON.parse(device), {
        resources: [{ id: 'req_1', document: { rows: 4 }, unpushed: false }],
      });
    });

    await test.test('without unsafe-eval the client does not start', async (inner) => {
      const world = await openWorld('deployed', { 'page.js': page }, POLICY.replace("'unsafe-eval'", ''));
      inner.teardown(() => world.close());
      const failures: string[] = [];
      const opened = await openPage(browser, `${world.url}/page`, (message) => failures.push(message));
      for (let i = 0; failures.length === 0 && i < 100; i++) await opened.waitForTimeout(100);
      inner.match(failures[0], /unsafe-eval/);
    });
  },
);
