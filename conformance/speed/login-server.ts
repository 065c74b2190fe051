/**
 * A reference server in a process of its own, with one account that cheap clients can log in to: x is 1 and v is g, so
 * that a client makes one exponentiation and the server its three. Tells its URL, and its processor time when asked.
 */
import { createMemoryStore, createServer, listen, pad, toHex } from '../../reference/index.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };

/** The account that is logged in to. */
const EMAIL = 'jane@example.com';

const store = createMemoryStore();
const salt = '11'.repeat(protocol.constants.SALT_BYTES.value);
store.addAccount({
  id: `act_${salt}`,
  email: EMAIL,
  firstName: 'Jane',
  lastName: 'Doe',
  saltKey: salt,
  saltAuth: salt,
  saltEnc: salt,
  verifier: toHex(pad(BigInt(`0x${protocol.constants.g.value}`), protocol.constants.GROUP_BYTES.value)),
  publicKey: '',
  encPrivateKey: '',
  encSymmetricKey: '',
  isVerified: true,
  created: '2026-01-01T00:00:00Z',
});
const server = createServer({
  profile: 'documented',
  store,
  mailer: () => undefined,
  publicUrl: 'http://127.0.0.1',
});
const { url } = await listen((request) => server.fetch(request));

process.on('message', () => process.send?.(process.cpuUsage()));
process.send?.(url);
