/**
 * Puts the generated parts into the chapters. A part stands between the lines `<!-- generated: NAME -->` and
 * `<!-- /generated -->`; everything else is left as it is.
 */

const BEGIN = /^<!-- generated: (\S.*?) -->$/;
const END = '<!-- /generated -->';

/**
 * @param chapters - file name → text
 * @param parts - name → what stands between its markers
 * @returns file name → text with its parts
 * @throws Error in words for a marker that nothing generates, one without its end, an end without its
 * beginning, a name that stands twice, and a part that no marker asks for
 */
export function fillMarkers(
  chapters: ReadonlyMap<string, string>,
  parts: ReadonlyMap<string, string>,
): Map<string, string> {
  const places = new Map<string, string>();
  const filled = new Map<string, string>();
  for (const [file, text] of chapters) filled.set(file, fill(file, text, parts, places));
  for (const name of parts.keys())
    if (!places.has(name)) throw new Error(`no chapter has the marker <!-- generated: ${name} -->`);
  return filled;
}

function fill(
  file: string,
  text: string,
  parts: ReadonlyMap<string, string>,
  places: Map<string, string>,
): string {
  const lines: string[] = [];
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const name = BEGIN.exec(line)?.[1];
    if (name !== undefined) {
      if (open !== undefined) throw new Error(`${file}: generated: ${open} has no ${END}`);
      open = name;
      lines.push(line, '', partNamed(name, file, parts, places), '');
    } else if (line === END) {
      if (open === undefined) throw new Error(`${file}: ${END} without a beginning`);
      open = undefined;
      lines.push(line);
    } else if (open === undefined) lines.push(line);
  }
  if (open !== undefined) throw new Error(`${file}: generated: ${open} has no ${END}`);
  return lines.join('\n');
}

function partNamed(
  name: string,
  file: string,
  parts: ReadonlyMap<string, string>,
  places: Map<string, string>,
): string {
  const part = parts.get(name);
  if (part === undefined)
    throw new Error(`${file}: nothing generates ${name}; there are ${[...parts.keys()].sort().join(', ')}`);
  const before = places.get(name);
  if (before !== undefined) throw new Error(`generated: ${name} stands in ${before} and again in ${file}`);
  places.set(name, file);
  return part;
}
