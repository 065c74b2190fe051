/** The HTTP calls of an adapter: JSON both ways, a status other than 2xx is an error, redirects are not followed. */
import { AdapterError, atStage, type Stage } from './adapter.ts';

/** What the calls of an account answer: each has some of these members, all of them text. */
export type Answer = Readonly<Record<Member, string>>;

type Member =
  | ('saltKey' | 'saltAuth' | 'saltEnc')
  | ('sessionStarterId' | 'srpB' | 'srpM2')
  | ('id' | 'accountId' | 'email' | 'firstName' | 'lastName')
  | ('publicKey' | 'encPrivateKey' | 'encSymmetricKey');

const STAGE_OF_STATUS: Readonly<Record<number, Stage>> = {
  401: 'auth',
  403: 'state',
  404: 'state',
  409: 'state',
};

export const get = (server: string, path: string, sessionId: string): Promise<Answer> =>
  call(server, 'GET', path, { sessionId });

export const post = (server: string, path: string, body: object, sessionId?: string): Promise<Answer> =>
  call(server, 'POST', path, { body, sessionId });

/** What goes with a call. */
export interface Sent {
  /** K as hex. */
  readonly sessionId?: string | undefined;
  /** None where the call takes none. */
  readonly body?: object | undefined;
}

export async function call<T = Answer>(
  server: string,
  method: string,
  path: string,
  { sessionId, body }: Sent,
): Promise<T> {
  const headers = {
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(sessionId !== undefined && { 'X-Session-Id': sessionId }),
  };
  const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
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
  return await atStage('encoding', () => JSON.parse(text) as T);
}
