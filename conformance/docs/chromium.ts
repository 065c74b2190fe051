/** Where Chromium is on this machine; CHROMIUM can name another place. */
import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of the program; undefined where there is none. */
export const chromiumPath: string | undefined =
  process.env['CHROMIUM'] ?? places.find((place) => existsSync(place));
