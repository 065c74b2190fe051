/** The result file that `--json` writes, as `spec/schemas/result.schema.json` says. */
import { writeFileSync } from 'node:fs';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { Indication } from '../indication.ts';
import { packageInfo } from '../package-info.ts';
import type { CheckResult, Summary } from '../verdict.ts';

/** What was judged. */
export interface JudgedTarget {
  readonly kind: 'client' | 'server' | 'self';
  readonly name: string;
  readonly version?: string;
  readonly command?: readonly string[];
  readonly url?: string;
}

export interface ResultFile {
  readonly suite: { readonly name: string; readonly version: string };
  readonly version: string;
  readonly target: JudgedTarget;
  /** `all` where the run covered every profile. */
  readonly profile: string;
  readonly seed: number;
  readonly checks: readonly CheckResult[];
  /** What was measured of a server. */
  readonly indications?: readonly Indication[];
  readonly summary: Summary;
}

export function createResultFile(
  run: Pick<ResultFile, 'target' | 'profile' | 'seed' | 'checks' | 'indications' | 'summary'>,
): ResultFile {
  const { name, version } = packageInfo;
  return { suite: { name, version }, version: protocol.version, ...run };
}

export function writeResultFile(path: string, result: ResultFile): void {
  writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
}
