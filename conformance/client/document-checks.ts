/** Documents of every shape and size, from one device to the server and to another device (6.3, 8.5, 8.9). */
import { isDeepStrictEqual } from 'node:util';
import { expectSame, expectThat, shorten, type Check } from '../check.ts';
import type { ResourceEdit } from '../target/verbs.ts';
import { shared, type ClientBench } from './bench.ts';
import { doneBefore, expectDone, plant, sessionOf } from './flows.ts';
import { pushedBy } from './garden.ts';
import { contentOf } from './push-checks.ts';

/** A kind of documents, each pushed by one device, opened by the suite, and pulled by another device. */
interface Kind {
  readonly id: string;
  readonly title: string;
  /** Documents by the ids of their resources. */
  readonly documents: () => Readonly<Record<string, unknown>>;
}

const MEBIBYTE = 1024 * 1024;
/** Deep, and not deeper than a common JSON reader goes. */
const DEPTH = 64;

const nested = (depth: number, core: unknown): unknown =>
  Array.from({ length: depth }).reduce((inner, _, i) => (i % 2 === 0 ? [inner] : { in: inner }), core);

/** A few characters of each of the 17 planes, the first and the last ones among them, without surrogates. */
const everyPlane = (): string =>
  Array.from({ length: 17 }, (_, plane) =>
    [0, 1, 0x80, 0x7ff, 0xabcd, 0xfffd, 0xffff]
      .map((low) => String.fromCodePoint(plane * 0x10000 + low))
      .join(''),
  ).join('');

const kinds: readonly Kind[] = [
  {
    id: 'shapes',
    title: 'Documents of every JSON type arrive as they were: null, booleans, numbers, text, lists, objects.',
    documents: () => ({
      req_null: null,
      req_true: true,
      req_false: false,
      req_zero: 0,
      req_negative: -17,
      req_fraction: 0.1,
      req_small: 5e-324,
      req_large: 1.7976931348623157e308,
      req_safe: 9007199254740991,
      req_no_text: '',
      req_text: 'null',
      req_list: [],
      req_lists: [[], [[]], [null, [], {}]],
      req_object: {},
      req_members: { '': '', ' ': 1, '10': 'ten', '9': 'nine', constructor: 1, toString: null, length: 0 },
    }),
  },
  {
    id: 'unicode',
    title: 'Text of all Unicode planes arrives as it was, neither normalised nor trimmed.',
    documents: () => ({
      req_planes: everyPlane(),
      req_controls: Array.from({ length: 0x20 }, (_, i) => String.fromCharCode(i)).join('') + '\u007f\u0085',
      req_forms: ['\u00e9', 'e\u0301', '\uac00', '\u1100\u1161', '\ufb01', '\u212b', '\u2126'],
      req_space: '\ufeff \u00a0\u2028\u2029\u3000\t\r\n',
      req_percent: ['%', '%41', '%c3%a9', '100 %', '+', '&=;/?#'],
      req_quotes: ['"', '\\', '\\"', '\\u0041', '</script>', '${}'],
      req_names: { é: 1, 'e\u0301': 2, '👩‍👩‍👧': 3, '\u0000': 4 },
    }),
  },
  {
    id: 'deep',
    title: `A document that nests ${String(DEPTH)} deep arrives as it was.`,
    documents: () => ({ req_deep: nested(DEPTH, 'here') }),
  },
  {
    id: 'ids',
    title: 'Resources go by ids of all kinds of characters, up to 200 of them.',
    documents: () => ({
      ['x'.repeat(200)]: 'long',
      'a/b?c#d%2e': 'reserved',
      '../..': 'dots',
      ' ': 'a space',
      'Ä𝄞': 'not ASCII',
      constructor: 'a name of every object',
    }),
  },
  // Last: a client that cannot send it may keep it waiting.
  {
    id: 'large',
    title: 'A document of 1 MiB arrives as it was.',
    documents: () => ({ req_large: { text: 'A bean is a bean. '.repeat(MEBIBYTE / 18), end: 'ö' } }),
  },
];

const account = shared((bench) => bench.someone('author'));

function documentCheck({ id, title, documents }: Kind): Check<ClientBench> {
  return {
    id: `client.document.${id}`,
    title,
    requirements: ['WRAP-09', 'SYNC-07', 'PULL-09'],
    needs: 'sync',
    async run(bench) {
      const group = plant(bench, await account(bench), [{ id: 'req_first', document: id }]);
      const { groupId } = group;
      const entries = Object.entries(documents());
      const edits = entries.map(([name, document]): ResourceEdit => ({
        ...{ groupId, id: name, name, type: 'Request', document, removed: false },
      }));
      const author = await writer(bench);
      doneBefore(await bench.call('pull', { session: author }), 'pull');
      const act = await bench.call('push', { session: author, edits });
      const sent = pushedBy(act);
      expectDone(act, 'push');
      const session = await reader(bench);
      const { resources } = expectDone(await bench.call('pull', { session }), 'pull');
      for (const [name, document] of entries) {
        const resource = sent.find((one) => one.id === name);
        expectThat(resource !== undefined, `${shorten(name)} was not pushed`, {
          expected: shorten(name),
          actual: shorten(sent.map((one) => one.id).join(', ')),
        });
        expectEqual(
          `what encContent of ${shorten(name)} holds`,
          document,
          contentOf(bench, resource, group.key),
        );
        const held = resources.filter((one) => one.groupId === groupId && one.id === name);
        expectSame(`number of ${shorten(name)} on the other device`, '1', String(held.length));
        expectEqual(`the document ${shorten(name)} on the other device`, document, held[0]?.document);
      }
    },
  };
}

/** One device that writes and one that reads, for all kinds. */
const writer = shared(async (bench) => await sessionOf(bench, await account(bench)));
const reader = shared(async (bench) => await sessionOf(bench, await account(bench)));

function expectEqual(what: string, expected: unknown, actual: unknown): void {
  expectThat(isDeepStrictEqual(actual, expected), `${what} is another one`, {
    expected: shorten(JSON.stringify(expected)),
    actual: actual === undefined ? 'nothing' : shorten(JSON.stringify(actual)),
  });
}

export const documentChecks: readonly Check<ClientBench>[] = kinds.map(documentCheck);
