/** Servers that refuse what they must under another code than fits the reason (9.5, 10.2). */
import { faulty, type ServerFault } from './server-parts.ts';

type Json = Readonly<Record<string, unknown>>;

async function bodyOf(request: Request): Promise<Json> {
  try {
    return ((await request.clone().json()) ?? {}) as Json;
  } catch {
    return {};
  }
}

/** Answers of a path, each with what the request said, changed. */
const answersAt = (path: string, answer: () => (sent: Json, response: Response) => Promise<Response>) =>
  faulty({
    around: (server) => {
      const change = answer();
      return async (request) => {
        const sent = await bodyOf(request);
        const response = await server.fetch(request);
        return new URL(request.url).pathname === path ? await change(sent, response) : response;
      };
    },
  });

/** The refusal under another code. */
async function recoded(response: Response, error: string): Promise<Response> {
  const { status, headers } = response;
  return Response.json({ ...((await response.json()) as Json), error }, { status, headers });
}

export const codeServerFaults: readonly ServerFault[] = [
  {
    id: 'A-out-of-range-malformed',
    title: 'refuses an A of N or more as malformed, and knows 0 alone to be no group element',
    requirement: 'ERROR-02',
    create: answersAt(
      '/auth/login-a',
      () =>
        async ({ srpA }, response) =>
          response.status === 400 && /^[0-9a-f]{512}$/.test(String(srpA)) && /[1-9a-f]/.test(String(srpA))
            ? await recoded(response, 'malformed')
            : response,
    ),
  },
  {
    id: 'id-before-address',
    title: 'refuses a signup for its id where both its id and its address are taken',
    requirement: 'ERROR-02',
    create: answersAt('/auth/signup', () => {
      const taken = new Set<unknown>();
      return async ({ id }, response) => {
        if (response.ok) taken.add(id);
        return response.status === 409 && taken.has(id) ? await recoded(response, 'id-taken') : response;
      };
    }),
  },
];
