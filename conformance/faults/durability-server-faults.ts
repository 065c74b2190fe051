/** Servers that are right for as long as their process lives, and have lost or mixed up something when it is started again (HTTP-14). */
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFault, type AccountRecord, type Resource } from '../../reference/index.ts';
import { surviving, type Signal, type Survives, type Write } from '../target/disk.ts';
import { faulty, type ServerFault } from './server-parts.ts';

type Name = Write['name'];

/** A server whose only fault is what its disk has after a restart. */
const onDisk = (survives: Survives): Pick<ServerFault, 'create' | 'survives'> => ({
  create: faulty({}),
  survives,
});

/** Everything but these writes. */
const without = (...names: readonly Name[]) => onDisk(lacking(...names));

const lacking =
  (...names: readonly Name[]): Survives =>
  (writes) =>
    surviving(writes).filter(({ name }) => !names.includes(name));

/** Where its process ends in one way alone. */
const endedBy =
  (how: Signal, survives: Survives): Survives =>
  (writes, signal) =>
    signal === how ? survives(writes, signal) : surviving(writes);

/** Everything but the last writes that are like these. */
const withoutLast = (many: number, isLike: (write: Write, all: readonly Write[]) => boolean) =>
  onDisk((writes) => {
    const kept = surviving(writes);
    const last = kept.filter((write) => isLike(write, kept)).slice(-many);
    return kept.filter((write) => !last.includes(write));
  });

/** The link of somebody who did not make the group. */
const isShared = (write: Write, all: readonly Write[]): boolean =>
  write.name === 'putLink' &&
  all.some(
    (other) =>
      other.name === 'addGroup' &&
      other.given[0].id === write.given[0].resourceGroupId &&
      other.given[0].ownerAccountId !== write.given[0].accountId,
  );

const accountIn = (write: Write): AccountRecord | undefined =>
  write.name === 'addAccount' || write.name === 'replaceAccount' ? write.given[0] : undefined;

/** The last change of an account, without its wrapped key. */
const halfChanged: Survives = (writes) => {
  const kept = [...surviving(writes)];
  const last = kept.findLastIndex(({ name }) => name === 'replaceAccount');
  const after = kept[last] && accountIn(kept[last]);
  const before = kept
    .slice(0, Math.max(last, 0))
    .map(accountIn)
    .findLast((account) => account !== undefined && account.id === after?.id);
  if (after !== undefined && before !== undefined)
    kept[last] = { name: 'replaceAccount', given: [{ ...after, encSymmetricKey: before.encSymmetricKey }] };
  return kept;
};

/** Groups that went with their owner's account or with what was in it, otherwise: as a write, or not at all. */
const groupsDropped =
  (change: (groupId: string, ownerId: string, isDeleted: boolean) => readonly Write[]): Survives =>
  (writes) => {
    const kept = surviving(writes);
    const deleted = kept.flatMap(({ name, given }) => (name === 'dropAccount' ? [given[0]] : []));
    const owners = new Map(
      kept.flatMap(({ name, given }) =>
        name === 'addGroup' ? [[given[0].id, given[0].ownerAccountId] as const] : [],
      ),
    );
    return kept.flatMap((write): readonly Write[] => {
      const owner = write.name === 'dropGroup' ? owners.get(write.given[0]) : undefined;
      if (write.name !== 'dropGroup' || owner === undefined) return [write];
      return change(write.given[0], owner, deleted.includes(owner));
    });
  };

/** Sessions, each with the account of the one before. */
const sessionsShifted: Survives = (writes) => {
  let before = '';
  return surviving(writes).map((write) => {
    if (write.name !== 'addSession') return write;
    const [hash, accountId] = write.given;
    const given = [hash, before === '' ? accountId : before] as const;
    before = accountId;
    return { name: 'addSession', given };
  });
};

/** The same bytes after every start, for what is drawn with one of these lengths. */
const drawnAnew =
  (isFixed: (length: number) => boolean): ServerFault['create'] =>
  (input) => {
    let drawn = 0;
    const next = (length: number): Uint8Array =>
      Uint8Array.from(createHash('shake256', { outputLength: length }).update(String(drawn++)).digest());
    return faulty({
      random: (length) => (isFixed(length) ? next(length) : Uint8Array.from(randomBytes(length))),
    })(input);
  };

