/** What holds for every answer of a server in the whole run (chapters 3, 9 and 10). They come last. */
import { findFault } from '../../../reference/index.ts';
import type { HttpAnswer } from '../../../spec/calls.ts';
import { messageSchemas } from '../../../spec/message-schemas.ts';
import { Blocked, expectThat, type Check } from '../../check.ts';
import { callOf, textOf, jsonOf, type Exchange } from '../../peer/exchange.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { codesOf } from '../answers/refusal.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { shared } from '../fixtures/shared.ts';
import { runAnswers, type RunAnswer } from './run-answers.ts';
import {
  createVerifierFinder,
  mayHoldVerifier,
  readable,
  saidBy,
  storedValues,
  verifiersOf,
  type StoredValue,
} from './stored-values.ts';
import { expectNoInside } from './inside.ts';

type Judge = (answer: RunAnswer) => void;

/** An account made last: a server that has lost the others in a restart is told so elsewhere. */
const newAccount = shared((bench) => bench.someone('last'));

/** Judges every answer, once an honest login and a refusal have shown that there are any worth judging. */
function everyAnswer(
  id: string,
  title: string,
  requirements: readonly string[],
  judgeOf: (answers: readonly RunAnswer[]) => Judge,
): Check<ServerBench> {
  return {
    id: `server.answers.${id}`,
    title,
    requirements,
    closing: true,
    async run(bench) {
      await bench.login(await newAccount(bench));
      await refusals(bench);
      const answers = runAnswers(bench);
      const judge = judgeOf(answers);
      await judgeRows(answers, (answer) => Promise.resolve(answer).then(judge));
    },
  };
}

/** Some that every server refuses, two of them for a member of the body: of another type, and a text not of its form. @throws Blocked where it does not */
async function refusals(bench: ServerBench): Promise<void> {
  const refused = [
    await bench.send('GET', '/auth/whoami', { sessionId: '0'.repeat(64) }),
    await bench.send('POST', '/auth/login-s', { body: { email: 7 } }),
    await bench.send('POST', '/auth/login-s', { body: { email: 'no address' } }),
  ];
  const taken = refused.find(isSuccess);
  if (taken !== undefined) throw new Blocked(`what must be refused was not: ${requestLine(taken)}`);
}

/** A HEAD is answered with the headers of a body alone. */
const isHead = ({ method }: Exchange): boolean => method === 'HEAD';

/** What is refused with these is no request of this protocol yet: too slow, too long, or of an HTTP that is not spoken (10.1). */
const BEFORE_A_REQUEST = [408, 414, 417, 421, 426, 431, 501, 505];

