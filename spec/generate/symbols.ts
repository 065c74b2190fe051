/**
 * `symbols`: which member of which message carries which value. Read from the schemas, whose descriptions name
 * the value in brackets.
 */
import { allNodes, graphsOf, type SpecData } from './data.ts';
import { locks } from './locks.ts';
import { code, codes, table } from './markdown.ts';
import { membersOf, sessionHeader, type Member } from './messages.ts';

export function symbols(data: SpecData): string {
  const order = [...new Set([...Object.keys(data.protocol.keys), ...allNodes(graphsOf(data)).keys()])];
  const places = carriers(data);
  const rows = order.flatMap((value) =>
    [...(places.get(value) ?? [])]
      .sort(byMember(data.protocol.keys[value]?.field))
      .map(([member, { form, messages }]) => [code(value), code(member), form, codes(messages)]),
  );
  const header = sessionHeader(data);
  const session = [
    code('session.id'),
    `header ${code(header.name)}`,
    header.form,
    'calls with a session (9.4)',
  ];
  return table(['value', 'member', 'form', 'stands in'], [...rows, session]);
}

/** The member that protocol.json names comes first. */
const byMember =
  (field: string | undefined) =>
  ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
    Number(b === field) - Number(a === field);

interface Carrier {
  readonly form: string;
  readonly messages: string[];
}

/** Value → member → form and messages. */
function carriers(data: SpecData): Map<string, Map<string, Carrier>> {
  const found = new Map<string, Map<string, Carrier>>();
  const contents = new Map(locks(data).map(({ form, content }) => [form, content]));
  const values = new Set([...Object.keys(data.protocol.keys), ...allNodes(graphsOf(data)).keys()]);
  for (const message of [...data.schemas.keys()].filter((name) => !/^(adapter|derive|vector)-/.test(name)))
    for (const member of membersOf(data, message)) {
      const value = valueOf(member, contents);
      if (value === undefined || !values.has(value)) continue;
      const members = found.get(value) ?? new Map<string, Carrier>();
      const carrier = members.get(member.name) ?? { form: member.form, messages: [] };
      carrier.messages.push(message);
      found.set(value, members.set(member.name, carrier));
    }
  return found;
}

/** The value in brackets, or what the member of the same name encrypts. */
const valueOf = ({ name, description }: Member, contents: ReadonlyMap<string, string>): string | undefined =>
  /\(([A-Za-z][\w.]*)/.exec(description)?.[1] ?? contents.get(name);
