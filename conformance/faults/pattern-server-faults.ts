/** Servers whose database looks for what a caller names by a pattern, in which % and _ stand for anything. */
import type { Store } from '../../reference/index.ts';
import { faulty, inStore, type ServerFault } from './server-parts.ts';

/** The first of these that a text stands for. */
const likeIn = (text: string, all: Iterable<string>): string | undefined => {
  if (!/^[\w%-]*$/.test(text)) return undefined;
  const pattern = new RegExp(`^${text.replaceAll('%', '.*').replaceAll('_', '.')}$`);
  return [...all].find((one) => one === text || pattern.test(one));
};

const HEADER = 'x-session-id';

function sessionsByPattern(): ServerFault['create'] {
  const live = new Set<string>();
  return faulty({
    around: (server) => async (request) => {
      const given = request.headers.get(HEADER);
      if (given === null) return await server.fetch(request);
      const copy = new Request(request);
      const session = likeIn(given, live) ?? given;
      copy.headers.set(HEADER, session);
      const response = await server.fetch(copy);
      if (response.ok) live.add(session);
      return response;
    },
  });
}

function startersByPattern(own: Store): Partial<Store> {
  const open = new Set<string>();
  return {
    addStarter(id, starter) {
      open.add(id);
      own.addStarter(id, starter);
    },
    takeStarter(id) {
      const found = likeIn(id, open) ?? id;
      open.delete(found);
      return own.takeStarter(found);
    },
  };
}

function groupsByPattern(own: Store): Partial<Store> {
  const ids = new Set<string>();
  const found = (id: string): string => likeIn(id, ids) ?? id;
  return {
    addGroup(group) {
      ids.add(group.id);
      own.addGroup(group);
    },
    group: (id) => own.group(found(id)),
    link: (id, accountId) => own.link(found(id), accountId),
  };
}

export const patternServerFaults: readonly ServerFault[] = [
  {
    id: 'sessions-by-pattern',
    title: 'looks for sessions by a pattern',
    requirement: 'SESSION-02',
    create: (input) => sessionsByPattern()(input),
  },
  {
    id: 'starters-by-pattern',
    title: 'looks for starters by a pattern',
    requirement: 'LOGIN-09',
    create: inStore(startersByPattern),
  },
  {
    id: 'groups-by-pattern',
    title: 'looks for groups by a pattern',
    requirement: 'MODEL-02',
    create: inStore(groupsByPattern),
  },
];
