/** A process that judges one part of the reference as it is told, and says all that comes of it; see `parts.ts`. */
import { StoreError } from '../../reference/sqlite.ts';
import { TargetGone } from '../check.ts';
import type { TimeSpent } from '../client/time-spent.ts';
import type { Indication } from '../indication.ts';
import type { JudgeOptions } from '../judge.ts';
import { replayBy } from '../replay.ts';
import type { Progress } from '../run.ts';
import type { CheckResult } from '../verdict.ts';
import { judgePart } from './judge-part.ts';
import type { Part } from './part.ts';

/** What a part is judged by: everything of the options that can be sent. */
export type PartOptions = Pick<
  JudgeOptions,
  'seed' | 'runs' | 'path' | 'timeout' | 'only' | 'bail' | 'baseline' | 'jobs'
>;

export interface Order {
  readonly part: Part;
  readonly options: PartOptions;
}

/** What a process says, one thing after the other; the last is `done`, `gone`, `missing` or `error`. */
export type Message =
  | { readonly kind: 'result'; readonly result: CheckResult }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'indication'; readonly indication: Indication }
  | { readonly kind: 'time'; readonly time: TimeSpent }
  /** All was judged, in so many milliseconds, so many of them by the checks of durability, and in so many of processor time. */
  | {
      readonly kind: 'done';
      readonly took: number;
      readonly durability: number;
      readonly processor: number;
    }
  /** The target cannot be run any more. */
  | { readonly kind: 'gone'; readonly why: string }
  /** The storage cannot be had on this machine. */
  | { readonly kind: 'missing'; readonly why: string }
  /** A fault of the suite itself. */
  | { readonly kind: 'error'; readonly why: string };

const say = (message: Message): void => void process.send?.(message);

async function carryOut({ part, options }: Order): Promise<void> {
  const { profile, storage } = part;
  const after = storage === undefined ? '' : ` --storage ${storage}`;
  const start = performance.now();
  let durability = 0;
  let last = start;
  for await (const result of judgePart(part, {
    ...{ ...options, profile },
    replay: replayBy(['e2ee-sync test self', after], { profile, seed: options.seed }),
    onProgress: (progress) => {
      say({ kind: 'progress', progress });
    },
    onIndication: (indication) => {
      say({ kind: 'indication', indication });
    },
    onEnd: (time) => {
      say({ kind: 'time', time });
    },
  })) {
    const now = performance.now();
    if (result.id.startsWith('server.durability.')) durability += now - last;
    last = now;
    say({ kind: 'result', result });
  }
  const { user, system } = process.cpuUsage();
  say({ kind: 'done', took: performance.now() - start, durability, processor: (user + system) / 1000 });
}

function sayWhy(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof TargetGone) say({ kind: 'gone', why: message });
  else if (error instanceof StoreError) say({ kind: 'missing', why: message });
  else say({ kind: 'error', why: stack ?? message });
}

process.on('message', (order: Order) => void carryOut(order).catch(sayWhy));
process.on('disconnect', () => process.exit());
// The process that gave the order decides when this one ends: then it is disconnected.
process.on('SIGINT', () => undefined);
