/** An edit in a story, and what it makes of a group (8.5). */
import type { Params } from '../target/verbs.ts';
import type { Step } from './steps.ts';
import { asText, show, type Group } from './world.ts';

type Edit = Params<'push'>['edits'][number];

/** What a step writes into a group, or removes from it. */
export function editOf(group: Group, { resource, document }: Step, removed: boolean): Edit {
  const id = `req_${resource}`;
  return { groupId: group.id, id, name: `Resource ${id}`, type: 'Request', document, removed };
}

/** The edit was pushed. */
export function edited(group: Group, { id, document, removed }: Edit): void {
  if (removed) {
    group.documents.delete(id);
    return;
  }
  group.documents.set(id, asText(document));
  show(group);
}
