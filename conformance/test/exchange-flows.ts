/** What people do through the reference client, in this order, and the calls and statuses that come of it. */
import type { ProfileName, Session } from '../../reference/index.ts';
import { bob, jane, type Typed, type World } from './exchange-world.ts';

/** A flow; a refusal is no failure of it. */
export type Flow = readonly [
  name: string,
  act: (world: World) => Promise<unknown>,
  expected: readonly string[] | Readonly<Record<ProfileName, readonly string[]>>,
];

const LOGIN = ['POST /auth/login-s 200', 'POST /auth/login-a 200'];
const LOGGED_IN = [...LOGIN, 'POST /auth/login-m1 200', 'GET /auth/whoami 200'];
const CHANGING = ['GET /auth/whoami 200', 'POST /auth/login-s 200'];
const SHARED = ['POST /api/resource_groups/{id}/share-a 200', 'POST /api/resource_groups/{id}/share-b 200'];
const GROUP = 'GET /api/resource_groups/{id}';
const PUSHED = 'POST /sync/push 200';
const PULLED = 'POST /sync/pull 200';

/** Something that one person does in their session. */
const by =
  (who: Typed, act: (session: Session, world: World) => unknown) =>
  async (world: World): Promise<unknown> =>
    await act(await world.session(who), world);

const group = ({ notes }: World, name = 'garden'): string => notes.get(name) ?? '';

/** Makes a group and notes its id. */
const creating = (name: string) => async (session: Session, world: World) => {
  const { id } = await session.createGroup({ parentResourceId: 'wrk_1', name });
  world.notes.set(name, id);
};

/** Edits a resource of a group and pushes. */
const pushing =
  (id: string, document: unknown, removed = false, name = 'garden') =>
  async (session: Session, world: World) => {
    session.edit({ groupId: group(world, name), id, name: 'Träffpunkt', type: 'Request', document, removed });
    await session.push();
  };

const { passphrase } = jane;
const changed = { ...jane, email: 'jane.doe@example.com', passphrase: 'another four words here' };

const accounts: readonly Flow[] = [
  ['signup', ({ client }) => client.signup(jane), ['POST /auth/signup 200']],
  ['signup with a taken address', ({ client }) => client.signup(jane), ['POST /auth/signup 409']],
  [
    'login before confirmation',
    ({ client }) => client.login(jane),
    { documented: [...LOGIN, 'POST /auth/login-m1 403'], deployed: LOGGED_IN },
  ],
  ['confirmation', ({ openLink }) => openLink(), ['GET /auth/confirm 200']],
  ['confirmation, the link again', ({ openLink }) => openLink(), ['GET /auth/confirm 404']],
  ['login', ({ session }) => session(jane), LOGGED_IN],
  [
    'login with a wrong passphrase',
    ({ client }) => client.login({ ...jane, passphrase: 'wrong' }),
    [...LOGIN, 'POST /auth/login-m1 401'],
  ],
  [
    'login of a stranger',
    ({ client }) => client.login({ ...jane, email: 'nobody@example.com' }),
    [...LOGIN, 'POST /auth/login-m1 401'],
  ],
  ['whoami', by(jane, (session) => session.whoami()), ['GET /auth/whoami 200']],
  ['verify', by(jane, (session) => session.verify()), ['POST /auth/verify 200']],
];

const groups: readonly Flow[] = [
  ['a group', by(jane, creating('garden')), ['POST /api/resource_groups 200']],
  ['the group again', by(jane, (session, world) => session.group(group(world))), [`${GROUP} 200`]],
  ['a group that is not there', by(jane, (session) => session.group('rg_none')), [`${GROUP} 404`]],
  ['a new resource', by(jane, pushing('req_1', { rows: 4 })), [PUSHED]],
  ['a change', by(jane, pushing('req_1', { rows: 5 })), [PUSHED]],
  ['one more', by(jane, pushing('req_2', 'peas')), [PUSHED]],
  ['its removal', by(jane, pushing('req_2', null, true)), [PUSHED]],
  ['pull', by(jane, (session) => session.pull()), [PULLED]],
  ['pull with a blacklist', by(jane, (s, world) => s.pull({ blacklist: [group(world)] })), [PULLED]],
  [
    'a second device',
    async (world) => {
      const session = await world.newSession(jane);
      await session.pull();
      await pushing('req_1', { rows: 6 })(session, world);
    },
    [...LOGGED_IN, PULLED, `${GROUP} 200`, PUSHED],
  ],
  ['a conflict that the own edit wins', by(jane, pushing('req_1', { rows: 7 })), [PUSHED, PUSHED]],
  ['a group for the same document', by(jane, creating('twin')), ['POST /api/resource_groups 200']],
  ['the same id in it', by(jane, pushing('req_1', { rows: 8 }, false, 'twin')), [PUSHED]],
  ['duplicates', by(jane, (session) => session.pull()), ['POST /sync/fix-dupes 200', PULLED]],
];

