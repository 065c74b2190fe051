/** What faulty clients are made of: the reference client with a step, a message, or an answer replaced. */
import {
  createSteps,
  fromHex,
  ProtocolError,
  toInteger,
  type Fetch,
  type ProfileName,
  type Random,
  type Steps,
} from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { FlowVerbs, VerbTable } from '../target/in-process-target.ts';
import { referenceVerbs, type ReferenceOverrides } from '../target/reference-target.ts';

/** Steps in place of those of the reference, for example with key pairs that were made before. */
export type Base = (own: Steps) => Steps;

export interface ClientFault {
  readonly id: string;
  /** What the faulty client does, as a sentence. */
  readonly title: string;
  /** The requirement that it breaks. */
  readonly requirement: string;
  /** Where it is a fault in one profile only. */
  readonly profile?: ProfileName;
  /** Whether it shows with the values of PBKDF2 as it is alone, and not with those of a quick one. */
  readonly inFull?: boolean;
  /**
   * @param base - what the client is made from before the fault; the steps of the reference by default
   * @param log - what it writes to standard error output
   */
  readonly create: (base?: Base, log?: Log) => VerbTable;
}

/** Takes a line for standard error output. */
export type Log = (line: string) => void;

const unchanged: Base = (own) => own;

export const withOverrides =
  (create: (log: Log) => ReferenceOverrides) =>
  (base = unchanged, log: Log = () => undefined) => {
    const { steps = unchanged, ...rest } = create(log);
    return referenceVerbs({ ...rest, steps: (own) => steps(base(own)) });
  };
export const withSteps = (steps: (own: Steps) => Steps) => withOverrides(() => ({ steps }));
export const withFetch = (fetch: Fetch) => withOverrides(() => ({ fetch }));
export const withVerbs =
  (change: (own: FlowVerbs) => VerbTable) =>
  (base = unchanged) => {
    const own = referenceVerbs({ steps: base });
    return { ...own, ...change(own) };
  };

/** Overrides that can tell whether a verb is called at the moment. */
export const whileCalled =
  (verb: keyof FlowVerbs, create: (isCalled: () => boolean) => ReferenceOverrides) =>
  (base = unchanged): VerbTable => {
    let called = 0;
    const { steps = unchanged, ...rest } = create(() => called > 0);
    const own = referenceVerbs({ ...rest, steps: (given) => steps(base(given)) });
    const call = own[verb] as unknown as (params: never) => Promise<never>;
    const counted = async (params: never): Promise<never> => {
      called++;
      return await call(params).finally(() => {
        called--;
      });
    };
    return { ...own, [verb]: counted };
  };

/** What is accepted while a verb is called, and as it must be else. */
export const acceptWhile = (
  verb: keyof FlowVerbs,
  change: (own: Steps['accept']) => Partial<Steps['accept']>,
): ClientFault['create'] =>
  whileCalled(verb, (isCalled) => ({
    steps: (own) => ({
      ...own,
      get accept() {
        return isCalled() ? { ...own.accept, ...change(own.accept) } : own.accept;
      },
    }),
  }));

export const inAccept = (change: Partial<Steps['accept']>) =>
  withSteps((own) => ({ ...own, accept: { ...own.accept, ...change } }));
export const inWrap = (change: (own: Steps) => Partial<Steps['wrap']>) =>
  withSteps((own) => ({ ...own, wrap: { ...own.wrap, ...change(own) } }));
export const other = ({ profile }: Steps): Steps =>
  createSteps(profile.name === 'documented' ? 'deployed' : 'documented');

/** The request, its JSON body changed where it goes to a path. */
export async function bodyChanged(
  request: Request,
  path: string,
  change: (body: Record<string, unknown>) => object,
): Promise<Request> {
  if (new URL(request.url).pathname !== path) return request;
  const body = (await request.json()) as Record<string, unknown>;
  const { method, headers } = request;
  return new Request(request.url, {
    method,
    headers,
    redirect: 'manual',
    body: JSON.stringify(change(body)),
  });
}

/** Every resource of a push changed. */
export const resourcesChanged = (change: (resource: Record<string, unknown>) => object) =>
  withFetch(async (request) => {
    const all = (body: object): object => (body as Record<string, unknown>[]).map(change);
    return await fetch(await bodyChanged(request, '/sync/push', all));
  });

/** The answer of a path, its JSON body changed. */
export async function answerChanged(
  request: Request,
  path: string,
  change: (body: Record<string, unknown>) => object,
): Promise<Response> {
  const response = await fetch(request);
  if (new URL(request.url).pathname !== path || !response.ok) return response;
  return Response.json(change((await response.json()) as Record<string, unknown>));
}

export function withHeader(request: Request, name: string, value: string): Request {
  const changed = new Request(request);
  changed.headers.set(name, value);
  return changed;
}

/** The same bytes every time for one length. */
export function repeating(): Random {
  const known = new Map<number, Uint8Array>();
  return (length) => {
    const bytes = known.get(length) ?? crypto.getRandomValues(new Uint8Array(length));
    known.set(length, bytes);
    return bytes;
  };
}

/** Remembers the newest SEC_PWD and sends it along. */
export function leaking(): ReferenceOverrides {
  let newest = '';
  return {
    steps: (own) => ({
      ...own,
      async SEC_PWD(passphrase, salt) {
        const secret = await own.SEC_PWD(passphrase, salt);
        newest = Buffer.from(secret).toString('base64');
        return secret;
      },
    }),
    fetch: (request) => fetch(withHeader(request, 'x-trace', newest)),
  };
}

export const rawGroupElement = (hex: string): Uint8Array => fromHex(hex.padStart(512, '0'), 'B');

/** Reports success whatever happened. */
export const hidingFailure = withVerbs((own) => ({
  login: (params) => own.login(params).catch(() => ({ session: 'none', accountId: `act_${'0'.repeat(64)}` })),
}));

/** Looks at B modulo N, as it must, and not at B itself. */
export function onlyModuloN(hex: string): Uint8Array {
  const B = fromHex(hex, 'B', 256);
  if (toInteger(B) % BigInt(`0x${protocol.constants.N.value}`) === 0n)
    throw new ProtocolError('auth/group-element', 'B is 0 modulo N');
  return B;
}
