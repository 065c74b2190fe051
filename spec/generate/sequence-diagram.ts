/**
 * Draws who sends what to whom. Calls and members come from the schemas, values and their sections from the
 * graph, what the profiles do differently from their policies. Mermaid, without colours.
 */
import type { Node } from '../graph.ts';
import { allNodes, graphsOf, type SpecData } from './data.ts';
import { block, code } from './markdown.ts';
import { callOf, membersOf, sessionHeader } from './messages.ts';
import { symbol } from './notation.ts';

/** One line of a diagram, or what stands in its place in some profiles. */
type Step =
  /** A request with the members of this schema. */
  | { readonly request: string; readonly session?: true; readonly by?: string }
  /** A request without a body, known by the schema of its answer. */
  | { readonly ask: string; readonly method: string; readonly session?: true; readonly by?: string }
  | { readonly answer: string; readonly by?: string }
  /** What a party does; `{}` stands for the values of the graph that it does it with. */
  | { readonly at: string; readonly does: string; readonly values?: readonly string[] }
  | { readonly mail: string }
  | { readonly policy: string; readonly when: Readonly<Record<string, readonly Step[]>> };

export interface Sequence {
  /** The first is the client that sends, the second the server. */
  readonly parties: readonly string[];
  readonly steps: readonly Step[];
}

/** The diagram of a sequence. */
export function sequenceDiagram(data: SpecData, { parties, steps }: Sequence): string {
  const scene = { data, parties, nodes: allNodes(graphsOf(data)) };
  const lines = steps.flatMap((step) => linesOf(step, scene));
  const drawn = [...parties.map((party) => `participant ${party}`), ...lines];
  const diagram = block('mermaid', ['sequenceDiagram', ...drawn.map((line) => `  ${line}`)]);
  const optional = lines.some((line) => line.includes('?'));
  return optional ? `${diagram}\n\n${OPTIONAL}` : diagram;
}

const OPTIONAL = `${code('?')} marks a member that some of these messages do without.`;

/** What the lines of a diagram are made from. */
interface Scene {
  readonly data: SpecData;
  readonly parties: readonly string[];
  readonly nodes: ReadonlyMap<string, Node>;
}

function linesOf(step: Step, scene: Scene): string[] {
  const [client = '', server = '', third = ''] = scene.parties;
  if ('policy' in step) return byPolicy(step, scene);
  if ('at' in step) return [`Note over ${step.at}: ${inLines(deed(step, scene))}`];
  if ('mail' in step) return [`${server}-)${third}: ${step.mail}`];
  if ('answer' in step) return [`${server}-->>${step.by ?? client}: 200${membersIn(step.answer, scene)}`];
  return [`${step.by ?? client}->>${server}: ${request(step, scene)}`];
}

/** The words of a deed, its values in place of the braces, or at the end. */
function deed({ does, values = [] }: Extract<Step, { at: string }>, scene: Scene): string[] {
  const words = does.split(' ');
  const place = words.indexOf('{}');
  return place < 0
    ? [...words, ...named(values, scene)]
    : [...words.slice(0, place), ...named(values, scene), ...words.slice(place + 1)];
}

/** Call, session header and members, each on lines of its own. */
function request(step: Extract<Step, { session?: true }>, scene: Scene): string {
  const session = step.session === true ? `<br/>${sessionHeader(scene.data).name}` : '';
  return 'ask' in step
    ? callOf(scene.data, step.ask, step.method) + session
    : callOf(scene.data, step.request) + session + membersIn(step.request, scene);
}

function membersIn(message: string, { data }: Scene): string {
  const names = membersOf(data, message).map(({ name, required }) => (required ? name : `${name}?`));
  return names.length === 0 ? '' : `<br/>${inLines(names.join(', ').split(' '))}`;
}

/** What each profile does, in a frame that names it. */
function byPolicy({ policy, when }: Extract<Step, { policy: string }>, scene: Scene): string[] {
  const { protocol, profiles } = scene.data;
  const cases = protocol.profiles
    .map((profile) => ({ profile, steps: when[profiles[profile].policies[policy] ?? ''] ?? [] }))
    .filter(({ steps }) => steps.length > 0);
  const frame = cases.length > 1 ? 'alt' : 'opt';
  const lines = cases.flatMap(({ profile, steps }, i) => [
    `${i === 0 ? frame : 'else'} ${profile}`,
    ...steps.flatMap((step) => linesOf(step, scene)).map((line) => `  ${line}`),
  ]);
  return lines.length === 0 ? [] : [...lines, 'end'];
}

/** Values with the sections that define them: `SEC_PWD_Auth, SEC_PWD_Enc (4.3), SRP_Verifier (5.2)`. */
function named(values: readonly string[], { nodes }: Scene): string[] {
  const sections = values.map((value) => nodes.get(value)?.section);
  return values.map((value, i) => {
    const section = sections[i];
    if (section === undefined)
      throw new Error(`a sequence names ${value}, which is not a value of the graph`);
    const place = sections[i + 1] === section ? '' : ` (${section})`;
    return `${symbol(value)}${place}${i === values.length - 1 ? '' : ','}`;
  });
}

/** Words in lines of about 40 characters. */
function inLines(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 40) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('<br/>');
}
