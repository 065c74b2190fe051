/** What the checks of flows have in common: a session, calls that must succeed, and what the suite puts on the server. */
import { findFault, native, readPublicKey } from '../../reference/index.ts';
import type { Diagnosed } from '../../spec/diagnose/explanation.ts';
import { Blocked, expectThat, Failure, shorten, type Explain } from '../check.ts';
import { callOf, describeRequest, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import { because, callsOf, type Act, type ClientBench, type Signup } from './bench.ts';
import { opened, orBlocked } from './opened.ts';
import { keepResource } from './record.ts';

/** The id under which an account signed up. */
export const idOf = ({ body }: Signup): string => textOf(body, 'id');

/**
 * A session of an account, on a device that holds nothing.
 *
 * @param patience - milliseconds without a byte after which the client is to give up a call
 * @throws Blocked
 */
export const sessionOf = async (bench: ClientBench, account: Signup, patience?: number): Promise<string> =>
  (await bench.loginHonestly(account, patience)).result.session;

/**
 * The answer of a call that is judged.
 *
 * @param diagnosis - the known mistake that explains why it did not succeed
 * @throws Failure where the client reported an error
 */
export function expectDone<T>({ result, exchanges }: Act<T>, verb: string, diagnosis?: Diagnosed): T {
  expectThat(!(result instanceof VerbError), `${verb} failed with an honest server`, {
    expected: `${verb} succeeds`,
    actual: `after ${callsOf(exchanges)}${because(result)}`,
    diagnosis,
  });
  return result;
}

/** The answer of a call that a check builds on. @throws Blocked where the client reported an error */
export function doneBefore<T>({ result }: Act<T>, verb: string): T {
  if (result instanceof VerbError) throw new Blocked(`${verb} failed${because(result)}`);
  return result;
}

/** The newest request of a call that is judged. @throws Failure where it was not made, or carries no session */
export function expectCall({ exchanges, result }: Act<unknown>, call: string): Exchange {
  const made = exchanges.findLast((exchange) => callOf(exchange) === call);
  expectThat(made !== undefined, `the client made no ${call}`, {
    expected: call,
    actual: `${callsOf(exchanges)}${because(result)}`,
  });
  expectThat('x-session-id' in made.requestHeaders, `${call} carries no session id`, {
    sent: shorten(describeRequest(made)),
    expected: 'X-Session-Id',
    actual: Object.keys(made.requestHeaders).join(', '),
  });
  return made;
}

/**
 * The body of a request.
 *
 * @param explain - asked where it is wrong: the known mistake that explains it
 * @throws Failure where it is not as its schema says, or the server refused it
 */
export function expectBody(
  exchange: Exchange,
  schema: string,
  explain?: Explain,
): Readonly<Record<string, unknown>> {
  const body = jsonOf(exchange.requestBody);
  const sent = shorten(describeRequest(exchange), 400);
  const fault = findFault(schema, body);
  if (fault !== undefined)
    throw new Failure(`the request is not as ${schema}.schema.json says`, {
      sent,
      expected: `a body as ${schema}.schema.json says`,
      actual: `${fault.pointer} ${fault.reason}`,
      explain,
    });
  expectThat(exchange.status === 200, `the server refused ${callOf(exchange)}`, {
    sent,
    expected: 'a request that an honest server accepts',
    actual: `${String(exchange.status)} ${exchange.responseBody}`,
  });
  return body;
}

/** A resource that the suite puts on the server. */
export interface Seed {
  readonly id: string;
  readonly document: unknown;
  /** Where it is not to open: the key that it is under instead. */
  readonly key?: Uint8Array;
}

/** A group that the suite put on the server. */
export interface Planted {
  readonly groupId: string;
  /** SYM_ResourceGroup, 32 bytes. */
  readonly key: Uint8Array;
}

/** Puts a group of an account with resources on the server, as another device of its owner would have. */
export function plant(
  bench: ClientBench,
  account: Signup,
  seeds: readonly Seed[],
  parentResourceId = 'wrk_planted',
): Planted {
  const groupId = bench.fresh('rg_planted');
  const key = native.random(32);
  const ownerAccountId = idOf(account);
  const created = new Date().toISOString();
  bench.peer.store.addGroup({ id: groupId, parentResourceId, name: 'Planted', ownerAccountId, created });
  plantLink(bench, account, groupId, key);
  for (const seed of seeds) putSeed(bench, account, { groupId, key }, seed);
  return { groupId, key };
}

/** Puts a resource into a group, as another device of its owner would have. */
export function putSeed(
  { peer, steps, record }: ClientBench,
  account: Signup,
  { groupId, key }: Planted,
  { id, document, key: other = key }: Seed,
): void {
  const name = `Name of ${id}`;
  keepResource(record, { id, name, document });
  const accountId = idOf(account);
  peer.store.putResource({
    ...{ id, name, resourceGroupId: groupId, version: `planted-${id}`, type: 'Request' },
    ...{ createdBy: accountId, lastEdited: Date.now() - 1000, lastEditedBy: accountId, removed: false },
    encContent: steps.wrap.sealJson(other, document),
  });
}

/** Puts a link on the server: from then on the account is a member of the group. @throws Blocked */
export function plantLink(
  { peer, record, steps }: ClientBench,
  account: Signup,
  groupId: string,
  key: Uint8Array,
): void {
  const message = textOf(account.body, 'publicKey');
  const read = () => readPublicKey(jsonOf(message));
  const publicKey = orBlocked(() => opened('publicKey', message, 'its schema', read));
  const encSymmetricKey = steps.wrap.sealLink(publicKey, key);
  record.groupKeys.set(encSymmetricKey, key);
  peer.store.putLink({ accountId: idOf(account), resourceGroupId: groupId, encSymmetricKey });
}
