/** A process that judges whether edits are named; see `pool.ts`. */
import { answerWith } from './answering.ts';
import { editsOf, KINDS, PROFILES, ROLES } from './edits.ts';
import { tryTelling } from './telling.ts';

const edits = new Map(
  ROLES.flatMap((role) =>
    PROFILES.flatMap((profile) => KINDS.flatMap((kind) => editsOf(role, profile, kind))),
  ).map((edit) => [edit.id, edit]),
);

answerWith(async (id) => {
  const edit = edits.get(id);
  if (edit === undefined) throw new Error(`there is no edit ${id}`);
  return await tryTelling(edit);
});
