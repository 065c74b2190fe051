/** `e2ee-sync test self`: every check, with the reference client and the reference server over every storage as targets. */
import { TargetGone } from '../check.ts';
import { beginParts, type Parts } from '../self/parts.ts';
import { nameOf, partsOf, type Part } from '../self/part.ts';
import type { Progress } from '../run.ts';
import { summarize, type CheckResult, type ExitStatus, type Storage } from '../verdict.ts';
import { defaultJobs, PROFILES } from './options.ts';
import { runSuite, type SuiteOptions, type TestOptions } from './session.ts';

export interface SelfOptions extends TestOptions {
  /** The one storage of the server that is judged. */
  readonly storage?: Storage;
}

export async function testSelf(options: SelfOptions): Promise<ExitStatus> {
  const profiles = options.profile === undefined ? PROFILES : [options.profile];
  const parts = profiles.flatMap((profile) => partsOf({ ...options, profile }));
  let running: Parts | undefined;

  async function* judge(suite: SuiteOptions): AsyncGenerator<CheckResult, void, void> {
    running ??= beginAll(parts, suite);
    for (const part of parts.filter(({ profile }) => profile === suite.profile))
      yield* judged(running, part, { ...suite, isAsked: options.storage !== undefined });
  }
  try {
    return await runSuite(
      {
        target: { kind: 'self', name: 'the reference client and the reference server' },
        profiles,
        command: ['e2ee-sync test self', ''],
        judge,
      },
      options,
    );
  } finally {
    running?.close();
  }
}

/** Begins the parts of every profile, whichever is asked for first. */
function beginAll(parts: readonly Part[], suite: SuiteOptions): Parts {
  const { seed, runs, path, timeout, only, bail, baseline, jobs = defaultJobs, onProgress } = suite;
  const options = { seed, runs, path, timeout, only, bail, baseline, jobs };
  const progress = new Map<Part, Progress>();
  return beginParts(parts, jobs, options, (part, one) => {
    progress.set(part, one);
    const all = [...progress.values()];
    onProgress?.({
      running: all.flatMap(({ running }) => running),
      left: all.reduce((sum, { left }) => sum + left, 0),
    });
  });
}

/** What one part comes to, and the time that it took. @throws TargetGone */
async function* judged(
  parts: Parts,
  part: Part,
  { isAsked, onIndication, onEnd, onPart }: SuiteOptions & { readonly isAsked: boolean },
): AsyncGenerator<CheckResult, void, void> {
  const name = nameOf(part);
  const results: CheckResult[] = [];
  for await (const message of parts.said(part))
    switch (message.kind) {
      case 'result':
        results.push(message.result);
        yield message.result;
        break;
      case 'indication':
        onIndication?.(message.indication);
        break;
      case 'time':
        onEnd?.(message.time);
        break;
      case 'done': {
        const { took, durability, processor } = message;
        onPart({ name, summary: summarize(results), took, durability, processor });
        break;
      }
      case 'missing':
        if (isAsked) throw new TargetGone(message.why);
        onPart({ name, missing: message.why });
        break;
      case 'gone':
        throw new TargetGone(message.why);
      case 'error':
        throw new Error(`${name}: ${message.why}`);
    }
}
