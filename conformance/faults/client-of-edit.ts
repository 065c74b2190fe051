/**
 * Clients made of the mistakes of the derivation graph (chapters 4 to 6): a client that takes every value that it sends
 * from the graph, computed as a mistake has it. It signs up, logs in, makes a group and pushes into it.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { native, type ProfileName } from '../../reference/index.ts';
import {
  createDerivation,
  loadGraph,
  readGiven,
  valueToHex,
  type Derivation,
  type Mistake,
  type Pbkdf2Cache,
} from '../../spec/index.ts';
import { NO_VERSION } from '../server/fixtures/flows.ts';
import type { VerbTable } from '../target/in-process-target.ts';
import { lacking } from './lacking.ts';

/** What a client sends of the values of a graph; what has no part in any of them is no mistake of a client that shows. */
export const SENT_BY_CLIENT: readonly string[] = [
  ...[
    'normalized.email',
    'SRP_Verifier',
    'encSymmetricKey',
    'encPrivateKey',
    'srp.A',
    'srp.M1',
    'session.id',
  ],
  ...['SYM_Link', 'encContent'],
];

/** What shows of the values of a client: what it sends, and M2, without which it does not go on. */
export const SHOWN_BY_CLIENT: readonly string[] = [...SENT_BY_CLIENT, 'srp.M2'];

type Inputs = Readonly<Record<string, unknown>>;
type Body = Readonly<Record<string, unknown>>;

/** A value of the client, computed with its mistake. */
interface Values {
  /** Bytes as hex. @throws Error where the mistake leaves nothing to compute */
  hex(name: string): string;
  text(name: string): string;
}

interface Opened {
  readonly server: string;
  readonly sessionId: string;
  readonly account: Body;
  /** What its owner typed and drew at signup. */
  readonly own: Inputs;
  readonly groups: Map<string, string>;
}

/** One value in 256 begins with a zero byte; so often inputs are drawn until the mistake shows. */
const DRAWS = 4000;
const random = (length: number): string => randomBytes(length).toString('hex');

/** Making it takes most of the time of a signup; which one it is makes no difference to any mistake. */
let pair: ReturnType<typeof native.generateRsaKeyPair> | undefined;

