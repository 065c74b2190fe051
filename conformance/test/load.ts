/**
 * Somebody who uses a server that may die at any moment, and knows what it has acknowledged. Key derivations are cheap
 * and signups of others are made up, so that the server and its storage have all the work.
 */
import { createHash } from 'node:crypto';
import {
  createClient,
  ProtocolError,
  type Fetch,
  type ProfileName,
  type Session,
} from '../../reference/index.ts';
import { pooledSteps } from '../../reference/test/client-world.ts';
import { fakeAccount } from '../../reference/test/server-world.ts';

/** One thing that a user does again and again. */
interface Work {
  /** Does it once. */
  act(): Promise<void>;
  /** What is not as it was acknowledged, as sentences. What was under way is there as a whole, or not at all. */
  losses(): Promise<readonly string[]>;
}

/** What users do. */
export type Kind = 'push' | 'passphrase' | 'group' | 'signup';

/** A user of a server. */
export interface User {
  /** Works until the server is silent. @throws whatever is not its silence */
  work(draw: () => number, acknowledged: (kind: Kind) => void): Promise<void>;
  /** Looks at everything again, with a session of before and with a new one. */
  losses(): Promise<readonly string[]>;
}

/** A value that was acknowledged, and the one that a request under way would put in its place. */
interface Known<T> {
  readonly certain: T;
  readonly possible: T;
}
const certainly = <T>(value: T): Known<T> => ({ certain: value, possible: value });

/** What is the same for all that a user does; the session is replaced after every crash. */
interface Desk {
  readonly email: string;
  readonly send: Fetch;
  readonly login: (passphrase: string) => Promise<Session>;
  session: Session;
}

/** Where requests go: `send` puts the address of the server that is alive in place of this one. */
export const ANYWHERE = 'http://127.0.0.1';

/**
 * Signs up, confirms and logs in.
 *
 * @param confirm - opens the link in the newest mail to an address
 */
export async function createUser(
  profile: ProfileName,
  email: string,
  send: Fetch,
  confirm: (email: string) => Promise<void>,
): Promise<User> {
  const steps = { ...pooledSteps(profile), SEC_PWD: cheap };
  const client = createClient({ profile, server: ANYWHERE, steps, fetch: send });
  const login = (passphrase: string) => client.login({ email, passphrase });
  await client.signup({ email, passphrase: 'passphrase 0', firstName: '', lastName: '' });
  await confirm(email);
  const desk: Desk = { email, send, login, session: await login('passphrase 0') };
  const garden = await desk.session.createGroup({ parentResourceId: 'wrk_0', name: 'Garden' });
  const works: Readonly<Record<Kind, Work>> = {
    passphrase: passphrases(desk),
    push: pushes(desk, garden.id),
    group: groups(desk),
    signup: signups(desk),
  };
  return {
    async work(draw, acknowledged) {
      const kinds = Object.keys(works) as Kind[];
      try {
        for (;;) {
          const kind = kinds[Math.floor(draw() * kinds.length)] ?? 'push';
          await works[kind].act();
          acknowledged(kind);
        }
      } catch (error) {
        if (!isSilence(error)) throw error;
      }
    },
    async losses() {
      await desk.session.whoami(); // its session was acknowledged as well
      const found: string[] = [];
      // Passphrases come first: with the one that is found they open a new session for the others.
      for (const { losses } of Object.values(works)) found.push(...(await losses()));
      return found.map((loss) => `${email}: ${loss}`);
    },
  };
}

const cheap = (passphrase: string, salt: Uint8Array): Promise<Uint8Array> =>
  Promise.resolve(createHash('sha256').update(passphrase).update(salt).digest());

const isSilence = (error: unknown): boolean =>
  error instanceof ProtocolError && error.code === 'network/unreachable';

