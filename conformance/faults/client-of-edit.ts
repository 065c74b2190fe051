/**
 * Clients made of the mistakes of the derivation graph (chapters 4 to 8): a client that takes every value that it sends
 * from the graph, computed as a mistake has it, from what it knows by then. It signs up, logs in, makes a group, pushes into
 * it, pulls, and changes the passphrase and the address. Of what was locked it opens links and documents alone.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { native, type ProfileName } from '../../reference/index.ts';
import type { Mistake, Pbkdf2Cache } from '../../spec/index.ts';
import { references } from '../../spec/operators.ts';
import { NO_VERSION } from '../server/fixtures/flows.ts';
import type { VerbTable } from '../target/in-process-target.ts';
import type { HeldResource } from '../target/verbs.ts';
import { call, openedContent, openedLink, type Body } from './edit-calls.ts';
import { editedValues, type Known } from './edit-values.ts';

interface Opened {
  readonly server: string;
  readonly sessionId: string;
  readonly accountId: unknown;
  /** The normalised address. */
  email: string;
  /** What the device knows: what was typed, drawn and received. */
  known: Known;
  /** What is known of a group, by its id. */
  readonly groups: Map<string, Known>;
}

const random = (length: number): string => randomBytes(length).toString('hex');
const newSalts = (): Known => ({ SLT_Auth_1: random(32), SLT_Auth_2: random(32), SLT_Enc: random(32) });

/** Making it takes most of the time of a signup; which one it is makes no difference to any mistake. */
let pair: ReturnType<typeof native.generateRsaKeyPair> | undefined;

