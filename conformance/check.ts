/** What a check is, and how it says that something is wrong. */
import type { ProfileName, SchemaFault } from '../reference/index.ts';
import type { Diagnosed } from '../spec/diagnose/explanation.ts';

/**
 * One judgement over a bench: everything a role can be judged by. A check that something is refused has a
 * `twin`, the same exchange without the fault, which runs first and must succeed.
 */
export interface Check<Bench> {
  /** Unique and stable, for example `client.login.M1`. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  /** Ids of `spec/requirements.json`. */
  readonly requirements: readonly string[];
  /** The capabilities that a target must declare for it; every target has `account`. */
  readonly needs?: string | readonly string[];
  /** The profile that it applies to, where it is only one. */
  readonly profile?: ProfileName;
  /** Whether it looks back on the whole run: it is judged when every other check is done. */
  readonly closing?: boolean;
  /** What it does that a server which others use is spared, as the end of a sentence: `it sends bodies of 16 MiB`. */
  readonly floods?: string;
  /** The same exchange without the fault, for a check that something is refused. */
  readonly twin?: (bench: Bench) => Promise<unknown>;
  /** Judges. @throws Failure, Blocked, TargetGone */
  readonly run: (bench: Bench) => Promise<void>;
}

/** Finds the known mistake that explains a difference; undefined where none does. */
export type Explain = () => Diagnosed | undefined | Promise<Diagnosed | undefined>;

/** What a failing check found. */
export interface Finding {
  /** What was sent, or typed. */
  readonly sent?: string | undefined;
  /** What the specification asks for. */
  readonly expected: string;
  /** What came instead. */
  readonly actual: string;
  /** The known mistake that explains the difference. */
  readonly diagnosis?: Diagnosed | undefined;
  /** Asked for it when the check is over, where it takes a while to find: what the target waits for is answered meanwhile. */
  readonly explain?: Explain | undefined;
  /** Seed and path of the case, where the check ran several. */
  readonly path?: string | undefined;
}

/** The target does not do what a requirement says. */
export class Failure extends Error {
  /** What was found. */
  readonly finding: Finding;
  constructor(message: string, finding: Finding) {
    super(message);
    this.name = 'Failure';
    this.finding = finding;
  }
}

/** What a check builds on did not work, so that it can say nothing. */
export class Blocked extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Blocked';
  }
}

/** The server limits attempts (9.8): nothing is said of what it answered with 429. */
export class Limited extends Blocked {
  constructor(what: string) {
    super(`the server answered ${what} with 429: run again later, or with a higher limit`);
    this.name = 'Limited';
  }
}

/** The target or its adapter cannot be run, or stopped running: the run ends (exit status 3). */
export class TargetGone extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TargetGone';
  }
}

/** The target answered with a result that is not as the schema of the verb says; it may still run. */
export class MalformedResult extends TargetGone {
  /** What is wrong, and where: a JSON pointer into the result. */
  readonly fault: SchemaFault;
  constructor(message: string, fault: SchemaFault) {
    super(message);
    this.name = 'MalformedResult';
    this.fault = fault;
  }
}

/** Long values are cut in the middle: the ends are what one compares by eye. */
export function shorten(text: string, most = 160): string {
  return text.length <= most
    ? text
    : `${text.slice(0, most / 2)} … ${text.slice(-most / 4)} (${String(text.length)} characters)`;
}

/** What is known besides of two values that should be the same. */
export type Circumstances = Pick<Finding, 'sent' | 'explain'>;

/** Fails unless the two are the same text. */
export function expectSame(
  what: string,
  expected: string,
  actual: string,
  { sent, explain }: Circumstances = {},
): void {
  if (expected === actual) return;
  throw new Failure(`${what} is not the value that the specification gives`, {
    sent,
    expected: `${what} ${shorten(expected)}`,
    actual: `${what} ${shorten(actual)}`,
    explain,
  });
}

/** What a check or a row of a table holds a target to. */
export type Rule = Pick<Check<never>, 'title' | 'requirements'>;

/**
 * What a target did, and what holds instead, with the first of its requirements.
 *
 * @example
 * against('the client reported a login', row); // the client reported a login, but a client refuses an empty M2 (SRP-31)
 */
export function against(did: string, { title, requirements }: Rule): string {
  const rule = title.replace(/\.$/, '').replace(/^A /, 'a ');
  return `${did}, but ${rule} (${requirements[0] ?? ''})`;
}

/** Fails unless the condition holds. */
export function expectThat(holds: boolean, message: string, finding: Finding): asserts holds {
  if (!holds) throw new Failure(message, finding);
}