/** Starters go by the smallest number that is free. */
const startersNumbered: ServerFault['create'] = (input) => {
  const open = new Map<string, string>();
  return faulty({
    around: (server) => async (request) => {
      const { url, method, headers } = request;
      const { pathname } = new URL(url);
      if (pathname === '/auth/login-m1') {
        const body = (await request.json()) as { sessionStarterId: string };
        const sessionStarterId = open.get(body.sessionStarterId) ?? body.sessionStarterId;
        open.delete(body.sessionStarterId);
        return await server.fetch(
          new Request(url, { method, headers, body: JSON.stringify({ ...body, sessionStarterId }) }),
        );
      }
      const response = await server.fetch(request);
      if (pathname !== '/auth/login-a' || !response.ok) return response;
      const answer = (await response.json()) as { sessionStarterId: string };
      let number = 1;
      while (open.has(String(number))) number++;
      open.set(String(number), answer.sessionStarterId);
      return Response.json(
        { ...answer, sessionStarterId: String(number) },
        { headers: { 'cache-control': 'no-store' } },
      );
    },
  })(input);
};

/** Milliseconds between one resource of a push and the next. */
const PAUSE = 3;

/** Pushes to one group are stored one resource after the other, and answered as a whole. */
const oneByOne: ServerFault['create'] = faulty({
  around: (server) => async (request) => {
    const { url, method, headers } = request;
    if (method !== 'POST' || new URL(url).pathname !== '/sync/push') return await server.fetch(request);
    const bytes = await request.arrayBuffer();
    const pushed = (body: string | ArrayBuffer): Request => new Request(url, { method, headers, body });
    const resources = resourcesIn(bytes);
    if (resources.length < 2) return await server.fetch(pushed(bytes));
    const lists: Record<string, unknown[]> = {};
    for (const resource of resources) {
      const response = await server.fetch(pushed(JSON.stringify([resource])));
      if (!response.ok) return response;
      const answer = (await response.json()) as Readonly<Record<string, unknown[]>>;
      for (const [list, items] of Object.entries(answer)) lists[list] = [...(lists[list] ?? []), ...items];
      await sleep(PAUSE);
    }
    return Response.json(lists);
  },
});

/** The resources of a right push to one group, each with an id of its own; none where it is anything else. */
function resourcesIn(bytes: ArrayBuffer): readonly object[] {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return [];
  }
  if (findFault('push-request', body) !== undefined) return [];
  const resources = body as Resource[];
  const isPlain =
    new Set(resources.map(({ id }) => id)).size === resources.length &&
    new Set(resources.map(({ resourceGroupId }) => resourceGroupId)).size === 1;
  return isPlain ? resources : [];
}

/** Versions and ids are 16 bytes; what a login draws is longer. */
const ID_BYTES = 16;