/** @param cache - results of PBKDF2 */
export function clientOfEdit(
  profile: ProfileName,
  edit: Mistake,
  cache: Pbkdf2Cache,
  isRight?: boolean,
): VerbTable {
  const { of: valuesOf, right, drawn } = editedValues(profile, edit, cache, isRight);
  const sessions = new Map<string, Opened>();
  /** What was typed and drawn for an account, by its address. */
  const accounts = new Map<string, Known>();
  const takesServersS = [...edit.nodes.values()].some((node) => references(node).includes('srp.S_server'));

  const find = (session: string): Opened => {
    const found = sessions.get(session);
    if (found === undefined) throw new Error('there is no such session');
    return found;
  };
  const whoami = async ({ server, sessionId, email }: Pick<Opened, 'server' | 'sessionId' | 'email'>) => {
    const account = await call(server, 'GET', '/auth/whoami', { sessionId });
    if (account['email'] !== email) throw new Error('the account is that of another address');
    return account;
  };
  const learn = (opened: Opened, news: Known): void => void (opened.known = { ...opened.known, ...news });

  /** The present values, where the old passphrase gives the key that SYM_Account was locked with. */
  const present = (opened: Opened, salts: Known, oldPassphrase: string): Known => {
    const old = { ...opened.known, email: opened.email, ...salts, passphrase: oldPassphrase };
    const key = valuesOf(accounts.get(opened.email) ?? {}).hex('SEC_PWD_Enc');
    if (valuesOf(old).hex('SEC_PWD_Enc') !== key) throw new Error('the old passphrase does not fit');
    return old;
  };

  return {
    describe: () => ({
      ...{ name: edit.id, version: '1', profiles: [profile] },
      capabilities: ['account', 'change-password', 'change-email', 'groups', 'sync'],
    }),
    async signup({ server, email, passphrase, firstName, lastName }) {
      const { publicKey, privateKey } = await (pair ??= native.generateRsaKeyPair());
      const { known, values } = drawn(['SRP_Verifier', 'encSymmetricKey', 'encPrivateKey'], () => ({
        ...{ email, passphrase, PUB_Account: publicKey, PRV_Account: privateKey, SYM_Account: random(32) },
        ...newSalts(),
        ...{ 'encSymmetricKey.iv': random(12), 'encPrivateKey.iv': random(12) },
      }));
      const { id } = await call(server, 'POST', '/auth/signup', {
        body: {
          ...{ id: `act_${random(32)}`, email: values.text('normalized.email'), firstName, lastName },
          saltKey: known['SLT_Auth_1'],
          saltAuth: known['SLT_Auth_2'],
          saltEnc: known['SLT_Enc'],
          verifier: values.hex('SRP_Verifier'),
          publicKey: JSON.stringify(publicKey),
          encPrivateKey: values.text('encPrivateKey'),
          encSymmetricKey: values.text('encSymmetricKey'),
        },
      });
      accounts.set(values.text('normalized.email'), known);
      return { accountId: String(id) };
    },
    async login({ server, email: typed, passphrase }) {
      const email = valuesOf({ email: typed, passphrase }).text('normalized.email');
      const salts = await call(server, 'POST', '/auth/login-s', { body: { email } });
      const given = {
        ...{ email: typed, passphrase },
        ...{ SLT_Auth_1: salts['saltKey'], SLT_Auth_2: salts['saltAuth'] },
      };
      const { known, values } = drawn(['srp.A'], () => ({
        ...given,
        a: random(32),
        ...edit.inputs,
        ...given,
      }));
      const begun = { email, srpA: values.hex('srp.A') };
      const { sessionStarterId, srpB } = await call(server, 'POST', '/auth/login-a', { body: begun });
      const received = { ...known, 'srp.B': srpB };
      const proving = { ...received, ...(takesServersS && { 'srp.S_server': right(received).hex('srp.S') }) };
      const proof = valuesOf(proving);
      const { srpM2 } = await call(server, 'POST', '/auth/login-m1', {
        body: { sessionStarterId, srpM1: proof.hex('srp.M1') },
      });
      if (srpM2 !== proof.hex('srp.M2')) throw new Error('the server did not prove itself');
      const sessionId = proof.hex('session.id');
      const { accountId, publicKey } = await whoami({ server, sessionId, email });
      const session = randomUUID();
      const PUB_Account: unknown = JSON.parse(String(publicKey));
      const all = { ...proving, 'srp.S': proof.hex('srp.S'), ...accounts.get(email), PUB_Account };
      sessions.set(session, { server, sessionId, accountId, email, known: all, groups: new Map() });
      return { session, accountId: String(accountId) };
    },
    async whoami({ session }) {
      const { accountId, email, firstName, lastName } = await whoami(find(session));
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
    async changePassword({ session, oldPassphrase = '', newPassphrase, newEmail, ...names }) {
      const opened = find(session);
      const { server, sessionId, email } = opened;
      const { encSymmetricKey, saltEnc } = await whoami(opened);
      const sent = await call(server, 'POST', '/auth/login-s', { body: { email } });
      const salts = { SLT_Auth_1: sent['saltKey'], SLT_Auth_2: sent['saltAuth'], SLT_Enc: saltEnc };
      const verifier = valuesOf(present(opened, salts, oldPassphrase)).hex('SRP_Verifier');
      const isFresh = profile === 'documented';
      // Where the salts stay, the verifier is what it is.
      const drawing = isFresh ? ['SRP_Verifier', 'encSymmetricKey'] : ['encSymmetricKey'];
      const { known, values } = drawn(drawing, () => ({
        ...{ ...opened.known, email: newEmail ?? email, passphrase: newPassphrase },
        ...(isFresh ? newSalts() : salts),
        'encSymmetricKey.iv': random(12),
      }));
      const address = values.text('normalized.email');
      await call(server, 'POST', '/auth/change-password', {
        sessionId,
        body: {
          ...{ verifier, encSymmetricKey, newEmail: address, ...names },
          newVerifier: values.hex('SRP_Verifier'),
          newEncSymmetricKey: values.text('encSymmetricKey'),
          ...(isFresh && {
            newSaltKey: known['SLT_Auth_1'],
            newSaltAuth: known['SLT_Auth_2'],
            newSaltEnc: known['SLT_Enc'],
          }),
        },
      });
      accounts.delete(email);
      accounts.set(address, known);
      Object.assign(opened, { known, email: address });
      return {};
    },
    async createGroup({ session, parentResourceId, name }) {
      const opened = find(session);
      const { server, sessionId } = opened;
      const { known, values } = drawn(['SYM_Link'], () => ({
        ...opened.known,
        ...{ SYM_ResourceGroup: random(32), 'SYM_Link.seed': random(32) },
      }));
      const { id } = await call(server, 'POST', '/api/resource_groups', {
        sessionId,
        body: { parentResourceId, name, encSymmetricKey: values.hex('SYM_Link') },
      });
      const { SYM_ResourceGroup, 'SYM_Link.seed': seed } = known;
      opened.groups.set(String(id), { SYM_ResourceGroup, 'SYM_Link.seed': seed });
      learn(opened, known);
      return { groupId: String(id) };
    },
    async push({ session, edits }) {
      const opened = find(session);
      const { server, sessionId, accountId, groups } = opened;
      const resources = edits.map(({ groupId, id, name, type, document, removed }) => {
        const { known, values } = drawn(['encContent'], () => ({
          ...{ ...opened.known, SYM_ResourceGroup: random(32), ...groups.get(groupId) },
          ...{ M_Resource: document ?? null, 'encContent.iv': random(12) },
        }));
        learn(opened, known);
        return {
          ...{ id, name, type, removed, resourceGroupId: groupId, version: NO_VERSION },
          ...{ createdBy: accountId, lastEditedBy: accountId, lastEdited: Date.now() },
          encContent: values.text('encContent'),
        };
      });
      await call(server, 'POST', '/sync/push', { sessionId, body: resources });
      return { pushed: edits.map(({ groupId, id }) => ({ groupId, id })), conflicts: [] };
    },
    async pull({ session, blacklist = [] }) {
      const opened = find(session);
      const { server, sessionId, groups } = opened;
      const answer = await call(server, 'POST', '/sync/pull', {
        sessionId,
        body: { resources: [], blacklist },
      });
      const resources: HeldResource[] = [];
      for (const { id, name, type, resourceGroupId, encContent } of answer['createdResources'] as Body[]) {
        const groupId = String(resourceGroupId);
        if (!groups.has(groupId)) {
          const group = await call(server, 'GET', `/api/resource_groups/${groupId}`, { sessionId });
          const { PRV_Account } = opened.known;
          groups.set(groupId, openedLink(profile, PRV_Account, String(group['encSymmetricKey'])));
        }
        const group = groups.get(groupId) ?? {};
        const content = openedContent(profile, group, String(encContent));
        learn(opened, { ...group, ...content });
        const document = content['M_Resource'];
        resources.push({ groupId, id: String(id), name: String(name), type: String(type), document });
      }
      return { resources, failed: [], conflicts: [] };
    },
  };
}
