/** `e2ee-sync list` and `e2ee-sync explain ID`: requirements and the checks that judge them. */
import login from '../../vectors/login.json' with { type: 'json' };
import { clientChecks } from '../client/checks.ts';
import { exclusions } from '../exclusions.ts';
import { clientFaults } from '../faults/client-faults.ts';
import { serverFaults } from '../faults/server-faults.ts';
import { allRequirements } from '../requirements.ts';
import { formatRequirement } from '../report/text.ts';
import { serverChecks } from '../server/checks.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';

/** A check as the catalogue shows it. */
interface ListedCheck {
  readonly id: string;
  readonly title: string;
  readonly role: 'client' | 'server';
  readonly requirements: readonly string[];
  readonly negative: boolean;
}

const checks: readonly ListedCheck[] = [
  ...clientChecks.map((check) => ({ ...listed(check), role: 'client' as const })),
  ...serverChecks.map((check) => ({ ...listed(check), role: 'server' as const })),
];

function listed({
  id,
  title,
  requirements,
  twin,
}: {
  id: string;
  title: string;
  requirements: readonly string[];
  twin?: unknown;
}) {
  return { id, title, requirements, negative: twin !== undefined };
}

const checksOf = (id: string): string[] =>
  checks.filter(({ requirements }) => requirements.includes(id)).map((check) => check.id);

/** A fault as the catalogue shows it. */
interface ListedFault {
  readonly id: string;
  readonly title: string;
  readonly role: 'client' | 'server';
  readonly requirement: string;
}

const faults: readonly ListedFault[] = [
  ...clientFaults.map(({ id, title, requirement }) => ({
    id: `client.${id}`,
    title,
    role: 'client' as const,
    requirement,
  })),
  ...serverFaults.map(({ id, title, requirement }) => ({
    id: `server.${id}`,
    title,
    role: 'server' as const,
    requirement,
  })),
];

const faultsOf = (id: string): string[] =>
  faults.filter(({ requirement }) => requirement === id).map((fault) => fault.id);

/** Vector families say which requirements they bear on. */
const vectorsOf = (id: string): string[] =>
  [login].filter(({ requirements }) => requirements.includes(id)).map(({ family }) => family);

export function list({ json = false }: { readonly json?: boolean }): ExitStatus {
  if (json) {
    const requirements = allRequirements.map((item) => ({
      ...item,
      checks: checksOf(item.id),
      vectors: vectorsOf(item.id),
      faults: faultsOf(item.id),
      excluded: exclusions[item.id] ?? null,
    }));
    process.stdout.write(`${JSON.stringify({ requirements, checks, faults, mistakes: [] }, null, 2)}\n`);
    return EXIT.conformant;
  }
  for (const { id, title } of checks) process.stdout.write(`${id.padEnd(40)} ${title}\n`);
  const bound = allRequirements.filter(({ id }) => checksOf(id).length > 0).length;
  process.stdout.write(
    `\n${checks.length} checks; ${bound} of ${allRequirements.length} requirements have one so far\n`,
  );
  return EXIT.conformant;
}

export function explain(id: string): ExitStatus {
  const check = checks.find((item) => item.id === id);
  const wanted = id.toUpperCase();
  const found = allRequirements.find((item) => item.id === wanted);
  if (check !== undefined) {
    const twin = check.negative ? '\nBefore it, the same exchange without the fault must succeed.' : '';
    const rows = check.requirements.map(formatRequirement).join('\n');
    process.stdout.write(
      `${check.id}: judges a ${check.role}\n${check.title}${twin}\n\nRequirements:\n${rows}\n`,
    );
  } else if (found !== undefined) {
    const judges = checksOf(wanted).map((name) => `  ${name}`);
    const binds = `for: ${found.role === 'both' ? 'client and server' : found.role}; profile: ${found.profile === 'both' ? 'every' : found.profile}`;
    process.stdout.write(
      `${formatRequirement(wanted).trim()}\n  ${binds}\n\nChecks:\n${judges.join('\n') || '  none so far'}\n`,
    );
  } else {
    process.stderr.write(`error: there is no check and no requirement ${id}; e2ee-sync list shows all\n`);
    return EXIT.usage;
  }
  return EXIT.conformant;
}
