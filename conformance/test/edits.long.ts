/** The list of the checks that a client of the graph passes without a mistake is whole: whoever is excused is unnoticed by all. */
import t from 'tap';
import { listedChecks } from '../catalogue.ts';
import { editsOf, judgeEdit, PASSED, PROFILES, REGARDLESS_OF_VALUES } from '../kill-matrix/edits.ts';
import { globToRegExp } from '../run.ts';

const isIn = (globs: readonly string[]): ((id: string) => boolean) => {
  const meant = globToRegExp(globs.join(','));
  return (id) => meant.test(id);
};

for (const profile of PROFILES)
  t.test(
    `${profile}: every check that it passes is listed, and it passes every one that is`,
    async (test) => {
      const [any] = editsOf('client', profile, 'named');
      if (any === undefined) throw new Error('there are no mistakes');
      const none = { ...any, mistake: { ...any.mistake, id: 'none', nodes: new Map() } };
      const [isListed, isRegardless] = [isIn(PASSED.client), isIn(REGARDLESS_OF_VALUES)];
      const judging = listedChecks.filter(
        (check) =>
          check.role === 'client' &&
          (check.profile === null || check.profile === profile) &&
          !isRegardless(check.id),
      );
      const passed: string[] = [];
      const only = judging.map(({ id }) => id).join(',');
      for await (const { id, verdict } of judgeEdit(none, { only, explains: false }))
        if (verdict === 'pass') passed.push(id);
      test.same(
        passed.toSorted(),
        judging
          .map(({ id }) => id)
          .filter(isListed)
          .toSorted(),
      );
      for (const glob of PASSED.client)
        test.ok(
          listedChecks.some(({ id }) => isIn([glob])(id)),
          `${glob} names a check`,
        );
      test.notOk(PASSED.client.some(isRegardless));
    },
  );
