/** A host with TLS whose certificate is signed by nobody but itself (9.1). */
import { createPrivateKey, type JsonWebKey } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import forge from 'node-forge';
import { keyPair } from '../../vectors/generate/keys.ts';

export interface UnprovenHost {
  /** `https://127.0.0.1:…` */
  readonly url: string;
  /** What came, although nobody can know whose host it is. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function startUnprovenHost(): Promise<UnprovenHost> {
  const requests: string[] = [];
  const server = createServer(selfSigned(), ({ method = '', url = '' }, response) => {
    requests.push(`${method} ${url}`);
    response.writeHead(500, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A certificate for 127.0.0.1 that is valid today, and its key, which is published; both as PEM. */
function selfSigned(): { readonly cert: string; readonly key: string } {
  const jwk: JsonWebKey = keyPair('bob').privateKey;
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const privateKey = forge.pki.privateKeyFromPem(key);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000);
  certificate.validity.notAfter = new Date(Date.now() + 3_600_000);
  const name = [{ name: 'commonName', value: '127.0.0.1' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }]);
  certificate.sign(privateKey, forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(certificate), key };
}
