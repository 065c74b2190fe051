/** Whether a client says at which stage it refused: one check for a table of what it must refuse (10.3). */
import { Blocked, expectThat, shorten, type Check } from '../check.ts';
import type { ProfileName, Stage } from '../../reference/index.ts';
import { VerbError } from '../target/client-target.ts';
import type { PullVerbResult } from '../target/verbs.ts';
import type { Act, ClientBench } from './bench.ts';

/** What was refused, and the stages that chapter 10 gives for it. */
export interface Refusal {
  readonly stages: readonly Stage[];
  /** Where it has to be refused in one profile only. */
  readonly profile?: ProfileName | undefined;
  /** The call that must fail, made once for a bench. */
  readonly provoke: (bench: ClientBench) => Promise<Act<unknown>>;
}

/** A call that fails, or a pull that lists what it did not take: it gives no stage. */
const isReported = (result: unknown): boolean =>
  result instanceof VerbError || ((result as Partial<PullVerbResult> | undefined)?.failed ?? []).length > 0;

/** What was not refused at all fails a check of its own; where nothing was, there is no stage to judge. */
export function stageCheck(
  id: string,
  needs: string | readonly string[],
  refusals: ReadonlyMap<string, Refusal>,
): Check<ClientBench> {
  return {
    id,
    title: 'A client reports with each of these failures the stage that the specification gives.',
    requirements: ['ERROR-05'],
    needs,
    async run(bench) {
      const wrong: string[] = [];
      let refused = 0;
      for (const [name, { stages, profile = bench.profile, provoke }] of refusals) {
        if (profile !== bench.profile) continue;
        const { result } = await provoke(bench);
        if (isReported(result)) refused++;
        if (!(result instanceof VerbError)) continue;
        const stage = result.stage ?? 'none';
        if (!stages.includes(stage as Stage))
          wrong.push(`${name}: ${stage} in place of ${stages.join(' or ')}`);
      }
      if (refused === 0) throw new Blocked('the client refused nothing that it must refuse');
      expectThat(wrong.length === 0, 'a failure was reported with another stage', {
        expected: 'the stages of 10.3',
        actual: shorten(wrong.join('; '), 800),
      });
    },
  };
}
