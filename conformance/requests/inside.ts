/** What an answer tells of the inside of a server and must not (ERROR-04): stack traces, and paths of files. */
import type { Exchange } from '../peer/exchange.ts';

/** What programs write where they fail. A time, such as `at 12:30:45`, or a host with a port is nothing of it. */
const TRACES: readonly RegExp[] = [
  /\bat .{0,200}[a-z>]:\d+:\d+/gi, // JavaScript
  /\.[cm]?[jt]sx?:\d|node_modules|node:internal|file:\/\//g,
  /Traceback \(most recent call last\)|\bFile "[^"]+", line \d/g, // Python
  /\bgoroutine \d+ \[|\.go:\d+|\bpanic: runtime error\b/g, // Go
  /\bat [\w$.<>]+\([\w$]+\.(?:java|kt|scala):\d+\)/g, // Java
  /\.(?:rb|php|cs|java|kt|exs?):\d+\b|\.(?:rs|py):\d+:\d+|\.(?:php|cs:?|vb:?) ?(?:on )?line \d/g,
  /\bthread '[^']+' panicked at\b/g, // Rust
];

const BEFORE = '(?<=^|[\\s"\'`(=:])';

/** Folders of machines. What may begin the path of a URL too, such as `/app`, counts where a file of a program follows. */
const PATHS: readonly RegExp[] = [
  new RegExp(`${BEFORE}/(?:usr|home|opt|var|srv|root|etc|tmp|mnt|proc|Users|private/var)/[\\w.-]+`, 'g'),
  new RegExp(
    `${BEFORE}(?:/[\\w.@-]+)+\\.(?:[cm]?[jt]sx?|py|rb|go|java|class|jar|php|rs|cs|exs?|dll|so|db|sqlite3?|sock|log|env|conf|ini)\\b`,
    'g',
  ),
  new RegExp(`${BEFORE}[A-Z]:\\\\\\\\?\\w+`, 'g'),
];

/** Headers in which a path is that of a URL. */
const OF_URLS =
  /^(?:(?:content-)?location|link|set-cookie|content-security-policy.*|report-to|reporting-endpoints|alt-svc|sourcemap|refresh)$/;

/**
 * The first sign of an inside in the body or a header of an answer; undefined where there is none.
 *
 * @param said - whether the request says it itself, so that an answer may repeat it
 */
export function insideIn(
  { responseBody, responseHeaders }: Pick<Exchange, 'responseBody' | 'responseHeaders'>,
  said: (text: string) => boolean = () => false,
): string | undefined {
  const headers = Object.entries(responseHeaders);
  const isOfFiles = ([name]: readonly [string, string]): boolean => !OF_URLS.test(name);
  const texts = (some: typeof headers): readonly string[] => [
    responseBody,
    ...some.map(([, value]) => value),
  ];
  const signs = [...signsIn(texts(headers), TRACES), ...signsIn(texts(headers.filter(isOfFiles)), PATHS)];
  return signs.find((sign) => !said(sign));
}

const signsIn = (texts: readonly string[], patterns: readonly RegExp[]): readonly string[] =>
  texts.flatMap((text) => patterns.flatMap((pattern) => text.match(pattern) ?? []));
