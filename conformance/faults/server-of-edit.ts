/**
 * Servers made of the mistakes of the derivation graph (chapters 4 and 5): the reference server, in which every value of
 * a login is computed as a mistake has it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { toHex, type ProfileName, type Server, type Steps, type Store } from '../../reference/index.ts';
import { derivationOfServer, isMadeByServers, TOLD_BY_SERVER } from '../../spec/diagnose/server.ts';
import type { Derivation } from '../../spec/index.ts';
import { rightGraph } from '../../spec/mistaken/graph.ts';
import { mechanicalMistakesOfServers, namedMistakesOfServers, type Mistake } from '../../spec/mutate.ts';
import { upstream } from '../../spec/operators.ts';
import { lackingOn, LOGIN_AT_SERVER } from './knowledge.ts';
import { faulty, type ServerFault } from './server-parts.ts';

/** How an edit is made a server. */
export interface ServerOfEditOptions {
  /** Whether the server draws b until the edit makes a difference, for one that rarely does. */
  readonly showing?: boolean;
  /** Whether it computes every value as it should be all the same. */
  readonly isRight?: boolean;
}

/** The edits that a server can make: the named ones of `mistakes.json` first, then those that are made by rule. */
export function serverEdits(profile: ProfileName): readonly Mistake[] {
  const all = [...namedMistakesOfServers(profile), ...mechanicalMistakesOfServers(profile)];
  return all.filter((edit) => isMadeByServers(profile, edit));
}

/** A server that computes a login with an edit, and does everything else as the reference does. */
export const serverOfEdit =
  (edit: Mistake, options: ServerOfEditOptions = {}): ServerFault['create'] =>
  (input) => {
    const logins = createLogins(input.profile, edit, options);
    return faulty({
      steps: (own) => mistakenSteps(own, logins),
      store: (own) => mistakenStore(own, logins),
      around: (server) => takingAnyLength(server, isMistakenIn(input.profile, edit, 'srp.M1')),
    })(input);
  };

type Account = ReturnType<Store['accountByEmail']>;
type Login = (name: string) => Uint8Array;

/** The logins that were begun, and the one that is proved. */
interface Logins {
  account: Account;
  A: Uint8Array;
  proved: Login | undefined;
  begin(b: Uint8Array, v: Uint8Array): Uint8Array;
  prove(B: Uint8Array): void;
  value: Login;
}

function createLogins(
  profile: ProfileName,
  edit: Mistake,
  { showing = false, isRight = false }: ServerOfEditOptions,
): Logins {
  const begun = new Map<string, Login>();
  const draws = showing ? drawsFor(profile, edit) : 0;
  return {
    account: undefined,
    A: new Uint8Array(),
    proved: undefined,
    begin(b, v) {
      const derive = (drawn: Uint8Array): Derivation =>
        derivationOfServer(profile, { ...saltsOf(this.account), SRP_Verifier: v, 'srp.A': this.A, b: drawn });
      let derivation = derive(b);
      for (let draw = 0; draw < draws && !shows(derivation, edit); draw++) derivation = derive(shortB());
      const login: Login = (name) => bytesOf(derivation, name, isRight ? undefined : edit);
      const B = login('srp.B');
      begun.set(toHex(B), login);
      return B;
    },
    prove(B) {
      this.proved = begun.get(toHex(B));
    },
    value(name) {
      if (this.proved === undefined) throw new Error('no login was begun with this B');
      return this.proved(name);
    },
  };
}

/** How often b may be drawn: one value in 256 begins with a zero byte, every second one with a high bit. */
function drawsFor(profile: ProfileName, { zero, equivalent }: Mistake): number {
  if (equivalent !== undefined) return 0;
  if (zero === undefined) return 64;
  return upstream(zero, rightGraph(profile)).has('b') ? 4000 : 0;
}

/** 32 bytes of which the last eight are random: powers of such a b are fast. */
const shortB = (): Uint8Array => Uint8Array.from(Buffer.concat([Buffer.alloc(24), randomBytes(8)]));

/** Whether an edit makes a difference; where it takes a zero byte, whether there is one. */
function shows(derivation: Derivation, edit: Mistake): boolean {
  const right = (name: string): Uint8Array => derivation.value(name) as Uint8Array;
  if (edit.zero !== undefined) return right(edit.zero)[0] === 0;
  return TOLD_BY_SERVER.some((name) => toHex(bytesOf(derivation, name, edit)) !== toHex(right(name)));
}

/** A value, with the edit if there is one: empty where it leaves nothing to compute, right where it takes what no server knows. */
function bytesOf(derivation: Derivation, name: string, edit?: Mistake): Uint8Array {
  const isMade =
    edit !== undefined && lackingOn(LOGIN_AT_SERVER, derivation.profile, edit, name).length === 0;
  const value = derivation.value(name, isMade ? [edit] : []);
  return value instanceof Uint8Array ? value : new Uint8Array();
}

/** What the server knows of an account; of nobody's, anything will do. */
function saltsOf(account: Account): Readonly<Record<string, Uint8Array | string>> {
  const bytes = (hex = '00'.repeat(32)): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
  return {
    'normalized.email': account?.email ?? '',
    SLT_Auth_1: bytes(account?.saltKey),
    SLT_Auth_2: bytes(account?.saltAuth),
  };
}

const isMistakenIn = (profile: ProfileName, edit: Mistake, name: string): boolean =>
  derivationOfServer(profile, { 'normalized.email': '' }).touches(edit, name);

function mistakenSteps(own: Steps, logins: Logins): Steps {
  return {
    ...own,
    accept: { ...own.accept, A: (hex) => (logins.A = own.accept.A(hex)) },
    srp: {
      ...own.srp,
      B: (b, v) => logins.begin(b, v),
      u(_, B) {
        logins.prove(B);
        return logins.value('srp.u');
      },
      S_server: () => logins.value('srp.S_server'),
      K: () => logins.value('srp.K'),
      M1: () => inFormOfM1(logins.value('srp.M1')),
      M2: () => logins.value('srp.M2'),
    },
  };
}

function mistakenStore(own: Store, logins: Logins): Store {
  return {
    ...own,
    accountByEmail: (email) => (logins.account = own.accountByEmail(email)),
    addSession: (_, accountId) => {
      own.addSession(toHex(sha256(toHex(logins.value('session.id')))), accountId);
    },
  };
}

/** Takes an M1 of any length, where M1 is not made as it should be. */
const takingAnyLength =
  (server: Server, isMistaken: boolean): Server['fetch'] =>
  async (request) => {
    if (!isMistaken || new URL(request.url).pathname !== '/auth/login-m1') return await server.fetch(request);
    const text = await request.text();
    const body = text.replace(/("srpM1"\s*:\s*")((?:[0-9a-f]{2})+)"/, (_, start: string, hex: string) => {
      return `${start}${toHex(inFormOfM1(Uint8Array.from(Buffer.from(hex, 'hex'))))}"`;
    });
    return await server.fetch(
      new Request(request.url, { method: request.method, headers: request.headers, body }),
    );
  };

/** The reference compares 32 bytes: what is longer or shorter is compared by its hash. */
const inFormOfM1 = (M1: Uint8Array): Uint8Array => (M1.length === 32 ? M1 : sha256(M1));
const sha256 = (data: Uint8Array | string): Uint8Array =>
  Uint8Array.from(createHash('sha256').update(data).digest());
