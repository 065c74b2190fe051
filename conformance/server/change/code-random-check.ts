/** Mailed codes are random (7.8): several are drawn, and what does not change from one to the next counts for nothing. */
import { expectThat, type Check } from '../../check.ts';
import type { ServerBench } from '../bench/bench.ts';
import { mailedCode } from './mailed-code.ts';

/** A few for each account, as a server limits what it mails to one address (9.8). */
const ACCOUNTS = 3;
const CODES_OF_EACH = 4;
/** How many characters a code has at least. */
const LEAST = 6;

/** How many places of texts are not the same in each. */
function placesThatVary(texts: readonly string[]): number {
  const length = Math.max(...texts.map((text) => text.length));
  const places = Array.from({ length }, (_, place) => new Set(texts.map((text) => text[place])).size);
  return places.filter((values) => values > 1).length;
}

export const codeRandomCheck: Check<ServerBench> = {
  id: 'server.code.random',
  title: 'At least six characters of a mailed code change from one code to the next.',
  requirements: ['CODE-01'],
  profile: 'deployed',
  needs: ['change-password', 'change-with-code', 'mail'],
  async run(bench) {
    const codes: string[] = [];
    for (let account = 1; account <= ACCOUNTS; account++) {
      const device = await bench.device(await bench.someone(`drawn-${String(account)}`));
      for (let i = 0; i < CODES_OF_EACH; i++) codes.push(await mailedCode(bench, device));
    }
    const varying = placesThatVary(codes);
    expectThat(varying >= LEAST, 'a mailed code is random in fewer than six characters', {
      sent: `${String(codes.length)} times POST /auth/send-password-code`,
      expected: 'a random code of at least 6 characters',
      actual: `${String(varying)} characters change, as in ${codes.slice(-3).join(', ')}`,
    });
  },
};
