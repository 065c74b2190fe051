/** The verbs of an adapter that concern one account, and `describe`, `derive` and `accept`. */
import type { VerbCall, Verbs } from './examples-adapter.ts';
import { derived, saltInput } from './examples-values.ts';
import { namesOf, type World } from './examples-world.ts';

export function accountVerbs(world: World): Verbs {
  const { profile, story, jane } = world;
  const { session } = story.adapter;
  const login = loginCall(world);
  const accountId = story.jane.id;
  const ends = { jane: { summary: 'Jane', params: { session }, result: {} } };
  const person = { accountId, email: jane.text('normalized.email'), ...namesOf(story.jane) };
  return {
    describe: { client: { summary: 'A client', params: {}, result: story.adapter.describe } },
    derive: {
      salt: {
        summary: 'From an address and a salt',
        params: { profile, given: saltInput(world) },
        result: derived(world, saltInput(world)),
      },
    },
    accept: {
      ephemeral: {
        summary: 'B, as a server sent it',
        params: { profile, step: 'accept-B', given: { srpB: jane.hex('srp.B') } },
        result: { values: { 'srp.B': jane.hex('srp.B') } },
      },
    },
    signup: {
      jane: { ...login, params: { ...login.params, ...namesOf(story.jane) }, result: { accountId } },
    },
    login: { jane: login },
    whoami: { jane: { summary: 'Jane', params: { session }, result: person } },
    changePassword: changes(world),
    ...{ logout: ends, reset: ends, deleteAccount: ends },
    ...(mailsCodes(world) && { sendCode: ends }),
  };
}

/** Jane logs in. */
export function loginCall({ profile, story }: World): VerbCall {
  const { server, session } = story.adapter;
  const { email, passphrase } = story.jane.given;
  return {
    summary: 'Jane',
    params: { server, profile, email, passphrase },
    result: { session, accountId: story.jane.id },
  };
}

const mailsCodes = ({ policies }: World): boolean => policies['mailed-code'] === 'accepted';

function changes(world: World): Verbs[string] {
  const { jane, change, adapter } = world.story;
  const { passphrase: old } = jane.given;
  const { passphrase } = change.given;
  const call = (summary: string, params: object): VerbCall => ({
    summary,
    params: { session: adapter.session, ...params },
    result: {},
  });
  return {
    passphrase: call('A new passphrase', { oldPassphrase: old, newPassphrase: passphrase }),
    address: call('A new address', { oldPassphrase: old, newPassphrase: old, newEmail: change.email }),
    ...(mailsCodes(world) && {
      code: call('With a mailed code', { code: change.code, newPassphrase: passphrase }),
    }),
  };
}
