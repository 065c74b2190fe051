/** What a login costs a server that was begun and never went on: anybody can begin as many as they like. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { row, type Row } from './row.ts';

const COUNT = 100_000;
const { GROUP_BYTES, EPHEMERAL_BYTES, HASH_BYTES } = protocol.constants;

/** Beside the bytes of A, B and b, the id as hex, the address, and the time. */
export async function starterRows(): Promise<readonly Row[]> {
  const server = fork(fileURLToPath(new URL('starter-server.js', import.meta.url)), [String(COUNT)], {
    execArgv: ['--expose-gc'],
  });
  const [bytes] = (await once(server, 'message')) as [number];
  server.disconnect();
  const contents =
    2 * GROUP_BYTES.value + EPHEMERAL_BYTES.value + 2 * HASH_BYTES.value + 'jane99999@example.com'.length + 8;
  return [
    row('memory of 100 000 logins that nobody ends', 'bytes each', bytes, 'what a starter says', contents),
  ];
}
