/** The calls of a story, each with what its answer says of what the server knew: the model that answers are held against. */
import type { Resource } from '../../../reference/index.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { isSuccess } from '../bench/bench.ts';
import type { Credential } from '../bench/credential.ts';
import type { Point } from './explain.ts';
import {
  accountAt,
  accountOf,
  leftBy,
  withAccount,
  withGroup,
  without,
  type AccountState,
  type ResourceState,
  type State,
} from './state.ts';

export type Stages = readonly (readonly Point[])[];

/** How a call may be refused (9.5): the status, and the error where one status has several. */
interface Refused {
  readonly status: number;
  readonly error?: string;
  /** Another status that fits as well. */
  readonly or?: number;
}

const NO_SESSION = { status: 401, error: 'no-session' };
const WRONG_PROOF = { status: 401, error: 'wrong-proof' };
const NOT_FOUND = { status: 404 };
const FORBIDDEN = { status: 403 };

const errorOf = ({ responseBody }: Exchange): string => textOf(jsonOf(responseBody), 'error');
const describe = ({ status, error }: Refused): string =>
  `status ${status}${error === undefined ? '' : ` and the error ${error}`}`;
const isRefused = (answer: Exchange, { status, error, or }: Refused): boolean =>
  answer.status === or || (answer.status === status && (error === undefined || errorOf(answer) === error));

/** A point that fits where the answer is the refusal that the state asks for, or a success where it asks for none. */
const judgedBy =
  (answer: Exchange, refusal: (state: State) => Refused | undefined): Point =>
  (state) => {
    const due = refusal(state);
    if (due === undefined) return isSuccess(answer) ? state : 'status 200';
    return isRefused(answer, due) ? state : describe(due);
  };

/** A point that only says something. */
export const holds =
  (condition: (state: State) => boolean, otherwise: string): Point =>
  (state) =>
    condition(state) ? state : otherwise;

/**
 * The stages of a call with a session: the session, then rights and existence, then what it does.
 *
 * @param rights - why the account may not do it, as far as a state says
 */
export function inSession(
  answer: Exchange,
  session: string,
  rights: (state: State) => Refused | undefined,
  ...acts: Stages
): Stages {
  const alive = (state: State): boolean => accountOf(state, session) !== undefined;
  if (isRefused(answer, NO_SESSION))
    return [[holds((state) => !alive(state), 'the answer of a live session')]];
  const first = [holds(alive, describe(NO_SESSION))];
  const second = [judgedBy(answer, rights)];
  return [first, second, ...(isSuccess(answer) ? acts : [])].filter((points) => points.length > 0);
}

const allowed = (): undefined => undefined;

/** `POST /auth/signup` (7.1), and the link in the mail. */
export const signedUp = (answer: Exchange, id: string, account: AccountState): Stages => [
  [
    (state) => {
      if (!isSuccess(answer)) return 'status 200';
      return { ...state, accounts: { ...state.accounts, [id]: account } };
    },
  ],
];

/** A login, as it was made. */
interface Login {
  readonly email: string;
  readonly credential: Credential;
  /** K. */
  readonly session: string;
  /** As `login-s` gave it. */
  readonly saltKey: string;
}

/** `login-m1` (7.3): right where the account has this credential at some moment of the login, at which its session starts. */
export function loggedIn(answer: Exchange, { email, credential, session, saltKey }: Login): Stages {
  return [
    [
      (state) => {
        const id = accountAt(state, email) ?? '';
        const account = state.accounts[id];
        const isRight = account?.credential.encSymmetricKey === credential.encSymmetricKey;
        if (!isRight) return isRefused(answer, WRONG_PROOF) ? state : describe(WRONG_PROOF);
        if (!isSuccess(answer)) return 'status 200 and M2';
        if (saltKey !== account.credential.saltKey) return 'the present salts at login-s';
        return withAccount(state, id, { live: [...account.live, session] });
      },
    ],
  ];
}

/** `POST /auth/logout` (7.5). */
export const loggedOut = (answer: Exchange, account: string, session: string): Stages =>
  inSession(answer, session, allowed, [
    (state) =>
      withAccount(state, account, {
        live: state.accounts[account]?.live.filter((one) => one !== session) ?? [],
      }),
  ]);

