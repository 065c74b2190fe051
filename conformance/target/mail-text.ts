/** What a person reads in a mail, however it is encoded (RFC 5322, RFC 2045 to 2049). */
import PostalMime from 'postal-mime';

/** A mail, decoded. */
export interface ReadMail {
  /** Every header, each in one line. */
  readonly headers: readonly string[];
  /** Its plain text; where it has none, its HTML as lines, with the target of each link on one of its own. */
  readonly text: string;
}

/** Reads a message; what is none, such as the text alone, is the text. */
export async function readMail(raw: string | Uint8Array<ArrayBuffer>): Promise<ReadMail> {
  const { headerLines, text, html } = await PostalMime.parse(raw);
  const headers = headerLines.map(({ line }) => line.replaceAll(/\r?\n[ \t]+/g, ' '));
  const read = text ?? (html === undefined ? Buffer.from(raw).toString() : linesOf(html));
  return { headers, text: read.replaceAll('\r\n', '\n') };
}

const linesOf = (html: string): string =>
  html
    .replaceAll(/<a\s[^>]*?href\s*=\s*["']([^"']*)["'][^>]*>/gi, '\n$1\n')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll('&amp;', '&');
