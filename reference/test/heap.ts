/** How much memory is in use, after everything that can go is gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** MiB of the heap and of what lies beside it, such as bytes. */
export async function heapInUse(): Promise<number> {
  for (let i = 0; i < 2; i++) {
    gc();
    await new Promise((done) => setImmediate(done));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}
