/** Every fault, each as a client or server that has it and can be judged. */
import type { ProfileName } from '../../spec/index.ts';
import { withOverrides } from '../faults/client-parts.ts';
import { clientFaults, type ClientFault } from '../faults/client-faults.ts';
import { serverFaults, type ServerFault } from '../faults/server-faults.ts';
import { faulty } from '../faults/server-parts.ts';
import { judgeClient, judgeServer } from '../judge.ts';
import { requirement as ofRequirement } from '../requirements.ts';
import { createDisk } from '../target/disk.ts';
import { startInProcessServer } from '../target/in-process-server.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import { editPeers } from './edit-peers.ts';
import { SEED, type FaultyPeer, type Peer } from './faulty-peer.ts';
import { quickSteps, stepsInFull, stretched } from './quick-steps.ts';

/** A client as it is judged here, whatever it is. */
type Client = Omit<ClientFault, 'title' | 'requirement'>;

const clientAs = ({ id, profile = 'documented', inFull = false, create }: Client): Peer => ({
  id: `client.${id}`,
  role: 'client',
  profile,
  judge(only, seed = SEED) {
    const log: string[] = [];
    const start = () => create(inFull ? stepsInFull : quickSteps, (line) => log.push(line));
    const target = createInProcessTarget(id, start, () => log.join('\n'));
    return judgeClient(target, { profile, seed, runs: 1, only, pbkdf2: inFull ? undefined : stretched });
  },
});

/** The reference client, judged as one with a fault. */
function rightClient(fault: Client): Peer {
  const { profile = 'documented', inFull } = fault;
  const id = `${profile}${inFull === true ? '.in-full' : ''}`;
  return clientAs({ ...fault, id, create: withOverrides(() => ({})) });
}

export const clientPeer = (fault: ClientFault): FaultyPeer => ({
  ...clientAs(fault),
  title: fault.title,
  requirement: fault.requirement,
  control: rightClient(fault),
});

type OneServer = Omit<ServerFault, 'title' | 'requirement'>;

const serverAs = ({ id, profile = 'documented', create, survives }: OneServer): Peer => ({
  id: `server.${id}`,
  role: 'server',
  profile,
  async *judge(only, seed = SEED) {
    const { target, close } = await startInProcessServer({
      label: id,
      create: (input) => create({ profile, ...input }),
      disk: createDisk(survives),
    });
    try {
      yield* judgeServer(target, { profile, seed, only });
    } finally {
      await close();
    }
  },
});

/** The reference server. Its disk has after a restart what that of a right server has. */
const rightServer = (profile: ProfileName = 'documented'): Peer =>
  serverAs({ id: profile, profile, create: faulty({}) });

export const serverPeer = (fault: ServerFault): FaultyPeer => ({
  ...serverAs(fault),
  title: fault.title,
  requirement: fault.requirement,
  control: rightServer(fault.profile),
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
