/** What a witness does, once or again and again, and how it is looked at after a restart. */
import { Blocked } from '../../check.ts';
import { Unacknowledged, type Witness } from './witness.ts';

export interface Work {
  /**
   * Makes one call that changes something.
   *
   * @throws Unacknowledged where it is not accepted, TargetGone where no answer comes
   */
  act(): Promise<void>;
  /**
   * What is not as it was acknowledged, or is there by halves, as sentences. What was under way and is there as a whole is
   * known from now on.
   */
  losses(): Promise<readonly string[]>;
}

/** A kind of work. */
export interface Kind {
  /** What a server must be able to for it. */
  readonly needs: readonly string[];
  /** Makes ready what it needs. @throws Blocked */
  readonly prepare: (who: Witness, neighbours: readonly Witness[]) => Work | Promise<Work>;
}

export type Kinds = Readonly<Record<string, Kind>>;

/** Makes the call when nothing keeps the server from accepting it. @throws Blocked where it does not */
export async function undisturbed(work: Work): Promise<void> {
  await work.act().catch((error: unknown) => {
    throw error instanceof Unacknowledged ? new Blocked(error.message) : error;
  });
}

/** Those works that the server can do, ready. @throws Blocked */
export async function prepared(
  kinds: Kinds,
  who: Witness,
  neighbours: readonly Witness[],
): Promise<Readonly<Record<string, Work>>> {
  const ready: Record<string, Work> = {};
  for (const [name, { needs, prepare }] of Object.entries(kinds))
    if (needs.every((needed) => who.bench.capabilities.includes(needed)))
      ready[name] = await prepare(who, neighbours);
  return ready;
}
