/** The client in Python that plays the logins of the vectors: what it refuses, and what it says where it is led astray. */
import { spawnSync } from 'node:child_process';
import t from 'tap';
import { corpus, type Item } from '../agreement/agreement.ts';
import type { Call } from '../vectors/files.ts';
import type { Outcome } from '../../vectors/engines/engine.ts';
import { startProgram } from '../../vectors/engines/line-engine.ts';
import { root } from './root.ts';

const PYTHON = process.env['PYTHON'] ?? 'python3';
const probe = spawnSync(PYTHON, ['-c', 'import cryptography']);
const skip = probe.status === 0 ? false : `${PYTHON} is not there, or has no cryptography`;

const item = corpus().find(({ vector }) => vector.id === 'documented.jane' && vector.step === 'log-in');
if (item === undefined) throw new Error('there is no login of Jane');
const exchange = item.vector.exchange ?? [];

const change = (at: number, changes: (call: Call) => Partial<Call>): readonly Call[] =>
  exchange.map((call, index) => (index === at ? { ...call, ...changes(call) } : call));

/** The exchange up to this answer, with other members. */
const answering = (at: number, members: Record<string, unknown>): readonly Call[] =>
  change(at, ({ response }) => ({ response: { ...(response as object), ...members } })).slice(0, at + 1);

t.test('a login in Python', { skip }, async (test) => {
  const engine = startProgram({
    name: 'Python',
    about: '',
    command: [PYTHON, 'engine.py'],
    folder: `${root}/vectors/engines/python`,
  });
  test.teardown(() => engine.close?.());
  const played = async (calls: readonly Call[]): Promise<Outcome> => {
    const { profile, vector } = item satisfies Item;
    const { id, step, inputs } = vector;
    return await engine.outcome(profile, { id, step, inputs, values: {}, exchange: calls });
  };

  test.match(await played(exchange), { values: item.vector.outputs }, 'as published');
  test.match(await played(change(0, () => ({ status: 201 }))), { values: item.vector.outputs }, 'any 2xx');
  test.match(
    await played(answering(3, { sessionAge: 3, created: 7, more: 1 })),
    { values: item.vector.outputs },
    'members that say nothing',
  );

  const astray: Readonly<Record<string, readonly Call[]>> = {
    'another proof': change(2, () => ({ request: { sessionStarterId: 'x', srpM1: '00' } })),
    'another address': change(0, () => ({ request: { email: 'bob@example.com' } })),
    'another path': change(0, () => ({ path: '/auth/login' })),
    'no session': exchange.map((call) => ({ ...call, session: '00' })),
    'one call more': [...exchange, ...exchange.slice(0, 1)],
    'one call less': exchange.slice(0, 3),
    'an answer refused before the last': change(1, () => ({ status: 500 })),
  };
  for (const [name, calls] of Object.entries(astray)) test.hasProp(await played(calls), 'departure', name);

  const refused: readonly (readonly [at: number, members: Record<string, unknown>])[] = [
    [0, { saltKey: 'AB'.repeat(32) }],
    [0, { saltAuth: '00'.repeat(31) }],
    [1, { sessionStarterId: 'a b' }],
    [1, { sessionStarterId: '' }],
    [1, { srpB: '2' }],
    [2, { srpM2: null }],
    [3, { accountId: 'act_1' }],
    [3, { email: 'JANE@example.com' }],
    [3, { email: 'jane' }],
    [3, { firstName: 'x'.repeat(201) }],
    [3, { lastName: '\ud83d' }],
    [3, { publicKey: {} }],
    [3, { encPrivateKey: '{}' }],
    [3, { encSymmetricKey: 1 }],
    [3, { saltEnc: '' }],
    [3, { isVerified: 1 }],
    [3, { sessionAge: 1.5 }],
    [3, { sessionExpiry: true }],
  ];
  for (const [at, members] of refused)
    test.hasProp(await played(answering(at, members)), 'refusal', JSON.stringify(members));
  test.hasProp(await played(change(0, () => ({ response: [] })).slice(0, 1)), 'refusal', 'a list');
});
