/** Every fault, each as a client or server that has it and can be judged. */
import type { ProfileName } from '../../spec/index.ts';
import { clientFaults, type ClientFault } from '../faults/client-faults.ts';
import { serverFaults, type ServerFault } from '../faults/server-faults.ts';
import { judgeClient, judgeServer } from '../judge.ts';
import { requirement as ofRequirement } from '../requirements.ts';
import { createDisk } from '../target/disk.ts';
import { startInProcessServer } from '../target/in-process-server.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import { editPeers } from './edit-peers.ts';
import type { FaultyPeer } from './faulty-peer.ts';
import { quickSteps, stepsInFull, stretched } from './quick-steps.ts';

/** The same in every run, so that who kills what is too: of everything random in the suite. */
const SEED = 1;

export const clientPeer = ({
  id,
  title,
  requirement,
  profile = 'documented',
  runs,
  inFull = false,
  create,
}: ClientFault): FaultyPeer => ({
  id: `client.${id}`,
  role: 'client',
  profile,
  title,
  requirement,
  judge(only) {
    const log: string[] = [];
    const start = () => create(inFull ? stepsInFull : quickSteps, (line) => log.push(line));
    const target = createInProcessTarget(id, start, () => log.join('\n'));
    return judgeClient(target, {
      profile,
      seed: SEED,
      runs: runs ?? 1,
      only,
      pbkdf2: inFull ? undefined : stretched,
    });
  },
});

export const serverPeer = ({
  id,
  title,
  requirement,
  profile = 'documented',
  create,
  survives,
}: ServerFault): FaultyPeer => ({
  id: `server.${id}`,
  role: 'server',
  profile,
  title,
  requirement,
  async *judge(only) {
    const { target, close } = await startInProcessServer({
      label: id,
      create: (input) => create({ profile, ...input }),
      disk: createDisk(survives),
    });
    try {
      yield* judgeServer(target, { profile, seed: SEED, only });
    } finally {
      await close();
    }
  },
});

/** Those of `conformance/faults`, clients first. */
export const writtenPeers: readonly FaultyPeer[] = [
  ...clientFaults.map(clientPeer),
  ...serverFaults.map(serverPeer),
];

/** Those that are written for no profile and break a requirement of this one, in it: by default they are in `documented`. */
export function peersIn(profile: ProfileName): readonly FaultyPeer[] {
  const isMeant = (fault: ClientFault | ServerFault): boolean =>
    fault.profile === undefined && ['both', profile].includes(ofRequirement(fault.requirement).profile);
  return [
    ...clientFaults.filter(isMeant).map((fault) => clientPeer({ ...fault, profile })),
    ...serverFaults.filter(isMeant).map((fault) => serverPeer({ ...fault, profile })),
  ];
}

/** All: those that are written, and the edits of the derivation graph. */
export const faultyPeers: readonly FaultyPeer[] = [...writtenPeers, ...editPeers()];
