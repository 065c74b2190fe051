/** How many of several mistakes are named, of all that somebody can see; each role and profile is held to the least by itself. */
import type { Telling } from './telling.ts';

/** Of those that count. */
export const LEAST = 0.95;

export interface Share {
  readonly named: number;
  /** Without those that are no faults, or cannot be built. */
  readonly all: number;
}

export function shareOf(tellings: readonly Telling[]): Share {
  const counting = tellings.filter((telling) => telling !== 'no fault' && telling !== 'cannot be built');
  return { named: counting.filter((telling) => telling === 'named').length, all: counting.length };
}

/** Whether enough are named. Of none, nothing can be said, and so it is not enough. */
export const isEnough = ({ named, all }: Share, least = LEAST): boolean => all > 0 && named >= least * all;

/** `730 of 736 (99.1 %)` */
export const formatShare = ({ named, all }: Share): string =>
  `${named} of ${all}${all === 0 ? '' : ` (${Math.floor((1000 * named) / all) / 10} %)`}`;
