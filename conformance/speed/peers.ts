/**
 * The server half of a login in packages of others, each over the 2048-bit group with SHA-256 and with b of 256 bits, as
 * here. Each gets its inputs in its own form and the right proof, so that nothing but its own work is measured.
 */
import { SRP, SrpClient, SrpServer } from 'fast-srp-hap';
import { deriveSession, generateEphemeral } from 'secure-remote-password/server.js';
import { SRPClientSession, SRPParameters, SRPRoutines, SRPServerSession } from 'tssrp6a';
import { toHex, toInteger } from '../../reference/index.ts';
import { group, toVendor, vendor } from '../../vectors/engines/srp-js-package.ts';
import type { Login } from './login.ts';
import type { Contestant } from './race.ts';

/** `secure-remote-password`, which draws one b itself and computes B once more for the proof. */
export function secureRemotePassword({ email, s, v, b, A, M1 }: Login): Contestant {
  const [salt, verifier, secret, publicA, proof] = [s, v, b, A, M1].map(toHex) as [
    string,
    string,
    string,
    string,
    string,
  ];
  return () => {
    generateEphemeral(verifier);
    return deriveSession(secret, publicA, salt, email, verifier, proof).proof;
  };
}

/** `@getinsomnia/srp-js`, the vendor's own package. */
export function srpJs({ v, b, A, M1 }: Login): Contestant {
  const [verifier, secret, publicA, proof] = [toVendor(v), toVendor(b), toVendor(A), toVendor(M1)];
  return () => {
    const server = new vendor.Server(group, verifier, secret);
    server.computeB();
    server.setA(publicA);
    return server.checkM1(proof);
  };
}

/** `fast-srp-hap`, whose k pads g, and whose M1 is that of `documented`. */
export function fastSrpHap({ I, P, s, v, a, b }: Login): Contestant {
  const [identity, password, salt, verifier, ownA, secret] = [I, P, s, v, a, b].map((bytes) =>
    Buffer.from(bytes),
  ) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  const start = () => new SrpServer(SRP.params[2048], { username: identity, salt, verifier }, secret);
  const client = new SrpClient(SRP.params[2048], salt, identity, password, ownA);
  const publicA = client.computeA();
  client.setB(start().computeB());
  const proof = client.computeM1();
  return () => {
    const server = start();
    server.computeB();
    server.setA(publicA);
    server.checkM1(proof);
    return server.computeM2();
  };
}

/** `tssrp6a`, with b of 256 bits: by itself it draws 2048 bits, which takes it eight times as long. */
export async function tssrp6a({ email, s, b }: Login): Promise<Contestant> {
  class Routines extends SRPRoutines {
    override generatePrivateValue(): bigint {
      return toInteger(b);
    }
  }
  const routines = new Routines(new SRPParameters(SRPParameters.PrimeGroup[2048], SRPParameters.H['SHA256']));
  const salt = toInteger(s);
  const verifier = routines.computeVerifier(await routines.computeX(email, salt, 'correct horse'));
  const start = () => new SRPServerSession(routines).step1(email, salt, verifier);
  const client = await new SRPClientSession(routines).step1(email, 'correct horse');
  const { A, M1 } = await client.step2(salt, (await start()).B);
  return async () => (await start()).step2(A, M1);
}
