/** Answers that refuse: a status, a code and a sentence (chapter 10). */

/** The codes of error bodies and the status each comes with (10.2). */
export const STATUS_OF = {
  malformed: 400,
  'not-normalized': 400,
  'group-element': 400,
  'no-session': 401,
  'wrong-proof': 401,
  'wrong-code': 401,
  'not-confirmed': 403,
  forbidden: 403,
  'not-found': 404,
  'unknown-account': 404,
  method: 405,
  'email-taken': 409,
  'id-taken': 409,
  stale: 409,
  'too-large': 413,
  'media-type': 415,
  'too-many': 429,
  internal: 500,
} as const;

export type RefusalCode = keyof typeof STATUS_OF;

/** Thrown by a handler; the server answers it with its status and `{"error","message","field"?}`. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** JSON pointer into the request body. */
  readonly field: string | undefined;
  constructor(code: RefusalCode, message: string, field?: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.field = field;
  }
}