/** What a change asks for. */
export interface Change {
  /** What it starts from: whose verifier it proves, and whose wrapped key it takes for the present one. */
  readonly proof: Credential;
  readonly from: Credential;
  readonly to: Credential;
  readonly email: string;
}

/** `POST /auth/change-password` (7.6): the proof, then in one step the comparison and the replacement. */
export function changed(answer: Exchange, account: string, session: string, change: Change): Stages {
  const { proof, from, to, email } = change;
  const present = (state: State): Credential | undefined => state.accounts[account]?.credential;
  const proves = (state: State): boolean => present(state)?.verifier === proof.verifier;
  if (isRefused(answer, WRONG_PROOF))
    return [
      ...inSession(answer, session, () => WRONG_PROOF),
      [holds((state) => !proves(state), 'anything else than wrong-proof: it is the account’s verifier')],
    ];
  const isStale = (state: State): boolean => present(state)?.encSymmetricKey !== from.encSymmetricKey;
  const isTaken = (state: State): boolean => (accountAt(state, email) ?? account) !== account;
  const conflict = (state: State): Refused | undefined => {
    if (isStale(state)) return { status: 409, error: 'stale' };
    return isTaken(state) ? { status: 409, error: 'email-taken' } : undefined;
  };
  if (answer.status === 409)
    return [
      ...inSession(answer, session, () => ({ status: 409 })),
      [holds(proves, describe(WRONG_PROOF))],
      [judgedBy(answer, conflict)],
    ];
  return inSession(
    answer,
    session,
    allowed,
    [holds(proves, describe(WRONG_PROOF))],
    [
      (state) => {
        const due = conflict(state);
        if (due !== undefined) return describe(due);
        const live = state.accounts[account]?.live.filter((one) => one === session) ?? [];
        return withAccount(state, account, { email, credential: to, live });
      },
    ],
  );
}

/** Everything that an account empties, group by group: those that it knew of, and any that was made since. */
function emptied(account: string, known: readonly string[]): readonly Point[] {
  const before = [...known]; // a group that is made beside it may be named at any time
  return [
    ...before.map(
      (groupId): Point =>
        (state) =>
          leftBy(state, account, groupId),
    ),
    (state) =>
      Object.keys(state.groups)
        .filter((groupId) => !before.includes(groupId))
        .reduce((rest, groupId) => leftBy(rest, account, groupId), state),
  ];
}

/** `POST /auth/reset` (7.9). */
export const reset = (answer: Exchange, account: string, session: string, known: readonly string[]): Stages =>
  inSession(answer, session, allowed, emptied(account, known));

/** `DELETE /auth/delete-account` (7.10). */
export const deleted = (
  answer: Exchange,
  account: string,
  session: string,
  known: readonly string[],
): Stages =>
  inSession(answer, session, allowed, [
    ...emptied(account, known),
    (state) => ({ ...state, accounts: without(state.accounts, [account]) }),
  ]);

/** `POST /api/resource_groups` (8.1). */
export const groupMade = (answer: Exchange, account: string, session: string, link: string): Stages =>
  inSession(answer, session, allowed, [
    (state) => {
      const id = textOf(jsonOf(answer.responseBody), 'id');
      if (id === '' || id in state.groups) return 'a group with an id of its own';
      if (!(account in state.accounts)) return state;
      const group = { owner: account, links: { [account]: link }, resources: {} };
      return { ...state, groups: { ...state.groups, [id]: group } };
    },
  ]);

const isMember = (state: State, account: string, groupId: string): boolean =>
  state.groups[groupId]?.links[account] !== undefined;

/** Why an account may not do what the owner of a group does. */
function ownersOnly(state: State, account: string, groupId: string): Refused | undefined {
  if (!isMember(state, account, groupId)) return NOT_FOUND;
  return state.groups[groupId]?.owner === account ? undefined : FORBIDDEN;
}

/** `share-b` by address (8.2): all links in one step. */
export const sharedWith = (
  answer: Exchange,
  account: string,
  session: string,
  { groupId, emails, links }: { groupId: string; emails: readonly string[]; links: Record<string, string> },
): Stages =>
  inSession(
    answer,
    session,
    (state) =>
      ownersOnly(state, account, groupId) ??
      (emails.some((email) => accountAt(state, email) === undefined)
        ? { status: 404, error: 'unknown-account', or: 403 } // its link is then for nobody who is named
        : undefined),
    [
      (state) =>
        withGroup(state, groupId, (group) => {
          const there = Object.entries(links).filter(([id]) => id in state.accounts);
          return { links: { ...group.links, ...Object.fromEntries(there) } };
        }),
    ],
  );

