/** The one error class of the reference. Its code tells the stage at which something was refused (chapter 10). */

/** Where an error arose; the part of every code before the slash. */
export type Stage = 'encoding' | 'schema' | 'auth' | 'decrypt' | 'state' | 'network';

/** Every way in which the reference refuses. */
export type ErrorCode =
  | 'encoding/hex'
  | 'encoding/base64url'
  | 'encoding/length'
  | 'encoding/unicode'
  | 'encoding/json'
  | 'encoding/percent'
  | 'schema/message'
  | 'schema/jwk'
  | 'auth/group-element'
  | 'auth/server-proof'
  | 'auth/refused'
  | 'decrypt/tag'
  | 'decrypt/additional-data'
  | 'decrypt/link'
  | 'decrypt/key'
  | 'decrypt/document'
  | 'decrypt/key-pair'
  | 'state/logged-out'
  | 'state/conflict'
  | 'state/not-allowed'
  | 'state/not-found'
  | 'network/unreachable'
  | 'network/redirect'
  | 'network/status'
  | 'network/answer';

/**
 * Something was refused: `code` says what, `stage` where. The message names the value, what was expected and
 * what came, and never holds a secret.
 *
 * @example
 * try { await client.login(credentials) } catch (error) {
 *   if (error instanceof ProtocolError && error.stage === 'auth') askForThePassphraseAgain();
 * }
 */
export class ProtocolError extends Error {
  /** What was refused, for a program. */
  readonly code: ErrorCode;
  /** Where it was refused: the part of the code before the slash. */
  readonly stage: Stage;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProtocolError';
    this.code = code;
    this.stage = code.slice(0, code.indexOf('/')) as Stage;
  }
}
