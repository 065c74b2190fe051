/** `openapi.yaml` is valid and lint-free, says what chapters 9 and 10 say, and its examples are those of the story. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lint, lintFromString, loadConfig } from '@redocly/openapi-core';
import t from 'tap';
import examples from '../examples.json' with { type: 'json' };
import protocol from '../protocol.json' with { type: 'json' };
import requirements from '../requirements.json' with { type: 'json' };
import { schemas, specFolder } from '../schemas.ts';
import {
  at,
  baseOf,
  calls,
  membersAt,
  openapi,
  openapiFile,
  within,
  type Call,
} from '../generate/openapi.ts';
import { findValueFault } from './openapi-document.ts';

const text = readFileSync(openapiFile, 'utf8');
const nameOf = ({ method, path }: Call): string => `${method} ${path}`;
const takesBody = ({ method }: Call): boolean => method !== 'GET';
const takesSession = ({ node }: Call): boolean => (node['security'] as readonly unknown[]).length > 0;

/** Every answer of every call. */
const answers = calls.flatMap((call) =>
  membersAt(call, 'responses').map(([status, answer]) => ({
    name: `${nameOf(call)} ${status}`,
    call,
    status,
    answer,
  })),
);

/** Every body, of a request or an answer, that has a schema. */
const bodies = [
  ...calls.map((call) => ({ name: `${nameOf(call)} request`, holder: within(call, 'requestBody') })),
  ...answers.map(({ name, answer }) => ({ name, holder: answer })),
].flatMap(({ name, holder }) => {
  const content = holder && within(holder, 'content', 'application/json');
  const schema = content && within(content, 'schema');
  if (content === undefined || schema === undefined) return [];
  const references = content.node['examples'] as Readonly<Record<string, { readonly $ref?: string }>>;
  const examples = membersAt(content, 'examples').map(([title, { node }]) => ({
    title,
    value: node['value'],
    reference: references[title]?.$ref,
  }));
  return [{ name, schema, base: baseOf(schema) ?? '', examples }];
});

