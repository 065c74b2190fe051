// An adapter behind which there is no client: it gives every call the same kind of answer.
// node null-adapter.mjs KIND
import { createInterface } from 'node:readline';

const kind = process.argv[2];
const accountId = `act_${'5'.repeat(64)}`;
const description = {
  name: 'nobody',
  version: '1',
  profiles: ['documented', 'deployed'],
  capabilities: [
    ...['account', 'change-password', 'change-email', 'change-with-code', 'reset', 'delete-account'],
    ...[
      'groups',
      'sync',
      'fix-dupes',
      'share-email',
      'share-team',
      'unshare',
      'teams',
      'ill-formed-text',
      'patience',
    ],
  ],
};
const error = { error: { code: -32000, message: 'I will not', data: { stage: 'auth' } } };
const described = (method, otherwise) => (method === 'describe' ? { result: description } : otherwise);

/** What would be the right answers, had anything been done for them. */
let email = '';
const lies = {
  describe: () => description,
  signup: (params) => ((email = params.email.trim().toLowerCase()), { accountId }),
  login: () => ({ session: 's1', accountId }),
  whoami: () => ({ accountId, email, firstName: 'Jane', lastName: 'Doe' }),
  createGroup: () => ({ groupId: 'rg_1' }),
  push: ({ edits }) => ({ pushed: edits.map(({ groupId, id }) => ({ groupId, id })), conflicts: [] }),
  pull: () => ({ resources: [], failed: [], conflicts: [] }),
  share: () => ({ accountIds: [accountId] }),
  createTeam: () => ({ teamId: 'team_1' }),
  teams: () => ({ teams: [{ teamId: 'team_1', name: 'Nobody', accountIds: [accountId] }] }),
};

const answers = {
  'an empty result': () => ({ result: {} }),
  'an error': () => error,
  'a description, then empty results': (method) => described(method, { result: {} }),
  'a description, then errors': (method) => described(method, error),
  'a description, then errors without a stage': (method) =>
    described(method, { error: { code: -32601, message: 'unknown verb' } }),
  'well-formed lies': (method, params) => ({ result: lies[method]?.(params) ?? {} }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  const answer = kind === 'bare braces' ? {} : { jsonrpc: '2.0', id, ...answers[kind](method, params) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
