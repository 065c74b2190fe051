/** Takes secrets out of what a client or a server said, before it is printed or kept. */

/** 16 bytes and more as hex, and as much as base64url: keys, salts, proofs and session ids. */
const LONG = /(?<![A-Za-z0-9_-])(?!act_)(?:[0-9a-fA-F]{32,}|[A-Za-z0-9_-]{43,})(?![A-Za-z0-9_-])/g;

/**
 * @param secrets - what must not be seen, as text; empty ones are left out
 */
export function redact(text: string, secrets: Iterable<string>): string {
  let rest = text;
  for (const secret of secrets) if (secret !== '') rest = rest.replaceAll(secret, '[secret]');
  return rest.replace(LONG, '[secret]');
}
