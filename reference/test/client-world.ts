/**
 * A server in this process, and people who use it through clients whose answers can be tampered with on the way. Key
 * pairs come from a pool of three, and no passphrase is stretched twice with the same salt: that takes most of the time.
 */
import {
  createClient,
  createServer,
  createSteps,
  native,
  ProtocolError,
  toHex,
  type Client,
  type ClientOptions,
  type Device,
  type ErrorCode,
  type Mail,
  type ProfileName,
  type Session,
  type Steps,
  type Store,
} from '../index.ts';
import { newStore, overHttp, type Storage } from './storages.ts';

export const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];

/** Somebody with an account. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly passphrase: string;
  readonly client: Client;
  /** Logs in on another device, or on one of before. */
  login(device?: Device): Promise<Session>;
}

/** What a client sent. */
export interface Sent {
  /** `POST /sync/push` */
  readonly call: string;
  readonly body: unknown;
}

/** A server and what there is around it. */
export interface World {
  readonly profile: ProfileName;
  readonly store: Store;
  readonly mails: readonly Mail[];
  /** Every request, oldest first. */
  readonly sent: readonly Sent[];
  /** Sets the clock of every client and of the server. */
  time: number;
  /** A client of the server. */
  client(more?: Partial<ClientOptions>): Client;
  /** Signs somebody up, and confirms the address. */
  person(name: string): Promise<Person>;
  /** Opens the link in the newest mail to somebody. */
  confirm(email: string): Promise<void>;
  /** The newest mail to somebody. */
  mailTo(email: string): string;
  /**
   * While `during` runs, the answers to a call are altered on their way to the client.
   *
   * @param alter - the answer as the client gets it: a value, or a whole response
   */
  tampered<T>(
    call: string | RegExp,
    alter: (answer: never, request: Request) => unknown,
    during: () => Promise<T>,
  ): Promise<T>;
}

const pool = Array.from({ length: 3 }, () => native.generateRsaKeyPair());
let taken = 0;

/** The steps of a profile with key pairs that were made before. */
export const pooledSteps = (profile: ProfileName): Steps =>
  remembering({
    ...createSteps(profile),
    keyPair: async () => (await pool[taken++ % pool.length]) ?? native.generateRsaKeyPair(),
  });

/** Steps that stretch no passphrase twice with the same salt. */
export function remembering(steps: Steps): Steps {
  const stretched = new Map<string, Promise<Uint8Array>>();
  const SEC_PWD: Steps['SEC_PWD'] = (passphrase, SLT_TMP) => {
    const name = JSON.stringify([passphrase, toHex(SLT_TMP)]);
    const known = stretched.get(name) ?? steps.SEC_PWD(passphrase, SLT_TMP);
    stretched.set(name, known);
    return known;
  };
  return { ...steps, SEC_PWD };
}

/** @param storage - where one is named, requests reach the server over HTTP */
export function openWorld(profile: ProfileName, storage?: Storage): World {
  const mails: Mail[] = [];
  const sent: Sent[] = [];
  const store = newStore(storage ?? 'memory');
  let fault: { call: string | RegExp; alter: (answer: never, request: Request) => unknown } | undefined;
  const publicUrl = 'https://sync.example';
  const now = (): number => world.time;
  const server = createServer({ profile, store, now, publicUrl, mailer: (mail) => void mails.push(mail) });
  const deliver = storage === undefined ? server.fetch : overHttp(server);

  const fetch = async (request: Request): Promise<Response> => {
    const call = `${request.method} ${new URL(request.url).pathname}`;
    const body = await request.clone().text();
    sent.push({ call, body: body === '' ? undefined : (JSON.parse(body) as unknown) });
    const response = await deliver(request.clone());
    const hit =
      fault !== undefined && (typeof fault.call === 'string' ? fault.call === call : fault.call.test(call));
    if (fault === undefined || !hit || !response.ok) return response;
    const altered = await fault.alter((await response.json()) as never, request);
    return altered instanceof Response ? altered : Response.json(altered);
  };
  const client: World['client'] = (more = {}) =>
    createClient({ profile, server: publicUrl, steps: pooledSteps(profile), fetch, now, ...more });
  const mailTo: World['mailTo'] = (email) => mails.findLast(({ to }) => to === email)?.text ?? '';

  const world: World = {
    profile,
    store,
    mails,
    sent,
    time: Date.parse('2026-01-01T00:00:00Z'),
    client,
    mailTo,
    async confirm(email) {
      const link = /https:\S+/.exec(mailTo(email))?.[0] ?? '';
      if (!(await deliver(new Request(link))).ok) throw new Error(`no link for ${email}`);
    },
    async person(name) {
      const typed = { email: ` ${name}@Example.COM`, passphrase: `${name} correct horse`, firstName: name };
      const own = client();
      await own.signup({ ...typed, lastName: '' });
      const email = `${name.toLowerCase()}@example.com`;
      await world.confirm(email);
      return { name, ...typed, email, client: own, login: (device) => own.login(typed, device) };
    },
    async tampered(call, alter, during) {
      fault = { call, alter };
      try {
        return await during();
      } finally {
        fault = undefined;
      }
    },
  };
  return world;
}

/** The code of the ProtocolError that something fails with; undefined where it succeeds. */
export async function codeOf(act: Promise<unknown> | (() => unknown)): Promise<ErrorCode | undefined> {
  try {
    await (typeof act === 'function' ? act() : act);
    return undefined;
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

/** The bodies of a call, oldest first. */
export const bodiesOf = ({ sent }: World, call: string): readonly unknown[] =>
  sent.filter((one) => one.call === call).map(({ body }) => body);

/** A document on its way through the tests. */
export const bed = (groupId: string, id: string, document: unknown, removed = false) => ({
  groupId,
  id,
  name: `name of ${id}`,
  type: 'Request',
  document,
  removed,
});

/** Ids and documents, in the order of the ids. */
export const documentsOf = (resources: readonly { id: string; document: unknown }[]): readonly unknown[] =>
  [...resources].sort((a, b) => a.id.localeCompare(b.id)).map(({ id, document }) => [id, document]);

/** An AES message with one member changed. */
export function message(
  text: string,
  change: (own: Record<string, string>) => Record<string, string>,
): string {
  const own = JSON.parse(text) as Record<string, string>;
  return JSON.stringify({ ...own, ...change(own) });
}

/** Another digit in place of the last. */
export const otherEnd = (hex = ''): string => hex.slice(0, -1) + (hex.endsWith('0') ? '1' : '0');

/** Jane with a group that has two resources, and Bob. */
export async function garden(world: World) {
  const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
  const [session, bobs] = [await jane.login(), await bob.login()];
  const { id } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
  session.edit(bed(id, 'req_1', 'one'));
  session.edit(bed(id, 'req_2', 'two'));
  await session.push();
  return { jane, bob, session, bobs, id };
}
