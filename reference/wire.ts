/** The messages of the HTTP binding as types; their schemas are in `spec/schemas` (chapter 9). */

/** The body of `POST /auth/signup`. */
export interface SignupRequest {
  readonly id: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly saltKey: string;
  readonly saltAuth: string;
  readonly saltEnc: string;
  readonly verifier: string;
  readonly publicKey: string;
  readonly encPrivateKey: string;
  readonly encSymmetricKey: string;
}

/** The answer of `GET /auth/whoami`. */
export interface WhoamiResponse {
  readonly accountId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly publicKey: string;
  readonly encPrivateKey: string;
  readonly encSymmetricKey: string;
  readonly saltEnc: string;
  readonly isVerified: boolean;
  readonly created: string;
}

/** Answer of `POST /auth/login-s`: SLT_Auth_1 and SLT_Auth_2, 64 hex digits each. */
export interface LoginSResponse {
  readonly saltKey: string;
  readonly saltAuth: string;
}

/** Answer of `POST /auth/login-a`: B as 512 hex digits. */
export interface LoginAResponse {
  readonly sessionStarterId: string;
  readonly srpB: string;
}

/** Answer of `POST /auth/login-m1`: M2 as 64 hex digits. */
export interface LoginM1Response {
  readonly srpM2: string;
}
