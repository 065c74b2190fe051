/** npm `secure-remote-password`: the SRP values of `documented`, from the published I, P, salt and ephemerals. */
import { deriveSession, derivePrivateKey, deriveVerifier } from 'secure-remote-password/client.js';
import { deriveSession as deriveServerSession } from 'secure-remote-password/server.js';
import { derivingEngine } from './engine.ts';

const text = (hex: string): string => Buffer.from(hex, 'hex').toString('utf8');

export const secureRemotePassword = derivingEngine(
  'secure-remote-password',
  'x, v, K, M1 and M2 of npm `secure-remote-password`',
  async (profile, found) => {
    if (profile !== 'documented') return;
    await found.add('srp.x', ['SLT_Auth_2', 'srp.I', 'srp.P'], (s = '', I = '', P = '') =>
      derivePrivateKey(s, text(I), text(P)),
    );
    await found.add('SRP_Verifier', ['srp.x'], (x = '') => deriveVerifier(x));
    const client = ['a', 'srp.B', 'SLT_Auth_2', 'srp.I', 'srp.x'];
    const session = (a = '', B = '', s = '', I = '', x = '') => deriveSession(a, B, s, text(I), x);
    await found.add('srp.K', client, (...known) => session(...known).key);
    await found.add('srp.M1', client, (...known) => session(...known).proof);
    await found.add(
      'srp.M2',
      ['b', 'srp.A', 'SLT_Auth_2', 'srp.I', 'SRP_Verifier', 'srp.M1'],
      (b = '', A = '', s = '', I = '', v = '', M1 = '') => deriveServerSession(b, A, s, text(I), v, M1).proof,
    );
  },
);
