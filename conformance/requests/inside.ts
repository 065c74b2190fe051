/** What an answer tells of the inside of a server and must not (ERROR-04): stack traces, and paths of files. */

const SIGNS: readonly RegExp[] = [
  /\bat .{0,200}:\d+:\d+/, // JavaScript
  /\.[jt]s:\d|node_modules|node:internal|file:\/\//,
  /Traceback \(most recent call last\)|\bFile "[^"]+", line \d/, // Python
  /\bgoroutine \d+ \[|\.go:\d+/, // Go
  /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/, // Java
  /\.(?:rb|php|rs|py|cs):\d+\b|\.php on line \d/,
  /(?:^|[\s"'(=])(?:\/(?:usr|home|opt|var|srv|app|root)\/\w|[A-Z]:\\\\?\w)/,
];

/** The first sign of an inside in a text; undefined where there is none. */
export const insideIn = (text: string): string | undefined =>
  SIGNS.map((sign) => sign.exec(text)?.[0]).find((found) => found !== undefined);
