/** Answers to a pull that no honest server gives, and some that it may give: what is in them and how often (8.6, 9.2). */
import type { Answer } from '../peer/lies.ts';

export interface PullLie {
  /** Unique; the last part of the check's id. */
  readonly id: string;
  /** What a client must do about it, as a sentence. */
  readonly title: string;
  /** The requirements that a client breaks by doing otherwise. */
  readonly requirements: readonly string[];
  /** Whether the whole answer is to be refused; it is to be taken otherwise. */
  readonly refused: boolean;
  /** @param id - of the one resource that the honest answer brings */
  readonly alter: (own: Answer, id: string) => Answer;
}

const listOf = (own: Answer, name: string): readonly unknown[] => own[name] as readonly unknown[];

/** Members that no version of this specification has, in the answer and in everything that it lists. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, more: { of: ['everything', null, 1] } };
}

export const pullLies: readonly PullLie[] = [
  {
    id: 'duplicate',
    title: 'A client refuses an answer that brings a resource twice.',
    requirements: ['PULL-06'],
    refused: true,
    alter: (own) => {
      const created = listOf(own, 'createdResources');
      return { ...own, createdResources: [...created, ...created] };
    },
  },
  {
    id: 'duplicate-in-two-lists',
    title: 'A client refuses an answer that brings a resource as new and as changed.',
    requirements: ['PULL-06'],
    refused: true,
    alter: (own) => ({ ...own, updatedResources: listOf(own, 'createdResources') }),
  },
  {
    id: 'unknown-members',
    title: 'A client passes over members of an answer that it does not know.',
    requirements: ['HTTP-10'],
    refused: false,
    alter: (own) =>
      withMore(
        Object.fromEntries(Object.entries(own).map(([name, list]) => [name, withMore(list)])),
      ) as Answer,
  },
  {
    id: 'strange-ids',
    title: 'A client removes and pushes nothing for ids that it has never listed.',
    requirements: ['PULL-08'],
    refused: false,
    alter: (own, id) => ({ ...own, idsToRemove: [id, 'req_nowhere'], idsToPush: ['req_elsewhere'] }),
  },
];
