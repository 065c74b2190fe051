/** The doctor: what it says of adapters that work, that lack something, that break, and that do nothing. */
import t from 'tap';
import { findFault, type ProfileName } from '../../reference/index.ts';
import { capabilities } from '../contract/capabilities.ts';
import { redact } from '../redact.ts';
import {
  createInProcessTarget,
  examine,
  isUnwell,
  referenceVerbs,
  TargetGone,
  VerbError,
  type ClientTarget,
  type VerbFinding,
  type VerbTable,
} from '../index.ts';
import { quickSteps } from '../kill-matrix/quick-steps.ts';
import { vectorVerbs } from '../vectors/verbs.ts';

/** Key pairs and PBKDF2 take most of the time, and are not what is examined. */
const verbsOfOne = () => referenceVerbs({ steps: quickSteps });
const own = verbsOfOne();
const whole: VerbTable = {
  ...own,
  ...vectorVerbs((step) => new VerbError(step, undefined, true)),
  describe: () => description(capabilities.map(({ name }) => name)),
};

const description = (declared: readonly string[]) => ({
  ...{ name: 'mine', version: '1', profiles: ['documented', 'deployed'] as const },
  capabilities: declared,
});

/** The findings by use; those without a use by their capability. */
async function examined(
  target: ClientTarget | (() => ClientTarget),
  profile: ProfileName = 'documented',
): Promise<ReadonlyMap<string, VerbFinding>> {
  const findings = new Map<string, VerbFinding>();
  for await (const finding of examine(target, { profile }))
    findings.set(finding.use || finding.capability, finding);
  return findings;
}

const named = (findings: ReadonlyMap<string, VerbFinding>, state: VerbFinding['state']): string[] =>
  [...findings].filter(([, finding]) => finding.state === state).map(([use]) => use);

t.jobs = 2;
for (const profile of ['documented', 'deployed'] as const)
  void t.test(`a client that does everything, ${profile}`, { buffered: true }, async (test) => {
    const inner = createInProcessTarget('mine', whole);
    const asked = new Set<string>();
    const target: ClientTarget = {
      ...inner,
      call(verb, params) {
        asked.add(verb);
        test.equal(findFault(`adapter-${verb}#/$defs/params`, params), undefined, `parameters of ${verb}`);
        return inner.call(verb, params);
      },
    };
    const findings = await examined(target, profile);
    test.same([...findings.values()].filter(isUnwell), []);
    test.same(named(findings, 'unasked'), ['fix-dupes', 'ill-formed-text', 'patience']);
    const verbs = Object.keys(whole).filter((verb) => profile === 'deployed' || verb !== 'sendCode');
    test.same([...asked].sort(), verbs.sort(), 'every verb is tried');
    test.ok(
      [...findings.values()].every(({ next }) => next === undefined),
      'nothing is left to do',
    );
  });

void t.test('a client that does little, and says so', { buffered: true }, async (test) => {
  const { signup, login, whoami, logout } = own;
  const little: VerbTable = { signup, login, whoami, logout, describe: () => description(['account']) };
  const findings = await examined(createInProcessTarget('little', little));
  test.same([...findings.values()].filter(isUnwell), []);
  test.same(named(findings, 'works'), ['describe', 'signup', 'login', 'whoami', 'logout']);
  test.match(findings.get('createTeam'), { state: 'absent', came: 'no such verb (-32601)', next: undefined });
});

void t.test('a verb that works and is not declared', { buffered: true }, async (test) => {
  const shy: VerbTable = { ...whole, describe: () => description(['account', 'groups', 'sync']) };
  const findings = await examined(createInProcessTarget('shy', shy));
  test.same([...findings.values()].filter(isUnwell), []);
  test.match(findings.get('createTeam'), {
    ...{ state: 'undeclared', declared: false },
    next: 'createTeam works: add teams to the capabilities of describe, and it is judged.',
  });
});

/** One verb of a client is broken: what is said of it, and which others can then not be tried. */
interface Breakage {
  readonly use: string;
  readonly verbs: VerbTable;
  readonly came: RegExp;
  readonly next: RegExp;
  readonly blocked?: readonly string[];
}

const GROUP_USES = ['push', 'pull', 'share with emails', 'share with teamId', 'unshare'];
/** A client's error, as one that is thrown without care. */
const leaky = (): never => {
  throw Object.assign(new Error(`no luck with correct horse battery staple and ${'0a'.repeat(32)}`), {
    stage: 'auth',
  });
};

