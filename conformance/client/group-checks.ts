/** What a client sends to make a group: a link to a key that nobody else has (8.1). */
import { toHex } from '../../reference/index.ts';
import { expectSame, expectThat, type Check } from '../check.ts';
import { jsonOf, textOf } from '../peer/exchange.ts';
import type { ClientBench } from './bench.ts';
import { expectBody, expectCall, expectDone } from './flows.ts';
import { anotherGarden, garden, GROUP, keyOf, readyGarden } from './garden.ts';
import { openSymmetricKey, orBlocked } from './opened.ts';

export const groupChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.group.request',
    title:
      'A new group is sent with its parent, its name and a link, and goes by the id that the server gives.',
    requirements: ['SESSION-01', 'HTTP-03'],
    needs: 'groups',
    async run(bench) {
      const { act } = await garden(bench);
      const exchange = expectCall(act, 'POST /api/resource_groups');
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
      expectThat(new Set(keys).size === keys.length, 'a key was used before', {
        expected: 'SYM_ResourceGroup of two groups and SYM_Account, all different',
        actual: 'two of them are the same',
      });
    },
  },
];
