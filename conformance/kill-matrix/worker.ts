/**
 * A process that judges faults; see `pool.ts`. Its arguments are the seed, and where they are wanted a profile for faults
 * that are written for none, and `by-record`.
 */
import { answerWith } from './answering.ts';
import { recordIn } from './deployed.ts';
import { PROFILES } from './edits.ts';
import { SEED, withSeed } from './faulty-peer.ts';
import { faultyPeers, peersIn } from './faulty-peers.ts';
import { tryFault } from './try-fault.ts';

const [, , seed = String(SEED), ...words] = process.argv;
const profile = PROFILES.find((name) => words.includes(name));
const peers = profile === undefined ? faultyPeers : peersIn(profile);
const recorded = words.includes('by-record') ? recordIn(profile).faults : [];

answerWith(async (id) => {
  const peer = peers.find((one) => one.id === id);
  if (peer === undefined) throw new Error(`there is no fault ${id}`);
  const known = recorded.find((row) => row.id === id);
  return await tryFault(withSeed(peer, Number(seed)), undefined, known?.killedBy);
});
