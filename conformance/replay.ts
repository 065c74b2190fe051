/** The command that runs one check again. */
import type { ProfileName } from '../reference/index.ts';
import type { RunOptions } from './run.ts';

/** @param command - the words that come before and after the options of a replay */
export const replayBy =
  (
    [before, after]: readonly [before: string, after: string],
    { profile, seed }: { readonly profile: ProfileName; readonly seed: number },
  ): RunOptions['replay'] =>
  (id, path) => {
    const oneCase = path === undefined ? '' : ` --path ${path}`;
    return `${before} --profile ${profile} --seed ${String(seed)} --only ${id}${oneCase}${after}`;
  };
