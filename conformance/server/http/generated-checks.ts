/**
 * Requests that are made wrong in every way (9.2, 9.5), for each call: a wrong body is refused in words and changes
 * nothing, whatever else is wrong is no failure of the server, and it goes on.
 */
import fc from 'fast-check';
import { findFault } from '../../../reference/index.ts';
import { httpCalls, type HttpCall } from '../../../spec/calls.ts';
import publicKey from '../../../spec/schemas/jwk-public.schema.json' with { type: 'json' };
import { Blocked, expectThat, Failure, shorten, type Check } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { forAll } from '../../property.ts';
import { PRIVATE_MEMBERS } from '../../lies/jwk-answers.ts';
import { bytesOf, isObject, type Draft } from '../../requests/draft.ts';
import {
  commonOfBody,
  commonOfTransport,
  edits,
  everywhere,
  membersTwice,
  oddNumbers,
  ofTransport,
  type Edit,
} from '../../requests/edits.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { abandonEstate, acceptChange, countUse, isWorn, standingEstate } from '../fixtures/estate.ts';
import { NEEDED_FOR_CALLS } from '../capabilities.ts';
import { codesOf, expectRefusal } from '../answers/refusal.ts';
import { taken } from '../fixtures/valid.ts';
import { expectNoInside } from './inside.ts';

/** Milliseconds without a byte after which no answer is waited for, where none need come. */
const HASTE = 10_000;

/** The codes of a request that is malformed. */
const CODES = codesOf(400);

/** A request with something wrong, and whether it has to be refused. */
interface Case {
  readonly wrong: readonly Edit[];
  readonly draft: Draft;
  readonly onlyBody: boolean;
  readonly refused: boolean;
}

async function caseOf(bench: ServerBench, call: HttpCall, wrong: readonly Edit[]): Promise<Case> {
  const { estate } = await standingEstate(bench);
  const right = estate.right(call);
  const draft = wrong.reduce((own, { apply }) => apply(own), right);
  const onlyBody = isOnlyBody(draft, right);
  return { wrong, draft, onlyBody, refused: onlyBody && isWrongBody(bench, call, draft) };
}

/** Sends a case, and judges what comes. @returns whether it was refused */
async function judgeCase(bench: ServerBench, call: HttpCall, one: Case): Promise<boolean> {
  fc.pre(isFit(bench, one));
  const answer = await bench.sendDraft(one.draft, one.onlyBody ? undefined : HASTE);
  fc.pre(answer !== 'unsendable');
  const sent = sentence(call, one.wrong);
  if (answer === 'unanswered') {
    expectThat(!one.onlyBody, 'a request was not answered', {
      sent,
      expected: 'status 400',
      actual: 'the connection was closed, or stayed silent',
    });
    return true;
  }
  if (call.session) countUse(bench, call, answer);
  expectNoFailure(answer, sent);
  if (one.refused) {
    expectRefusal(sent, answer, [400]);
    const code = textOf(jsonOf(answer.responseBody), 'error');
    expectThat(CODES.includes(code), 'a refusal has a code that does not fit its status', {
      ...{ sent, expected: `400 with ${CODES.join(' or ')}`, actual: statusAndBody(answer) },
    });
  }
  if (isSuccess(answer)) await acceptChange(bench);
  return !isSuccess(answer);
}

/** What is sent at all: no flood where others use the server, and no address of others. */
function isFit({ isPolite, isOwnAddress }: ServerBench, { wrong, draft }: Case): boolean {
  const body = jsonOf(Buffer.from(bytesOf(draft) ?? []).toString());
  const named = ['email', 'newEmail'].map((member) => textOf(body, member));
  const isOthers = (email: string): boolean => /^[^@]+@[^@]+$/.test(email) && !isOwnAddress(email);
  return !(isPolite && wrong.some(({ floods = false }) => floods)) && !named.some(isOthers);
}

/** What was sent, for a report. */
const sentence = ({ method, path }: HttpCall, wrong: readonly Edit[]): string =>
  `${method} ${path}: ${wrong.map(String).join(', then ')}`;

