/** Everything that the suite judges by: requirements, checks, faults and vectors, each with what it is bound to. */
import mistakes from '../spec/mistakes.json' with { type: 'json' };
import type { ProfileName } from '../reference/index.ts';
import type { Check } from './check.ts';
import { clientChecks } from './client/checks.ts';
import { exclusions } from './exclusions.ts';
import { clientFaults } from './faults/client-faults.ts';
import { serverFaults } from './faults/server-faults.ts';
import { allRequirements, type Requirement } from './requirements.ts';
import { serverChecks } from './server/checks.ts';
import { vectorFiles } from './vectors/files.ts';
import type { Role } from './verdict.ts';

/** A check, without the code that runs it. */
export interface ListedCheck {
  readonly id: string;
  readonly title: string;
  readonly role: Role;
  readonly requirements: readonly string[];
  /** The profile that it applies to, where it is only one; null otherwise. */
  readonly profile: ProfileName | null;
  /** Whether it says that something is refused; then an accepting twin runs first. */
  readonly negative: boolean;
}

/** A fault, without the code that makes it. */
export interface ListedFault {
  readonly id: string;
  readonly title: string;
  readonly role: Role;
  readonly requirement: string;
}

/** A requirement with all that bears on it. */
export interface ListedRequirement extends Requirement {
  readonly checks: readonly string[];
  /** Families of vectors. */
  readonly vectors: readonly string[];
  readonly faults: readonly string[];
  /** Why no check can judge it, where none can. */
  readonly excluded: string | null;
}

const listed =
  (role: Role) =>
  (check: Check<never>): ListedCheck => ({
    id: check.id,
    title: check.title,
    role,
    requirements: check.requirements,
    profile: check.profile ?? null,
    negative: check.twin !== undefined,
  });

export const listedChecks: readonly ListedCheck[] = [
  ...clientChecks.map(listed('client')),
  ...serverChecks.map(listed('server')),
];

export const listedFaults: readonly ListedFault[] = [
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

/** A known mistake that a wrong value is traced to. */
export interface ListedMistake {
  readonly id: string;
  readonly title: string;
  readonly section: string;
  readonly requirement: string;
}

export const listedMistakes: readonly ListedMistake[] = mistakes.mistakes.map(
  ({ id, title, section, requirement }) => ({ id, title, section, requirement }),
);

const families = [...vectorFiles().values()];

export const listedRequirements: readonly ListedRequirement[] = allRequirements.map((item) => ({
  ...item,
  checks: listedChecks.filter(({ requirements }) => requirements.includes(item.id)).map(({ id }) => id),
  vectors: families.filter(({ requirements }) => requirements.includes(item.id)).map(({ family }) => family),
  faults: listedFaults.filter(({ requirement }) => requirement === item.id).map(({ id }) => id),
  excluded: exclusions[item.id] ?? null,
}));

/** How many checks there are for these roles in each profile, in a sentence; which of them are run is another matter. */
export function sizeOf(roles: readonly Role[], profiles: readonly ProfileName[]): string {
  const sizes = roles.flatMap((role) =>
    profiles.map((profile) => {
      const own = listedChecks.filter(
        (check) => check.role === role && (check.profile ?? profile) === profile,
      );
      return `${own.length} of a ${role} in ${profile}`;
    }),
  );
  return `Checks: ${sizes.join(', ')}`;
}

/** How many requirements are judged, how many cannot be, and how many are left, in a sentence. */
export function coverage(requirements: readonly ListedRequirement[] = listedRequirements): string {
  const others = requirements.filter(({ checks }) => checks.length === 0);
  const excluded = others.filter((item) => item.excluded !== null).length;
  const left = others.length - excluded;
  return [
    `${requirements.length - others.length} of the ${requirements.length} requirements have a check`,
    ...(excluded > 0
      ? [`${excluded} have a reason why none can judge them: e2ee-sync explain ID gives it`]
      : []),
    ...(left > 0 ? [`${left} have neither`] : []),
  ].join('; ');
}