/** Methods that a server may know; what comes with another one it may refuse before it reads on. */
const KNOWN_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** A path as RFC 3986 writes one; what comes with another one is no request of HTTP. */
const PATH = /^(?:[\w.~!$&'()*+,;=:@/-]|%[\da-f]{2})*$/i;

const isRequest = ({ method, target }: Exchange): boolean =>
  KNOWN_METHODS.includes(method) && PATH.test(target.split('?')[0] ?? '');

const isRefusal = ({ exchange }: RunAnswer): boolean =>
  exchange.status >= 400 && isRequest(exchange) && !BEFORE_A_REQUEST.includes(exchange.status);

/** Whether the body is JSON of this protocol: the page behind a confirmation link is for a person, of any media type. */
function isJson({ exchange: { responseBody, status }, call }: RunAnswer): boolean {
  if (call?.id === 'confirm' && status < 400) return false;
  try {
    JSON.parse(responseBody);
    return true;
  } catch {
    return false;
  }
}

function judgeMediaType(answer: RunAnswer): void {
  const type = answer.exchange.responseHeaders['content-type'];
  expectThat(!isJson(answer) || type === 'application/json', 'an answer has another media type', {
    sent: requestLine(answer.exchange),
    expected: 'content-type: application/json',
    actual: `content-type: ${type ?? 'missing'}`,
  });
}

function judgeCaching({ exchange, target }: RunAnswer): void {
  const header = exchange.responseHeaders['cache-control'] ?? 'missing';
  const holds = !target.startsWith('/auth/') || !isRequest(exchange) || /\bno-store\b/i.test(header);
  expectThat(holds, 'an answer may be stored by a cache', {
    sent: callOf(exchange),
    expected: 'cache-control: no-store',
    actual: `cache-control: ${header}`,
  });
}

function judgeForm({ exchange, call, due }: RunAnswer): void {
  if (call === undefined || due?.schema === undefined || !isSuccess(exchange) || isHead(exchange)) return;
  const what = `the answer to ${call.method} ${call.path}`;
  const finding = { sent: requestLine(exchange), actual: statusAndBody(exchange) };
  const body = parsed(exchange.responseBody);
  const fault = findFault(due.schema, body);
  expectThat(fault === undefined, `${what} is not of its form`, {
    ...{ ...finding, expected: `${due.schema}: ${fault?.pointer ?? ''} ${fault?.reason ?? ''}` },
  });
  const strange = Object.keys(body as object).find((name) => !mayHave(due, name));
  expectThat(strange === undefined, `${what} has a member that it must not have`, {
    ...{ ...finding, expected: `${due.schema} without /${strange ?? ''}` },
  });
}

/** Whether an answer may have a member, be it one of its schema or another. */
function mayHave({ schema = '', never, closed }: HttpAnswer, name: string): boolean {
  const listed = (messageSchemas.get(schema)?.['properties'] as object | undefined) ?? {};
  return never?.includes(name) !== true && (closed !== true || name in listed);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function judgeErrorBody({ exchange }: RunAnswer): void {
  const fault = findFault('error', parsed(exchange.responseBody));
  expectThat(fault === undefined, `an answer with status ${exchange.status} has no proper error body`, {
    sent: requestLine(exchange),
    expected: `an error body; ${fault?.pointer ?? ''} ${fault?.reason ?? ''}`,
    actual: statusAndBody(exchange),
  });
}

/** Whether a call lists the status; an encoding of no body may be refused too. */
const mayHaveStatus = ({ exchange, call, due }: Omit<RunAnswer, 'target'>): boolean =>
  call === undefined ||
  due !== undefined ||
  (call.request === undefined && exchange.requestHeaders['content-encoding'] !== undefined);

function judgeErrorCode({ exchange, call, due }: RunAnswer): void {
  const { status } = exchange;
  const what = call === undefined ? callOf(exchange) : `${call.method} ${call.path}`;
  const finding = { sent: requestLine(exchange), actual: statusAndBody(exchange) };
  const isAside = call === undefined && status < 400; // a path that is no call may lead to one
  expectThat(isAside || isSuccess(exchange) || status >= 400, `${what} neither does nor refuses`, {
    ...{ ...finding, expected: 'status 200, or 400 and more' },
  });
  if (!isRefusal({ exchange } as RunAnswer)) return;
  const listed = Object.keys(call?.answers ?? {}).filter((one) => one !== '200');
  expectThat(
    mayHaveStatus({ exchange, call, due }),
    `${what} is refused with a status that it does not have`,
    {
      ...{ ...finding, expected: `status ${listed.join(', ')}` },
    },
  );
  const allowed = due?.errors ?? codesOf(status);
  const code = textOf(jsonOf(exchange.responseBody), 'error');
  expectThat(allowed.includes(code), `${what} is refused with a code that does not fit its status`, {
    ...{ ...finding, expected: `${status} with ${allowed.join(' or ')}` },
  });
}

function judgeField({ exchange }: RunAnswer): void {
  const field = jsonOf(exchange.responseBody)['field'];
  if (typeof field !== 'string') return;
  let held = parsed(exchange.requestBody);
  for (const step of field.split('/').slice(1)) {
    expectThat(typeof held !== 'string', 'a refusal names no member of the body', {
      sent: requestLine(exchange),
      expected: 'a field that leads to a member, never into the text that a string holds',
      actual: field,
    });
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    held = (held as Record<string, unknown> | null | undefined)?.[name];
  }
}

/** Refusals say the same over and over: what is found in a text is found once. */
function remembered<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? find(text);
    known.set(text, found);
    return found;
  };
}

/** Judges whether refusals tell of the inside of the server, or of what it stores and the request does not say. */
function judgeTold(values: readonly StoredValue[]): Judge {
  const stored = values.map((kept) => ({ ...kept, lower: kept.value.toLowerCase() }));
  const foundIn = remembered((text: string) => stored.filter(({ lower }) => text.includes(lower)));
  return (answer) => {
    if (!isRefusal(answer)) return;
    const { exchange } = answer;
    expectNoInside(exchange);
    const headers = Object.values(exchange.responseHeaders);
    const found = foundIn([readable(exchange.responseBody), ...headers].join('\n').toLowerCase());
    const said = found.length === 0 ? '' : saidBy(exchange);
    const kept = found.find(({ value }) => !said.includes(value));
    expectThat(kept === undefined, 'a refusal tells a value that the server stores', {
      sent: callOf(exchange),
      expected: `nothing but what the request says; not ${kept?.what ?? ''}`,
      actual: String(exchange.status),
    });
  };
}

/** Fails for every answer that holds a verifier of the run. */
function judgeVerifiers(stored: readonly StoredValue[]): Judge {
  const holdsVerifier = createVerifierFinder(verifiersOf(stored));
  return ({ exchange }) => {
    const texts = [exchange.responseBody, ...Object.values(exchange.responseHeaders)].filter(mayHoldVerifier);
    expectThat(!texts.some((text) => holdsVerifier(readable(text))), 'an answer holds SRP_Verifier', {
      sent: callOf(exchange),
      expected: 'the verifier never leaves the server',
      actual: `status ${exchange.status}, with a verifier in it`,
    });
  };
}

const whereRefused =
  (judge: Judge): Judge =>
  (answer) => {
    if (isRefusal(answer)) judge(answer);
  };

export const answerChecks: readonly Check<ServerBench>[] = [
  everyAnswer(
    'media-type',
    'Every JSON answer is served as exactly application/json.',
    ['HTTP-04'],
    () => judgeMediaType,
  ),
  everyAnswer('no-store', 'No answer under /auth may be stored by a cache.', ['HTTP-15'], () => judgeCaching),
  everyAnswer(
    'form',
    'Every call that is done is answered with a body of its form.',
    ['HTTP-25', 'SIGNUP-06'],
    () => judgeForm,
  ),
  everyAnswer('error-body', 'Every refusal has the error body.', ['ERROR-01'], () =>
    whereRefused(judgeErrorBody),
  ),
  everyAnswer(
    'error-code',
    'Every refusal has a status that the call may have, and a code that fits it.',
    ['ERROR-02'],
    () => judgeErrorCode,
  ),
  everyAnswer('field', 'Every field of a refusal leads to a member of the body.', ['ERROR-03'], () =>
    whereRefused(judgeField),
  ),
  everyAnswer(
    'told',
    'No refusal tells a stack trace, a path of a file, or a value that the server stores.',
    ['ERROR-04'],
    (answers) => judgeTold(storedValues(answers)),
  ),
  everyAnswer('verifier', 'No answer holds a verifier.', ['KEY-06'], (answers) =>
    judgeVerifiers(storedValues(answers)),
  ),
];
