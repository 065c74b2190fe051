/** Answers that refuse: a status, a code and a sentence (chapter 10). */
import errors from '../../spec/errors.json' with { type: 'json' };

/** The codes of error bodies (10.2). */
export type RefusalCode = keyof typeof errors.codes;

/** The status that a code comes with. */
export const statusOf = (code: RefusalCode): number => errors.codes[code].status;

/** Thrown by a handler; the server answers it with its status and `{"error","message","field"?}`. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** JSON pointer into the request body. */
  readonly field: string | undefined;
  /** Headers that the answer has besides those of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    code: RefusalCode,
    message: string,
    field?: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.field = field;
    this.headers = headers;
  }
}
