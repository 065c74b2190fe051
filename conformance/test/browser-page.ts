/** What the pages of `browser.test.ts` do. It is bundled, and runs in a browser: `acts.login(…)` and so on. */
import {
  createClient,
  ProtocolError,
  type Client,
  type Credentials,
  type Device,
  type NewAccount,
  type ProfileName,
  type Session,
} from 'e2ee-sync/reference/client';

let client: Client;
let session: Session;

const acts = {
  open(profile: ProfileName, server: string) {
    client = createClient({ profile, server });
  },
  signup: (account: NewAccount) => client.signup(account),
  async login(credentials: Credentials, device?: Device) {
    session = await client.login(credentials, device);
    return session.thumbprint;
  },
  whoami: () => session.whoami(),
  async plant(documents: Readonly<Record<string, unknown>>) {
    const { id: groupId } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    for (const [id, document] of Object.entries(documents))
      session.edit({ groupId, id, name: id, type: 'Request', document });
    const { pushed } = await session.push();
    return { groupId, pushed };
  },
  share: (groupId: string, email: string) => session.share(groupId, { emails: [email] }),
  pull: () => session.pull(),
  changePassphrase: (oldPassphrase: string, newPassphrase: string) =>
    session.changePassphrase({ oldPassphrase, newPassphrase }),
  exportDevice: () => session.exportDevice(),
  logout: () => session.logout(),
};

/** The code of the error that an act fails with; undefined where it succeeds. */
async function codeOf(name: keyof typeof acts, ...given: readonly unknown[]): Promise<string | undefined> {
  try {
    await (acts[name] as (...given: readonly unknown[]) => unknown)(...given);
    return undefined;
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

Object.assign(globalThis, { acts, codeOf });
