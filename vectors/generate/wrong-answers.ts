/**
 * The family `wrong-answers`: what each named mistake of `spec/mistakes.json` makes of one account with one login, one
 * group and one document. Whoever finds a value of his here has made that mistake.
 */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { ProfileName } from '../../spec/index.ts';
import { namedMistakes, type Mistake } from '../../spec/mutate.ts';
import { tellingInputs } from '../../spec/telling.ts';
import type { Family, Note } from './family.ts';
import { keyPair } from './keys.ts';
import { leadingZeros } from './leading-zeros.ts';
import { seededBytes } from './random.ts';
import { derived, type Vector } from './vector.ts';
import { WHOLE, WHOLE_OUTPUTS } from './whole-account.ts';
import { inputsFor, run, wrongAnswer, type Run } from './wrong-answers-run.ts';

/** Mistakes of a profile that make a difference. */
const mistakesOf = (profile: ProfileName): readonly Mistake[] =>
  namedMistakes(profile).filter(({ equivalent }) => equivalent === undefined);

function vectors(profile: ProfileName): Vector[] {
  const story = run(profile, 'story', WHOLE);
  const zeros = leadingZeros.vectors(profile).map(({ inputs }) => run(profile, 'leading-zero', inputs));
  const telling = run(profile, 'telling', tellingInputs(random, keyPair('jane')));
  const right = { id: 'right', comment: 'the right values of the story' };
  return [
    derived(profile, right, WHOLE, WHOLE_OUTPUTS),
    ...mistakesOf(profile).map((mistake) =>
      vector(mistake, [story, ...changed(profile, mistake), ...zeros, telling]),
    ),
  ];
}

const random = (label: string, length: number): Uint8Array => seededBytes(`wrong-answers/${label}`, length);

/** The story with the input that a mistake wants. */
const changed = (profile: ProfileName, { inputs }: Mistake): Run[] =>
  inputs === undefined ? [] : [run(profile, 'changed-input', { ...WHOLE, ...inputs })];

/** What comes of the first inputs with which the mistake shows. */
function vector(mistake: Mistake, runs: readonly Run[]): Vector {
  for (const of of runs) {
    const outputs = wrongAnswer(of, mistake);
    if (Object.keys(outputs).length === 0) continue;
    return {
      ...{ id: mistake.id, comment: mistake.title, flags: [of.flag], result: 'invalid', step: 'derive' },
      ...{ mistake: mistake.id, inputs: inputsFor(of, mistake, outputs), intermediates: {}, outputs },
    };
  }
  throw new Error(`${mistake.id} shows with none of the inputs`);
}

const note = (description: string): Note => ({
  ...{ bugType: 'known mistake', description },
  effect: 'Who makes the mistake cannot log in with what others stored, nor open what they encrypted.',
});

export const wrongAnswers: Family = {
  family: 'wrong-answers',
  covers: 'the values that each named mistake yields, which no implementation may yield (4 to 6)',
  requirements: (protocol.profiles as ProfileName[]).flatMap((profile) =>
    mistakesOf(profile).map(({ requirement }) => requirement),
  ),
  notes: {
    story: note(
      'The outputs are what the mistake named in `mistake` makes of the inputs of the vector `right`: first the value in which it is made, then the first one that is sent or stored.',
    ),
    'changed-input': note(
      'As `story`, but for one input: with that of the story the mistake makes no difference.',
    ),
    'leading-zero': note(
      'As `story`, with the inputs of a vector of `leading-zeros`: with those of the story the mistake makes no difference.',
    ),
    telling: note(
      'As `story`, with an email and a passphrase on which every step of normalisation shows: with those of the story the mistake makes no difference.',
    ),
  },
  vectors,
};
