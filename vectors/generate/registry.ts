/** Every family of vectors, in the order of the chapters. A new family is one file and one entry here. */
import { aesGcm } from './aes-gcm.ts';
import { decoy } from './decoy.ts';
import type { Family } from './family.ts';
import { hkdf } from './hkdf.ts';
import { jwk } from './jwk.ts';
import { leadingZeros } from './leading-zeros.ts';
import { limit190 } from './limit-190.ts';
import { login } from './login.ts';
import { loginTranscript } from './login-transcript.ts';
import { normalization } from './normalization.ts';
import { passphraseChange } from './passphrase-change.ts';
import { pbkdf2 } from './pbkdf2.ts';
import { percentEncoding } from './percent-encoding.ts';
import { rsaOaep } from './rsa-oaep.ts';
import { share } from './share.ts';
import { signup } from './signup.ts';
import { srp } from './srp.ts';
import { story } from './story.ts';
import { wholeAccount } from './whole-account.ts';
import { wrongAnswers } from './wrong-answers.ts';

export const families: readonly Family[] = [
  ...[normalization, hkdf, pbkdf2, srp, login],
  ...[percentEncoding, aesGcm, rsaOaep, limit190, jwk, leadingZeros],
  ...[signup, loginTranscript, decoy, passphraseChange, share, story, wholeAccount, wrongAnswers],
];
