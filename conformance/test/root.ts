/** Where the sources are: tests run compiled, in a folder of their own. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The folder of the package, without a slash at its end. */
export const root = dirname(createRequire(import.meta.url).resolve('e2ee-sync/package.json'));
