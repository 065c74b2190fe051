/** The calls of a login, as `callOf` names them (7.3). */
export const LOGIN_S = 'POST /auth/login-s';
export const LOGIN_A = 'POST /auth/login-a';
export const LOGIN_M1 = 'POST /auth/login-m1';
/** The first call with the session id. */
export const WHOAMI = 'GET /auth/whoami';
