/** Searches everything that the client sent, in every call of the run, for what must never leave it (3.5). */
import { Blocked, expectThat, type Check } from '../check.ts';
import { createFinder } from '../leak/finder.ts';
import { needlesOf, type Secret } from '../leak/forms.ts';
import { haystacksOf, type Haystack } from '../leak/haystacks.ts';
import { accountSecrets, groupSecrets, unlogged } from '../leak/secrets.ts';
import type { Exchange } from '../peer/exchange.ts';
import type { ClientBench } from './bench.ts';
import { grownGarden } from './garden.ts';

export const leakCheck: Check<ClientBench> = {
  id: 'client.leak',
  title: 'Nothing secret is in anything that the client sent, in any common encoding.',
  requirements: ['LEAK-01', 'LEAK-02', 'LEAK-03', 'LEAK-05', 'LEAK-06'],
  closing: true,
  async run(bench) {
    const login = await outcome(bench.janeLogin());
    const { secrets, unopened } = await accountSecrets(bench);
    expectNowhere(secrets, sentIn(bench), 'was sent', 'never leaves the client');
    expectWhole(login, unopened);
  },
};

export const documentLeakCheck: Check<ClientBench> = {
  id: 'client.leak.document',
  title: 'Nothing of a document and no key of a group is sent in plain text, in any common encoding.',
  requirements: ['LEAK-04', 'LEAK-07'],
  closing: true,
  needs: ['groups', 'sync'],
  async run(bench) {
    const garden = await outcome(grownGarden(bench));
    expectNowhere(groupSecrets(bench), sentIn(bench), 'was sent', 'never leaves the client');
    expectWhole(garden);
  },
};

export const logLeakCheck: Check<ClientBench> = {
  id: 'client.leak.log',
  title: 'Nothing secret, no session id, no proof and no mailed code is written to standard error output.',
  requirements: ['LEAK-09'],
  closing: true,
  needs: 'stderr',
  async run(bench) {
    const login = await outcome(bench.janeLogin());
    const logs = bench.record.benches.map(({ target }) => ({
      where: 'standard error output',
      bytes: Buffer.from(target.stderr?.() ?? ''),
    }));
    const { secrets, unopened } = await accountSecrets(bench);
    const unwritten = [...secrets, ...groupSecrets(bench), ...unlogged(bench)];
    expectNowhere(unwritten, logs, 'was written to a log', 'is not written to standard error output');
    expectWhole(login, unopened);
  },
};

/** What came of something that the search wants to look at, and does not wait for: undefined, or why it is not there. */
async function outcome(done: Promise<unknown>): Promise<Blocked | undefined> {
  try {
    await done;
    return undefined;
  } catch (error) {
    if (error instanceof Blocked) return error;
    throw error;
  }
}

/** Only after the search: one that found nothing proves nothing unless it had everything. @throws Blocked */
function expectWhole(...lacking: readonly (Blocked | undefined)[]): void {
  for (const blocked of lacking) if (blocked !== undefined) throw blocked;
}

/** Everything that was sent in the run, but for what `without` takes out. */
function sentIn({ record }: ClientBench, without = (exchange: Exchange) => exchange): readonly Haystack[] {
  return record.benches.flatMap(({ peer }) => peer.exchanges.map(without).flatMap(haystacksOf));
}

/** @throws Failure that names the secret, its form and the place */
function expectNowhere(
  secrets: readonly Secret[],
  haystacks: readonly Haystack[],
  what: string,
  rule: string,
): void {
  const different = new Map(secrets.map((secret) => [Buffer.from(secret.bytes).toString('latin1'), secret]));
  const finder = createFinder([...different.values()].flatMap(needlesOf));
  for (const { where, bytes } of haystacks) {
    const found = finder.find(bytes);
    expectThat(found === undefined, `${found?.name ?? ''} ${what} ${found?.form ?? ''}`, {
      expected: `${found?.name ?? ''} ${rule}`,
      actual: `${where} holds it ${found?.form ?? ''}`,
    });
  }
}

/** K belongs into one header and nowhere else. */
export const sessionLeakCheck: Check<ClientBench> = {
  id: 'client.leak.K',
  title: 'K is sent in the header X-Session-Id and nowhere else.',
  requirements: ['LEAK-08'],
  closing: true,
  async run(bench) {
    await bench.janeLogin();
    const sent = bench.record.benches.flatMap(({ peer }) => peer.exchanges);
    const ids = new Set(sent.map(({ requestHeaders }) => requestHeaders[HEADER] ?? ''));
    const keys = [...ids].filter((id) => /^[0-9a-f]{64}$/i.test(id));
    expectThat(keys.length > 0, 'no session id was sent', { expected: 'X-Session-Id', actual: 'none' });
    const secrets = keys.map((key) => ({ name: 'K', bytes: Buffer.from(key, 'hex') }));
    const elsewhere = sentIn(bench, ({ requestHeaders: { [HEADER]: _, ...requestHeaders }, ...rest }) => ({
      ...rest,
      requestHeaders,
    }));
    expectNowhere(secrets, elsewhere, 'was sent outside X-Session-Id', 'is in X-Session-Id alone');
  },
};

const HEADER = 'x-session-id';