/** @param cache - results of PBKDF2 */
export function clientOfEdit(profile: ProfileName, edit: Mistake, cache: Pbkdf2Cache): VerbTable {
  const graph = loadGraph(profile);
  const sessions = new Map<string, Opened>();
  const signups = new Map<string, Inputs>();
  const derive = (inputs: Inputs): Derivation => createDerivation(profile, readGiven(graph, inputs), cache);

  const valuesOf = (derivation: Derivation, inputs: Inputs): Values => {
    // What the mistake would take and the client does not know yet, it cannot take: there the value is right.
    const isLacking = (name: string): boolean =>
      lacking(profile, name, edit, (other) => Object.hasOwn(inputs, other)).length > 0;
    const value = (name: string) => {
      const found = derivation.value(name, isLacking(name) ? [] : [edit]);
      if (found === undefined) throw new Error(`${edit.id} leaves nothing of ${name}`);
      return found;
    };
    return {
      hex: (name) => valueToHex(value(name)),
      text: (name) => Buffer.from(valueToHex(value(name)), 'hex').toString(),
    };
  };

  /** Inputs with which the mistake makes a difference to one of these values, if any do. */
  const drawn = (names: readonly string[], draw: () => Inputs): { inputs: Inputs; values: Values } => {
    let inputs = draw();
    let derivation = derive(inputs);
    for (let i = 0; i < DRAWS; i++) {
      const value = (name: string, mistakes: readonly Mistake[]): string => {
        const found = derivation.value(name, mistakes);
        return found === undefined ? '' : valueToHex(found);
      };
      const shown = names.filter((name) => name === edit.zero || derivation.touches(edit, name));
      if (shown.length === 0 || edit.zero === undefined) break;
      if (shown.some((name) => value(name, [edit]) !== value(name, []))) break;
      if (names.includes(edit.zero) && value(edit.zero, []).startsWith('00')) break;
      inputs = draw();
      derivation = derive(inputs);
    }
    return { inputs, values: valuesOf(derivation, inputs) };
  };

  const find = (session: string): Opened => {
    const found = sessions.get(session);
    if (found === undefined) throw new Error('there is no such session');
    return found;
  };

  return {
    describe: () => ({
      ...{ name: edit.id, version: '1', profiles: [profile] },
      capabilities: ['account', 'groups', 'sync'],
    }),
    async signup({ server, email, passphrase, firstName, lastName }) {
      const { publicKey, privateKey } = await (pair ??= native.generateRsaKeyPair());
      const { inputs, values } = drawn(['SRP_Verifier', 'encSymmetricKey', 'encPrivateKey'], () => ({
        ...{ email, passphrase, PUB_Account: publicKey, PRV_Account: privateKey, SYM_Account: random(32) },
        ...{ SLT_Auth_1: random(32), SLT_Auth_2: random(32), SLT_Enc: random(32) },
        ...{ 'encSymmetricKey.iv': random(12), 'encPrivateKey.iv': random(12) },
      }));
      const { id } = await call(server, 'POST', '/auth/signup', {
        body: {
          ...{ id: `act_${random(32)}`, email: values.text('normalized.email'), firstName, lastName },
          saltKey: inputs['SLT_Auth_1'],
          saltAuth: inputs['SLT_Auth_2'],
          saltEnc: inputs['SLT_Enc'],
          verifier: values.hex('SRP_Verifier'),
          publicKey: JSON.stringify(publicKey),
          encPrivateKey: values.text('encPrivateKey'),
          encSymmetricKey: values.text('encSymmetricKey'),
        },
      });
      signups.set(values.text('normalized.email'), inputs);
      return { accountId: String(id) };
    },
    async login({ server, email, passphrase }) {
      const typed = { email, passphrase };
      const address = valuesOf(derive(typed), typed).text('normalized.email');
      const salts = await call(server, 'POST', '/auth/login-s', { body: { email: address } });
      const known = { ...typed, SLT_Auth_1: salts['saltKey'], SLT_Auth_2: salts['saltAuth'] };
      const { inputs, values } = drawn(['srp.A'], () => ({
        ...known,
        a: random(32),
        ...edit.inputs,
        ...known,
      }));
      const begun = { email: address, srpA: values.hex('srp.A') };
      const { sessionStarterId, srpB } = await call(server, 'POST', '/auth/login-a', { body: begun });
      const proving = { ...inputs, 'srp.B': srpB };
      const proof = valuesOf(derive(proving), proving);
      const { srpM2 } = await call(server, 'POST', '/auth/login-m1', {
        body: { sessionStarterId, srpM1: proof.hex('srp.M1') },
      });
      if (srpM2 !== proof.hex('srp.M2')) throw new Error('the server did not prove itself');
      const sessionId = proof.hex('session.id');
      const account = await call(server, 'GET', '/auth/whoami', { sessionId });
      const session = randomUUID();
      const own = signups.get(address) ?? typed;
      sessions.set(session, { server, sessionId, account, own, groups: new Map() });
      return { session, accountId: String(account['accountId']) };
    },
    async whoami({ session }) {
      const { server, sessionId } = find(session);
      const { accountId, email, firstName, lastName } = await call(server, 'GET', '/auth/whoami', {
        sessionId,
      });
      return {
        ...{ accountId: String(accountId), email: String(email) },
        ...{ firstName: String(firstName), lastName: String(lastName) },
      };
    },
    async logout({ session }) {
      const { server, sessionId } = find(session);
      await call(server, 'POST', '/auth/logout', { sessionId });
      sessions.delete(session);
      return {};
    },
    async createGroup({ session, parentResourceId, name }) {
      const { server, sessionId, account, own, groups } = find(session);
      const PUB_Account: unknown = JSON.parse(String(account['publicKey']));
      const { inputs, values } = drawn(['SYM_Link'], () => ({
        ...own,
        ...{ PUB_Account, SYM_ResourceGroup: random(32), 'SYM_Link.seed': random(32) },
      }));
      const { id } = await call(server, 'POST', '/api/resource_groups', {
        sessionId,
        body: { parentResourceId, name, encSymmetricKey: values.hex('SYM_Link') },
      });
      groups.set(String(id), String(inputs['SYM_ResourceGroup']));
      return { groupId: String(id) };
    },
    async push({ session, edits }) {
      const { server, sessionId, account, own, groups } = find(session);
      const resources = edits.map(({ groupId, id, name, type, document, removed }) => {
        const key = groups.get(groupId) ?? random(32);
        const { values } = drawn(['encContent'], () => ({
          ...own,
          SYM_ResourceGroup: key,
          M_Resource: document ?? null,
          'encContent.iv': random(12),
        }));
        return {
          ...{ id, name, type, removed, resourceGroupId: groupId, version: NO_VERSION },
          ...{ createdBy: account['accountId'], lastEditedBy: account['accountId'], lastEdited: Date.now() },
          encContent: values.text('encContent'),
        };
      });
      await call(server, 'POST', '/sync/push', { sessionId, body: resources });
      return { pushed: edits.map(({ groupId, id }) => ({ groupId, id })), conflicts: [] };
    },
  };
}

/** A call with or without a session. @throws Error for what is no success */
async function call(
  server: string,
  method: string,
  path: string,
  { sessionId, body }: { readonly sessionId?: string; readonly body?: unknown },
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
