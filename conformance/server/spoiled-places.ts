/**
 * A right body made wrong in one place: at every place that its schema knows, in every way that the form there has
 * (2.6, 9.2). What stands in the last item of a list is spoiled, so that it is no help to look at the first.
 */
import { messageSchemas } from '../../spec/message-schemas.ts';
import { changed, RAW } from '../requests/draft.ts';
import { otherTypes, spoiledId, spoiledMessage, spoiledMessageHex, type Spoiled } from './ill-formed.ts';

type Keywords = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** A body with one thing wrong. */
export interface SpoiledBody {
  /** What is wrong, as the end of a sentence: "a number as /0/name". */
  readonly what: string;
  /** JSON pointer to what is wrong; empty for the body itself. */
  readonly pointer: string;
  /** The body; texts that begin with `RAW` go into the JSON as they are. */
  readonly body: unknown;
}

/** A place and one way to spoil what stands there. */
interface Way extends Omit<Spoiled, 'spoil'> {
  readonly path: Path;
  readonly spoil: (old: unknown) => unknown;
}

const constant = (what: string, value: unknown): Spoiled => ({ what, spoil: () => value });

/** Ids of groups that are none. */
const spoiledEntityId: readonly Spoiled[] = [
  constant('an empty text', ''),
  constant('201 letters', 'x'.repeat(201)),
  { what: 'a text with a line feed at its end', spoil: (id) => `${id}\n` },
  ...['rg 1', 'rg.1', 'rg/1', 'rg\0', 'gärten'].map((id) => constant(JSON.stringify(id), id)),
];

/** What is no moment: the largest one is 2⁵³ − 1, and what is larger no parser may make smaller. */
const spoiledMoment: readonly Spoiled[] = [
  ...[null, true, [], {}, '1735689600000', '2025-01-01T00:00:00.000Z'].map((value) =>
    constant(JSON.stringify(value), value),
  ),
  ...['-1', '-0.5', '0.5', '1735689600000.5', '-1735689600000', '9007199254740992', '9007199254740993'].map(
    (text) => constant(text, RAW + text),
  ),
  ...['18446744073709551616', '1e16', '1e400', '-1e400'].map((text) => constant(text, RAW + text)),
];

const spoiledBoolean: readonly Spoiled[] = [null, 0, 1, 'true', 'false', '', [true], {}].map((value) =>
  constant(JSON.stringify(value), value),
);

/** Forms that have more to them than a type and a length, by the name of their definition. */
const FORMS: Readonly<Record<string, readonly Spoiled[]>> = {
  accountId: spoiledId,
  entityId: spoiledEntityId,
  moment: spoiledMoment,
};

const notA = (what: string, values: readonly unknown[]): readonly Spoiled[] =>
  values.map((value) => constant(`${JSON.stringify(value)}, which is no ${what}`, value));

/** The keywords of a schema with those that it refers to. */
function resolved(schema: Keywords, root: string): Keywords {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const [file = '', fragment = ''] = ref.split('#');
  const name = file === '' ? root : file.replace('.schema.json', '');
  const steps = fragment.split('/').slice(1);
  const found = steps.reduce<unknown>(
    (held, step) => (held as Keywords | undefined)?.[step],
    messageSchemas.get(name),
  );
  const target = resolved(found as Keywords, name);
  return {
    form: steps.at(-1),
    ...target,
    ...schema,
    properties: {
      ...(target['properties'] as object | undefined),
      ...(schema['properties'] as object | undefined),
    },
  };
}

/** The ways to spoil a text, by the keywords of its form. */
function waysOfText({ form, minLength, maxLength, contentSchema }: Keywords): readonly Spoiled[] {
  return [
    ...otherTypes,
    { what: 'a text with half of a surrogate pair', spoil: (text) => `${text}\ud83d` },
    ...(FORMS[String(form)] ?? []),
    ...(minLength === undefined ? [] : [constant('an empty text', '')]),
    ...(typeof maxLength === 'number'
      ? [
          constant(`${maxLength + 1} letters`, 'x'.repeat(maxLength + 1)),
          constant(`${maxLength + 1} emoji`, '😀'.repeat(maxLength + 1)),
        ]
      : []),
    ...(contentSchema === undefined ? [] : [...spoiledMessage, ...spoiledMessageHex]),
  ];
}

/** @param ignored - members whose form is open */
function waysAt(
  schema: Keywords,
  root: string,
  value: unknown,
  path: Path,
  ignored: readonly string[],
): Way[] {
  const keywords = resolved(schema, root);
  const here = (ways: readonly Spoiled[]): Way[] =>
    ways.map(({ what, spoil }) => ({ what, path, spoil: (old) => spoil(old as string) }));
  switch (keywords['type']) {
    case 'object': {
      const required = (keywords['required'] ?? []) as readonly string[];
      const properties = keywords['properties'] as Readonly<Record<string, Keywords>>;
      const held = value as Keywords;
      return [
        ...here(notA('object', [null, 7, 'x', []])),
        ...required.map((name) => ({ what: 'nothing', path: [...path, name], spoil: () => undefined })),
        ...['colour', 'ID', 'isVerified', '__proto__'].map((name) => ({
          ...{ what: 'a member that nobody knows', path: [...path, name] },
          spoil: () => 'green',
        })),
        ...Object.entries(properties)
          .filter(([name]) => Object.hasOwn(held, name) && !ignored.includes(name))
          .flatMap(([name, one]) => waysAt(one, root, held[name], [...path, name], ignored)),
      ];
    }
    case 'array': {
      const items = value as readonly unknown[];
      const last = items.length - 1;
      return [
        ...here(notA('list', [null, 7, 'x', {}])),
        ...waysAt(keywords['items'] as Keywords, root, items[last], [...path, last], ignored),
      ];
    }
    case 'integer':
      return here(FORMS[String(keywords['form'])] ?? []);
    case 'boolean':
      return here(spoiledBoolean);
    default:
      return here(waysOfText(keywords));
  }
}

/**
 * Every way for every place.
 *
 * @param schema - its name
 * @param right - a body of this schema with at least one item in every list
 * @param ignored - names of members whose form the specification leaves open
 */
export function spoiledBodies(
  schema: string,
  right: unknown,
  ignored: readonly string[] = [],
): SpoiledBody[] {
  return waysAt(messageSchemas.get(schema) ?? {}, schema, right, [], ignored).map(({ what, path, spoil }) => {
    const pointer = path.map((step) => `/${step}`).join(''); // no member of a schema needs an escape
    return {
      what: `${what} as ${pointer === '' ? 'the body' : pointer}`,
      pointer,
      body: changed(right, path, spoil),
    };
  });
}
