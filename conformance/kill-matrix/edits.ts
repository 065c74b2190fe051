/** The edits of the derivation graph, each as a client or a server that makes it and can be judged. */
import {
  createDerivation,
  mechanicalMistakes,
  namedMistakes,
  type Mistake,
  type ProfileName,
} from '../../spec/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { quickPbkdf2 } from '../../spec/quick-pbkdf2.ts';
import { clientOfEdit } from '../faults/client-of-edit.ts';
import { CHANGE, isMadeOn, OCCASIONS, shownBy } from '../faults/knowledge.ts';
import { serverEdits, serverOfEdit } from '../faults/server-of-edit.ts';
import { judgeClient, judgeServer, type JudgeOptions } from '../judge.ts';
import { startInProcessServer } from '../target/in-process-server.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import type { CheckResult, Role } from '../verdict.ts';
import { SEED } from './faulty-peer.ts';

/** A client or server that makes a mistake. */
export interface Edited {
  /** The role, the profile and the id of the mistake, with points between them. */
  readonly id: string;
  readonly role: Role;
  readonly profile: ProfileName;
  readonly mistake: Mistake;
  /** Whether what the mistake needs to show is drawn, and every value is right all the same. */
  readonly isRight?: boolean;
}

export const ROLES: readonly Role[] = ['client', 'server'];
export const KINDS: readonly Mistake['kind'][] = ['named', 'mechanical'];
export const PROFILES = protocol.profiles as readonly ProfileName[];

/** The mistakes of a kind that show in something that a client sends or compares, or in what a server answers or accepts. */
export function editsOf(role: Role, profile: ProfileName, kind: Mistake['kind']): readonly Edited[] {
  const mistakes = role === 'client' ? clientEdits(profile, kind) : serverEdits(profile);
  return mistakes
    .filter((mistake) => mistake.kind === kind)
    .map((mistake) => ({ id: `${role}.${profile}.${mistake.id}`, role, profile, mistake }));
}

function clientEdits(profile: ProfileName, kind: Mistake['kind']): readonly Mistake[] {
  const all = kind === 'named' ? namedMistakes(profile) : mechanicalMistakes(profile);
  // B is what the server says: how it should have been made is not the business of a client.
  const { touches } = createDerivation(profile, { 'srp.B': new Uint8Array() }, quickPbkdf2);
  return all.filter((mistake) => shownBy('client').some((name) => touches(mistake, name)));
}

/** The checks that can see an edit: of values that are sent, and of what is done with them. */
export const CHECKS: Readonly<Record<Role, readonly string[]>> = {
  client: [
    ...['client.signup.request', 'client.signup.SRP_Verifier', 'client.signup.encSymmetricKey'],
    ...[
      'client.signup.encPrivateKey',
      'client.signup.symmetric-jwk',
      'client.login.sequence',
      'client.login.A',
      'client.login.M1',
    ],
    ...['client.login.session-id', 'client.group.link', 'client.push.encContent', 'client.inputs'],
    'client.inputs.white-space-within',
    ...['client.zeros.*', 'client.group.fresh-key', 'client.push.fresh-iv'],
  ],
  server: [
    ...['server.login.salts', 'server.login.B', 'server.login.M2', 'server.login.zero-bytes'],
    ...['server.login.session-id'],
  ],
};

/** The checks that can see what a client makes of a mistake in a change alone. */
const CHECKS_OF_CHANGE: readonly string[] = ['client.change-password.newEncSymmetricKey'];

/** Whether an edit takes what a client does not know before a change. */
function isOfChange({ role, profile, mistake }: Edited): boolean {
  const usual = OCCASIONS[role].filter((occasion) => occasion !== CHANGE);
  if (role === 'server' || usual.some((occasion) => isMadeOn(occasion, profile, mistake))) return false;
  return isMadeOn(CHANGE, profile, mistake);
}

/** The checks that can see an edit. */
export const checksOf = (edit: Edited): readonly string[] =>
  isOfChange(edit) ? CHECKS_OF_CHANGE : CHECKS[edit.role];

/**
 * The checks that pass without a mistake, and that a wrong value could fail: a client opens of what was locked links and
 * documents alone, and does what it must with values; a server is the reference, but takes its time for logins, and an M1 of
 * any length.
 */
export const PASSED: Readonly<Record<Role, readonly string[]>> = {
  client: [
    ...[...CHECKS.client, 'client.signup.SYM_Account', 'client.signup.drawn', 'client.signup.jwk'],
    ...['client.login.email', 'client.login.answer', 'client.login.wrong-passphrase'],
    ...['client.login.no-second-try', 'client.logout'],
    ...['client.login.salts-*', 'client.login.M2-*', 'client.login.parameters-*'],
    ...['client.login.session-id-*', 'client.login.account-of-another'],
    ...['client.login.jwk-reordered', 'client.login.after-refusals'],
    ...['client.change-password.request', 'client.change-password.salts', 'client.change-password.new*'],
    ...['client.change-password.next-login', 'client.change-password.wrong-passphrase'],
    ...['client.change-password.*-of-another'],
    ...['client.change-email', 'client.whoami.*'],
    ...['client.group.request', 'client.group.another-key', 'client.push.request'],
    ...['client.pull.second-device', 'client.pull.change', 'client.pull.removal', 'client.share.read'],
    ...['client.fresh.bits', 'client.leak', 'client.leak.document', 'client.leak.K'],
  ],
  server: [...CHECKS.server, 'server.signup', 'server.logout'],
};

/** Checks of clients that judge what is made of answers, of the network and of documents, whatever the values are. */
export const REGARDLESS_OF_VALUES: readonly string[] = [
  ...['client.login.saltAuth-*', 'client.login.B-*', 'client.login.ad-*', 'client.login.profile-named'],
  ...['client.content.*', 'client.waiting.*', 'client.document.*', 'client.network.*'],
  ...['client.transport.*', 'client.answer.*', 'client.requests.*'],
];

/** The same client or server of the graph, with every value right; one id for all that draw the same and have the same checks. */
export function withoutMistake(edit: Edited): Edited {
  const { role, profile, mistake } = edit;
  const { zero, inputs, equivalent: _, ...words } = mistake;
  const id = `${role}.graph.${profile}${isOfChange(edit) ? '.change' : ''}`;
  if (zero === undefined && inputs === undefined)
    return { id, role, profile, mistake: { ...words, nodes: new Map() } };
  return { ...edit, id: `${id}.drawing-${zero ?? mistake.id}`, isRight: true };
}

/** Milliseconds for an answer: a server may draw hundreds of b until its mistake shows. */
const PATIENCE = 600_000;

/** Judges a client or server that makes a mistake, by the checks that can see it or by some of them. */
export async function* judgeEdit(
  edit: Edited,
  { only = checksOf(edit).join(','), ...options }: Partial<JudgeOptions> = {},
): AsyncGenerator<CheckResult, void, void> {
  const { id, role, profile, mistake, isRight = false } = edit;
  const how = { profile, seed: SEED, runs: 1, only, pbkdf2: quickPbkdf2, timeout: PATIENCE, ...options };
  if (role === 'client') {
    const verbs = clientOfEdit(profile, mistake, quickPbkdf2, isRight);
    yield* judgeClient(createInProcessTarget(id, verbs), how);
    return;
  }
  const create = serverOfEdit(mistake, { showing: true, isRight });
  const { target, close } = await startInProcessServer({
    label: id,
    create: (input) => create({ profile, ...input }),
  });
  try {
    yield* judgeServer(target, how);
  } finally {
    await close();
  }
}
