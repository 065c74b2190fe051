/** JSON as Prettier lays it out in the files of `spec/`. */
import { join } from 'node:path';
import { format, resolveConfig, type Options } from 'prettier';
import { specFolder } from '../schemas.ts';

let options: Promise<Options> | undefined;

/**
 * A JSON text with its final newline.
 *
 * @param indent - how many columns stand in front of every line
 */
export async function formatJson(value: unknown, indent = 0): Promise<string> {
  options ??= resolveConfig(join(specFolder, 'story.json')).then((found) => found ?? {});
  const { printWidth = 80, ...rest } = await options;
  return format(JSON.stringify(value), { ...rest, parser: 'json', printWidth: printWidth - indent });
}
