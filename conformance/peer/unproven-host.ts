/** A host with TLS whose certificate is signed by nobody but itself (9.1). */
import { generateKeyPair } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import forge from 'node-forge';

export interface UnprovenHost {
  /** `https://127.0.0.1:…` */
  readonly url: string;
  /** What came, although nobody can know whose host it is. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function startUnprovenHost(): Promise<UnprovenHost> {
  const requests: string[] = [];
  const server = createServer(await selfSigned(), ({ method = '', url = '' }, response) => {
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

/** A certificate for 127.0.0.1 that is valid today, and its key; both as PEM. */
async function selfSigned(): Promise<{ readonly cert: string; readonly key: string }> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date(Date.now() - 3_600_000);
  certificate.validity.notAfter = new Date(Date.now() + 3_600_000);
  const name = [{ name: 'commonName', value: '127.0.0.1' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { cert: forge.pki.certificateToPem(certificate), key: privateKey };
}
