/** Tables, code and paragraphs in Markdown, laid out as Prettier lays them out. */

/** A table; the columns are as wide as their widest cell. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows].map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = header.map((_, column) => Math.max(3, ...lines.map((cells) => width(cells[column]))));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((size, column) => pad(cells[column] ?? '', size)).join(' | ')} |`;
  const rule = line(widths.map((size) => '-'.repeat(size)));
  const [first = [], ...rest] = lines;
  return [line(first), rule, ...rest.map(line)].join('\n');
}

const width = (cell = ''): number => Array.from(cell).length;
const pad = (cell: string, size: number): string => cell + ' '.repeat(size - width(cell));

/** A block of code in a language, or of plain `text`. */
export function block(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}

export const code = (text: string): string => `\`${text}\``;

/** Names as code, with commas between. */
export const codes = (names: Iterable<string>): string => [...names].map(code).join(', ');

/** Prose in which characters that Markdown gives a meaning to stand for themselves. */
export const prose = (text: string): string => text.replace(/(?<=^|\s)[*_](?=\s|$)/g, '\\$&');

/** Prose in lines of at most 110 characters; `hang` stands in front of every line but the first. */
export function wrap(text: string, hang = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width(line) + 1 + width(word) > 110) {
      lines.push(line);
      line = hang + word;
    } else line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
