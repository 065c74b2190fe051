/** A process that judges faults; see `pool.ts`. */
import { answerWith } from './answering.ts';
import { faultyPeers } from './faulty-peers.ts';
import { tryFault } from './try-fault.ts';

answerWith(async (id) => {
  const peer = faultyPeers.find((one) => one.id === id);
  if (peer === undefined) throw new Error(`there is no fault ${id}`);
  return await tryFault(peer);
});
