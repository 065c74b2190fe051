/** Every part of a request that a server or a network sees, as bytes. */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Exchange } from '../peer/exchange.ts';

/** A part of a request. */
export interface Haystack {
  /** `the body of POST /auth/signup` */
  readonly where: string;
  readonly bytes: Uint8Array;
}

const DECOMPRESS = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync } as const;
/** What a small body must not swell to, in bytes. */
const maxOutputLength = 256 * 1024 * 1024;

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
  const decompressed = decompress(requestHeaders['content-encoding'], requestBytes);
  return [
    { where: `the request line of ${call}`, bytes: Buffer.from(`${method} ${target}`, 'latin1') },
    ...headers,
    body,
    ...(decompressed === undefined
      ? []
      : [{ where: `the decompressed body of ${call}`, bytes: decompressed }]),
  ];
}

function decompress(encoding: string | undefined, bytes: Uint8Array): Uint8Array | undefined {
  const unpack = Object.entries(DECOMPRESS).find(([name]) => name === encoding)?.[1];
  try {
    return unpack?.(bytes, { maxOutputLength });
  } catch {
    return undefined; // it is not what it says; it was searched as it came
  }
}
