/** What a client sends to make a group: a link to a key that nobody else has (8.1). */
import { native, readPublicKey, toHex } from '../../reference/index.ts';
import { expectSame, Failure, type Check } from '../check.ts';
import type { Answer } from '../lies/answers.ts';
import { jsonOf, textOf } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import type { ClientBench } from './bench.ts';
import { expectBody, expectCall, expectDone, sessionOf } from './flows.ts';
import { explainLink } from './explain-link.ts';
import {
  anotherGarden,
  garden,
  GROUP,
  keyOf,
  ownerOf,
  pushesIn,
  readyGarden,
  resourcesOf,
} from './garden.ts';
import { openSymmetricKey, orBlocked } from './opened.ts';
import { contentOf } from './push-checks.ts';

const CREATE = 'POST /api/resource_groups';

export const groupChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.group.request',
    title:
      'A new group is sent with its parent, its name and a link, and goes by the id that the server gives.',
    requirements: ['SESSION-01', 'HTTP-03'],
    needs: 'groups',
    async run(bench) {
      const { act } = await garden(bench);
      const exchange = expectCall(act, CREATE);
      const body = expectBody(exchange, 'resource-group-request');
      expectSame('parentResourceId', GROUP.parentResourceId, textOf(body, 'parentResourceId'));
      expectSame('name', GROUP.name, textOf(body, 'name'));
      const { groupId } = expectDone(act, 'createGroup');
      expectSame('groupId', textOf(jsonOf(exchange.responseBody), 'id'), groupId);
    },
  },
  {
    id: 'client.group.link',
    title: 'The link of a new group opens with the private key of the account to a key of 32 bytes.',
    requirements: ['GROUP-01', 'LINK-01', 'WRAP-01', 'WRAP-02'],
    needs: 'groups',
    run: async (bench) => {
      await keyOf(bench, await garden(bench));
    },
  },
  {
    id: 'client.group.fresh-key',
    title: 'Every group has a fresh key of its own.',
    requirements: ['KEY-03'],
    needs: 'groups',
    async run(bench) {
      const [one, other] = [await readyGarden(bench), await readyGarden(bench, anotherGarden)];
      const account = await bench.jane();
      const SYM_Account = orBlocked(() => openSymmetricKey(bench, account));
      const keys = [one.key, other.key, SYM_Account].map(toHex);
      if (new Set(keys).size === keys.length) return;
      const { act } = await garden(bench);
      const link = textOf(jsonOf(expectCall(act, CREATE).requestBody), 'encSymmetricKey');
      throw new Failure('a key was used before', {
        expected: 'SYM_ResourceGroup of two groups and SYM_Account, all different',
        actual: 'two of them are the same',
        explain: () => explainLink(bench.oracle, ownerOf(bench, account), link),
      });
    },
  },
  {
    id: 'client.group.another-key',
    title: 'A client that has made a group encrypts nothing with another key that the answer brings up.',
    requirements: ['GROUP-05', 'WRAP-09'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const account = await bench.jane();
      const session = await sessionOf(bench, account);
      const publicKey = orBlocked(() => readPublicKey(jsonOf(textOf(account.body, 'publicKey'))));
      const alter = (own: Answer): Answer => ({
        ...own,
        encSymmetricKey: bench.steps.wrap.sealLink(publicKey, native.random(32)),
      });
      const creating = () => bench.call('createGroup', { session, ...GROUP });
      const act = await bench.peer.withFault([{ call: CREATE, alter }], creating);
      const key = await keyOf(bench, { session, act });
      if (act.result instanceof VerbError) return; // Who keeps to its own key need not refuse the answer.
      const edit = {
        groupId: act.result.groupId,
        id: 'req_own',
        name: 'Own',
        type: 'Request',
        removed: false,
      };
      const push = await bench.call('push', { session, edits: [{ ...edit, document: 'own' }] });
      for (const resource of pushesIn(push.exchanges).flatMap(resourcesOf))
        expectSame('the document', 'own', String(contentOf(bench, resource, key)));
    },
  },
];
