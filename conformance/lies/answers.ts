/** What a dishonest server can do to an answer, for the checks of clients: the parts that the table of faults is made of. */
import { createCipheriv } from 'node:crypto';
import {
  native,
  toHex,
  type AesMessage,
  type RsaPrivateJwk,
  type Stage,
  type Steps,
} from '../../reference/index.ts';

/** The body of an answer or a request, parsed. */
export type Answer = Readonly<Record<string, unknown>>;

/** One answer in place of another. */
export interface Alteration {
  /** The call whose answer is altered, for example `POST /auth/login-a`. */
  readonly call: string;
  /** @param own - the honest answer. @param asked - the body of the request */
  readonly alter: (own: Answer, asked: Answer) => Answer | Promise<Answer>;
}

/** What only the owner of an account knows: for what some client of hers could have stored, and no server can make. */
export interface Owner {
  readonly steps: Steps;
  /** Those of the other profile. */
  readonly otherSteps: Steps;
  /** 32 bytes. */
  readonly SEC_PWD_Enc: Uint8Array;
  /** What SEC_PWD_Enc would be with another SLT_Enc (bytes); 32 bytes. */
  readonly passwordKey: (SLT_Enc: Uint8Array) => Promise<Uint8Array>;
  /** 32 bytes. */
  readonly SYM_Account: Uint8Array;
  readonly PRV_Account: RsaPrivateJwk;
  /** M2 of the login in which A was sent and B answered (hex); hex. */
  readonly proof: (A: string, B: string) => string;
}

/** What an altered answer may be made from. */
export interface Means {
  /** The body of the request. */
  readonly asked: Answer;
  /** The newest honest answer to the same call that is not about this account: another's, or that of a login before. */
  readonly other: Answer;
  readonly owner: Owner;
}

export type Alter = (own: Answer, means: Means) => Answer | Promise<Answer>;

/** A login in which one answer is not what the server has to answer. */
export interface AlteredAnswer {
  /** Unique; the last part of the id of the check. */
  readonly id: string;
  /** What a client must do about it, as a sentence. */
  readonly title: string;
  /** The requirements that a client breaks by doing otherwise. */
  readonly requirements: readonly string[];
  /** Where it is a fault, or none, in one profile only. */
  readonly profile?: Steps['profile']['name'];
  /** The call whose answer is altered. */
  readonly call: string;
  readonly alter: Alter;
  /** What is altered besides, in an answer before. */
  readonly earlier?: { readonly call: string; readonly alter: Alter };
}

/** One that a client must refuse. */
export interface AnswerFault extends AlteredAnswer {
  /**
   * What the client must not do any more: send M1 (`proof`), send the session id (`session`), or report a login, which
   * it must not in any case (`unlock`).
   */
  readonly before: 'proof' | 'session' | 'unlock';
  /** The stages at which it may say that it refused (10.3). */
  readonly stages: readonly Stage[];
}

/** After these the client must not report a login: the keys of the account are not what they should be. */
export type Unlock = Omit<AnswerFault, 'before' | 'call'>;

/** What is not as its form says is found by decoding, or by the schema (10.3). */
export const MALFORMED: readonly Stage[] = ['encoding', 'schema'];

/** What has not its form either, and may be handed on all the same, until it is found to be no message or key. */
export const WHEN_USED: readonly Stage[] = [...MALFORMED, 'decrypt'];

export const text = (answer: Answer, name: string): string => String(answer[name]);

/** Another digit in place of the one at an index; -1 is the last. */
export function otherDigit(hex: string, index: number): string {
  const at = index < 0 ? hex.length + index : index;
  return hex.slice(0, at) + (hex[at] === '0' ? '1' : '0') + hex.slice(at + 1);
}

/** Alters one member that is text. */
export const inMember =
  (name: string, alter: (value: string) => unknown): Alter =>
  (own) => ({ ...own, [name]: alter(text(own, name)) });

/** Leaves a member out. */
export const without =
  (name: string): Alter =>
  (own) =>
    Object.fromEntries(Object.entries(own).filter(([member]) => member !== name));

/** Alters a member that holds the JSON text of an AES message. */
export const inMessage = (name: string, alter: (message: AesMessage) => object): Alter =>
  inMember(name, (message) => JSON.stringify(alter(JSON.parse(message) as AesMessage)));

/** How a message is sealed where it is not as it must be. */
interface Sealing {
  /** 12 bytes where absent. */
  readonly ivBytes?: number;
  /** Authenticated; empty where absent. */
  readonly ad?: Uint8Array;
}

/** A message whose tag fits, whatever it holds: AES-256-GCM of the plaintext. */
export function sealed(
  key: Uint8Array,
  plaintext: Uint8Array,
  { ivBytes = 12, ad = new Uint8Array() }: Sealing = {},
): string {
  const iv = native.random(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(ad);
  const d = Buffer.concat([cipher.update(plaintext), cipher.final()]).toString('hex');
  const message = { iv: toHex(iv), t: cipher.getAuthTag().toString('hex'), d, ad: toHex(ad) };
  return JSON.stringify(message satisfies AesMessage);
}

export const SYMMETRIC = 'encSymmetricKey';
export const PRIVATE = 'encPrivateKey';

/** The right key, as its profile writes it. */
export const keyText = ({ steps, SYM_Account }: Owner): Uint8Array => steps.profile.encodeKey(SYM_Account);

/** `encSymmetricKey` sealed with the right key, whatever it holds. */
export const sealedKey =
  (make: (owner: Owner) => Uint8Array, sealing?: Sealing): Alter =>
  (own, { owner }) => ({ ...own, [SYMMETRIC]: sealed(owner.SEC_PWD_Enc, make(owner), sealing) });

/** `encPrivateKey` sealed with the right key, whatever it holds. */
export const sealedPrivate =
  (make: (owner: Owner) => Uint8Array, sealing?: Sealing): Alter =>
  (own, { owner }) => ({ ...own, [PRIVATE]: sealed(owner.SYM_Account, make(owner), sealing) });

/** `encPrivateKey` as some client of the owner's would have stored this JWK. */
export const storedPrivate = ({ steps, SYM_Account }: Owner, jwk: object): Answer => ({
  [PRIVATE]: sealed(SYM_Account, steps.profile.encodeText(JSON.stringify(jwk))),
});