/** What is told of the estate now, where that is other than what was told last. */
async function newState(
  bench: ServerBench,
): Promise<{ readonly before: string; readonly now: string } | undefined> {
  const { estate, state: before } = await standingEstate(bench);
  const now = await estate.state();
  return now === before ? undefined : { before, now: now ?? 'the account or its group is gone' };
}

/** It is no failure of the server, and tells nothing of its inside. */
export function expectNoFailure(answer: Exchange, sent = requestLine(answer)): void {
  const expected = 'a refusal';
  const unknownMethod = answer.status === 501 && !KNOWN_METHODS.includes(answer.method);
  expectThat(answer.status < 500 || unknownMethod, 'the server failed over a request', {
    ...{ sent, expected, actual: statusAndBody(answer) },
  });
  if (answer.status >= 400) expectNoInside(answer, sent);
}

const KNOWN_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Whether nothing but the body is other than right. */
const isOnlyBody = (draft: Draft, right: Draft): boolean =>
  draft.method === right.method &&
  draft.target === right.target &&
  draft.method !== 'GET' &&
  JSON.stringify(draft.headers) === JSON.stringify(right.headers);

/**
 * Whether a body has to be refused for its form: text that is no JSON, or JSON that is not as its schema says. What
 * parsers read differently, such as a member that is there twice, is left open.
 */
function isWrongBody(bench: ServerBench, { request }: HttpCall, draft: Draft): boolean {
  const bytes = bytesOf(draft) ?? new Uint8Array();
  if (bytes.length === 0) return request?.required === true;
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return true;
  }
  if (isReadDifferently(text, value)) return false;
  const read = withoutOpen(bench, value);
  return (
    findFault(request?.schema ?? 'empty', read) !== undefined || LONE_SURROGATE.test(JSON.stringify(read))
  );
}

/** What a body says, but for what is open (6.6), ignored (8.5), or brought to its form before it is judged (4.1). */
function withoutOpen({ profile, steps }: ServerBench, value: unknown): unknown {
  const normalised = (text: unknown): unknown =>
    typeof text === 'string' && text.isWellFormed() ? steps.email(text) : text;
  const member = (name: string, held: unknown): unknown => {
    if (name === 'publicKey') return withoutStrange(held);
    if (profile === 'documented' || !ADDRESSES.includes(name)) return held;
    return Array.isArray(held) ? held.map(normalised) : normalised(held);
  };
  if (Array.isArray(value))
    return value.map((item: unknown) => without(item, (name) => IGNORED.includes(name)));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, member(name, held)]));
}

const ADDRESSES = ['email', 'newEmail', 'emails'];
/** A server takes them, whatever stands there. */
const IGNORED = ['_id', 'dirty'];
/** Members of a public key that must be as the table says, or must not be there. */
const JUDGED_OF_KEY: readonly string[] = [...publicKey.required, ...PRIVATE_MEMBERS];

/** The text of a public key without `ext` and what nobody knows: it is open whether a receiver refuses them. */
function withoutStrange(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.stringify(without(JSON.parse(text), (name) => !JUDGED_OF_KEY.includes(name)));
  } catch {
    return text;
  }
}

/** An object without some of its members; anything else as it is. */
const without = (value: unknown, isOut: (name: string) => boolean): unknown =>
  isObject(value) && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([name]) => !isOut(name)))
    : value;

/** Whether JSON is written otherwise than one would write what was read: with a name twice, say, or 1e400. */
function isReadDifferently(text: string, value: unknown): boolean {
  try {
    return JSON.stringify(value) !== text;
  } catch {
    return false; // nested too deeply to be written again
  }
}

/** As `JSON.stringify` writes it: the escape, and not a backslash before three letters. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** An honest login still works. */
export async function expectGoesOn(bench: ServerBench): Promise<void> {
  try {
    await bench.login(await bench.jane());
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    throw new Failure('the server does not go on', {
      expected: 'an honest login works',
      actual: error.message,
    });
  }
}

/**
 * All cases of a call. What refused ones have left is looked at before the next one that may be right, and at the end;
 * where it is anything, all are tried again with a look after each.
 */
