/** The messages of the HTTP binding as types; their schemas are in `spec/schemas` (chapter 9). */

/** The body of `POST /auth/signup`. */
export interface SignupRequest {
  /** `act_` and 64 hex digits. */
  readonly id: string;
  /** Normalised. */
  readonly email: string;
  /** As given. */
  readonly firstName: string;
  /** As given. */
  readonly lastName: string;
  /** SLT_Auth_1, 64 hex digits. */
  readonly saltKey: string;
  /** SLT_Auth_2, 64 hex digits. */
  readonly saltAuth: string;
  /** SLT_Enc, 64 hex digits. */
  readonly saltEnc: string;
  /** SRP_Verifier, 512 hex digits. */
  readonly verifier: string;
  /** PUB_Account: the JSON text of the JWK. */
  readonly publicKey: string;
  /** PRV_Account under SYM_Account: the JSON text of an AES message. */
  readonly encPrivateKey: string;
  /** SYM_Account under SEC_PWD_Enc: the JSON text of an AES message. */
  readonly encSymmetricKey: string;
}

/** The answer of `GET /auth/whoami`. */
export interface WhoamiResponse {
  /** `act_` and 64 hex digits. */
  readonly accountId: string;
  /** Normalised. */
  readonly email: string;
  /** As given at signup. */
  readonly firstName: string;
  /** As given at signup. */
  readonly lastName: string;
  /** PUB_Account: the JSON text of the JWK. */
  readonly publicKey: string;
  /** PRV_Account under SYM_Account: the JSON text of an AES message. */
  readonly encPrivateKey: string;
  /** SYM_Account under SEC_PWD_Enc: the JSON text of an AES message. */
  readonly encSymmetricKey: string;
  /** SLT_Enc, 64 hex digits. */
  readonly saltEnc: string;
  /** Whether the address is confirmed. */
  readonly isVerified: boolean;
  /** ISO 8601; a `deployed` server may give something else. */
  readonly created: string | number;
}

/** Answer of `POST /auth/login-s`: SLT_Auth_1 and SLT_Auth_2, 64 hex digits each. */
export interface LoginSResponse {
  /** SLT_Auth_1. */
  readonly saltKey: string;
  /** SLT_Auth_2. */
  readonly saltAuth: string;
}

/** Answer of `POST /auth/login-a`: B as 512 hex digits. */
export interface LoginAResponse {
  /** Names the login in `login-m1`; single use. */
  readonly sessionStarterId: string;
  /** B. */
  readonly srpB: string;
}

/** Answer of `POST /auth/login-m1`: M2 as 64 hex digits. */
export interface LoginM1Response {
  /** M2. */
  readonly srpM2: string;
}
