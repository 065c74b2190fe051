/** The calls of one run to a server: in their turn where the run is polite, none once it has ended, and all remembered for what they have made. */
import { TargetGone } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { bytesOf } from '../../requests/draft.ts';
import type { ServerTarget } from '../../target/server-target.ts';
import { sendDraft } from './hostile-send.ts';
import { createMade, type Made, type Seen } from './made.ts';
import { createPace, type PaceOptions } from './pace.ts';
import { createSend, textSent, type Send } from './wire.ts';

export interface VisitOptions {
  readonly target: ServerTarget;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
  /** Where the server is one that others use. */
  readonly pace?: PaceOptions | undefined;
  /** Ends the run before its next call. */
  readonly signal?: AbortSignal | undefined;
}

export interface Visit {
  /** @throws TargetGone where the run has ended too */
  readonly send: Send;
  /** Sends a request on a connection of its own; the timeout is that of `sendDraft`, and that of all calls where absent. */
  sendDraft(draft: Parameters<typeof sendDraft>[1], timeout?: number): ReturnType<typeof sendDraft>;
  readonly made: Made;
  /** The calls that were answered with 429 in the end, and how often: `POST /auth/login-m1`. */
  readonly limited: ReadonlyMap<string, number>;
  /** Ends the run: no further call goes out. @returns the way for those that clear up, after what is under way */
  end(): Send;
}

/** @param keep - told of every exchange */
export function createVisit(
  { target, timeout, pace, signal }: VisitOptions,
  keep: (exchange: Exchange) => void,
): Visit {
  const made = createMade();
  const limited = new Map<string, number>();
  const inTurn = pace === undefined ? undefined : createPace(pace);
  const ending = new AbortController();
  const stops = signal === undefined ? ending.signal : AbortSignal.any([signal, ending.signal]);

  const within = async <T extends Exchange | string>(
    stop: AbortSignal,
    call: () => Promise<T>,
  ): Promise<T> => {
    const unlessStopped = async (): Promise<T> => {
      stop.throwIfAborted();
      return await call();
    };
    try {
      return await (inTurn === undefined ? unlessStopped() : inTurn(unlessStopped, stop));
    } catch (error) {
      throw stop.aborted && !(error instanceof TargetGone)
        ? new TargetGone('the run was stopped')
        : (error as Error);
    }
  };
  const base = new URL(target.url).pathname.replace(/\/$/, '');
  const seen = (exchange: Exchange): Seen => ({
    ...exchange,
    sessionId: exchange.requestHeaders['x-session-id'],
  });
  const unanswered = (method: string, target: string, requestBody: string, sessionId?: string): void => {
    made.see({ method, target, requestBody, sessionId, status: 0, responseBody: '' });
  };
  const countLimited = (method: string, path: string, { status }: Exchange): void => {
    const call = `${method} ${path.replace(/\?.*/, '')}`;
    if (status === 429) limited.set(call, (limited.get(call) ?? 0) + 1);
  };
  const direct = createSend(target, timeout, (exchange) => {
    made.see(seen(exchange));
    keep(exchange);
  });
  const drafted: Visit['sendDraft'] = async (draft, haste = timeout) => {
    const { method, target: path, headers } = draft;
    const outcome = await sendDraft(target.url, draft, haste);
    if (typeof outcome === 'object') {
      made.see(seen(outcome));
      // The text of the body is enough to look back on, and the target begins as that of `send` does.
      keep({ ...outcome, target: base + path, requestBytes: new Uint8Array() });
    }
    const text = (): string => Buffer.from(bytesOf(draft) ?? []).toString();
    if (outcome === 'unanswered') unanswered(method, path, text(), headers['x-session-id']);
    return outcome;
  };
  const sending =
    (stop: AbortSignal): Send =>
    async (method, path, sent = {}) => {
      const answer = await within(stop, async () => {
        try {
          return await direct(method, path, sent);
        } catch (error) {
          unanswered(method, path, textSent(sent) ?? '', sent.sessionId);
          throw error;
        }
      });
      countLimited(method, path, answer);
      return answer;
    };
  return {
    made,
    limited,
    send: sending(stops),
    async sendDraft(draft, haste) {
      const outcome = await within(stops, () => drafted(draft, haste));
      if (typeof outcome === 'object') countLimited(draft.method, draft.target, outcome);
      return outcome;
    },
    end() {
      ending.abort();
      return sending(new AbortController().signal);
    },
  };
}