async function judgeCases(bench: ServerBench, call: HttpCall): Promise<void> {
  const hasBody = call.method !== 'GET';
  const always = hasBody
    ? [...commonOfBody, ...(await wrongPlaces(bench, call)), ...commonOfTransport]
    : commonOfTransport;
  const arbitrary = hasBody ? edits : fc.array(ofTransport, { minLength: 1, maxLength: 3 });
  let refusedSince = false;
  const found = { changed: false };
  const look = async (): Promise<void> => {
    if (refusedSince) found.changed ||= (await newState(bench)) !== undefined;
    refusedSince = false;
  };
  const judgeQuickly = async (wrong: readonly Edit[]): Promise<void> => {
    if (isWorn(bench)) {
      await look();
      abandonEstate(bench);
    }
    const one = await caseOf(bench, call, wrong);
    if (!one.refused) await look();
    if (await judgeCase(bench, call, one)) refusedSince = true;
  };
  await forAll(bench, arbitrary, judgeQuickly, always);
  await look();
  if (found.changed) {
    abandonEstate(bench); // what is there already may not be changed in the same way again
    await forAll(bench, arbitrary, (wrong) => judgeClosely(bench, call, wrong), always);
  }
  await judgeReadDifferently(bench, call);
}

/** What parsers read differently, and what is done or refused: no failure of the server, and no more is asked. */
async function judgeReadDifferently(bench: ServerBench, call: HttpCall): Promise<void> {
  const { value } = (await standingEstate(bench)).estate.right(call);
  const cases = [...membersTwice(value), ...oddNumbers(value)];
  if (cases.length === 0) return;
  const judge = async (wrong: readonly Edit[]): Promise<void> => {
    if (isWorn(bench)) abandonEstate(bench);
    await judgeCase(bench, call, await caseOf(bench, call, wrong));
  };
  await forAll({ ...bench, runs: 0, path: undefined }, fc.constantFrom(...cases), judge, cases);
  abandonEstate(bench); // some of it may have been done, and would hide what is done again
}

/** What is wrong at one place of the right body, and has to be refused. */
async function wrongPlaces(bench: ServerBench, call: HttpCall): Promise<readonly (readonly Edit[])[]> {
  const { estate } = await standingEstate(bench);
  const cases = everywhere(estate.right(call).value).map((wrong) => caseOf(bench, call, wrong));
  return (await Promise.all(cases)).filter(({ refused }) => refused).map(({ wrong }) => wrong);
}

async function judgeClosely(bench: ServerBench, call: HttpCall, wrong: readonly Edit[]): Promise<void> {
  if (isWorn(bench)) abandonEstate(bench);
  const refused = await judgeCase(bench, call, await caseOf(bench, call, wrong));
  const found = refused ? await newState(bench) : undefined;
  if (found === undefined) return;
  await acceptChange(bench);
  throw new Failure('a request that was refused has changed something', {
    sent: sentence(call, wrong),
    expected: `the account, its teams, groups and resources as before: ${shorten(found.before, 400)}`,
    actual: shorten(found.now, 400),
  });
}

const generatedCheck = (call: HttpCall): Check<ServerBench> => {
  const { id, method, path, profiles } = call;
  const needs = NEEDED_FOR_CALLS[id];
  const [profile] = profiles;
  return {
    id: `server.generated.${id}`,
    title: `Whatever is wrong with ${method} ${path} is refused without a failure and without an effect, and the server goes on.`,
    requirements: ['HTTP-06', 'HTTP-07', 'HTTP-11', 'HTTP-12', 'ERROR-01', 'ERROR-02', 'ERROR-04'],
    ...(needs !== undefined && { needs }),
    ...(profiles.length === 1 && profile !== undefined && { profile }),
    twin: taken(id),
    async run(bench) {
      await judgeCases(bench, call);
      await expectGoesOn(bench);
    },
  };
};

/** One for each call. */
export const generatedChecks: readonly Check<ServerBench>[] = httpCalls.map(generatedCheck);
