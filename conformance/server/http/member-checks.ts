/** What one member of a body makes wrong: refused at every call, under its code, and by its name (4.1, 5.2, 9.2, 10.1). */
import { findFault } from '../../../reference/index.ts';
import type { HttpCall } from '../../../spec/calls.ts';
import { expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { changed, isObject } from '../../requests/draft.ts';
import { requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { standingEstate } from '../fixtures/estate.ts';
import { bodyCalls } from './calls.ts';
import { upperCased } from '../fixtures/ill-formed.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

type Path = readonly (string | number)[];

/** A member of a body: where it is, and what it says; nothing where it is not there. */
interface Member {
  readonly path: Path;
  readonly value?: unknown;
}

/** One way to make members wrong. */
interface Wrong {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly profile?: 'documented';
  readonly error: string;
  readonly what: string;
  /** What makes a member wrong; `RIGHT` where it cannot be wrong in this way. */
  readonly spoil: (member: Member, body: unknown, call: HttpCall) => unknown;
}

const RIGHT = Symbol('right');

/** Of these a body has one or the other, so that neither alone is what is wrong. */
const isEither = (path: Path): boolean =>
  ['teamId', 'emails', 'verifier', 'code'].includes(String(path.at(-1)));
/** These are taken and ignored (8.5), whatever they say. */
const isIgnored = (path: Path): boolean => ['_id', 'dirty'].includes(String(path.at(-1)));
/** Nobody has this one. */
const UNKNOWN = 'colour';
const ZERO = '0'.repeat(512);

const nameOf = ({ path }: Member): string => path.findLast((step) => typeof step === 'string') ?? '';

/** Every member of a body and what is in it, lists and objects, and in each object one that there is none of. */
function membersIn(value: unknown, path: Path = []): readonly Member[] {
  if (!isObject(value)) return [];
  const steps: Path = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const own = steps.flatMap((step): Member[] => {
    const member = { path: [...path, step], value: value[step] };
    return [...(nameOf(member) === '' ? [] : [member]), ...membersIn(member.value, member.path)];
  });
  return Array.isArray(value) ? own : [...own, { path: [...path, UNKNOWN] }];
}

/** The pointers that name a member; an item of a list is named by the list too. */
function pointersTo(path: Path): readonly string[] {
  const own = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return typeof path.at(-1) === 'number' ? [own, ...pointersTo(path.slice(0, -1))] : [own];
}

const wrongs: readonly Wrong[] = [
  {
    id: 'type',
    title: 'A member of another type is refused and named, at every call.',
    requirements: ['HTTP-07', 'ERROR-02', 'ERROR-03'],
    error: 'malformed',
    what: 'of another type',
    spoil({ path, value }) {
      if (value === undefined || isEither(path) || isIgnored(path)) return RIGHT;
      return typeof value === 'boolean' ? 7 : true;
    },
  },
  {
    id: 'missing',
    title: 'A member that is missing is named, at every call.',
    requirements: ['HTTP-07', 'ERROR-02', 'ERROR-03'],
    error: 'malformed',
    what: 'missing',
    spoil({ path, value }, body, { request }) {
      if (value === undefined || typeof path.at(-1) === 'number' || isEither(path)) return RIGHT;
      const without = changed(body, path, () => undefined);
      return findFault(request?.schema ?? 'empty', without) === undefined ? RIGHT : undefined;
    },
  },
  {
    id: 'unknown',
    title: 'A member that nobody knows is refused and named, at every call.',
    requirements: ['HTTP-07', 'ERROR-02', 'ERROR-03'],
    error: 'malformed',
    what: 'unknown',
    spoil: ({ value, path }) => (value === undefined && path[0] !== 'keys' ? 'green' : RIGHT),
  },
  {
    id: 'address',
    title: 'An address that is not normalised is refused as that and named, at every call.',
    requirements: ['NORM-06', 'ERROR-03'],
    profile: 'documented',
    error: 'not-normalized',
    what: 'not normalised',
    spoil: (member) =>
      typeof member.value === 'string' && /^(email|newEmail|emails)$/.test(nameOf(member))
        ? upperCased(member.value)
        : RIGHT,
  },
  {
    id: 'group-element',
    title: 'An A or a verifier that is out of its range is refused as that and named.',
    requirements: ['SRP-11', 'SRP-16', 'ERROR-02', 'ERROR-03'],
    error: 'group-element',
    what: 'zero',
    spoil: (member, _, { id }) =>
      ['srpA', 'newVerifier'].includes(nameOf(member)) || (id === 'signup' && nameOf(member) === 'verifier')
        ? ZERO
        : RIGHT,
  },
];

/** A right body, the member of it that is wrong, and what it says then. */
interface Row {
  readonly call: HttpCall;
  readonly path: Path;
  readonly spoiled: unknown;
}

async function rowsOf(bench: ServerBench, { spoil }: Wrong): Promise<readonly Row[]> {
  const { estate } = await standingEstate(bench);
  return bodyCalls(bench).flatMap((call) => {
    const { value } = estate.right(call);
    return membersIn(value).flatMap((member): Row[] => {
      const spoiled = spoil(member, value, call);
      return spoiled === RIGHT ? [] : [{ call, path: member.path, spoiled }];
    });
  });
}

async function judgeRow(bench: ServerBench, { what, error }: Wrong, row: Row): Promise<void> {
  const { call, path, spoiled } = row;
  const { estate } = await standingEstate(bench);
  const right = estate.right(call);
  const { sessionId } = estate.owner;
  const body = changed(right.value, path, () => spoiled);
  const answer = await bench.send(right.method, right.target, { body, sessionId });
  const pointers = pointersTo(path);
  const sent = `${call.method} ${call.path} whose ${pointers.at(-1) ?? ''} is ${what}`;
  expectRefusal(sent, answer, [400], error);
  const named = textOf(jsonOf(answer.responseBody), 'field');
  expectThat(pointers.includes(named), `the refusal of ${sent} does not name the member`, {
    sent: requestLine(answer),
    expected: `the field ${pointers.join(' or ')}`,
    actual: statusAndBody(answer),
  });
}

/** One for each way to be wrong. */
export const memberChecks: readonly Check<ServerBench>[] = wrongs.map((wrong) => ({
  id: `server.member.${wrong.id}`,
  title: wrong.title,
  requirements: wrong.requirements,
  ...(wrong.profile !== undefined && { profile: wrong.profile }),
  twin: honestLogin,
  run: async (bench) => {
    await judgeRows(await rowsOf(bench, wrong), (row) => judgeRow(bench, wrong, row));
  },
}));
