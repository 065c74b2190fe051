/** The codes of confirmation links are random in every part (7.2): those of the whole run are compared. */
import { Blocked, expectThat, type Check } from '../../check.ts';
import { fixedPart } from '../../fixed-part.ts';
import type { ServerBench } from '../bench/bench.ts';

/** So many that a byte is the same in each by a chance of 2^-56. */
const LINKS = 8;

/** The codes of the links that were opened (hex). */
function codesOpened({ exchanges }: ServerBench): readonly string[] {
  const opened = exchanges.filter(({ method, status }) => method === 'GET' && status === 200);
  const codes = opened.flatMap(
    ({ target }) => /\/auth\/confirm\?code=([0-9a-f]{64})$/.exec(target)?.[1] ?? [],
  );
  return [...new Set(codes)];
}

export const confirmRandomCheck: Check<ServerBench> = {
  id: 'server.confirm.random',
  title: 'No part of the code in a confirmation link is the same in every link of the run.',
  requirements: ['CONFIRM-02'],
  profile: 'documented',
  needs: 'mail',
  closing: true,
  async run(bench) {
    for (let i = codesOpened(bench).length; i < LINKS; i++) await bench.someone(`link-${String(i)}`);
    const codes = codesOpened(bench);
    if (codes.length < LINKS)
      throw new Blocked(`${String(codes.length)} links with a code of 7.2 were mailed`);
    const same = fixedPart(codes.map((code) => Buffer.from(code, 'hex')));
    expectThat(same === undefined, 'the code of a confirmation link is not random in every part', {
      sent: `${String(codes.length)} times POST /auth/signup`,
      expected: '32 fresh random bytes in each code',
      actual: `${same ?? ''} is the same in each, as in ${codes.slice(-2).join(' and ')}`,
    });
  },
};
