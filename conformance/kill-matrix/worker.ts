/** A process that judges faults one after the other, as it is told their ids; see `pool.ts`. */
import { faultyPeers } from './faulty-peers.ts';
import { tryFault } from './try-fault.ts';

/** What comes back for an id. */
export type Answer = { readonly row: Awaited<ReturnType<typeof tryFault>> } | { readonly error: string };

async function answer(id: string): Promise<Answer> {
  const peer = faultyPeers.find((one) => one.id === id);
  if (peer === undefined) return { error: `there is no fault ${id}` };
  try {
    return { row: await tryFault(peer) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (id: string) => void answer(id).then((answered) => process.send?.(answered)));
process.on('disconnect', () => process.exit());
