/** An edit in a story, and what it makes of a group (8.5). */
import type { Params } from '../target/verbs.ts';
import type { Step } from './steps.ts';
import { asText, pick, show, type Group } from './world.ts';

export type Edit = Params<'push'>['edits'][number];

/** What a step writes into a group. */
export const editOf = (group: Group, { resource, document }: Step): Edit =>
  ofId(group, `req_${resource}`, document);

/** What a step removes from a group, of what a device holds there; undefined where that is nothing. */
export function removalOf(
  group: Group,
  { resource, document }: Step,
  held: ReadonlySet<string>,
): Edit | undefined {
  const id = pick([...held], resource);
  return id === undefined ? undefined : { ...ofId(group, id, document), removed: true };
}

const ofId = (group: Group, id: string, document: unknown): Edit => ({
  ...{ groupId: group.id, id, name: `Resource ${id}`, type: 'Request', document, removed: false },
});

/** The edit was pushed by a device that holds these. */
export function edited(group: Group, { id, document, removed }: Edit, held: Set<string>): void {
  if (removed) {
    group.documents.delete(id);
    held.delete(id);
    return;
  }
  held.add(id);
  group.documents.set(id, asText(document));
  show(group);
}
