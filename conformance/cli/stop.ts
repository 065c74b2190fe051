/** Being told to stop by the system or at the keyboard. */

/** Waits for SIGINT or SIGTERM. The next one then does what it does by itself: it ends the process at once. */
export async function toldToStop(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  await new Promise<void>((told) => {
    const stop = (): void => {
      for (const signal of signals) process.off(signal, stop);
      told();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}
