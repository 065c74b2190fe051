/** Where a client sends nothing, whoever asks it to: other origins, plain HTTP, unproven hosts (9.1, 9.7). */
import { listen } from '../../reference/index.ts';
import { Blocked, expectThat, type Check } from '../check.ts';
import { LOGIN_M1, WHOAMI } from '../peer/calls.ts';
import { startUnprovenHost } from '../peer/unproven-host.ts';
import { VerbError } from '../target/client-target.ts';
import { callsOf, shared, type Act, type ClientBench } from './bench.ts';
import { doneBefore, expectDone, plant, sessionOf } from './flows.ts';

/** A call that is answered with a redirect. */
interface Redirect {
  readonly id: string;
  readonly title: string;
  readonly call: string;
  /** 302 asks for a GET, 307 and 308 for the same call with the same body. */
  readonly status: number;
  readonly needs?: string;
  readonly make: (bench: ClientBench) => Promise<Act<unknown>>;
}

const account = shared((bench) => bench.someone('redirected'));
const device = shared(async (bench) => {
  const { groupId } = plant(bench, await account(bench), [{ id: 'req_first', document: 'first' }]);
  return { session: await sessionOf(bench, await account(bench)), groupId };
});

const redirects: readonly Redirect[] = [
  {
    id: 'redirect-login',
    title: 'A client does not take its proof to another origin in the middle of a login.',
    call: LOGIN_M1,
    status: 307,
    make: async (bench) => await bench.login((await account(bench)).typed),
  },
  {
    id: 'redirect-whoami',
    title: 'A client does not take a session id to another origin.',
    call: WHOAMI,
    status: 302,
    make: async (bench) => await bench.call('whoami', { session: (await device(bench)).session }),
  },
  {
    id: 'redirect-push',
    title: 'A client does not take what it pushes to another origin.',
    call: 'POST /sync/push',
    status: 308,
    needs: 'sync',
    async make(bench) {
      const { session, groupId } = await device(bench);
      doneBefore(await bench.call('pull', { session }), 'pull');
      const edit = { groupId, id: 'req_redirected', name: 'Redirected', type: 'Request', removed: false };
      return await bench.call('push', { session, edits: [{ ...edit, document: 'stays here' }] });
    },
  },
];

function redirectCheck({ id, title, call, status, needs, make }: Redirect): Check<ClientBench> {
  return {
    id: `client.network.${id}`,
    title,
    requirements: ['HTTP-16', 'HTTP-13', 'HTTP-22'],
    ...(needs !== undefined && { needs }),
    twin: async (bench) => expectDone(await make(bench), call),
    async run(bench) {
      const came: string[] = [];
      const elsewhere = await listen(({ method, url }) => {
        came.push(`${method} ${new URL(url).pathname}`);
        return Response.json({});
      });
      const location = elsewhere.url + (call.split(' ')[1] ?? '');
      const tell = () => ({ status, headers: { location }, body: '{}' });
      const { outcome, told } = await bench.peer
        .lying({ call, tell }, () => make(bench))
        .finally(() => elsewhere.close());
      if (told === 0) throw new Blocked(`the client made no ${call}`);
      expectNothing(came, 'the client followed a redirect to another origin');
      expectError(outcome, 'an answer with a redirect');
      expectDone(await make(bench), `the same after ${id}`);
    },
  };
}

function expectNothing(came: readonly string[], what: string): void {
  expectThat(came.length === 0, what, { expected: 'no request there', actual: came.join(', ') });
}

function expectError({ result, exchanges }: Act<unknown>, what: string): void {
  expectThat(result instanceof VerbError, `${what} was reported as success`, {
    expected: 'an error',
    actual: `${JSON.stringify(result)} after ${callsOf(exchanges)}`,
  });
}

/** Jane logs in at another address of this machine. */
async function loginAt(bench: ClientBench, server: string): Promise<Act<unknown>> {
  const { email, passphrase } = (await bench.jane()).typed;
  return await bench.call('login', { server, profile: bench.profile, email, passphrase });
}

export const hostileNetworkChecks: readonly Check<ClientBench>[] = [
  ...redirects.map(redirectCheck),
  {
    id: 'client.network.plain-http',
    title: 'A client sends nothing over plain HTTP to an address that is not a loopback one.',
    requirements: ['HTTP-01'],
    twin: (bench) => bench.janeLogin(),
    async run(bench) {
      // This machine by an address that is none of 127.0.0.0/8.
      const act = await loginAt(bench, bench.peer.url.replace('127.0.0.1', '0.0.0.0'));
      const came = act.exchanges.map(({ method, target }) => `${method} ${target}`);
      expectNothing(came, 'the client sent requests over plain HTTP');
      expectError(act, 'a login over plain HTTP');
    },
  },
  {
    id: 'client.network.certificate',
    title: 'A client sends nothing to a host whose certificate nobody it trusts has signed.',
    requirements: ['HTTP-02'],
    twin: (bench) => bench.janeLogin(),
    async run(bench) {
      const host = await startUnprovenHost();
      const act = await loginAt(bench, host.url).finally(() => host.close());
      expectNothing(host.requests, 'the client sent requests to a host that has proven nothing');
      expectError(act, 'a login at a host that has proven nothing');
    },
  },
];
