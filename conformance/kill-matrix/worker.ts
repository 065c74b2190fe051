/** A process that judges faults; see `pool.ts`. Its arguments are the seed, and a profile for faults that are written for none. */
import { answerWith } from './answering.ts';
import { SEED, withSeed } from './faulty-peer.ts';
import { faultyPeers, peersIn } from './faulty-peers.ts';
import { tryFault } from './try-fault.ts';

const [, , seed = String(SEED), profile] = process.argv;
const peers = profile === 'documented' || profile === 'deployed' ? peersIn(profile) : faultyPeers;

answerWith(async (id) => {
  const peer = peers.find((one) => one.id === id);
  if (peer === undefined) throw new Error(`there is no fault ${id}`);
  return await tryFault(withSeed(peer, Number(seed)));
});
