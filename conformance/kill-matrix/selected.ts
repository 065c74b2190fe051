/** Options that are ids: `--only 'client.login-*,server.cacheable'`. */
import { globToRegExp } from '../run.ts';

/**
 * What ids name, in its own order.
 *
 * @param globs - ids, separated by commas, with `*` for any characters
 * @throws Error for one that names nothing: a run of nothing proves nothing
 */
export function selected<Item extends { readonly id: string }>(
  all: readonly Item[],
  globs: string,
): readonly Item[] {
  for (const glob of globs.split(',')) {
    const wanted = globToRegExp(glob);
    if (!all.some(({ id }) => wanted.test(id))) throw new Error(`--only ${glob}: there is no such id`);
  }
  const wanted = globToRegExp(globs);
  return all.filter(({ id }) => wanted.test(id));
}
