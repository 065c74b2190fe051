/**
 * The floor: what OpenSSL takes for the modular exponentiations and key derivations of a login alone, by the way on
 * which the reference reaches it. Nothing is converted, hashed or compared.
 */
import { createDiffieHellman, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import protocol from '../../spec/protocol.json' with { type: 'json' };

const { N, PBKDF2_ITERATIONS } = protocol.constants;
const group = createDiffieHellman(N.value, 'hex', 2);
const G = Uint8Array.of(2);

/** base^exponent mod N. */
function power(base: Uint8Array, exponent: Uint8Array): void {
  group.setPrivateKey(exponent);
  group.computeSecret(base);
}

/** g^b, v^u and (A v^u)^b, with any element as base: the time does not depend on which. */
export function serverFloor(element: Uint8Array, b: Uint8Array, u: Uint8Array): void {
  power(G, b);
  power(element, u);
  power(element, b);
}

/** g^a, g^x and (B - k g^x)^(a + u x). */
export function clientFloor(element: Uint8Array, a: Uint8Array, x: Uint8Array, sum: Uint8Array): void {
  power(G, a);
  power(G, x);
  power(element, sum);
}

/** SEC_PWD from 32 bytes of salt. */
export const passwordFloor = (passphrase: Uint8Array, salt: Uint8Array): Promise<unknown> =>
  promisify(pbkdf2)(passphrase, salt, PBKDF2_ITERATIONS.value, 32, 'sha256');
