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
    try {
      this.#accept(new TextDecoder('utf-8', { fatal: true }).decode(line));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#stop('a line that is not UTF-8');
    }
  }

  #stop(reason: string): void {
    if (this.#refused) return;
    this.#refused = true;
    this.#parts = [];
    this.#refuse(reason);
  }
}
