/** Reading the values of options; a wrong one is a usage error (exit status 2). */
import { InvalidArgumentError } from 'commander';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { isSmtpUrl, type ProfileName } from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { Baseline } from '../baseline.ts';

export const PROFILES = protocol.profiles as readonly ProfileName[];

/** The profile in which a server is judged where nothing else is said. */
export const SERVER_PROFILE: ProfileName = 'documented';

/** Reads a profile; of two, which one was meant is anybody's guess. */
export function oneProfile(): (text: string) => ProfileName {
  let given = false;
  return (text) => {
    const profile = PROFILES.find((name) => name === text);
    if (profile === undefined) throw new InvalidArgumentError(`Allowed choices are ${PROFILES.join(', ')}.`);
    if (given) throw new InvalidArgumentError('It was given twice: run once for each profile.');
    given = true;
    return profile;
  };
}

/** How many processes of a client run side by side where nothing else is said. */
export const defaultJobs = Math.min(4, availableParallelism());

/** A whole number within bounds. */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${String(least)} to ${String(most)}.`);
  };

/** An http or https URL that paths can be appended to (9.1). */
export function url(text: string): string {
  const { protocol = '', username = '', password = '' } = URL.canParse(text) ? new URL(text) : {};
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '')
    throw new InvalidArgumentError(
      'Expected a URL that starts with http:// or https://, without a user name in it.',
    );
  if (/[?#]/.test(text))
    throw new InvalidArgumentError(
      'A base URL has no query and no fragment: leave out what begins with ? or #.',
    );
  return text;
}

/** Where the suite is to listen as a mail server. */
export function sinkUrl(text: string): string {
  const { protocol = '', hostname = '', port = '' } = URL.canParse(text) ? new URL(text) : {};
  if (protocol === 'smtp:' && hostname !== '' && port !== '') return text;
  throw new InvalidArgumentError('Expected a URL with a port, such as smtp://127.0.0.1:2525.');
}

/** Names separated by commas. */
export const names = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** The URL of a mail server. */
export function smtpUrl(text: string): string {
  if (isSmtpUrl(text)) return text;
  throw new InvalidArgumentError('Expected a URL such as smtp://127.0.0.1:2525.');
}

/** An address that mail can come from. */
export function mailAddress(text: string): string {
  if (/^[^\s@<>]+@[^\s@<>]+$/.test(text)) return text;
  throw new InvalidArgumentError('Expected an address such as no-reply@example.com.');
}

/** The domain of addresses, in ASCII. */
export function domain(text: string): string {
  if (/^(?=.{1,180}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(text)) return text;
  throw new InvalidArgumentError('Expected a domain such as mail.example.org.');
}

/** The baseline in a file. */
export function baselineFile(path: string): Baseline {
  const baseline = jsonFile(path) as Partial<Baseline>;
  const { profile, expectedFailures } = baseline;
  if (
    typeof profile === 'string' &&
    typeof expectedFailures === 'object' &&
    (expectedFailures as unknown) !== null
  )
    return baseline as Baseline;
  throw new InvalidArgumentError(
    'Expected a baseline: {"target", "profile", "expectedFailures": {check id: reason}}.',
  );
}

/** The JSON in a file, or on standard input for `-`. */
export function jsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8')) as unknown;
  } catch (error) {
    throw new InvalidArgumentError(`${path === '-' ? 'standard input' : path}: ${(error as Error).message}`);
  }
}

/** A file that can be written: found out before a long run, not after it. */
export function writableFile(path: string): string {
  try {
    closeSync(openSync(path, 'a'));
    return path;
  } catch (error) {
    throw new InvalidArgumentError(`${path} cannot be written: ${(error as Error).message}`);
  }
}
