/** Every fault of `conformance/faults`, each as a client or server that has it and can be judged. */
import { native, toHex, type Steps } from '../../reference/index.ts';
import { clientFaults, type ClientFault } from '../faults/client-faults.ts';
import { serverFaults, type ServerFault } from '../faults/server-faults.ts';
import { judgeClient, judgeServer } from '../judge.ts';
import { createDisk } from '../target/disk.ts';
import { startInProcessServer } from '../target/in-process-server.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import type { CheckResult, Role } from '../verdict.ts';

/** A client or server with one fault. */
export interface FaultyPeer {
  /** `client.` or `server.`, and the id of the fault. */
  readonly id: string;
  readonly role: Role;
  /** What it does, as a sentence. */
  readonly title: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** Judges a new one. @param only - ids of checks, separated by commas */
  readonly judge: (only: string) => AsyncIterable<CheckResult>;
}

/** The same in every run, so that who kills what is too: of everything random in the suite. */
const SEED = 1;

export const clientPeer = ({ id, title, requirement, profile, runs, create }: ClientFault): FaultyPeer => ({
  id: `client.${id}`,
  role: 'client',
  title,
  requirement,
  judge(only) {
    const log: string[] = [];
    const start = () => create(quick, (line) => log.push(line));
    const target = createInProcessTarget(id, start, () => log.join('\n'));
    return judgeClient(target, { profile: profile ?? 'documented', seed: SEED, runs: runs ?? 1, only });
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

/** All, clients first. */
export const faultyPeers: readonly FaultyPeer[] = [
  ...clientFaults.map(clientPeer),
  ...serverFaults.map(serverPeer),
];

/** Making key pairs takes most of the time of a signup; so many in turn are enough to tell accounts apart. */
const KEY_PAIRS = 4;
const pairs: ReturnType<Steps['keyPair']>[] = [];
let taken = 0;
/** A login after login of the same account stretches the same passphrase with the same salts. */
const stretched = new Map<string, Promise<Uint8Array>>();

/** The steps of the reference, the slow ones done once for the whole process. */
function quick(own: Steps): Steps {
  return {
    ...own,
    keyPair: () => (pairs[taken++ % KEY_PAIRS] ??= native.generateRsaKeyPair()),
    async SEC_PWD(passphrase, salt) {
      const name = `${passphrase} ${toHex(salt)}`;
      const known = stretched.get(name) ?? own.SEC_PWD(passphrase, salt);
      stretched.set(name, known);
      return Uint8Array.from(await known);
    },
  };
}
