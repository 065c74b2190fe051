/** Bytes that look random and are the same on every machine: SHA-256 of a label and a counter. */
import { createHash } from 'node:crypto';

/** `length` bytes for a label, lower-case hex. */
export function seededHex(label: string, length: number): string {
  let hex = '';
  for (let counter = 0; hex.length < 2 * length; counter++)
    hex += createHash('sha256').update(`${label}/${counter}`).digest('hex');
  return hex.slice(0, 2 * length);
}

/** `length` bytes for a label. */
export const seededBytes = (label: string, length: number): Uint8Array =>
  Uint8Array.from(Buffer.from(seededHex(label, length), 'hex'));
