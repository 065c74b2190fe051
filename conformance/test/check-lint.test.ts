/**
 * What every check must have, whatever it judges: a twin where it says that something is refused, an id of its own,
 * requirements of its role, and somebody who has read the sentences of today. That none passes against a client or server
 * which does nothing stands in `null-adapters.test.ts` and `null-servers.long.ts`; that a twin asks for what is then refused, in
 * `refusing-peers.long.ts`.
 */
import t from 'tap';
import { listedChecks } from '../catalogue.ts';
import type { Check } from '../check.ts';
import { clientChecks } from '../client/checks.ts';
import { complaints, readLookedAt, recorded } from '../ledger/looked-at.ts';
import { allRequirements } from '../requirements.ts';
import { serverChecks } from '../server/checks.ts';

/** What the title of a check says that judges a refusal. */
const NEGATIVE =
  /\b(refuses?|refused|aborts|rejects?|does not open|do not open|permits no|permits nothing|gets no|is not reported|does not confirm|confirms nothing)\b/;
/** What the code of one does. */
const REFUSING = /\bexpect(Refusal|Refused)\(/;

/** Checks that say or do so in a part of what they judge; the rest is what their twin would be. */
const HALVES: ReadonlySet<string> = new Set([
  'client.waiting.unreadable', // what does not open is how it comes about
  'server.change.salts-sent', // a server may refuse or store them
  'server.confirm.mailed-at-login', // the refusal is where it begins
  'server.share.caller-named', // the others who are named get theirs
  'server.confirm.once', // it works the first time
  'server.confirm.preview', // the link works after it
  'server.logout', // the session did what it should before
  'server.login.session-id', // after the proof it is taken
  'server.login.M1-malformed-first', // the right proof after it gets M2
  'server.change.race-sessions', // one of them wins
  'server.delete.again', // it is there before the deletion
]);

/** A check, as far as it shows whether it is about a refusal. */
type Judging = Pick<Check<never>, 'id' | 'title' | 'twin'> & { readonly run: { toString(): string } };
const all: readonly Judging[] = [...clientChecks, ...serverChecks];

const withoutTwin = (checks: readonly Judging[]): string[] =>
  checks
    .filter(({ id, twin }) => twin === undefined && !HALVES.has(id))
    .filter(({ title, run }) => NEGATIVE.test(title) || REFUSING.test(run.toString()))
    .map(({ id }) => id);

t.test('a check that something is refused has a twin', (test) => {
  test.same(withoutTwin(all), []);
  const negative = listedChecks.filter((check) => check.negative);
  test.ok(negative.length > 300, `${negative.length} negative checks`);
  const run = () => Promise.resolve();
  const one: Judging = { id: 'client.login.x', title: 'A client refuses a B of 255 bytes.', run };
  test.same(withoutTwin([one, { ...one, id: 'client.login.y', twin: run }]), ['client.login.x']);
  const said = { ...one, title: 'A client takes no B of 255 bytes.' };
  test.same(withoutTwin([said]), []);
  test.same(withoutTwin([{ ...said, run: 'expectRefusal("it", answer, [400])' }]), ['client.login.x']);
  for (const id of HALVES)
    test.ok(
      all.some((check) => check.id === id && check.twin === undefined),
      id,
    );
  test.end();
});

t.test('no two checks have one id, which begins with their role', (test) => {
  const ids = listedChecks.map(({ id }) => id);
  test.same(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
  );
  for (const { id, role } of listedChecks) test.ok(id.startsWith(`${role}.`), id);
  test.end();
});

t.test('every check is bound to requirements, once to each, and of its role', (test) => {
  const roles = new Map(allRequirements.map(({ id, role }) => [id, role]));
  for (const { id, role, requirements } of listedChecks) {
    test.ok(requirements.length > 0, `${id} is bound to some`);
    test.equal(new Set(requirements).size, requirements.length, `${id} is bound to each once`);
    for (const name of requirements)
      test.ok(
        ['both', role].includes(roles.get(name) ?? ''),
        `${id}, a check of ${role}s, is bound to ${name}`,
      );
  }
  test.end();
});

t.test('every check was looked at since the sentences of its requirements were changed', (test) => {
  test.same(complaints(readLookedAt(), listedChecks), []);
  test.end();
});

t.test('a sentence that was changed is noticed until somebody has looked', (test) => {
  const checks = [{ id: 'client.login.A', requirements: ['SRP-12', 'SRP-11'] }];
  const record = recorded({}, checks);
  test.same(complaints(record, checks), []);
  const changed = { 'client.login.A': { ...record['client.login.A'], 'SRP-12': '0'.repeat(16) } };
  const told =
    'client.login.A: the sentence of SRP-12 was changed; look at the check, then npm run looked-at -- client.login.A';
  test.same(complaints(changed, checks), [told]);
  test.same(complaints(recorded(changed, checks), checks), [told], 'generating does not hide it');
  test.same(
    complaints(
      recorded(changed, checks, (id) => id === 'client.login.A'),
      checks,
    ),
    [],
  );
  test.match(complaints({}, checks), [/SRP-12 is not recorded yet/, /SRP-11 is not recorded yet/]);
  test.match(complaints(record, []), [/there is no such check any more/], 'nor does a check go unnoticed');
  test.match(complaints(record, [{ id: 'client.login.A', requirements: ['SRP-12'] }]), [
    /it is not bound to SRP-11 any more/,
  ]);
  test.throws(() => recorded({}, [{ id: 'client.x', requirements: ['SRP-99'] }]), /which is no requirement/);
  test.end();
});
