/** A story as it goes: what the server must know, the sessions and groups that there were, and everything that was done. */
import { performance } from 'node:perf_hooks';
import { Failure } from '../../check.ts';
import type { Exchange } from '../../peer/exchange.ts';
import { requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import type { Stages } from './calls.ts';
import { explain } from './explain.ts';
import { look } from './look.ts';
import type { Material } from './material.ts';
import { accountOf, NOTHING, type State } from './state.ts';

/** A session that there was, alive or not. */
export interface Session {
  readonly id: string;
  readonly account: string;
}

/** An account that there was, as it signed up. */
export interface Person extends OwnAccount {
  readonly name: string;
}

export interface World {
  readonly bench: ServerBench;
  readonly material: Material;
  /** Part of every address of this story. */
  readonly nonce: string;
  state: State;
  readonly persons: Person[];
  readonly sessions: Session[];
  /** Ids of groups, the oldest first. */
  readonly groups: string[];
  readonly told: string[];
  /** Numbers what is drawn in turn. */
  turn: number;
}

/** A call that is ready to be sent. */
export interface Call {
  /** What is done, for the report. */
  readonly words: string;
  /** Sends it. */
  readonly send: () => Promise<{ readonly answer: Exchange; readonly stages: Stages }>;
}

export const begin = (bench: ServerBench, material: Material, nonce: string): World => ({
  ...{ bench, material, nonce },
  state: NOTHING,
  ...{ persons: [], sessions: [], groups: [], told: [] },
  turn: 0,
});

/**
 * Sends calls side by side, looks at what came of them where it says so, and goes on from what explains the answers.
 *
 * @throws Failure where no order of the calls does; it tells the story
 */
export async function together(
  world: World,
  calls: readonly Call[],
  looks?: 'with what lived' | 'with everything',
): Promise<void> {
  const { bench, told, sessions } = world;
  const ended = sessions.filter(({ id }) => accountOf(world.state, id) === undefined);
  const sent = await Promise.all(
    calls.map(async ({ words, send }) => {
      const began = performance.now();
      const { answer, stages } = await send();
      return { words, answer, stages, began, ended: performance.now() };
    }),
  );
  const lines = sent.map(({ words, answer }) => `${words}: ${String(answer.status)}`);
  if (calls.length > 0) told.push(`${lines.length > 1 ? 'Side by side: ' : ''}${lines.join('; ')}`);
  if (looks !== undefined) told.push('Everybody looks at what there is');
  const looking = sessions.filter((session) => looks === 'with everything' || !ended.includes(session));
  const seen =
    looks === undefined
      ? []
      : await look(
          bench,
          looking.map(({ id }) => id),
          world.groups,
        );
  const { state, unexplained } = explain(world.state, sent, seen);
  if (state !== undefined) {
    world.state = state;
    return;
  }
  const message =
    sent.length > 1
      ? 'no order of calls that ran side by side explains their answers and what is seen afterwards'
      : 'an answer, or what is seen after it, is not what the calls before ask for';
  const answers = sent.map(({ answer }) => `${requestLine(answer)} → ${statusAndBody(answer)}`);
  throw new Failure(message, {
    sent: told.map((words, i) => `${i + 1}. ${words}.`).join('\n'),
    expected: sent.length > 1 ? `an order of the calls; at best: ${unexplained}` : unexplained,
    actual: answers.length > 0 ? answers.join('; ') : 'something else',
  });
}
