/** The verbs of an adapter that concern groups, sharing, teams and resources. */
import type { Verbs } from './examples-adapter.ts';
import type { Cases } from './examples.ts';
import type { World } from './examples-world.ts';

export const syncVerbs = (world: World): Verbs => ({ ...groupVerbs(world), ...resourceVerbs(world) });

function groupVerbs(world: World): Verbs {
  const { story } = world;
  const { session } = story.adapter;
  const { id: groupId, parentResourceId, name } = story.group;
  const { id: teamId, name: teamName } = story.team;
  const persons = { emails: [story.bob.given['email']] };
  const accountIds = [story.bob.id];
  const inGroup = { session, groupId };
  return {
    createGroup: {
      garden: { summary: 'A group', params: { session, parentResourceId, name }, result: { groupId } },
    },
    createTeam: {
      'with-bob': {
        summary: 'With Bob',
        params: { session, name: teamName, ...persons },
        result: { teamId },
      },
    },
    teams: { one: { summary: 'One team', params: { session }, result: { teams: [teamOf(world)] } } },
    share: {
      persons: { summary: 'With persons', params: { ...inGroup, ...persons }, result: { accountIds } },
      team: { summary: 'With a team', params: { ...inGroup, teamId }, result: { accountIds } },
    },
    unshare: {
      everybody: { summary: 'From everybody', params: inGroup, result: {} },
      persons: { summary: 'From persons', params: { ...inGroup, ...persons }, result: {} },
    },
  };
}

function resourceVerbs(world: World): Verbs {
  const { story } = world;
  const { session } = story.adapter;
  const held = heldResource(world);
  const address = addressOf(world);
  const none = { resources: [], failed: [], conflicts: [] };
  return {
    push: {
      new: {
        summary: 'A new resource',
        params: { session, edits: [{ ...held, removed: false }] },
        result: { pushed: [address], conflicts: [] },
      },
    },
    pull: {
      known: { summary: 'Everything', params: { session }, result: { ...none, resources: [held] } },
      blacklist: {
        summary: 'Without one group; a resource does not open',
        params: { session, blacklist: [story.duplicate.id] },
        result: { ...none, failed: [address] },
      },
    },
  };
}

const teamOf = ({ story }: World): object => ({
  teamId: story.team.id,
  name: story.team.name,
  accountIds: [story.jane.id, story.bob.id],
});

const addressOf = ({ story }: World): object => ({ groupId: story.group.id, id: story.resource.id });

function heldResource(world: World): object {
  const { name, type } = world.story.resource;
  return { ...addressOf(world), name, type, document: world.jane.json('M_Resource') };
}

/** The parts of these verbs that are schemas of their own. */
export function syncParts(world: World): Cases {
  const held = heldResource(world);
  const address = addressOf(world);
  return {
    'adapter-pull#/$defs/held': { resource: { summary: 'A resource', value: held } },
    'adapter-push#/$defs/edit': { new: { summary: 'A new resource', value: { ...held, removed: false } } },
    'adapter-push#/$defs/address': { resource: { summary: 'A resource', value: address } },
    'adapter-push#/$defs/conflict': {
      server: { summary: "The server's resource won", value: { ...address, winner: 'server' } },
    },
    'adapter-teams#/$defs/team': { gardeners: { summary: 'A team', value: teamOf(world) } },
  };
}
