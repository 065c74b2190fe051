/** The messages of 8.1 to 8.4 and 8.10: Jane's group, shared with Bob, the team of both, and a group too many. */
import type { Cases } from './examples.ts';
import { compact, namesOf, type Values, type World } from './examples-world.ts';

export const sharingMessages = (world: World): Cases => ({
  ...groupMessages(world),
  ...shareMessages(world),
  ...teamMessages(world),
  'fix-dupes-request': {
    two: { summary: 'Two groups for one workspace', value: { ids: groupIds(world) } },
  },
  'fix-dupes-response': {
    one: { summary: 'One of them', value: { deleteResourceGroupIds: [world.story.duplicate.id] } },
  },
});

const groupIds = ({ story }: World): string[] => [story.group.id, story.duplicate.id];

/** To name persons is an addition of this profile (8.2, 8.3, 8.4). */
const namesPersons = ({ profile }: World): boolean => profile === 'documented';

const bobs = ({ bob }: World): { readonly emails: readonly string[] } => ({
  emails: [bob.text('normalized.email')],
});

/** 8.1 */
function groupMessages({ story, jane, bob }: World): Cases {
  const { id, parentResourceId, name } = story.group;
  const linked = (values: Values) => ({ parentResourceId, name, encSymmetricKey: values.hex('SYM_Link') });
  return {
    'resource-group-request': { garden: { summary: 'A group for a workspace', value: linked(jane) } },
    'resource-group': {
      garden: { summary: 'The group', value: { id, ...linked(jane) } },
      'for-bob': { summary: 'The same group, for Bob', value: { id, ...linked(bob) } },
    },
  };
}

/** 8.2 and 8.3 */
function shareMessages(world: World): Cases {
  const { story, jane, bob } = world;
  const team = { teamId: story.team.id };
  const publicKeys = {
    encSymmetricKey: jane.hex('SYM_Link'),
    keys: { [story.bob.id]: compact(bob.json('PUB_Account')) },
  };
  const links = { keys: { [story.bob.id]: bob.hex('SYM_Link') } };
  const accounts = { [story.bob.id]: bob.text('normalized.email') };
  const persons = (summary: string, value: object) =>
    namesPersons(world) ? { persons: { summary, value } } : {};
  return {
    'share-a-request': { team: { summary: 'A team', value: team }, ...persons('Persons', bobs(world)) },
    'share-a-response': {
      team: { summary: 'For a team', value: publicKeys },
      ...persons('For persons', { ...publicKeys, accounts }),
    },
    'share-b-request': {
      team: { summary: 'Links for a team', value: { ...team, ...links } },
      ...persons('Links for persons', { ...bobs(world), ...links }),
    },
    'unshare-request': {
      everybody: { summary: 'Everybody but the owner', value: {} },
      ...persons('Persons', bobs(world)),
    },
  };
}

/** 8.4 */
function teamMessages(world: World): Cases {
  const { story, jane, bob } = world;
  const { id, name } = story.team;
  const member = (who: 'jane' | 'bob', { text }: Values) => ({
    id: story[who].id,
    email: text('normalized.email'),
    ...namesOf(story[who]),
    isAdmin: who === 'jane',
  });
  const accounts = [member('jane', jane), member('bob', bob)];
  const team = { id, name, ownerAccountId: story.jane.id, accounts };
  return {
    'team-request': {
      alone: { summary: 'A team of the caller alone', value: { name } },
      ...(namesPersons(world) && {
        'with-bob': { summary: 'With one further account', value: { name, ...bobs(world) } },
      }),
    },
    team: { gardeners: { summary: 'The team', value: team } },
    'team#/$defs/account': { bob: { summary: 'An account in it', value: accounts[1] } },
    'teams-response': {
      one: { summary: 'One team', value: [team] },
      none: { summary: 'No team', value: [] },
    },
  };
}
