/** `e2ee-sync doctor [options] -- COMMAND…`: what an adapter declares, what works, what is missing, what to do next. */
import type { ProfileName } from '../../reference/index.ts';
import { TargetGone } from '../check.ts';
import { examine } from '../doctor/examine.ts';
import { isUnwell, type VerbFinding } from '../doctor/finding.ts';
import { describe } from '../judge.ts';
import { printable } from '../report/text.ts';
import { LIMITS } from '../target/limits.ts';
import { createProcessTarget } from '../target/process-target.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';
import { shellWord } from './shell.ts';

export interface DoctorOptions {
  readonly profile?: ProfileName;
  /** Milliseconds that one call may take. */
  readonly timeout?: number;
}

export async function doctor(command: readonly string[], options: DoctorOptions): Promise<ExitStatus> {
  const { timeout = LIMITS.timeout.value } = options;
  const start = () => createProcessTarget({ command, timeout });
  const words = command.map(shellWord).join(' ');
  let status: ExitStatus = EXIT.conformant;
  try {
    for (const profile of await profilesOf(start(), options.profile)) {
      print(`Examining ${words} in ${profile}\n\n${line(HEAD)}`);
      const findings: VerbFinding[] = [];
      for await (const finding of examine(start, { profile })) {
        findings.push(finding);
        print(line(columnsOf(finding)));
      }
      if (findings.some(isUnwell)) status = EXIT.notConformant;
      print(`\n${summary(findings)}\n${nextSteps(findings, profile, words)}\n`);
    }
    return status;
  } catch (error) {
    if (!(error instanceof TargetGone)) throw error;
    print(`\nThe client could not be run to the end: ${error.message}\n`);
    print('Next: mend that first; conformance/ADAPTER.md says what an adapter reads and prints.\n');
    return EXIT.target;
  }
}

/** One profile, or all that the client declares. */
async function profilesOf(
  target: ReturnType<typeof createProcessTarget>,
  profile: ProfileName | undefined,
): Promise<readonly ProfileName[]> {
  try {
    return profile === undefined ? (await describe(target)).profiles : [profile];
  } finally {
    await target.close();
  }
}

const print = (text: string): void => void process.stdout.write(printable(text));

type Columns = readonly [use: string, capability: string, declared: string, state: string, came: string];

const HEAD: Columns = ['verb', 'capability', 'declared', 'state', 'what came'];

const columnsOf = ({ use, capability, declared, state, came }: VerbFinding): Columns => [
  ...([use, capability, declared ? 'yes' : 'no'] as const),
  ...([isUnwell({ state } as VerbFinding) ? state.toUpperCase() : state, came] as const),
];

const line = ([use, capability, declared, state, came]: Columns): string =>
  `${use.padEnd(33)} ${capability.padEnd(16)} ${declared.padEnd(8)} ${state.padEnd(10)} ${came}\n`;

/** `16 work, 1 broken, 5 absent` */
function summary(findings: readonly VerbFinding[]): string {
  const states = ['works', 'broken', 'blocked', 'undeclared', 'absent'] as const;
  const counts = states.map(
    (state) => [state, findings.filter((one) => one.state === state).length] as const,
  );
  const named = counts.filter(([state, count]) => count > 0 || state === 'works');
  return named.map(([state, count]) => `${count} ${state === 'works' ? 'work' : state}`).join(', ');
}

/** What to do, the broken first; where nothing is broken, the suite. */
function nextSteps(findings: readonly VerbFinding[], profile: ProfileName, words: string): string {
  const steps = [...findings.filter(isUnwell), ...findings.filter((finding) => !isUnwell(finding))]
    .flatMap(({ next }) => next ?? [])
    .map((next) => `Next: ${next}\n`);
  const judge = `Next: e2ee-sync test client --profile ${profile} -- ${words}\n`;
  return [...new Set(steps), ...(findings.some(isUnwell) ? [] : [judge])].join('');
}
