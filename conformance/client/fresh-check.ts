/** What a client draws at random is new each time, in the whole run and after a restart (3.4, 5.3, 6.1). */
import { toHex } from '../../reference/index.ts';
import { expectThat, shorten, type Check } from '../check.ts';
import { fixedPart } from '../fixed-part.ts';
import { LOGIN_A } from '../peer/calls.ts';
import { callOf, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import { known, type ClientBench, type Signup } from './bench.ts';
import { groupKeysOf } from './group-keys.ts';
import { openSymmetricKey, orBlocked } from './opened.ts';
import type { RunRecord } from './record.ts';

/** A random value that the client drew, and what it is. */
type Drawn = readonly [name: string, value: string];

export const freshCheck: Check<ClientBench> = {
  id: 'client.fresh',
  title: 'No salt, id, key, IV or ephemeral came twice in the run, nor after a restart of the client.',
  requirements: ['KEY-01', 'KEY-02', 'KEY-03', 'SIGNUP-02', 'SRP-12', 'AES-02'],
  closing: true,
  async run(bench) {
    await bench.janeLogin();
    await bench.target.restart?.();
    try {
      await bench.loginHonestly(await bench.someone('after-a-restart'));
    } finally {
      await bench.oracle.prepare(bench.record.signups.map(({ signup }) => known(signup)));
      expectNew(drawnIn(bench.record)); // a server refuses an id that it knows
    }
  },
};

export const randomBitsCheck: Check<ClientBench> = {
  id: 'client.fresh.bits',
  title: 'No part of a salt, an account id, an IV or a key is the same in every draw of the run.',
  requirements: ['KEY-02', 'KEY-03', 'KEY-07', 'SIGNUP-02', 'AES-02'],
  closing: true,
  async run(bench) {
    for (let i = 0; bench.record.signups.length < SIGNUPS; i++) await bench.someone(`draw-${String(i)}`);
    for (const [name, draws] of drawsIn(bench.record)) {
      const same = fixedPart(draws.map((draw) => Buffer.from(draw, 'hex')));
      expectThat(same === undefined, `${name} is not random in every part`, {
        expected: `${name} in which everything changes, in ${String(draws.length)} draws`,
        actual: `${same ?? ''} is the same in each`,
      });
    }
  },
};

/** One account id and one SYM_Account come of each: enough for both to be looked at. */
const SIGNUPS = 8;
/** What the client drew in a run (hex), by kind. */
function drawsIn({
  benches,
  signups,
}: RunRecord): readonly (readonly [name: string, draws: readonly string[]])[] {
  const sent = benches.flatMap(({ peer }) => peer.exchanges);
  const bodies = signups.map(({ signup }) => signup.body);
  const values = (drawn: readonly Drawn[]) => [...new Set(drawn.map(([, value]) => value))];
  return [
    [
      'a salt',
      bodies.flatMap((body) => ['saltKey', 'saltAuth', 'saltEnc'].map((name) => drawnText(body, name))),
    ],
    ['an account id', bodies.map((body) => drawnText(body, 'id'))],
    ['SYM_Account', values(signups.map(({ bench, signup }) => accountKey(bench, signup)))],
    ['the key of a group', values(benches.flatMap(groupKeys))],
    ['the IV of a message', values(ivsIn(sent))],
  ];
}

/** Fails where a value is there twice. */
function expectNew(drawn: readonly Drawn[]): void {
  const seen = new Map<string, string>();
  for (const [name, value] of drawn) {
    const before = seen.get(value);
    expectThat(before === undefined, 'a value that must be random came twice', {
      expected: `${name} to be different from every other`,
      actual: `the same as ${before ?? ''}: ${shorten(value, 60)}`,
    });
    seen.set(value, name);
  }
}

/** The hex of a member that a signup draws: of an account id what comes after `act_`. */
export const drawnText = (body: Signup['body'], name: string): string =>
  textOf(body, name).replace(/^act_/, '');

/** Every value that a signup draws, as far as it stands in the request. One that is sent again was not drawn again. */
function drawnAtSignup(sent: readonly Exchange[]): readonly Drawn[] {
  const signups = sent.filter((exchange) => callOf(exchange) === 'POST /auth/signup');
  return [...new Set(signups.map(({ requestBody }) => requestBody))].flatMap((requestBody) => {
    const body = jsonOf(requestBody);
    const texts = ['saltKey', 'saltAuth', 'saltEnc', 'id'].map(
      (name) => [name, drawnText(body, name)] as const,
    );
    const n = textOf(jsonOf(textOf(body, 'publicKey')), 'n');
    return [...texts, ['the modulus of publicKey', n] as const]
      .filter(([, value]) => value !== '')
      .map(([name, value]): Drawn => [`${name} of ${textOf(body, 'email')}`, value]);
  });
}

/** The key of an account. @throws Blocked where it does not open */
const accountKey = (bench: ClientBench, account: Signup): Drawn => [
  `SYM_Account of ${textOf(account.body, 'email')}`,
  toHex(orBlocked(() => openSymmetricKey(bench, account))),
];

/** Every value that the client drew in a run. */
function drawnIn({ benches, signups }: RunRecord): readonly Drawn[] {
  const sent = benches.flatMap(({ peer }) => peer.exchanges);
  const ephemerals = sent
    .filter((exchange) => callOf(exchange) === LOGIN_A)
    .map(({ requestBody }): Drawn => ['the srpA of a login', textOf(jsonOf(requestBody), 'srpA')]);
  return [
    ...drawnAtSignup(sent),
    ...signups.map(({ bench, signup }) => accountKey(bench, signup)),
    ...ephemerals,
    ...benches.flatMap(groupKeys),
    ...ivsIn(sent),
  ];
}

/** The IV of every message that was encrypted; one that is sent again was not encrypted again. */
function ivsIn(sent: readonly Exchange[]): readonly Drawn[] {
  const messages = new Set(sent.flatMap(({ requestBody }) => messagesIn(parsed(requestBody))));
  return [...messages].map((text) => ['the IV of a message', textOf(jsonOf(text), 'iv')]);
}

/** The texts in a JSON value that are AES messages. */
function messagesIn(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(messagesIn);
  return typeof value === 'string' && /^\{.*"iv"/s.test(value) && 'iv' in jsonOf(value) ? [value] : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The keys of the groups that the client made, as far as they are there still. */
function groupKeys(bench: ClientBench): readonly Drawn[] {
  const links = bench.peer.exchanges
    .filter((exchange) => callOf(exchange) === 'POST /api/resource_groups' && exchange.status === 200)
    .map(({ requestBody }) => textOf(jsonOf(requestBody), 'encSymmetricKey'));
  return [...groupKeysOf(bench, new Set(links)).values()].map((key) => ['the key of a group', toHex(key)]);
}
