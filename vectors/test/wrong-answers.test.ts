/** Each mistake that makes a difference has a wrong answer in each profile, and it is wrong. */
import t from 'tap';
import type { ProfileName } from '../../spec/index.ts';
import { namedMistakes } from '../../spec/mutate.ts';
import { valuesOf, type Values, type Vector } from '../generate/vector.ts';
import file from '../wrong-answers.json' with { type: 'json' };

for (const group of file.groups) {
  const profile = group.profile as ProfileName;
  const [right, ...wrong] = group.vectors as unknown as readonly [Vector, ...Vector[]];
  const mistakes = namedMistakes(profile).filter(({ equivalent }) => equivalent === undefined);

  t.test(`${profile}: one for each mistake, and first the value in which it is made`, (test) => {
    test.same(
      wrong.map(({ mistake }) => mistake),
      mistakes.map(({ id }) => id),
    );
    const elsewhere = wrong.filter(({ mistake, outputs }) => {
      const [first = ''] = Object.keys(outputs);
      return mistakes.find(({ id }) => id === mistake)?.nodes.has(first) !== true;
    });
    test.same(elsewhere, []);
    test.end();
  });

  t.test(`${profile}: nothing in it is right`, (test) => {
    const story: Values = { ...right.intermediates, ...right.outputs };
    for (const { id, flags, inputs, outputs } of wrong) {
      const expected = flags.includes('story') ? story : valuesOf(profile, inputs);
      if (flags.includes('story')) test.has(right.inputs, inputs, id);
      test.same(
        Object.keys(outputs).filter((name) => outputs[name] === expected[name]),
        [],
        id,
      );
    }
    test.end();
  });
}
