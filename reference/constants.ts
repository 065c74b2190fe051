/** The constants of the protocol, as `spec/protocol.json` states them. Lengths in bytes. */
import protocol from '../spec/protocol.json' with { type: 'json' };

const { constants } = protocol;

export const SALT_BYTES = constants.SALT_BYTES.value;
export const KEY_BYTES = constants.KEY_BYTES.value;
export const HASH_BYTES = constants.HASH_BYTES.value;
export const EPHEMERAL_BYTES = constants.EPHEMERAL_BYTES.value;
export const PBKDF2_ITERATIONS = constants.PBKDF2_ITERATIONS.value;
export const IV_BYTES = constants.IV_BYTES.value;
export const TAG_BYTES = constants.TAG_BYTES.value;
export const RSA_MODULUS_BITS = constants.RSA_MODULUS_BITS.value;
export const RSA_MODULUS_BYTES = constants.RSA_MODULUS_BYTES.value;
export const RSA_EXPONENT = BigInt(constants.RSA_EXPONENT.value);
export const GROUP_BYTES = constants.GROUP_BYTES.value;
/** The SRP modulus and generator (RFC 5054, appendix A, 2048 bits). */
export const N = BigInt(`0x${constants.N.value}`);
export const g = BigInt(`0x${constants.g.value}`);
/** The largest bodies that every server takes: at `/sync/push` and `/sync/pull`, and at every other call (HTTP-17). */
export const SYNC_BODY_BYTES = constants.SYNC_BODY_BYTES.value;
export const BODY_BYTES = constants.BODY_BYTES.value;