/** Who is to lose the link. */
interface Withdrawal {
  readonly groupId: string;
  /** Whose alone. */
  readonly email: string | undefined;
  /** The ids of all accounts that there may be. */
  readonly everybody: readonly string[];
  /** How a server refuses that has nothing to withdraw from somebody. */
  readonly missing: Refused;
}

/** Why an account may not withdraw the links (8.3): the group, the caller, whom the body names. */
function whyNotWithdraw(
  state: State,
  account: string,
  { groupId, email, missing }: Withdrawal,
): Refused | undefined {
  if (email === undefined) return ownersOnly(state, account, groupId);
  if (!isMember(state, account, groupId)) return NOT_FOUND;
  const named = accountAt(state, email);
  const isOwner = state.groups[groupId]?.owner === account;
  if (isOwner === (named === account)) return FORBIDDEN;
  return named !== undefined && isMember(state, named, groupId) ? undefined : missing;
}

/** `unshare` (8.3) of everybody, or of one address: link by link. */
export const withdrawn = (
  answer: Exchange,
  account: string,
  session: string,
  withdrawal: Withdrawal,
): Stages => {
  const { groupId, email, everybody } = withdrawal;
  const dropOf =
    (whose: (state: State) => string | undefined): Point =>
    (state) =>
      withGroup(state, groupId, ({ owner, links }) => {
        const leaving = whose(state);
        return { links: leaving === undefined || leaving === owner ? links : without(links, [leaving]) };
      });
  const drops =
    email === undefined
      ? everybody.map((other) => dropOf(() => other))
      : [dropOf((state) => accountAt(state, email))];
  return inSession(answer, session, (state) => whyNotWithdraw(state, account, withdrawal), drops);
};

/** The lists of 8.5 that a resource can be in. */
const TAKEN = ['created', 'updated', 'removed'] as const;

/** `POST /sync/push` (8.5): the links to all groups, then resource by resource. */
export const pushed = (
  answer: Exchange,
  account: string,
  session: string,
  resources: readonly Resource[],
): Stages =>
  inSession(
    answer,
    session,
    (state) =>
      resources.every(({ resourceGroupId }) => isMember(state, account, resourceGroupId))
        ? undefined
        : NOT_FOUND,
    resources.map((resource) => storedBy(answer, resource)),
  );

function storedBy(answer: Exchange, { resourceGroupId, id, version, removed, encContent }: Resource): Point {
  const lists = jsonOf(answer.responseBody);
  const found = [...TAKEN, 'conflicts'].flatMap((list) =>
    (Array.isArray(lists[list]) ? (lists[list] as Readonly<Record<string, unknown>>[]) : [])
      .filter((item) => item['id'] === id)
      .map((item) => ({ list, item })),
  );
  const answered = found.map(({ list }) => list).join(' and ');
  return (state) => {
    const group = state.groups[resourceGroupId];
    if (group === undefined) return state; // it is gone, and what becomes of the resource with it
    const stored = group.resources[id];
    const due = dueList(stored, { version, removed });
    const item = found[0]?.item ?? {};
    if (answered !== due) return `${id} in the list ${due}`;
    if (due === 'conflicts') return isStored(item, stored) ? state : `${id} in conflicts as it is stored`;
    const given = textOf(item, 'version');
    const versions = [...(stored?.versions ?? []), given];
    if (given === '' || new Set(versions).size < versions.length)
      return `a version of ${id} that it never had`;
    const next: ResourceState = { version: given, removed, encContent, versions };
    return withGroup(state, resourceGroupId, () => ({ resources: { ...group.resources, [id]: next } }));
  };
}

const isStored = (item: Readonly<Record<string, unknown>>, stored: ResourceState | undefined): boolean =>
  item['version'] === stored?.version && item['encContent'] === stored?.encContent;

/** The table of 8.5. */
function dueList(
  stored: ResourceState | undefined,
  { version, removed }: Pick<Resource, 'version' | 'removed'>,
): string {
  if (stored !== undefined && stored.version !== version) return 'conflicts';
  if (removed) return 'removed';
  return stored === undefined ? 'created' : 'updated';
}
