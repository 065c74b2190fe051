/** The calls of clients that are made of mistakes of the derivation graph, and what they open (chapter 9, 6.2, 6.5). */
import { constants, createHash, createPrivateKey, privateDecrypt, type JsonWebKey } from 'node:crypto';
import { createSteps, fromHex, readPrivateKey, toHex, type ProfileName } from '../../reference/index.ts';
import type { Known } from './edit-values.ts';

export type Body = Readonly<Record<string, unknown>>;

/** A call with or without a session. @throws Error for what is no success */
export async function call(
  server: string,
  method: string,
  path: string,
  { sessionId, body }: { readonly sessionId?: string; readonly body?: unknown } = {},
): Promise<Body> {
  const headers = {
    ...(sessionId !== undefined && { 'x-session-id': sessionId }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  const response = await fetch(server.replace(/\/$/, '') + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the server refused ${path}: ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Body);
}

/** What a link gives to who opens it: the key of the group, and the seed that it was sealed with. */
export function openedLink(profile: ProfileName, PRV_Account: unknown, SYM_Link: string): Known {
  const jwk = readPrivateKey(PRV_Account);
  const key = createPrivateKey({ key: jwk as unknown as JsonWebKey, format: 'jwk' });
  const link = fromHex(SYM_Link, 'SYM_Link');
  // EM = 00 | seed xor MGF1(maskedDB) | maskedDB (RFC 8017 section 7.1.2)
  const em = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, link);
  const mask = createHash('sha256').update(em.subarray(33)).update(new Uint8Array(4)).digest();
  const seed = em.subarray(1, 33).map((byte, i) => byte ^ (mask[i] ?? 0));
  return {
    SYM_ResourceGroup: toHex(createSteps(profile).wrap.openLink(jwk, SYM_Link)),
    'SYM_Link.seed': toHex(seed),
  };
}

/** What a document gives to who opens it: what it holds, and the IV that it was sealed with. */
export function openedContent(profile: ProfileName, { SYM_ResourceGroup }: Known, encContent: string): Known {
  const key = fromHex(String(SYM_ResourceGroup), 'SYM_ResourceGroup');
  const { iv } = JSON.parse(encContent) as { readonly iv: string };
  return {
    M_Resource: createSteps(profile).wrap.openJson(key, encContent),
    'encContent.iv': iv,
  };
}
