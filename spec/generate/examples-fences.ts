/**
 * Puts the examples into the chapters. One stands in a block of code that begins with `json schema=NAME`, and with
 * `json schema=NAME example=WHICH` where it is not the first of its schema.
 */
import { formatJson } from './examples-format.ts';
import type { Examples } from './examples.ts';

const FENCE = /^(?<indent> *)```json schema=(?<schema>\S+)(?: example=(?<which>\S+))?\n.*?^ *```$/gms;

/**
 * @param chapters - file name → text
 * @returns file name → text with its examples
 * @throws Error in words for an example that the story does not have
 */
export async function fillFences(
  chapters: ReadonlyMap<string, string>,
  examples: Examples,
): Promise<Map<string, string>> {
  const filled = new Map<string, string>();
  for (const [file, text] of chapters) filled.set(file, await fill(file, text, examples));
  return filled;
}

async function fill(file: string, text: string, examples: Examples): Promise<string> {
  const pieces: string[] = [];
  let end = 0;
  for (const { 0: block, index, groups = {} } of text.matchAll(FENCE)) {
    const { indent = '', schema = '', which } = groups;
    const named = examples.get(schema);
    const example = which === undefined ? [...(named?.values() ?? [])][0] : named?.get(which);
    if (example === undefined)
      throw new Error(
        `${file}: the story has no example of ${schema}${which === undefined ? '' : ` named ${which}`}`,
      );
    const json = await formatJson(example.value, indent.length);
    const first = block.slice(0, block.indexOf('\n'));
    const lines = json
      .trimEnd()
      .split('\n')
      .map((line) => indent + line);
    pieces.push(text.slice(end, index), [first, ...lines, `${indent}\`\`\``].join('\n'));
    end = index + block.length;
  }
  return [...pieces, text.slice(end)].join('');
}
