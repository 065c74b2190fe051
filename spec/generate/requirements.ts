/**
 * Extracts `requirements.json` from the chapters. A normative sentence is a list item of the form
 * `- <a id="SRP-12"></a>**SRP-12** (client, all profiles): The client MUST …`; its section is that of the
 * heading above it.
 */

/** One normative sentence. */
export interface Requirement {
  readonly id: string;
  readonly level: string;
  readonly role: string;
  readonly profile: string;
  readonly section: string;
  readonly text: string;
}

const ITEM =
  /^- <a id="(?<anchor>[A-Z]+-\d{2})"><\/a>\*\*(?<id>[A-Z]+-\d{2})\*\* \((?<role>client|server|both), (?<profile>all profiles|documented|deployed)\): (?<text>.+)$/;
const KEYWORDS = /\b(?:MUST NOT|MUST|SHOULD NOT|SHOULD|MAY)\b/g;

/**
 * The requirements of the chapters, in reading order.
 *
 * @param chapters - file name → text
 * @throws Error that names the file and the sentence, where a list item is not of its form, an id stands twice
 * or does not ascend within its prefix, or a sentence has not exactly one key word
 */
export function extractRequirements(chapters: ReadonlyMap<string, string>): Requirement[] {
  const found: Requirement[] = [];
  for (const [file, text] of chapters)
    for (const { section, item } of normativeItems(text)) found.push(readItem(file, section, item));
  checkIds(found);
  return found;
}

function* normativeItems(text: string): Generator<{ section: string; item: string }> {
  let section = '';
  let item = '';
  for (const line of [...text.split('\n'), '']) {
    if (item !== '' && /^ {2}\S/.test(line)) {
      item += ` ${line.trim()}`;
      continue;
    }
    if (item !== '') yield { section, item };
    item = line.startsWith('- <a id=') ? line : '';
    section = /^#+ (\d+(?:\.\d+)*)/.exec(line)?.[1] ?? section;
  }
}

function readItem(file: string, section: string, item: string): Requirement {
  const { anchor, id, role, profile, text } = ITEM.exec(item)?.groups ?? {};
  if (id === undefined || role === undefined || profile === undefined || text === undefined)
    throw new Error(`${file}: not of the form of a normative sentence: ${item}`);
  if (anchor !== id) throw new Error(`${file}: the anchor of ${id} is ${anchor ?? ''}`);
  const levels = text.match(KEYWORDS) ?? [];
  if (levels.length !== 1)
    throw new Error(`${file}: ${id} has ${String(levels.length)} key words, expected one`);
  return {
    id,
    level: levels[0],
    role,
    profile: profile === 'all profiles' ? 'both' : profile,
    section,
    text,
  };
}

function checkIds(requirements: readonly Requirement[]): void {
  const last = new Map<string, string>();
  for (const { id } of requirements) {
    const prefix = id.split('-')[0] ?? '';
    const before = last.get(prefix);
    if (before !== undefined && before >= id) throw new Error(`${id} comes after ${before}`);
    last.set(prefix, id);
  }
}
