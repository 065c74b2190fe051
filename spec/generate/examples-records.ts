/** What a server stores of the story (chapter 2, the schemas `record-…`). */
import { account } from './examples-account.ts';
import { resource } from './examples-sync.ts';
import type { Cases } from './examples.ts';
import type { World } from './examples-world.ts';

export const records = (world: World): Cases => {
  const { story, jane, bob } = world;
  const { id, parentResourceId, name, created } = story.group;
  const stored = (who: 'jane' | 'bob') => ({
    ...account(story[who], world[who]),
    isVerified: true,
    created: story[who].created,
  });
  const link = (accountId: string, encSymmetricKey: string) => ({
    accountId,
    resourceGroupId: id,
    encSymmetricKey,
  });
  return {
    'record-account': {
      jane: { summary: "Jane's account", value: stored('jane') },
      bob: { summary: "Bob's account", value: stored('bob') },
    },
    'record-link': {
      jane: { summary: "Jane's link", value: link(story.jane.id, jane.hex('SYM_Link')) },
      bob: { summary: "Bob's link", value: link(story.bob.id, bob.hex('SYM_Link')) },
    },
    'record-resource-group': {
      garden: {
        summary: 'The group',
        value: { id, parentResourceId, name, ownerAccountId: story.jane.id, created },
      },
    },
    'record-resource': {
      stored: { summary: 'A resource', value: resource(world, story.resource.version) },
    },
  };
};
