/** Bytes and their text forms. Inside the reference every value is a `Uint8Array`; hex and base64url are for messages. */
import { ProtocolError } from './errors.ts';

/** UTF-8. @throws ProtocolError `encoding/unicode` for text with half of a surrogate pair. */
export function utf8(text: string): Uint8Array {
  if (!text.isWellFormed())
    throw new ProtocolError('encoding/unicode', 'text holds half of a surrogate pair');
  return new TextEncoder().encode(text);
}

/** @throws ProtocolError `encoding/unicode` for bytes that are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ProtocolError('encoding/unicode', 'bytes are not UTF-8');
  }
}

/** Two lower-case digits for each byte. */
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += DIGITS[byte] ?? '';
  return hex;
}
const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/**
 * Reads lower-case hex of a known length in bytes, or of any length where none is given (ENC chapter, 6.1).
 *
 * @throws ProtocolError `encoding/hex` for other characters or an odd number of digits, `encoding/length`
 */
export function fromHex(hex: string, name: string, length?: number): Uint8Array {
  // No capturing group: with one, text of some megabytes overflows the stack.
  if (!/^(?:[0-9a-f]{2})*$/.test(hex))
    throw new ProtocolError('encoding/hex', `${name} is not lower-case hex`);
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = 16 * digitAt(hex, 2 * i) + digitAt(hex, 2 * i + 1);
  return checkLength(bytes, name, length);
}

/** What a lower-case hex digit stands for: `0` to `9` begin at character 0x30, `a` to `f` at 0x61. */
function digitAt(hex: string, i: number): number {
  const character = hex.charCodeAt(i);
  return character < 0x61 ? character - 0x30 : character - 0x61 + 10;
}

/** @throws ProtocolError `encoding/length` unless the bytes have exactly this length. */
export function checkLength(bytes: Uint8Array, name: string, length: number | undefined): Uint8Array {
  if (length !== undefined && bytes.length !== length)
    throw new ProtocolError('encoding/length', `${name} has ${bytes.length} bytes, expected ${length}`);
  return bytes;
}

/** Base64 with the URL-safe alphabet, no padding (RFC 4648 section 5). */
export function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** @throws ProtocolError `encoding/base64url` for padding, the other alphabet, or bits that stand for nothing. */
export function fromBase64url(text: string, name: string): Uint8Array {
  const refuse = () => new ProtocolError('encoding/base64url', `${name} is not base64url without padding`);
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw refuse();
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  if (toBase64url(bytes) !== text) throw refuse();
  return bytes;
}

export const concat = (...parts: readonly Uint8Array[]): Uint8Array => join(parts);

/** As many parts as there are: a function takes only so many arguments. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Bitwise exclusive or of two byte strings of equal length. */
export function xor(left: Uint8Array, right: Uint8Array): Uint8Array {
  checkLength(right, 'right operand of xor', left.length);
  return left.map((byte, i) => byte ^ (right[i] ?? 0));
}

/** An unsigned integer from bytes, most significant first. */
export function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x0${toHex(bytes)}`);
}

/** The integer as exactly `length` bytes, zero bytes in front (PAD). */
export function pad(value: bigint, length: number): Uint8Array {
  return fromHex(value.toString(16).padStart(2 * length, '0'), 'integer', length);
}

/** Compares in a time that depends on the lengths alone. */
export function equal(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (const [i, byte] of left.entries()) difference |= byte ^ (right[i] ?? 0);
  return difference === 0;
}
