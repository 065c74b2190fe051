/** The messages of 8.5 and 8.6: Jane pushes her resource and pulls. */
import type { Cases } from './examples.ts';
import type { World } from './examples-world.ts';

export const syncMessages = (world: World): Cases => ({ ...pushMessages(world), ...pullMessages(world) });

/** The resource as it is stored (8.5). */
export const resource = ({ story, jane }: World, version: string): object => ({
  id: story.resource.id,
  name: story.resource.name,
  resourceGroupId: story.group.id,
  version,
  type: story.resource.type,
  createdBy: story.jane.id,
  lastEdited: story.resource.lastEdited,
  lastEditedBy: story.jane.id,
  removed: false,
  encContent: jane.text('encContent'),
});

/** 8.5 */
function pushMessages(world: World): Cases {
  const { id, version } = world.story.resource;
  const stored = resource(world, version);
  const nothing = { updated: [], created: [], removed: [], conflicts: [] };
  const created = { id, version };
  return {
    resource: { stored: { summary: 'A resource', value: stored } },
    'push-request': {
      new: { summary: 'A new resource', value: [resource(world, '__NO_VERSION__')] },
      nothing: { summary: 'No resource', value: [] },
    },
    'push-response': {
      created: { summary: 'The resource was created', value: { ...nothing, created: [created] } },
      conflict: {
        summary: 'The server has another version',
        value: { ...nothing, conflicts: [stored] },
      },
    },
    'push-response#/$defs/version': { created: { summary: 'What it was given', value: created } },
  };
}

/** 8.6 */
function pullMessages(world: World): Cases {
  const { story } = world;
  const { id, version } = story.resource;
  const known = { id, resourceGroupId: story.group.id, version, removed: false };
  const nothing = { updatedResources: [], createdResources: [], idsToPush: [], idsToRemove: [] };
  return {
    'pull-request': {
      'second-device': { summary: 'A new device', value: { resources: [], blacklist: [] } },
      known: {
        summary: 'A device that knows one resource',
        value: { resources: [known], blacklist: [] },
      },
      blacklist: {
        summary: 'A device that knows one resource and leaves out one group',
        value: { resources: [known], blacklist: [story.duplicate.id] },
      },
    },
    'pull-request#/$defs/known': { known: { summary: 'A resource that the device knows', value: known } },
    'pull-response': {
      'second-device': {
        summary: 'For a new device',
        value: { ...nothing, createdResources: [resource(world, version)] },
      },
      known: { summary: 'For a device that knows everything', value: nothing },
    },
  };
}