export const durabilityServerFaults: readonly ServerFault[] = [
  {
    id: 'restart-forgets-everything',
    title: 'keeps everything in memory alone',
    requirement: 'HTTP-14',
    ...onDisk(() => []),
  },
  {
    id: 'restart-answers-before-it-writes',
    title: 'answers before it writes, and loses the last writes when it ends',
    requirement: 'HTTP-14',
    ...withoutLast(5, () => true),
  },
  {
    id: 'restart-half-a-push',
    title: 'has only some of the resources of an acknowledged push after a crash',
    requirement: 'HTTP-14',
    ...withoutLast(2, ({ name }) => name === 'putResource'),
  },
  {
    id: 'push-one-by-one',
    title: 'stores the resources of a push one after the other, and ends in between',
    requirement: 'PUSH-09',
    create: oneByOne,
  },
  {
    id: 'restart-half-a-change',
    title: 'has the verifier of after a change and the wrapped key of before it when it was told to end',
    requirement: 'CHANGE-09',
    ...onDisk(endedBy('SIGTERM', halfChanged)),
  },
  {
    id: 'restart-half-a-share',
    title: 'has not all links of a share-b after a crash',
    requirement: 'SHARE-08',
    ...withoutLast(1, isShared),
  },
  {
    id: 'restart-withdrawn-back',
    title: 'gives links that were withdrawn back after a restart',
    requirement: 'HTTP-14',
    ...without('dropLink'),
  },
  {
    id: 'restart-deleted-back',
    title: 'has accounts that were deleted again after a restart',
    requirement: 'HTTP-14',
    ...without('dropAccount'),
  },
  {
    id: 'restart-deleted-groups-back',
    title: 'has the groups of accounts that were deleted again after a restart, for their other members',
    requirement: 'HTTP-14',
    ...onDisk(groupsDropped((id, _, isDeleted) => (isDeleted ? [] : [{ name: 'dropGroup', given: [id] }]))),
  },
  {
    id: 'restart-emptied-groups-back',
    title: 'has taken from their owner alone, after a restart, the groups that went with a reset',
    requirement: 'HTTP-14',
    ...onDisk(
      groupsDropped((id, owner, isDeleted) => [
        isDeleted ? { name: 'dropGroup', given: [id] } : { name: 'dropLink', given: [id, owner] },
      ]),
    ),
  },
  {
    id: 'restart-deleted-in-teams',
    title: 'has accounts that were deleted in their teams again when it was told to end',
    requirement: 'HTTP-14',
    ...onDisk(endedBy('SIGTERM', lacking('leaveTeams'))),
  },
  {
    id: 'restart-teams-forgotten',
    title: 'writes its teams when it is told to end, and has none when it was killed',
    requirement: 'HTTP-14',
    ...onDisk(endedBy('SIGKILL', lacking('addTeam'))),
  },
  {
    id: 'restart-confirmations-forgotten',
    title: 'keeps in memory alone which addresses are confirmed',
    requirement: 'HTTP-14',
    profile: 'documented',
    ...without('setVerified'),
  },
  {
    id: 'restart-new-decoys',
    title: 'makes up new salts for strangers after a restart',
    requirement: 'ENUM-02',
    ...without('secret'),
  },
  {
    id: 'restart-sessions-mixed-up',
    title: 'takes sessions of before a restart for those of other accounts',
    requirement: 'WHOAMI-01',
    ...onDisk(sessionsShifted),
  },
  {
    id: 'restart-logged-out-back',
    title: 'has sessions that were logged out again after a restart',
    requirement: 'SESSION-03',
    ...without('dropSession'),
  },
  {
    id: 'restart-ended-sessions-back',
    title: 'has sessions that a change has ended again after a restart',
    requirement: 'CHANGE-11',
    ...without('dropSessions'),
  },
  {
    id: 'restart-starters-numbered',
    title: 'numbers starters, and begins anew after a restart',
    requirement: 'LOGIN-04',
    create: startersNumbered,
  },
  {
    id: 'restart-used-starters-back',
    title: 'keeps starters over a restart, and forgets which were used',
    requirement: 'LOGIN-05',
    ...onDisk((writes) => writes.filter(({ name }) => name !== 'takeStarter')),
  },
  {
    id: 'restart-draws-again',
    title: 'draws the same after every start',
    requirement: 'SRP-14',
    create: drawnAnew(() => true),
  },
  {
    id: 'restart-versions-again',
    title: 'counts versions from the start of its process',
    requirement: 'SYNC-01',
    create: drawnAnew((length) => length === ID_BYTES),
  },
  {
    id: 'restart-links-forgotten',
    title: 'keeps the links that it has mailed in memory alone',
    requirement: 'CONFIRM-03',
    profile: 'documented',
    ...without('addConfirmation'),
  },
  {
    id: 'restart-used-links-back',
    title: 'lets a link that was used work again after a restart',
    requirement: 'CONFIRM-04',
    profile: 'documented',
    ...without('takeConfirmation'),
  },
  {
    id: 'restart-codes-forgotten',
    title: 'keeps the codes that it has mailed in memory alone',
    requirement: 'HTTP-14',
    profile: 'deployed',
    ...without('addCode'),
  },
  {
    id: 'restart-used-codes-back',
    title: 'lets a code that was used work again after a restart',
    requirement: 'CODE-02',
    profile: 'deployed',
    ...without('dropCode'),
  },
  {
    id: 'restart-wrong-codes-forgotten',
    title: 'counts wrong codes in memory alone',
    requirement: 'CODE-05',
    profile: 'deployed',
    ...without('countWrongCode'),
  },
];
