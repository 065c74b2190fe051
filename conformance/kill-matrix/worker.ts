/** A process that judges faults; see `pool.ts`. */
import { answerWith } from './answering.ts';
import { faultyPeers } from './faulty-peers.ts';
import { tryFault } from './try-fault.ts';

answerWith(async (id) => {
  const peer = faultyPeers.find((one) => one.id === id);
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- its text is all that is told
  if (peer === undefined) throw `there is no fault ${id}`;
  return await tryFault(peer);
});
