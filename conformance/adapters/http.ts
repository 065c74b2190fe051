/** The HTTP calls of an adapter: JSON both ways, a status other than 2xx is an error, redirects are not followed. */
import { AdapterError, atStage, type Stage } from './adapter.ts';

/** What the calls answer: each has some of these members, all of them text. */
export type Answer = Readonly<Record<Member, string>>;

type Member =
  | ('saltKey' | 'saltAuth' | 'saltEnc')
  | ('sessionStarterId' | 'srpB' | 'srpM2')
  | ('id' | 'accountId' | 'email' | 'firstName' | 'lastName')
  | ('publicKey' | 'encPrivateKey' | 'encSymmetricKey');

const STAGE_OF_STATUS: Readonly<Record<number, Stage>> = { 401: 'auth', 409: 'state' };

export async function get(server: string, path: string, sessionId: string): Promise<Answer> {
  return await call(server, path, { method: 'GET', headers: { 'X-Session-Id': sessionId } });
}

export async function post(server: string, path: string, body: object, sessionId?: string): Promise<Answer> {
  const headers = {
    'Content-Type': 'application/json',
    ...(sessionId !== undefined && { 'X-Session-Id': sessionId }),
  };
  return await call(server, path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function call(server: string, path: string, init: RequestInit): Promise<Answer> {
  const response = await atStage('network', () =>
    fetch(new URL(path, server), { ...init, redirect: 'manual' }),
  );
  const text = await atStage('network', () => response.text());
  if (!response.ok) {
    const { status } = response;
    throw new AdapterError(
      STAGE_OF_STATUS[status] ?? 'network',
      `${path} answered ${String(status)} ${text}`,
    );
  }
  return await atStage('encoding', () => JSON.parse(text) as Answer);
}
