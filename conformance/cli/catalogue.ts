/** `e2ee-sync list` and `e2ee-sync explain ID`: requirements and the checks that judge them. */
import { coverage, listedChecks, listedFaults, listedMistakes, listedRequirements } from '../catalogue.ts';
import { formatRequirement } from '../report/text.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';

export function list({ json = false }: { readonly json?: boolean }): ExitStatus {
  if (json) {
    const all = {
      requirements: listedRequirements,
      checks: listedChecks,
      faults: listedFaults,
      mistakes: listedMistakes,
    };
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return EXIT.conformant;
  }
  for (const { id, title } of listedChecks) process.stdout.write(`${id.padEnd(40)} ${title}\n`);
  process.stdout.write(`\n${listedChecks.length} checks; ${coverage()}\n`);
  return EXIT.conformant;
}

export function explain(id: string): ExitStatus {
  const text = explainCheck(id) ?? explainRequirement(id.toUpperCase());
  if (text === undefined) {
    process.stderr.write(`error: there is no check and no requirement ${id}; e2ee-sync list shows all\n`);
    return EXIT.usage;
  }
  process.stdout.write(`${text}\n`);
  return EXIT.conformant;
}

function explainCheck(id: string): string | undefined {
  const check = listedChecks.find((item) => item.id === id);
  if (check === undefined) return undefined;
  const twin = check.negative ? ['Before it, the same exchange without the fault must succeed.'] : [];
  const requirements = check.requirements.map(formatRequirement);
  return [
    `${check.id}: judges a ${check.role}`,
    check.title,
    ...twin,
    '',
    'Requirements:',
    ...requirements,
  ].join('\n');
}

function explainRequirement(id: string): string | undefined {
  const found = listedRequirements.find((item) => item.id === id);
  if (found === undefined) return undefined;
  const role = found.role === 'both' ? 'client and server' : found.role;
  const profile = found.profile === 'both' ? 'every' : found.profile;
  const section = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : ['', `${title}:`, ...items.map((item) => `  ${item}`)];
  const isExcluded = found.checks.length === 0 && found.excluded !== null;
  return [
    formatRequirement(id).trim(),
    `  for: ${role}; profile: ${profile}`,
    ...(isExcluded
      ? section('Why no check', [found.excluded])
      : section('Checks', found.checks.length > 0 ? found.checks : ['none'])),
    ...section('Vectors', found.vectors),
    ...section('Faults that break it', found.faults),
  ].join('\n');
}
