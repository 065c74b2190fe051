/** Name and version of this package, whether the code runs from its sources or from the build. */
import { createRequire } from 'node:module';

export const packageInfo = createRequire(import.meta.url)('e2ee-sync/package.json') as {
  readonly name: string;
  readonly version: string;
};
