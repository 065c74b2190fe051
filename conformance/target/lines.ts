/** Cuts a stream of bytes into lines of UTF-8, and refuses lines that are too long. */

export class LineReader {
  readonly #longest: number;
  readonly #accept: (line: string) => void;
  readonly #refuse: (reason: string) => void;
  #parts: Buffer[] = [];
  #length = 0;
  #refused = false;

  constructor(longest: number, accept: (line: string) => void, refuse: (reason: string) => void) {
    this.#longest = longest;
    this.#accept = accept;
    this.#refuse = refuse;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0 && !this.#refused; end = rest.indexOf(10)) {
      this.#keep(rest.subarray(0, end));
      this.#emit();
      rest = rest.subarray(end + 1);
    }
    this.#keep(rest);
  }

  /** What came after the last line end. */
  unfinished(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }

  #keep(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > this.#longest) this.#stop(`a line of more than ${String(this.#longest)} bytes`);
    else if (part.length > 0) this.#parts.push(part);
  }

  #emit(): void {
    if (this.#refused) return;
    const line = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    const text = decoded(line);
    if (text === undefined) this.#stop('a line that is not UTF-8');
    else this.#accept(text);
  }

  #stop(reason: string): void {
    if (this.#refused) return;
    this.#refused = true;
    this.#parts = [];
    this.#refuse(reason);
  }
}

function decoded(line: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch {
    return undefined;
  }
}
