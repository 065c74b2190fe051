/** `calls.json`: what `openapi.yaml` says of the calls, without prose, references and examples. */
import type { HttpAnswer, HttpCall } from '../calls.ts';
import type { ProfileName } from '../graph.ts';
import { baseOf, calls, membersAt, pathItemOf, within, type Call, type Located } from './openapi.ts';

/** What the file is to hold. */
export const callsData = (profiles: readonly ProfileName[]): object => ({
  $schema: './schemas/calls.schema.json',
  calls: calls.map((call) => callData(call, profiles)),
});

function callData(call: Call, profiles: readonly ProfileName[]): HttpCall {
  const { node, method, path } = call;
  const maxRequestBytes = node['x-max-request-bytes'] as number | undefined;
  const request = requestOf(call);
  return {
    id: String(node['operationId']),
    method,
    path,
    session: (node['security'] as readonly unknown[]).length > 0,
    profiles: (node['x-profiles'] as readonly ProfileName[] | undefined) ?? profiles,
    ...(maxRequestBytes !== undefined && { maxRequestBytes }),
    ...(takesGzip(call) && { gzip: true }),
    ...(request !== undefined && { request }),
    answers: Object.fromEntries(membersAt(call, 'responses').map(([status, one]) => [status, answerOf(one)])),
  };
}

function requestOf(call: Call): HttpCall['request'] {
  const body = within(call, 'requestBody');
  const schema = body && schemaOf(body);
  return schema && { schema: baseOf(schema) ?? '', required: body.node['required'] === true };
}

const takesGzip = (call: Call): boolean =>
  [...membersAt(pathItemOf(call), 'parameters'), ...membersAt(call, 'parameters')].some(
    ([, { node }]) => node['in'] === 'header' && node['name'] === 'Content-Encoding',
  );

function answerOf(answer: Located): HttpAnswer {
  const schema = schemaOf(answer);
  if (schema === undefined) return {};
  const never = membersAt(schema, 'properties')
    .filter(([, { node }]) => 'not' in node)
    .map(([name]) => name);
  const errors = within(schema, 'properties', 'error', 'enum')?.node as readonly string[] | undefined;
  return {
    schema: baseOf(schema) ?? '',
    ...(never.length > 0 && { never }),
    ...(schema.node['unevaluatedProperties'] === false && { closed: true }),
    ...(errors !== undefined && { errors }),
  };
}

const schemaOf = (body: Located): Located | undefined =>
  within(body, 'content', 'application/json', 'schema');