function passphrases(desk: Desk): Work {
  let number = certainly(0);
  const text = (n: number): string => `passphrase ${n}`;
  const opens = async (n: number): Promise<boolean> => {
    try {
      desk.session = await desk.login(text(n));
      return true;
    } catch (error) {
      if (error instanceof ProtocolError && error.code === 'auth/refused') return false;
      throw error;
    }
  };
  return {
    async act() {
      const { certain, possible } = number;
      number = { certain, possible: possible + 1 };
      const [oldPassphrase, newPassphrase] = [text(certain), text(number.possible)];
      await desk.session.changePassphrase({ oldPassphrase, newPassphrase });
      number = certainly(number.possible);
    },
    async losses() {
      const opening: number[] = [];
      for (const n of new Set([number.certain, number.possible])) if (await opens(n)) opening.push(n);
      const [found] = opening;
      if (found === undefined || opening.length > 1)
        return [
          `of the passphrases ${number.certain} and ${number.possible} opens ${opening.join(' and ') || 'none'}`,
        ];
      number = certainly(found);
      return [];
    },
  };
}

/** Every push changes the same resources and creates one: they belong together. */
function pushes(desk: Desk, groupId: string): Work {
  const shared = ['req_a', 'req_b', 'req_c', 'req_d'];
  const own = (n: number): string => `req_${n}`;
  let number = certainly(0);
  let versions: readonly string[] = [];
  const versionsOf = ({ session }: Desk): readonly string[] =>
    session
      .exportDevice()
      .resources.map(({ id, version }) => `${id} ${version}`)
      .sort();
  return {
    async act() {
      const { certain, possible } = number;
      number = { certain, possible: possible + 1 };
      const ids = [...shared, own(number.possible)];
      for (const id of ids)
        desk.session.edit({ groupId, id, name: id, type: 'Request', document: number.possible });
      const { pushed } = await desk.session.push();
      if (pushed.length !== ids.length) throw new Error(`${pushed.length} of ${ids.length} were pushed`);
      number = certainly(number.possible);
      versions = versionsOf(desk);
    },
    async losses() {
      const { certain, possible } = number;
      const { resources, failed } = await desk.session.pull();
      const documents = new Map(resources.map(({ id, document }) => [id, document]));
      const found = documents.get('req_a') === possible ? possible : certain;
      const expected = new Map<string, unknown>(found === 0 ? [] : shared.map((id) => [id, found]));
      for (let n = 1; n <= found; n++) if (n <= certain || n === possible) expected.set(own(n), n);
      const wrong = [...new Set([...expected.keys(), ...documents.keys()])].filter(
        (id) => documents.get(id) !== expected.get(id),
      );
      const moved = found === certain && versionsOf(desk).join() !== versions.join();
      number = certainly(found);
      versions = versionsOf(desk);
      return [
        ...failed.map(({ id, error }) => `${id} does not open: ${error.message}`),
        ...wrong.map((id) => `${id} is of push ${String(documents.get(id))} where push ${found} is the last`),
        ...(moved ? ['versions are not those that were acknowledged'] : []),
      ];
    },
  };
}

function groups(desk: Desk): Work {
  const ids: string[] = [];
  return {
    async act() {
      const parentResourceId = `wrk_${ids.length + 1}`;
      ids.push((await desk.session.createGroup({ parentResourceId, name: 'Yard' })).id);
    },
    async losses() {
      const lost: string[] = [];
      for (const id of ids)
        await desk.session.group(id).catch((error: unknown) => lost.push(`${id}: ${String(error)}`));
      return lost;
    },
  };
}

/** Signups of people who never come back. */
function signups({ email, send }: Desk): Work {
  const accounts: object[] = [];
  let count = 0;
  const signup = async (account: object): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    const request = new Request(`${ANYWHERE}/auth/signup`, {
      method: 'POST',
      headers,
      body: JSON.stringify(account),
    });
    return (await send(request)).status;
  };
  return {
    async act() {
      const account = fakeAccount(`${++count}.${email.split('@')[0] ?? ''}`);
      const status = await signup(account).catch((cause: unknown) => {
        throw new ProtocolError('network/unreachable', 'the server is silent', { cause });
      });
      if (status !== 200) throw new Error(`a signup was answered with ${status}`);
      accounts.push(account);
    },
    async losses() {
      const statuses = await Promise.all(accounts.map(signup));
      return statuses.flatMap((status, i) => (status === 409 ? [] : [`signup ${i} again: ${status}`]));
    },
  };
}
