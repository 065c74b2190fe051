/** Examines an adapter before it is judged: every use of every verb is tried once, with an honest server. */
import type { ProfileName } from '../../reference/index.ts';
import { TargetGone } from '../check.ts';
import { capabilities, nameOf, type Capability, type Use } from '../contract/capabilities.ts';
import { describeIn } from '../judge.ts';
import { callOf, type Exchange } from '../peer/exchange.ts';
import { startServerPeer, type ServerPeer } from '../peer/server-peer.ts';
import type { ClientTarget } from '../target/client-target.ts';
import type { Description } from '../target/verbs.ts';
import { findingOf, type VerbFinding } from './finding.ts';
import { redact } from '../redact.ts';
import { createRestartingTarget, type RestartingTarget } from './restarting.ts';
import { story, type Step } from './story.ts';
import { createWorld, type World } from './world.ts';

/** What an examination may be told. */
export interface ExamineOptions {
  /** The profile to speak. */
  readonly profile: ProfileName;
}

/** A client that is gone so often is given up. */
const MOST_LOSSES = 3;

/**
 * Tries every use of every verb once, in the order of a story that Jane and Bob play, and yields what was found of each:
 * first of `describe`, last of the capabilities that no verb shows. Secrets of the accounts are taken out of it.
 *
 * @param target - the client, or a function that starts one more of it, for when it is gone
 * @throws TargetGone where the client does not say what it is, does not speak the profile, or was gone three times
 *
 * @example
 * for await (const { use, state, next } of examine(target, { profile: 'documented' })) console.log(use, state, next);
 */
export async function* examine(
  target: ClientTarget | (() => ClientTarget),
  { profile }: ExamineOptions,
): AsyncGenerator<VerbFinding, void, void> {
  const client = createRestartingTarget(target, () => {
    world?.forgetSessions();
  });
  const peer = await startServerPeer(profile);
  let world: World | undefined;
  try {
    const description = await describeIn(profile, client);
    yield describedAs(description);
    world = createWorld(client, peer, profile);
    for (const step of story) {
      const asked = usesIn(profile).get(step[0]);
      if (asked !== undefined) yield await tried(step, asked, world, description);
      expectPresent(client);
    }
    for (const { name } of capabilities.filter(isUntold))
      yield unasked(name, description.capabilities.includes(name));
  } finally {
    await client.close();
    await peer.close();
  }
}

type Asked = readonly [use: Use, capability: Capability];

/** The uses of verbs that a profile has, by name. */
export const usesIn = (profile: ProfileName): ReadonlyMap<string, Asked> =>
  new Map(
    capabilities
      .filter((capability) => (capability.profile ?? profile) === profile)
      .flatMap((capability) => capability.uses.map((use) => [nameOf(use), [use, capability] as const])),
  );

async function tried(
  [, play]: Step,
  [use, capability]: Asked,
  world: World,
  { capabilities: declared }: Description,
): Promise<VerbFinding> {
  const { peer } = world;
  const before = peer.exchanges.length;
  const error = await play(world).catch((thrown: unknown) => thrown);
  const lastCall = written(peer.exchanges.slice(before).at(-1));
  if (error !== undefined) world.failed.add(nameOf(use));
  const found = findingOf({ use, capability, declared, error, lastCall });
  return { ...found, came: redact(found.came, secretsOf(world, peer)) };
}

/** `POST /auth/login-a 401` */
const written = (exchange: Exchange | undefined): string =>
  exchange === undefined ? '' : `${callOf(exchange)} ${exchange.status}`;

/** What the client was given and what the server gave it. */
function* secretsOf({ jane, bob }: World, { exchanges }: ServerPeer): Generator<string, void, void> {
  for (const { passphrase } of [jane, bob]) yield passphrase;
  for (const { requestHeaders } of exchanges) yield requestHeaders['x-session-id'] ?? '';
}

/** @throws TargetGone */
function expectPresent({ losses }: RestartingTarget): void {
  if (losses >= MOST_LOSSES)
    throw new TargetGone(`it was gone ${MOST_LOSSES} times, and what is left was not tried`);
}

const describedAs = ({ name, version }: Description): VerbFinding => ({
  ...{ use: 'describe', capability: '', declared: true, state: 'works', next: undefined },
  came: `${name} ${version}`,
});

/** Whether nothing in the story shows a capability. */
const isUntold = ({ uses }: Capability): boolean =>
  uses.every((use) => story.every(([name]) => name !== nameOf(use)));

const unasked = (capability: string, declared: boolean): VerbFinding => ({
  ...{ use: '', capability, declared, state: 'unasked', next: undefined },
  came: 'no verb shows it; test client judges it where it is declared',
});
