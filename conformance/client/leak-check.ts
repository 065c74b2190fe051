/** Searches everything that the client sent, in every call of the run, for what must never leave it (3.5). */
import { createHash } from 'node:crypto';
import { toHex } from '../../reference/index.ts';
import { expectThat, type Check } from '../check.ts';
import { callOf, type Exchange } from '../peer/exchange.ts';
import type { ClientBench, Signup } from './bench.ts';
import { grownGarden } from './garden.ts';
import { openAccount, orBlocked } from './opened.ts';

/** A secret of the run and the requirement that forbids to send it. */
interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Shorter secrets would be found by chance. */
const SHORTEST = 6;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Everything secret of an account. @throws Blocked where it does not open */
export function secretsOf(bench: ClientBench, account: Signup): Secret[] {
  const { SYM_Account, PRV_Account } = orBlocked(() => openAccount(bench, account));
  const derived = ['SEC_PWD_Auth', 'SEC_PWD_Enc', 'srp.P', 'srp.inner', 'srp.x'].map((name) => ({
    name,
    bytes: bench.expected(account)(name),
  }));
  const parts = (['d', 'p', 'q', 'dp', 'dq', 'qi'] as const).map((name) => ({
    name: `member ${name} of PRV_Account`,
    bytes: Uint8Array.from(Buffer.from(PRV_Account[name], 'base64url')),
  }));
  const { passphrase } = account.typed;
  const typed = [
    { name: 'the passphrase as typed', bytes: utf8(passphrase) },
    { name: 'the passphrase, trimmed', bytes: utf8(passphrase.trim()) },
    { name: 'the passphrase, normalised', bytes: utf8(passphrase.trim().normalize('NFKD')) },
  ];
  return [...typed, ...derived, { name: 'SYM_Account', bytes: SYM_Account }, ...parts];
}

/** The forms in which a secret could travel, each as the text to look for. */
function formsOf({ bytes }: Secret): ReadonlyMap<string, string> {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('utf8');
  return new Map([
    ['as it is', text],
    ['as hex', toHex(bytes)],
    ['as upper-case hex', toHex(bytes).toUpperCase()],
    ['as base64', buffer.toString('base64').replace(/=+$/, '')],
    ['as base64url', buffer.toString('base64url')],
    ['percent-encoded', encodeURIComponent(text)],
    ['JSON-escaped', JSON.stringify(text).slice(1, -1)],
    ['reversed', toHex(Uint8Array.from(buffer).reverse())],
    ['hashed with SHA-256', createHash('sha256').update(buffer).digest('hex')],
  ]);
}

/** A secret in one of its forms. */
export interface Needle {
  readonly name: string;
  readonly form: string;
  readonly needle: string;
}

export const needlesOf = (secrets: readonly Secret[]): readonly Needle[] =>
  secrets
    .filter(({ bytes }) => bytes.length >= SHORTEST)
    .flatMap((secret) => [...formsOf(secret)].map(([form, needle]) => ({ name: secret.name, form, needle })));

/** Everything of a request that a server or a network sees. */
function sentText({ target, requestHeaders, requestBody }: Exchange): string {
  return [target, ...Object.values(requestHeaders), requestBody].join('\n');
}

export const leakCheck: Check<ClientBench> = {
  id: 'client.leak',
  title: 'Nothing secret is in anything that the client sent, in any common encoding.',
  closing: true,
  requirements: ['LEAK-01', 'LEAK-02', 'LEAK-03', 'LEAK-05', 'LEAK-06'],
  async run(bench) {
    await bench.janeLogin();
    const secrets = [await bench.jane(), await bench.bob()].flatMap((account) => secretsOf(bench, account));
    expectNotSent(bench, secrets);
  },
};

/** @throws Failure that names the secret, its form and the call */
function expectNotSent(bench: ClientBench, secrets: readonly Secret[]): void {
  const needles = needlesOf(secrets);
  for (const exchange of bench.record.exchanges) {
    const text = sentText(exchange);
    for (const { name, form, needle } of needles)
      expectThat(!text.includes(needle), `${name} was sent ${form}`, {
        expected: `${name} never leaves the client`,
        actual: `${callOf(exchange)} holds it ${form}`,
      });
  }
}

/** What stands in one of the documents of the garden and nowhere else. */
const CANARY = 'canary-in-the-garden';

export const documentLeakCheck: Check<ClientBench> = {
  id: 'client.leak.document',
  title: 'Nothing of a document and no key of a group is sent in plain text, in any common encoding.',
  closing: true,
  requirements: ['LEAK-04', 'LEAK-07'],
  needs: ['groups', 'sync'],
  async run(bench) {
    const { key } = await grownGarden(bench);
    expectNotSent(bench, [
      { name: 'SYM_ResourceGroup', bytes: key },
      { name: 'a part of a document', bytes: utf8(CANARY) },
    ]);
  },
};

/** K belongs into one header and nowhere else. */
export const sessionLeakCheck: Check<ClientBench> = {
  id: 'client.leak.K',
  title: 'K is sent in the header X-Session-Id and nowhere else.',
  closing: true,
  requirements: ['LEAK-08'],
  async run(bench) {
    const { exchanges } = await bench.janeLogin();
    const K =
      exchanges.map(({ requestHeaders }) => requestHeaders['x-session-id']).find((id) => id !== undefined) ??
      '';
    expectThat(K.length === 64, 'no session id was sent', { expected: 'X-Session-Id', actual: 'none' });
    for (const exchange of bench.record.exchanges) {
      const { 'x-session-id': _, ...headers } = exchange.requestHeaders;
      const text = sentText({ ...exchange, requestHeaders: headers });
      expectThat(!text.toLowerCase().includes(K), 'K was sent outside X-Session-Id', {
        expected: 'K in X-Session-Id alone',
        actual: callOf(exchange),
      });
    }
  },
};
