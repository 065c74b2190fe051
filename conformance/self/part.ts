/** One part of `test self`: a side of the reference, in one profile, and for a server over one storage. */
import type { ProfileName } from '../../reference/index.ts';
import { clientChecks } from '../client/checks.ts';
import { globToRegExp, selectChecks } from '../run.ts';
import { serverChecks } from '../server/checks.ts';
import { timingIds } from '../server/login/timing.ts';
import { STORAGES, type Role, type Storage } from '../verdict.ts';

export interface Part {
  readonly role: Role;
  readonly profile: ProfileName;
  /** Of a server. */
  readonly storage?: Storage | undefined;
  /** Whether times are measured in it: over one storage, as a second one would tell of the disk. */
  readonly measures?: boolean;
}

/** What is asked for. */
export interface Selection {
  readonly profile: ProfileName;
  readonly only?: string | undefined;
  /** Every storage where absent. */
  readonly storage?: Storage | undefined;
}

/** The parts with something to run, in the order of their results; with a storage, those of servers alone. */
export function partsOf({ profile, only, storage }: Selection): readonly Part[] {
  const client: Part = { role: 'client', profile };
  const storages = STORAGES.filter((name) => storage === undefined || name === storage);
  const servers = storages.map((name, i): Part => ({
    ...{ role: 'server', profile, storage: name },
    measures: i === 0,
  }));
  const pattern = globToRegExp(only ?? '*');
  const judged = selectChecks(serverChecks, { profile, only }).length > 0;
  const measured = timingIds.some((id) => pattern.test(id));
  return [
    ...(storage === undefined && selectChecks(clientChecks, { profile, only }).length > 0 ? [client] : []),
    ...servers.filter(({ measures = false }) => judged || (measured && measures)),
  ];
}

/** `server, SQLite, documented` */
export const nameOf = ({ role, profile, storage }: Part): string =>
  [role, ...(storage === undefined ? [] : [STORAGE_NAMES[storage]]), profile].join(', ');

const STORAGE_NAMES: Readonly<Record<Storage, string>> = { memory: 'memory', sqlite: 'SQLite' };
