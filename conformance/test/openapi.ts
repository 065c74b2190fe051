/**
 * Whether an exchange is as `spec/openapi.yaml` says: the request one of its calls, the answer one of those listed for
 * it. A request body that is compressed is not looked into.
 */
import { findFault } from '../../reference/index.ts';
import {
  calls,
  membersAt,
  pathItemOf,
  within,
  type Call,
  type Located,
} from '../../spec/generate/openapi.ts';
import { findValueFault } from '../../spec/test/openapi-document.ts';
import type { Exchange } from '../peer/exchange.ts';

/** What is wrong with an exchange, in a sentence; undefined when nothing is. */
export const findExchangeFault = (exchange: Exchange): string | undefined =>
  findRequestFault(exchange) ?? findAnswerFault(exchange);

/** What is wrong with the request, whether or not it was refused. */
export function findRequestFault(exchange: Exchange): string | undefined {
  const call = calledBy(exchange);
  const fault =
    call === undefined
      ? 'is no call'
      : (findSessionFault(call, exchange) ??
        findParameterFault(call, exchange) ??
        findRequestBodyFault(call, exchange));
  return fault && `the request ${exchange.method} ${exchange.target} ${fault}`;
}

/** What is wrong with the answer, also to a request that has to be refused. */
export function findAnswerFault(exchange: Exchange): string | undefined {
  const call = calledBy(exchange);
  const fault = call === undefined ? findNoCallFault(exchange) : findListedFault(call, exchange);
  return fault && `the answer ${exchange.status} to ${exchange.method} ${exchange.target} ${fault}`;
}

/** The call that a request makes, by its method and path. */
export const calledBy = (exchange: Exchange): Call | undefined =>
  calls.find((call) => call.method === exchange.method && namesIn(call, exchange) !== undefined);

/** What stands for each name in the path of a call; undefined where it is another path. */
function namesIn({ path }: Call, { target }: Exchange): Readonly<Record<string, string>> | undefined {
  const pattern = path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const match = new RegExp(`^${pattern}$`).exec(target.split('?')[0] ?? '');
  return match === null ? undefined : { ...match.groups };
}

function findSessionFault({ node }: Call, { requestHeaders }: Exchange): string | undefined {
  const sessionId = requestHeaders['x-session-id'];
  const takesSession = (node['security'] as readonly unknown[]).length > 0;
  if (!takesSession) return sessionId === undefined ? undefined : 'carries a session id, and takes none';
  return findFault('types#/$defs/sessionId', sessionId) && 'carries no session id of the right form';
}

function findParameterFault(call: Call, exchange: Exchange): string | undefined {
  const query = new URLSearchParams(exchange.target.split('?')[1]);
  const given: Readonly<Record<string, (name: string) => string | undefined>> = {
    path: (name) => namesIn(call, exchange)?.[name],
    query: (name) => query.get(name) ?? undefined,
    header: (name) => exchange.requestHeaders[name.toLowerCase()],
  };
  const listed = [...membersAt(pathItemOf(call), 'parameters'), ...membersAt(call, 'parameters')];
  for (const [, parameter] of listed) {
    const name = String(parameter.node['name']);
    const value = given[String(parameter.node['in'])]?.(name);
    const fault = findTextFault(parameter, value);
    if (fault !== undefined) return `has a parameter ${name} that ${fault}`;
  }
  const unlisted = [...query.keys()].find((name) => !listed.some(([, { node }]) => node['name'] === name));
  return unlisted && `has a parameter ${unlisted} that is not listed`;
}

/** A parameter or header: there where it is required, and as its schema says. */
function findTextFault(described: Located, value: string | undefined): string | undefined {
  if (value === undefined) return described.node['required'] === true ? 'is missing' : undefined;
  const schema = within(described, 'schema');
  return schema && findValueFault(schema, value);
}

function findRequestBodyFault(call: Call, exchange: Exchange): string | undefined {
  const { requestHeaders, requestBody: text } = exchange;
  const body = within(call, 'requestBody');
  if (text === '') return body?.node['required'] === true ? 'has no body' : undefined;
  if (body === undefined) return 'has a body, and takes none';
  const type = requestHeaders['content-type']?.split(';')[0]?.trim().toLowerCase();
  return findContentFault(body, type, requestHeaders['content-encoding'] === undefined ? text : undefined);
}

function findListedFault(
  call: Call,
  { status, responseHeaders, responseBody }: Exchange,
): string | undefined {
  const answer =
    within(call, 'responses', status) ?? within(call, 'responses', `${Math.floor(status / 100)}XX`);
  if (answer === undefined) return 'has a status that is not listed';
  for (const [name, header] of membersAt(answer, 'headers')) {
    const fault = findTextFault(header, responseHeaders[name.toLowerCase()]);
    if (fault !== undefined) return `has a header ${name} that ${fault}`;
  }
  return findContentFault(answer, responseHeaders['content-type'], responseBody);
}

/** The body by its media type; without text, the media type alone. */
function findContentFault(
  body: Located,
  type: string | undefined,
  text: string | undefined,
): string | undefined {
  if (within(body, 'content', '*/*') !== undefined) return undefined;
  const schema = within(body, 'content', type ?? '', 'schema');
  if (schema === undefined) return `has the media type ${type ?? 'none'}`;
  return text === undefined ? undefined : findJsonFault(text, (value) => findValueFault(schema, value));
}

function findJsonFault(
  text: string,
  findFaultIn: (value: unknown) => string | undefined,
): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'has a body that is not JSON';
  }
  const fault = findFaultIn(value);
  return fault && `has a body that is wrong: ${fault}`;
}

/** A request that is no call gets 405 where the path has another method, and 404 where it has none (9.5, 10.2). */
function findNoCallFault(exchange: Exchange): string | undefined {
  const { target, status, responseHeaders, responseBody } = exchange;
  const known = calls.some((call) => namesIn(call, exchange) !== undefined);
  if (status !== (known ? 405 : 404)) return 'has the wrong status for a request that is no call';
  if (responseHeaders['content-type'] !== 'application/json') return 'is not application/json';
  if (target.startsWith('/auth/') && responseHeaders['cache-control'] !== 'no-store') return 'may be cached';
  return findJsonFault(responseBody, (value) => {
    const fault = findFault('error', value);
    if (fault !== undefined) return `${fault.pointer} ${fault.reason}`;
    const code = (value as { error: string }).error;
    return code === (known ? 'method' : 'not-found') ? undefined : `the code is ${code}`;
  });
}
