/** Jane's group with two documents: what the checks of groups, sync and sharing look at. */
import { fromHex, native, toHex, type Resource } from '../../reference/index.ts';
import { Blocked, expectSame } from '../check.ts';
import { callOf, jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import type { CreateGroupResult, PushVerbResult, ResourceEdit } from '../target/verbs.ts';
import { because, shared, type Act, type ClientBench, type Signup } from './bench.ts';
import { doneBefore, expectBody, expectCall, sessionOf } from './flows.ts';
import { explainLink, type LinkOwner } from './explain-link.ts';
import { besideAccount } from './explain-message.ts';
import { openAccount, opened, orBlocked } from './opened.ts';

/** A group that the client was told to make. */
export interface Garden {
  readonly session: string;
  readonly act: Act<CreateGroupResult>;
}

export const GROUP = { parentResourceId: 'wrk_1', name: 'Gärten & Beete' };

const createGarden = async (bench: ClientBench): Promise<Garden> => {
  const session = await sessionOf(bench, await bench.jane());
  return { session, act: await bench.call('createGroup', { session, ...GROUP }) };
};

/** The group that Jane's client made first, whatever came of it. @throws Blocked where there is no session */
export const garden = shared(createGarden);

/** One more, on a device of its own. */
export const anotherGarden = shared(createGarden);

/** SYM_ResourceGroup as the client sent it. @throws Failure where the link does not open with the private key */
export async function keyOf(bench: ClientBench, { act }: Garden): Promise<Uint8Array> {
  const jane = await bench.jane();
  const exchange = expectCall(act, 'POST /api/resource_groups');
  const link = textOf(jsonOf(exchange.requestBody), 'encSymmetricKey');
  const { encSymmetricKey } = expectBody(exchange, 'resource-group-request', () =>
    explainLink(bench.oracle, ownerOf(bench, jane), link),
  );
  const key = openLink(bench, jane, String(encSymmetricKey));
  expectPlaintextOfLink(bench, jane, link, key);
  return key;
}

/** Fails unless what a link encrypts has as many bytes as its profile says: 32, or 190 in `deployed`. */
function expectPlaintextOfLink(bench: ClientBench, account: Signup, link: string, key: Uint8Array): void {
  const { PRV_Account } = orBlocked(() => openAccount(bench, account));
  const plaintext = native.rsaOaepDecrypt(PRV_Account, fromHex(link, 'encSymmetricKey'));
  const expected = bench.steps.profile.encodeKey(key).length;
  expectSame('number of bytes encrypted in SYM_Link', String(expected), String(plaintext?.length), {
    explain: () => explainLink(bench.oracle, ownerOf(bench, account), link),
  });
}

/** What a link opens to, with the private key of an account. @throws Failure where it does not open */
export function openLink(bench: ClientBench, account: Signup, link: string): Uint8Array {
  const { PRV_Account } = orBlocked(() => openAccount(bench, account));
  const { wrap } = bench.steps;
  const owner = `the private key of ${textOf(account.body, 'email')}`;
  const open = () => wrap.openLink(PRV_Account, link);
  return opened('SYM_Link', link, owner, open, () =>
    explainLink(bench.oracle, ownerOf(bench, account), link),
  );
}

/** What is known of the owner of a link. @throws Blocked where the account does not open */
export function ownerOf(bench: ClientBench, account: Signup): LinkOwner {
  const { SYM_Account, PRV_Account } = orBlocked(() => openAccount(bench, account));
  const beside = { ...besideAccount(bench.expected(account)), SYM_Account: toHex(SYM_Account) };
  return { PUB_Account: jsonOf(textOf(account.body, 'publicKey')), PRV_Account, beside };
}

/** A group that is there, and its key. @throws Blocked */
export async function readyGarden(
  bench: ClientBench,
  which = garden,
): Promise<{ session: string; groupId: string; key: Uint8Array }> {
  const made = await which(bench);
  const { groupId } = doneBefore(made.act, 'createGroup');
  let failure: unknown;
  const key = await keyOf(bench, made).catch((error: unknown) => void (failure = error));
  if (key === undefined)
    throw new Blocked(`the key of the group is not known: ${(failure as Error).message}`);
  return { session: made.session, groupId, key };
}

/** Text of many kinds, nested; the second holds nothing. */
export const DOCUMENTS: readonly (readonly [id: string, name: string, document: unknown])[] = [
  [
    'req_1',
    'Träffpunkt',
    {
      url: "https://example.com/a%20b?q=“ü”&marks=-_.!~*'()",
      body: ['𝄞 canary-in-the-garden', null, 1.5, { deep: [[true]] }],
    },
  ],
  ['req_2', '', {}],
];

/** What Jane's client did when she left two documents in the garden. */
export interface PlantedGarden {
  readonly session: string;
  readonly groupId: string;
  readonly key: Uint8Array;
  readonly act: Act<PushVerbResult>;
}

/** The two documents pushed, whatever came of it. @throws Blocked where there is no group */
export const plantedGarden = shared(async (bench): Promise<PlantedGarden> => {
  const { session, groupId, key } = await readyGarden(bench);
  const edits = DOCUMENTS.map(([id, name, document]): ResourceEdit => ({
    ...{ groupId, id, name, type: 'Request', document, removed: false },
  }));
  return { session, groupId, key, act: await bench.call('push', { session, edits }) };
});

/** The documents are on the server. @throws Blocked */
export async function grownGarden(bench: ClientBench): Promise<PlantedGarden> {
  const grown = await plantedGarden(bench);
  doneBefore(grown.act, 'push');
  if (bench.peer.store.resourcesOf(grown.groupId).length < DOCUMENTS.length)
    throw new Blocked(`the documents did not reach the server${because(grown.act.result)}`);
  return grown;
}

export const PUSH = 'POST /sync/push';
export const PULL = 'POST /sync/pull';

/** The resources of a push. @throws Failure where the body is not as its schema says */
export const resourcesOf = (exchange: Exchange): readonly Resource[] =>
  expectBody(exchange, 'push-request') as unknown as readonly Resource[];

/** What all pushes of a deed hold. @throws Failure where there was none, or one is not as its schema says */
export function pushedBy(act: Act<unknown>): readonly Resource[] {
  expectCall(act, PUSH);
  return act.exchanges.filter((exchange) => callOf(exchange) === PUSH).flatMap(resourcesOf);
}

/** The pushes that the server took, newest last. */
export const pushesIn = (exchanges: readonly Exchange[]): readonly Exchange[] =>
  exchanges.filter((exchange) => callOf(exchange) === PUSH && exchange.status === 200);