const breakages: readonly Breakage[] = [
  {
    use: 'createGroup',
    verbs: { createGroup: () => ({}) as never },
    came: /^a result in which \/groupId is missing$/,
    next: /^Answer createGroup as spec\/schemas\/adapter-createGroup\.schema\.json says: \/groupId is missing\.$/,
    blocked: GROUP_USES,
  },
  {
    use: 'createGroup',
    verbs: { createGroup: () => ({ groupId: 'rg_1' }) },
    came: /^a result, and the server has seen no POST \/api\/resource_groups$/,
    next: /^Answer createGroup only when it is done/,
    blocked: GROUP_USES,
  },
  {
    use: 'pull',
    verbs: {
      pull: async (params) => ({ ...(await own.pull(params)), resources: [] }),
    },
    came: /^resources lacks the one that another device had pushed$/,
    next: /^Answer pull only when/,
  },
  {
    use: 'whoami',
    verbs: { whoami: leaky },
    came: /^an error at stage auth, without a call to the server: «no luck with \[secret\] and \[secret\]»$/,
    next: /^Make whoami succeed with an honest server: it ended in an error at stage auth, without a call/,
  },
  {
    use: 'changePassword with newEmail',
    verbs: {
      changePassword: ({ newEmail, ...params }) =>
        newEmail === undefined ? own.changePassword(params) : leaky(),
    },
    came: /«no luck/,
    next: /^Make changePassword with newEmail succeed/,
  },
  {
    use: 'teams',
    verbs: { teams: undefined as never },
    came: /^no such verb \(-32601\)$/,
    next: /^Answer teams as spec\/\S+ says, or take teams out of the capabilities of describe\.$/,
  },
  {
    use: 'derive',
    verbs: { derive: ({ profile }) => ({ profile, values: { SLT_TMP_1: '00' } }) },
    came: /^SLT_TMP_1 is not the value that the specification gives$/,
    next: /^Hold derive to the known answers: e2ee-sync vectors verify -- COMMAND names/,
  },
  {
    use: 'accept',
    verbs: { accept: ({ profile }) => ({ profile, values: {} }) },
    came: /^values has none of /,
    next: /^Hold accept to the known answers: e2ee-sync vectors verify -- COMMAND names/,
  },
  {
    use: 'signup',
    verbs: {
      signup: async (params) => {
        await own.signup(params);
        return { accountId: `act_${'5'.repeat(64)}` };
      },
    },
    came: /^accountId is not the id that was sent to the server$/,
    next: /^Answer signup only/,
    blocked: ['share with emails', 'createTeam', 'share with teamId', 'reset', 'deleteAccount'],
  },
  {
    use: 'logout',
    verbs: { logout: async ({ session }) => (await own.whoami({ session }), {}) },
    came: /^a result, and the server has seen no POST \/auth\/logout$/,
    next: /^Answer logout only/,
  },
];

for (const { use, verbs, came, next, blocked = [] } of breakages)
  void t.test(`${use} is broken: ${came.source}`, { buffered: true }, async (test) => {
    const findings = await examined(createInProcessTarget('broken', { ...whole, ...verbs }));
    test.match(findings.get(use), { state: 'broken', came, next });
    test.same(named(findings, 'broken'), [use]);
    test.same(named(findings, 'blocked'), blocked);
  });

void t.test('a capability that says nothing without another', { buffered: true }, async (test) => {
  const { createGroup: _, ...others } = whole;
  const alone: VerbTable = { ...others, describe: () => description(['account', 'sync']) };
  const findings = await examined(createInProcessTarget('alone', alone));
  test.match(findings.get('push'), {
    state: 'blocked',
    came: 'needs createGroup, which does not work',
    next: 'sync says nothing without groups: declare that too, or neither.',
  });
});

/** Starts clients that are gone whenever one of these verbs is asked for. */
function losing(verbs: readonly string[]): { start: () => ClientTarget; open: () => number } {
  let open = 0;
  const start = (): ClientTarget => {
    const inner = createInProcessTarget('losing', {
      ...whole,
      ...verbsOfOne(),
      describe: whole.describe ?? own.describe,
    });
    open++;
    let gone = false;
    return {
      ...inner,
      call(verb, params) {
        gone ||= verbs.includes(verb);
        return gone ? Promise.reject(new TargetGone(`gone at ${verb}`)) : inner.call(verb, params);
      },
      close() {
        open--;
        return Promise.resolve();
      },
    };
  };
  return { start, open: () => open };
}

void t.test(
  'a client that is gone is started again, and the others are tried',
  { buffered: true },
  async (test) => {
    const { start, open } = losing(['push', 'teams']);
    const findings = await examined(start);
    test.match(findings.get('push'), { state: 'broken', came: 'gone at push', next: /^Keep to/ });
    test.same(named(findings, 'broken'), ['push', 'teams']);
    test.equal(findings.get('pull')?.state, 'works');
    test.equal(findings.get('changePassword with newEmail')?.state, 'works');
    test.equal(open(), 0, 'every one of them is closed');
  },
);

void t.test('a client that is gone again and again is given up', { buffered: true }, async (test) => {
  const { start, open } = losing(['push', 'teams', 'reset']);
  await test.rejects(examined(start), { name: 'TargetGone', message: /gone 3 times/ });
  test.equal(open(), 0);
});

void t.test('secrets are taken out of what is said', (test) => {
  const id = `act_${'5'.repeat(64)}`;
  test.equal(redact(`${id} said my passphrase`, ['my passphrase', '']), `${id} said [secret]`);
  test.equal(redact(`key ${'Ab-_'.repeat(11)}!`, []), 'key [secret]!');
  test.equal(redact('POST /auth/change-password 401', []), 'POST /auth/change-password 401');
  test.end();
});
