/** Bodies that are compressed on the wire (9.2). */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const DECOMPRESS = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync } as const;
/** What a small body must not swell to, in bytes. */
const maxOutputLength = 256 * 1024 * 1024;

/** What a body holds; undefined where it is not compressed, or is not what it says. */
export function decompressed(encoding: string | undefined, bytes: Uint8Array): Uint8Array | undefined {
  const unpack = Object.entries(DECOMPRESS).find(([name]) => name === encoding)?.[1];
  try {
    return unpack?.(bytes, { maxOutputLength });
  } catch {
    return undefined;
  }
}
