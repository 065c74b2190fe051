/** Requests that are no requests: refused in words, and the server goes on (9.2, 9.5). */
import { expectThat, type Check } from '../../check.ts';
import { ADDRESS_PREFIX } from '../bench/address.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

const PATHS = ['/auth/signup', '/auth/login-s', '/auth/login-a', '/auth/login-m1'];

/** Bodies that no call takes. */
const BODIES: Readonly<Record<string, string>> = {
  nothing: '',
  'half of an object': '{"email":',
  null: 'null',
  'a list': '[]',
  'a number': '7',
  'an empty object': '{}',
  'members of the wrong type': '{"email":{},"srpA":[],"srpM1":null,"sessionStarterId":7,"id":true}',
  'prototype names': `{"__proto__":{"email":"${ADDRESS_PREFIX}a@example.com"},"constructor":1}`,
  'deep nesting': `${'['.repeat(5000)}${']'.repeat(5000)}`,
};

export const malformedChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.malformed',
    title: 'Whatever is no request is refused with 400, and the server goes on.',
    requirements: ['HTTP-06', 'HTTP-07', 'HTTP-12'],
    twin: honestLogin,
    async run(bench) {
      for (const path of PATHS)
        for (const [what, text] of Object.entries(BODIES)) {
          const answer = await bench.send('POST', path, { text });
          expectThat(answer.status === 400, `${what} as the body of ${path} is not refused`, {
            sent: requestLine(answer),
            expected: 'status 400',
            actual: isSuccess(answer) ? `accepted: ${statusAndBody(answer)}` : statusAndBody(answer),
          });
        }
      await bench.login(await bench.jane());
    },
  },
];
