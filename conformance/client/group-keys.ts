/** The keys of groups, opened with the private keys of those who share them. */
import { Blocked } from '../check.ts';
import type { ClientBench } from './bench.ts';
import { idOf } from './flows.ts';
import { openLink } from './garden.ts';
import { orBlocked } from './opened.ts';

/**
 * The keys that the links on the server of a bench open to, by link, with the accounts that the client created.
 *
 * @param wanted - the links to open; all by default
 */
export function groupKeysOf(
  bench: ClientBench,
  wanted?: ReadonlySet<string>,
): ReadonlyMap<string, Uint8Array> {
  const known = bench.record.groupKeys;
  const found = new Map<string, Uint8Array>();
  for (const { signup } of bench.record.signups.filter((item) => item.bench === bench))
    for (const { encSymmetricKey: link } of bench.peer.store.linksOfAccount(idOf(signup))) {
      if (wanted?.has(link) === false) continue;
      if (!known.has(link))
        known.set(
          link,
          keyIn(() => openLink(bench, signup, link)),
        );
      const key = known.get(link);
      if (key !== undefined) found.set(link, key);
    }
  return found;
}

/** Nothing for a link that does not open, as some that a check puts there do not. */
function keyIn(open: () => Uint8Array): Uint8Array | undefined {
  try {
    return orBlocked(open);
  } catch (error) {
    if (error instanceof Blocked) return undefined;
    throw error;
  }
}
