/** The error bodies of chapter 10, one for each code. */
import type { Cases } from './examples.ts';
import type { World } from './examples-world.ts';

export const errorBodies = ({ story }: World): Cases => ({
  error: Object.fromEntries(
    Object.entries(story.errors).map(([code, { summary, ...body }]) => [
      code,
      { summary, value: { error: code, ...body } },
    ]),
  ),
});
