/**
 * The client that the examples judge: an object with the verbs of `conformance/ADAPTER.md`. Your own client stands where
 * `createClient` stands.
 */
import { createClient } from 'e2ee-sync/reference';

export function createVerbs() {
  const sessions = new Map();
  const find = (handle) => {
    if (sessions.has(handle)) return sessions.get(handle);
    throw Object.assign(new Error('there is no such session'), { stage: 'state' });
  };
  return {
    describe: () => ({ name: 'mine', version: '1', profiles: ['documented'], capabilities: ['account'] }),
    async signup({ server, profile, ...account }) {
      return { accountId: await createClient({ server, profile }).signup(account) };
    },
    async login({ server, profile, email, passphrase }) {
      const session = await createClient({ server, profile }).login({ email, passphrase });
      const handle = String(sessions.size + 1);
      sessions.set(handle, session);
      return { session: handle, accountId: session.accountId };
    },
    async whoami({ session }) {
      const { accountId, email, firstName, lastName } = await find(session).whoami();
      return { accountId, email, firstName, lastName };
    },
    async logout({ session }) {
      await find(session).logout();
      sessions.delete(session);
      return {};
    },
  };
}
