/** A client under test that is started again when it is gone, so that one broken verb does not hide the others. */
import { MalformedResult, TargetGone } from '../check.ts';
import type { ClientTarget } from '../target/client-target.ts';

export interface RestartingTarget extends ClientTarget {
  /** How often it was gone. */
  readonly losses: number;
}

/**
 * @param target - the client, which is used on when it is gone; or a function that starts one more of it
 * @param onLoss - told when it is gone, with everything that it held
 */
export function createRestartingTarget(
  target: ClientTarget | (() => ClientTarget),
  onLoss: () => void,
): RestartingTarget {
  const start = typeof target === 'function' ? target : () => target;
  let current = start();
  let losses = 0;
  return {
    label: current.label,
    get losses() {
      return losses;
    },
    async call(verb, params) {
      try {
        return await current.call(verb, params);
      } catch (error) {
        if (error instanceof TargetGone && !(error instanceof MalformedResult)) {
          losses++;
          await current.close();
          current = start();
          onLoss();
        }
        throw error;
      }
    },
    close: () => current.close(),
  };
}
