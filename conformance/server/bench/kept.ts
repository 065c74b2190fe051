/** What a run keeps of what crosses the wire: the checks at its end look back on it. */
import type { Exchange } from '../../peer/exchange.ts';

/** The most that is kept of a run, in characters; once it is reached, exchanges that are long are not kept any more. */
const MOST = 64 * 1024 * 1024;
const LONG = 64 * 1024;

export interface Kept {
  /** Oldest first. */
  readonly exchanges: readonly Exchange[];
  keep(exchange: Exchange): void;
}

export function createKept(): Kept {
  const exchanges: Exchange[] = [];
  let total = 0;
  return {
    exchanges,
    keep(exchange) {
      const size = exchange.requestBody.length + exchange.responseBody.length;
      if (size > LONG && total + size > MOST) return;
      total += size;
      exchanges.push(exchange);
    },
  };
}
