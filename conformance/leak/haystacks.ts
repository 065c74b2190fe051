/** Every part of a request that a server or a network sees, as bytes. */
import { decompressed } from '../peer/compressed.ts';
import type { Exchange } from '../peer/exchange.ts';

/** A part of a request. */
export interface Haystack {
  /** `the body of POST /auth/signup` */
  readonly where: string;
  readonly bytes: Uint8Array;
}

const ofExchanges = new WeakMap<Exchange, readonly Haystack[]>();

/** The parts of a request, the same for everybody who looks. */
export function haystacksOf(exchange: Exchange): readonly Haystack[] {
  const haystacks = ofExchanges.get(exchange) ?? partsOf(exchange);
  ofExchanges.set(exchange, haystacks);
  return haystacks;
}

function partsOf({ method, target, requestHeaders, requestBytes }: Exchange): readonly Haystack[] {
  const call = `${method} ${target.split('?')[0] ?? ''}`;
  const headers = Object.entries(requestHeaders).map(([name, value]) => ({
    where: `the header ${name} of ${call}`,
    bytes: Buffer.from(`${name}: ${value}`, 'latin1'),
  }));
  const body = { where: `the body of ${call}`, bytes: requestBytes };
  const plain = decompressed(requestHeaders['content-encoding'], requestBytes); // searched as it came, too
  return [
    { where: `the request line of ${call}`, bytes: Buffer.from(`${method} ${target}`, 'latin1') },
    ...headers,
    body,
    ...(plain === undefined ? [] : [{ where: `the decompressed body of ${call}`, bytes: plain }]),
  ];
}