const sharing: readonly Flow[] = [
  ['signup of Bob', ({ client }) => client.signup(bob), ['POST /auth/signup 200']],
  [
    'a share with an address that is not confirmed',
    by(jane, (session, world) => session.share(group(world), { emails: [bob.email] })),
    ['POST /api/resource_groups/{id}/share-a 404'],
  ],
  ["Bob's confirmation", ({ openLink }) => openLink(), ['GET /auth/confirm 200']],
  [
    'a share with Bob',
    by(jane, (session, world) => session.share(group(world), { emails: [bob.email] })),
    SHARED,
  ],
  ['Bob reads', by(bob, (session) => session.pull()), [...LOGGED_IN, PULLED, `${GROUP} 200`]],
  [
    'Bob shares what he does not own',
    by(bob, (session, world) => session.share(group(world), { emails: [jane.email] })),
    ['POST /api/resource_groups/{id}/share-a 403'],
  ],
  [
    'Bob withdraws Jane',
    by(bob, (session, world) => session.unshare(group(world), [jane.email])),
    ['PUT /api/resource_groups/{id}/unshare 403'],
  ],
  [
    'a withdrawal',
    by(jane, (session, world) => session.unshare(group(world), [bob.email])),
    ['PUT /api/resource_groups/{id}/unshare 200'],
  ],
  ['Bob pushes all the same', by(bob, pushing('req_1', 'mine')), ['POST /sync/push 404', `${GROUP} 404`]],
  [
    'a team',
    by(jane, async (session, { notes }) => {
      const { id } = await session.createTeam({ name: 'Gardeners', emails: [bob.email] });
      notes.set('team', id);
    }),
    ['POST /api/teams 200'],
  ],
  [
    'a team with a stranger',
    by(jane, (session) => session.createTeam({ name: 'x', emails: ['nobody@example.com'] })),
    ['POST /api/teams 404'],
  ],
  ["Bob's teams", by(bob, (session) => session.teams()), ['GET /api/teams 200']],
  [
    'a share with the team',
    by(jane, (session, world) => session.share(group(world), { teamId: group(world, 'team') })),
    ['GET /api/teams 200', ...SHARED],
  ],
  [
    'a withdrawal from everybody',
    by(jane, (session, world) => session.unshare(group(world))),
    ['PUT /api/resource_groups/{id}/unshare 200'],
  ],
];

const changes: readonly Flow[] = [
  [
    'a change with a wrong passphrase',
    by(jane, (s) => s.changePassphrase({ oldPassphrase: 'wrong', newPassphrase: 'new' })),
    CHANGING,
  ],
  [
    'a change to a taken address',
    by(jane, (s) =>
      s.changePassphrase({ oldPassphrase: passphrase, newPassphrase: 'new', newEmail: bob.email }),
    ),
    [...CHANGING, 'POST /auth/change-password 409'],
  ],
  [
    'a change of everything',
    by(jane, (session) =>
      session.changePassphrase({
        oldPassphrase: passphrase,
        newPassphrase: changed.passphrase,
        newEmail: changed.email,
        newFirstName: 'J.',
        newLastName: '',
      }),
    ),
    [...CHANGING, 'POST /auth/change-password 200'],
  ],
  ['confirmation of the new address', ({ openLink }) => openLink(), ['GET /auth/confirm 200']],
  [
    'login with the old passphrase',
    ({ client }) => client.login(jane),
    [...LOGIN, 'POST /auth/login-m1 401'],
  ],
  ['login with the new one', ({ newSession }) => newSession(changed), LOGGED_IN],
  [
    'a change back',
    by(jane, (session) =>
      session.changePassphrase({
        oldPassphrase: changed.passphrase,
        newPassphrase: passphrase,
        newEmail: jane.email,
      }),
    ),
    [...CHANGING, 'POST /auth/change-password 200'],
  ],
  ['confirmation of the address again', ({ openLink }) => openLink(), ['GET /auth/confirm 200']],
  [
    'a code by mail',
    by(jane, (session) => session.sendCode()),
    { documented: ['POST /auth/send-password-code 404'], deployed: ['POST /auth/send-password-code 200'] },
  ],
  [
    'a change with a wrong code',
    by(jane, (session) => session.changePassphrase({ code: '000000', newPassphrase: passphrase })),
    { documented: CHANGING, deployed: [...CHANGING, 'POST /auth/change-password 401'] },
  ],
  [
    'a change with the code',
    by(jane, (session, { mail }) => {
      const code = /^\w{6,}$/m.exec(mail())?.[0] ?? 'none';
      return session.changePassphrase({ code, newPassphrase: passphrase });
    }),
    { documented: CHANGING, deployed: [...CHANGING, 'POST /auth/change-password 200'] },
  ],
];

const endings: readonly Flow[] = [
  ['reset', by(bob, (session) => session.reset({ userAcceptsLoss: true })), ['POST /auth/reset 200']],
  ['deletion', by(bob, (session) => session.deleteAccount()), ['DELETE /auth/delete-account 200']],
  ['logout', by(jane, (session) => session.logout()), ['POST /auth/logout 200']],
  [
    'a session that has ended',
    ({ send, sessionHeaders }) => send('GET', '/auth/whoami', { headers: sessionHeaders() }),
    ['GET /auth/whoami 401'],
  ],
];

export const flows: readonly Flow[] = [...accounts, ...groups, ...sharing, ...changes, ...endings];
