/** Every answer of a whole run beside what the specification says of its call (9.4, 9.5). */
import { httpCallOf, type HttpAnswer, type HttpCall } from '../../../spec/calls.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { isSuccess, type ServerBench } from '../bench/bench.ts';
import { NEEDED_FOR_CALLS } from '../capabilities.ts';

/** One answer of the run. */
export interface RunAnswer {
  readonly exchange: Exchange;
  /** Path and query below the base URL. */
  readonly target: string;
  /** The call that was made; undefined where the path or the method is none, or this server need not have it. */
  readonly call: HttpCall | undefined;
  /** What the call may answer with this status; `undefined` where there is no call, or it does not list the status. */
  readonly due: HttpAnswer | undefined;
}

const known = new WeakMap<ServerBench, RunAnswer[]>();

/** Every answer so far, oldest first. */
export function runAnswers(bench: ServerBench): readonly RunAnswer[] {
  const answers = known.get(bench) ?? [];
  known.set(bench, answers);
  const toAnswer = answerAt(bench);
  for (const exchange of bench.exchanges.slice(answers.length)) answers.push(toAnswer(exchange));
  return answers;
}

function answerAt({
  target: { url },
  profile,
  capabilities,
}: ServerBench): (exchange: Exchange) => RunAnswer {
  const base = new URL(url).pathname.replace(/\/$/, '');
  const has = ({ id, profiles }: HttpCall): boolean =>
    profiles.includes(profile) && capabilities.includes(NEEDED_FOR_CALLS[id] ?? 'account');
  return (exchange) => {
    const target = exchange.target.slice(base.length);
    const made = httpCallOf(exchange.method, target);
    const call = made !== undefined && has(made) ? made : undefined;
    return { exchange, target, call, due: call && dueFor(call, exchange) };
  };
}

/** 200 stands for every 2xx status, `5XX` for all from 500 on. */
function dueFor({ answers }: HttpCall, exchange: Exchange): HttpAnswer | undefined {
  if (isSuccess(exchange)) return answers['200'];
  return answers[exchange.status >= 500 ? '5XX' : String(exchange.status)];
}
