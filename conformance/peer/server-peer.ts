/**
 * The suite as server: the reference server, honest unless a fault is injected, that records every byte and
 * knows its own secret ephemerals.
 */
import {
  createMemoryStore,
  createServer,
  createSteps,
  listen,
  toHex,
  type Mail,
  type ProfileName,
  type Steps,
  type Store,
} from '../../reference/index.ts';
import type { Alteration, Answer } from '../lies/answers.ts';
import { LOGIN_A } from './calls.ts';
import { jsonOf, recorded, textIn, type Exchange } from './exchange.ts';
import { answerWith, kindOf, type Lie } from './lies.ts';

export interface ServerPeer {
  readonly url: string;
  /** What the server keeps: what a client left there, and where a check puts what a client is to find. */
  readonly store: Store;
  /** Everything that crossed the wire, oldest first. */
  readonly exchanges: readonly Exchange[];
  /** The secret ephemeral b of a B that was sent (hex). */
  secretOf(B: string): Uint8Array | undefined;
  /** The text of the newest mail to an address; empty where there is none. */
  newestMail(email: string): string;
  /** Opens the confirmation link in the newest mail to an address. */
  confirm(email: string): Promise<boolean>;
  /** The newest honest answer to a call that does not name this account, but another or none. */
  answerToAnother(call: string, email: string): Answer;
  /** Lets the peer be dishonest in these answers while `during` runs. */
  withFault<T>(alterations: readonly Alteration[], during: () => Promise<T>): Promise<T>;
  /** Lets the peer take these b in place of random ones while `during` runs; random ones where `choose` has none. */
  choosingB<T>(choose: ChooseB, during: () => Promise<T>): Promise<T>;
  /** Lets the peer lie whenever a call is made while `during` runs. @returns how often it has lied, besides */
  lying<T>(lie: Lie, during: () => Promise<T>): Promise<{ readonly outcome: T; readonly told: number }>;
  /** Begins anew with what is stored, and nothing else. Connections stay, as behind a proxy: any client may lose a call with them. */
  restart(): void;
  close(): Promise<void>;
}

/** Chooses b for the body of a `login-a`. */
export type ChooseB = (asked: Answer) => Promise<Uint8Array | undefined>;

/** Who times a peer. */
export interface Timing {
  /** Runs each answer. */
  answer<T>(run: () => Promise<T>): Promise<T>;
  /** Runs the part of an answer in which the peer waits for the client. */
  wait<T>(run: () => Promise<T>): Promise<T>;
}

const UNTIMED: Timing = { answer: (run) => run(), wait: (run) => run() };

export async function startServerPeer(profile: ProfileName, timing = UNTIMED): Promise<ServerPeer> {
  const mails: Mail[] = [];
  const exchanges: Exchange[] = [];
  /** Answers as the server gave them, before any fault. */
  const honest: { readonly call: string; readonly about: unknown; readonly answer: Answer }[] = [];
  const secrets = createSecrets();
  let choosing: ChooseB | undefined;
  let faults: readonly Alteration[] = [];
  let lying: { readonly lie: Lie; told: number } | undefined;
  const steps = secrets.within(createSteps(profile));
  const publicUrl = 'http://peer.example';
  const store = createMemoryStore();
  const mailer = (mail: Mail): void => void mails.push(mail);
  const start = () => createServer({ profile, steps, store, publicUrl, mailer });
  let server = start();
  const newestMail = (email: string): string => mails.findLast(({ to }) => to === email)?.text ?? '';

  const answer = async (request: Request): Promise<Response> => {
    const sent = new Uint8Array(await request.clone().arrayBuffer());
    const asked = jsonOf(textIn(request.headers, sent));
    const call = `${request.method} ${new URL(request.url).pathname}`;
    if (call === LOGIN_A) secrets.next = await choosing?.(asked);
    const response = await server.fetch(request);
    if (!response.ok) return response;
    const body = jsonOf(await response.clone().text());
    honest.push({ call, about: body['email'] ?? asked['email'], answer: body });
    const fault = faults.find((one) => one.call === call);
    return fault === undefined ? response : replaced(response, await fault.alter(body, asked));
  };

  const { url, close } = await listen(async (request, _caller, socket) => {
    const answerOrLie = async (received: Request): Promise<Response> => {
      if (lying?.lie.call !== kindOf(received)) return await answer(received);
      lying.told++;
      return await answerWith(lying.lie, received, { answer, socket, wait: timing.wait });
    };
    const { exchange, response } = await timing.answer(() => recorded(request, answerOrLie));
    exchanges.push(exchange);
    return response;
  });

  return {
    url,
    store,
    exchanges,
    newestMail,
    secretOf: (B) => secrets.ofB.get(B),
    async confirm(email) {
      const link = /https?:\S+/.exec(newestMail(email))?.[0];
      return link !== undefined && (await server.fetch(new Request(link))).ok;
    },
    answerToAnother: (call, email) =>
      honest.findLast((item) => item.call === call && item.about !== email)?.answer ?? {},
    async withFault(alterations, during) {
      faults = alterations;
      try {
        return await during();
      } finally {
        faults = [];
      }
    },
    async choosingB(choose, during) {
      choosing = choose;
      try {
        return await during();
      } finally {
        choosing = undefined;
      }
    },
    async lying(lie, during) {
      const told = (lying = { lie, told: 0 });
      try {
        return { outcome: await during(), told: told.told };
      } finally {
        lying = undefined;
      }
    },
    restart() {
      server = start();
    },
    close,
  };
}

/** The secret ephemerals of a server. */
interface Secrets {
  /** By B as hex. */
  readonly ofB: ReadonlyMap<string, Uint8Array>;
  /** The one that is taken next, in place of one that the server drew. */
  next: Uint8Array | undefined;
  /** The steps of a server that has these. */
  within(steps: Steps): Steps;
}

function createSecrets(): Secrets {
  const ofB = new Map<string, Uint8Array>();
  /** What was taken in place of what the server drew, and keeps (hex). */
  const taken = new Map<string, Uint8Array>();
  const secrets: Secrets = { ofB, next: undefined, within };
  function within(steps: Steps): Steps {
    const { srp } = steps;
    const B: Steps['srp']['B'] = (drawn, v) => {
      const b = secrets.next ?? drawn;
      secrets.next = undefined;
      if (b !== drawn) taken.set(toHex(drawn), b);
      const sent = srp.B(b, v);
      ofB.set(toHex(sent), b);
      return sent;
    };
    const S_server: Steps['srp']['S_server'] = ({ b, ...input }) =>
      srp.S_server({ ...input, b: taken.get(toHex(b)) ?? b });
    return { ...steps, srp: { ...srp, B, S_server } };
  }
  return secrets;
}

/** The same answer with another body. */
function replaced({ status, headers }: Response, body: Answer): Response {
  const kept = new Headers(headers);
  kept.delete('content-length');
  return new Response(JSON.stringify(body), { status, headers: kept });
}
