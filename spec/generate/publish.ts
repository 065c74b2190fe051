/** Writes generated files, or says which are stale. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * @param files - path → text
 * @param check - true: write nothing, fail where a file is stale
 * @param remedy - the command that makes them fresh
 * @returns the exit status
 */
export function publish(files: ReadonlyMap<string, string>, check: boolean, remedy: string): 0 | 1 {
  const stale = [...files].filter(([path, text]) => readIfThere(path) !== text);
  if (check) {
    for (const [path] of stale) process.stderr.write(`${basename(path)} is stale: run ${remedy}\n`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const [path, text] of stale) writeFileSync(path, text);
  process.stdout.write(`${stale.length} of ${files.size} generated files written\n`);
  return 0;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
