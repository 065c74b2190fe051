/** What is not there after a restart, and must be (HTTP-14). */
import { expectThat } from '../../check.ts';
import { reopened } from './changes.ts';
import type { User } from './load.ts';
import type { Signal } from './restart.ts';

/** How many losses a report tells of. */
const TOLD = 5;

/** Everybody logs in again and looks at what they did. @returns what they miss, as sentences */
export async function lossesOf(users: readonly User[]): Promise<readonly string[]> {
  const told = ({ who }: User, losses: readonly string[]): readonly string[] =>
    losses.map((loss) => `${who.account.body.email}: ${loss}`);
  // Links of neighbours are looked at with their sessions, so that accounts come first.
  const closed = await Promise.all(users.map(async (user) => told(user, await reopened(user.who))));
  if (closed.length > 1 && closed.every((losses) => losses.length > 0))
    return ['no account is there: is data kept in memory alone, or not in the folder DATA?'];
  const lost = closed.flat();
  if (lost.length > 0) return lost;
  for (const user of users)
    for (const { losses } of Object.values(user.works)) lost.push(...told(user, await losses()));
  return lost;
}

/** The first of them, and how many there are besides. */
export function tell(losses: readonly string[]): string {
  const more = losses.length - TOLD;
  return [...losses.slice(0, TOLD), ...(more > 0 ? [`and ${String(more)} more`] : [])].join('; ');
}

/** @param sent - what was acknowledged before @throws Failure where something is lost, or there by halves */
export function expectKept(losses: readonly string[], sent: string, signal: Signal): void {
  const how = signal === 'SIGKILL' ? 'killed' : 'told to end';
  expectThat(
    losses.length === 0,
    `the server was ${how} and started again, and has not all that it had acknowledged`,
    {
      sent: `${sent}; then ${signal}`,
      expected:
        'everything that was acknowledged, sessions and starters aside; of what was under way all or nothing where it is one step',
      actual: tell(losses),
    },
  );
}