/** The rows of the table in a section of a chapter, as the texts of their cells. */
function tableIn(file: string, section: string): string[][] {
  const parts = readFileSync(join(specFolder, file), 'utf8').split(/^## /m);
  const lines = parts.find((part) => part.startsWith(section))?.split('\n') ?? [];
  const rows = lines.filter((line) => line.startsWith('|')).slice(2);
  return rows
    .map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .map((cells) => cells.slice(1, -1));
}

t.test('the linter finds nothing', async (test) => {
  const config = await loadConfig({ configPath: join(dirname(specFolder), 'redocly.yaml') });
  const problems = async (found: ReturnType<typeof lint>): Promise<string[]> =>
    (await found).map(
      ({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`,
    );
  test.same(await problems(lint({ ref: openapiFile, config })), []);
  const broken = text
    .replace(/^ *operationId: whoami\n/m, '')
    .replace('login-s-request.schema', 'login-t.schema')
    .replace('#/examples/login-s-request/jane', '#/examples/login-s-request/joan');
  const found = await problems(lintFromString({ source: broken, absoluteRef: openapiFile, config }));
  test.match(found.join('\n'), /operation-operationId: /, 'and finds what is missing');
  const nowhere = found.filter((problem) => problem.startsWith('no-unresolved-refs: '));
  test.equal(nowhere.length, 2, 'and what leads nowhere, be it a schema or an example');
});

t.test('every reference leads somewhere', (test) => {
  const references = [...text.matchAll(/\$ref: '?([^' }\n]+)/g)].map(([, reference = '']) => reference);
  test.ok(references.length > 100);
  for (const reference of new Set(references)) {
    const [, file = '', pointer = ''] = /^([^#]*)(?:#(.*))?$/.exec(reference) ?? [];
    const schema = schemas.get(/^\.\/schemas\/(.+)\.schema\.json$/.exec(file)?.[1] ?? '');
    const other = file === './examples.json' ? examples : schema;
    const found = file === '' ? at(pointer) : pointer.split('/').slice(1).reduce(stepInto, other);
    test.ok(found, reference);
  }
  test.end();
});

const stepInto = (node: unknown, name: string): unknown =>
  typeof node === 'object' && node !== null ? (node as Readonly<Record<string, unknown>>)[name] : undefined;

t.test('every body has examples, and they are as their schema says', (test) => {
  test.ok(bodies.length > 100);
  for (const { name, schema, examples } of bodies) {
    test.not(examples.length, 0, name);
    for (const { title, value } of examples)
      test.equal(findValueFault(schema, value), undefined, `${name} ${title}`);
  }
  test.end();
});

t.test('the examples are those of examples.json, which tell one story', (test) => {
  for (const { name, base, examples } of bodies)
    for (const { title, reference } of examples)
      test.equal(reference, `./examples.json#/examples/${base}/${title}`, `${name} ${title}`);
  test.notOk(text.includes(' value:'), 'and none is typed');
  test.end();
});

t.test('the calls are those of 9.4', (test) => {
  const rows = tableIn('09-http.md', '9.4').map(([call = '', session, , , sections = '']) => ({
    name: call.replace(/\?.*/, '').replaceAll(/:(\w+)/g, '{$1}'),
    session: session === 'session',
    sections,
    tag: sections.startsWith('7') ? 'Account' : 'Sync',
  }));
  test.same(
    calls.map(nameOf),
    rows.map(({ name }) => name),
    'all of them, in this order',
  );
  for (const call of calls) {
    const row = rows.find(({ name }) => name === nameOf(call));
    test.equal(takesSession(call), row?.session, `${nameOf(call)}: the session`);
    test.same(call.node['tags'], [row?.tag], `${nameOf(call)}: the chapter`);
    const told = /^Sections? ([\d., and]+)\. /.exec(String(call.node['description']))?.[1]?.split(/, | and /);
    for (const section of row?.sections.split(', ') ?? [])
      test.ok(told?.includes(section), `${nameOf(call)}: section ${section}`);
  }
  test.end();
});

t.test('every call lists the answers that it can give', (test) => {
  const statuses = new Set(tableIn('09-http.md', '9.5').map(([status = '']) => status.toUpperCase()));
  for (const { name, status } of answers) test.ok(statuses.has(status), `${name} is one of 9.5`);
  for (const call of calls) {
    const due = ['200', '429', '5XX'];
    if (takesBody(call)) due.push('400', '413', '415');
    if (takesSession(call)) due.push('401');
    if (call.path.includes('{id}')) due.push('404');
    const listed = membersAt(call, 'responses').map(([status]) => status);
    test.same(
      due.filter((status) => !listed.includes(status)),
      [],
      `${nameOf(call)} lacks none`,
    );
  }
  test.end();
});

t.test('limits and headers', (test) => {
  const { BODY_BYTES, SYNC_BODY_BYTES } = protocol.constants;
  for (const call of calls) {
    const { value: limit } = ['/sync/push', '/sync/pull'].includes(call.path) ? SYNC_BODY_BYTES : BODY_BYTES;
    test.equal(call.node['x-max-request-bytes'], takesBody(call) ? limit : undefined, `${nameOf(call)}: 9.8`);
  }
  for (const { name, call, status, answer } of answers) {
    const due = [
      ...(call.path.startsWith('/auth/') ? ['Cache-Control'] : []),
      ...(status === '429' ? ['Retry-After'] : []),
    ];
    test.same(
      membersAt(answer, 'headers').map(([header]) => header),
      due,
      `${name}: 9.5 and 9.6`,
    );
  }
  test.end();
});

t.test('the error codes are those of 10.2, each under its status', (test) => {
  const statusOf = new Map(tableIn('10-errors.md', '10.2').map(([code = '', status = '']) => [code, status]));
  const unused = new Set(statusOf.keys());
  for (const { name, status, answer } of answers.filter((item) => item.status !== '200')) {
    const schema = within(answer, 'content', 'application/json', 'schema');
    const codes = (schema && within(schema, 'properties', 'error', 'enum')?.node) as
      readonly string[] | undefined;
    test.equal(schema && baseOf(schema), 'error', `${name} has the error body`);
    test.same(
      membersAt(answer, 'content', 'application/json', 'examples').map(([title]) => title),
      codes,
      `${name} has an example of each code`,
    );
    for (const code of codes ?? []) {
      unused.delete(code);
      test.equal(statusOf.get(code)?.replace(/^5../, '5XX'), status, `${name}: ${code}`);
    }
  }
  test.same([...unused], ['method'], 'all but the one that no listed call can give');
  test.end();
});

t.test('version, licence and hosts', (test) => {
  const info = { version: protocol.version, license: { identifier: 'CC-BY-4.0' } };
  test.match(openapi, { openapi: /^3\.1\./, info });
  for (const [, host = ''] of text.matchAll(/https?:\/\/([\w.-]+)/g))
    test.match(host, /(^|\.)example(\.com)?$/, 'a host for examples');
  test.end();
});

t.test('what it cites and uses', (test) => {
  const ids = new Set(requirements.requirements.map(({ id }) => id));
  const cited = new Set([...text.matchAll(/\b[A-Z]+-\d{2}\b/g)].map(([id]) => id));
  for (const id of cited) test.ok(ids.has(id), `${id} is a requirement`);
  const due = requirements.requirements.filter(
    ({ role, level, section }) => role === 'server' && level.startsWith('MUST') && /^[78]\./.test(section),
  );
  for (const { id } of due)
    test.ok(cited.has(id), `${id} asks something of a server and is cited at its call`);
  const messages = [...schemas.keys()].filter((name) => /^(?!adapter-).*-(request|response)$/.test(name));
  test.ok(messages.length > 20);
  for (const name of messages) test.ok(text.includes(`./schemas/${name}.schema.json`), `${name} is used`);
  test.end();
});
