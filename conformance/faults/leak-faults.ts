/** Clients that let out what must stay with them, or draw it twice (3.4, 3.5, 6.1). */
import { createHash } from 'node:crypto';
import { native, type Random } from '../../reference/index.ts';
import { withHeader, withOverrides, type ClientFault } from './client-parts.ts';

/** A source that gives the same bytes after each start. */
function fromFixedSeed(): Random {
  let drawn = 0;
  return (length) => {
    const seed = `always the same ${String(drawn++)}`;
    return Uint8Array.from(createHash('shake256', { outputLength: length }).update(seed).digest());
  };
}

/** IVs that count from zero, and begin again with every login. */
function countedIvs() {
  let count = 0;
  const random: Random = (length) => {
    if (length !== 12) return native.random(length);
    const iv = Buffer.alloc(12);
    iv.writeUInt32BE(count++, 8);
    return Uint8Array.from(iv);
  };
  const fetching = async (request: Request): Promise<Response> => {
    if (request.url.endsWith('/auth/login-m1')) count = 0;
    return await fetch(request);
  };
  return { random, fetch: fetching };
}

export const leakFaults: readonly ClientFault[] = [
  {
    id: 'random-from-fixed-seed',
    title: 'draws the same random bytes after each start',
    requirement: 'KEY-01',
    create: withOverrides(() => ({ random: fromFixedSeed() })),
  },
  {
    id: 'iv-counted-in-session',
    title: 'counts IVs from zero in every session',
    requirement: 'AES-02',
    create: withOverrides(countedIvs),
  },
  {
    id: 'passphrase-hash-in-header',
    title: 'sends the SHA-256 hash of the passphrase along, as base64',
    requirement: 'LEAK-01',
    create: withOverrides(() => {
      let hash = '';
      return {
        steps: (own) => ({
          ...own,
          passphrase(raw) {
            hash = createHash('sha256').update(own.passphrase(raw)).digest('base64');
            return own.passphrase(raw);
          },
        }),
        fetch: (request) => fetch(withHeader(request, 'x-trace', hash)),
      };
    }),
  },
  {
    id: 'account-key-in-header',
    title: 'sends SYM_Account in a header, as base64url',
    requirement: 'LEAK-03',
    create: withOverrides(() => {
      let trace = '';
      return {
        steps: (own) => ({
          ...own,
          wrap: {
            ...own.wrap,
            sealKey(kek, key, random) {
              trace = Buffer.from(key).toString('base64url');
              return own.wrap.sealKey(kek, key, random);
            },
          },
        }),
        fetch: (request) => fetch(withHeader(request, 'x-trace', trace)),
      };
    }),
  },
  {
    id: 'private-key-in-trace',
    title: 'sends the private key in the middle of a header that is base64',
    requirement: 'LEAK-05',
    create: withOverrides(() => {
      let trace = '';
      return {
        steps: (own) => ({
          ...own,
          async keyPair() {
            const pair = await own.keyPair();
            const q = Buffer.from(pair.privateKey.q, 'base64url');
            trace = Buffer.concat([Buffer.from('trace:'), Buffer.alloc(1), q]).toString('base64');
            return pair;
          },
        }),
        fetch: (request) => fetch(withHeader(request, 'x-trace', trace)),
      };
    }),
  },
  {
    id: 'S-in-header',
    title: 'sends S in a header, as a decimal number',
    requirement: 'LEAK-06',
    create: withOverrides(() => {
      let S = '';
      return {
        steps: (own) => ({
          ...own,
          srp: {
            ...own.srp,
            K(secret) {
              S = BigInt(`0x${Buffer.from(secret).toString('hex')}`).toString();
              return own.srp.K(secret);
            },
          },
        }),
        fetch: (request) => fetch(withHeader(request, 'x-trace', S)),
      };
    }),
  },
  {
    id: 'M1-in-log',
    title: 'writes the bodies of its requests to standard error output',
    requirement: 'LEAK-09',
    create: withOverrides((log) => ({
      async fetch(request) {
        log(`${request.method} ${request.url} ${await request.clone().text()}`);
        return await fetch(request);
      },
    })),
  },
];
