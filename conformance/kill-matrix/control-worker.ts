/** A process that judges controls; see `pool.ts`. Its argument is the seed. */
import { answerWith } from './answering.ts';
import { controlsOf, tryControl } from './control.ts';
import { PROFILES } from './edits.ts';
import { SEED, withSeed } from './faulty-peer.ts';
import { faultyPeers, peersIn } from './faulty-peers.ts';

const [, , seed = String(SEED)] = process.argv;
const controls = controlsOf([...faultyPeers, ...PROFILES.flatMap(peersIn)]);

answerWith(async (id) => {
  const control = controls.find((one) => one.id === id);
  if (control === undefined) throw new Error(`there is no control ${id}`);
  return await tryControl(withSeed(control, Number(seed)));
});
