/** What a server does when a group is made and asked for (8.1, 2.2). */
import { expectSame, expectThat, shorten, type Check } from '../../check.ts';
import { textOf } from '../../peer/exchange.ts';
import { expectAccepted, expectBody } from '../answers/acceptance.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import { ODD_NAME } from '../fixtures/odd-texts.ts';
import { groupPath, linkFor, makeGroup, recipients } from '../fixtures/flows.ts';
import { expectLinks, linkSeen, groupOf, idOf, people } from '../fixtures/people.ts';
import { wildcardFor } from '../fixtures/absent-id.ts';
import { expectRefusal } from '../answers/refusal.ts';

const GROUPS = '/api/resource_groups';

/** What a client would send, with some members changed; undefined leaves one out. */
const groupRequest = (bench: ServerBench, owner: Device, change: object = {}): object => ({
  parentResourceId: 'wrk_1',
  name: 'Garden',
  encSymmetricKey: linkFor(bench, owner.account, bench.steps.primitives.random(32)),
  ...change,
});

/** Texts that may be in plain members, each of them as it is. */
const NAMES = [
  '',
  ' Gärten & Beete ',
  'a/b%2Fc?d#e',
  '\n"\\',
  '👩‍👩‍👧 e\u0301 \u202e',
  '{"__proto__":1}',
  'x'.repeat(300),
  ODD_NAME,
];
const PARENTS = ['wrk_1', 'Wrk_A\u030a', '😀'.repeat(200), '__proto__', '../wrk', ' ', ODD_NAME];

/** Fails unless the group holds what was sent. A `deployed` server may leave out the two plain members. */
function expectGroup(
  bench: ServerBench,
  what: string,
  group: Readonly<Record<string, unknown>>,
  sent: Readonly<Record<string, unknown>>,
): void {
  for (const name of ['parentResourceId', 'name', 'encSymmetricKey'])
    if (name === 'encSymmetricKey' || bench.profile === 'documented' || name in group)
      expectSame(`${name} of ${what}`, textOf(sent, name), textOf(group, name));
}

/** Malformed requests for a group, by what is wrong with them. */
const MALFORMED: Readonly<Record<string, (link: string) => object>> = {
  'no parentResourceId': () => ({ parentResourceId: undefined }),
  'an empty parentResourceId': () => ({ parentResourceId: '' }),
  'a parentResourceId of 201 characters': () => ({ parentResourceId: 'x'.repeat(201) }),
  'a number as parentResourceId': () => ({ parentResourceId: 1 }),
  'half of a surrogate pair in parentResourceId': () => ({ parentResourceId: '\ud800' }),
  'no name': () => ({ name: undefined }),
  'null as name': () => ({ name: null }),
  'half of a surrogate pair in name': () => ({ name: '\udc00' }),
  'no encSymmetricKey': () => ({ encSymmetricKey: undefined }),
  'an empty encSymmetricKey': () => ({ encSymmetricKey: '' }),
  'an encSymmetricKey of 255 bytes': (link) => ({ encSymmetricKey: link.slice(2) }),
  'an encSymmetricKey of 257 bytes': (link) => ({ encSymmetricKey: `${link}00` }),
  'an encSymmetricKey of 511 digits': (link) => ({ encSymmetricKey: link.slice(1) }),
  'upper-case digits in encSymmetricKey': (link) => ({ encSymmetricKey: `AB${link.slice(2)}` }),
  'an encSymmetricKey that is no hex': (link) => ({ encSymmetricKey: `zz${link.slice(2)}` }),
  'a list as encSymmetricKey': (link) => ({ encSymmetricKey: [link] }),
  'an id of the client’s own': () => ({ id: 'rg_1' }),
  'a member that nobody knows': () => ({ colour: 'green' }),
};

export const groupChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.group.create',
    title: 'A new group is answered with an id of its own and with what was sent, byte for byte.',
    requirements: ['GROUP-02', 'KEY-05'],
    needs: 'groups',
    async run(bench) {
      const { jane } = await people(bench);
      const ids: string[] = [];
      for (const change of [
        ...NAMES.map((name) => ({ name })),
        ...PARENTS.map((parentResourceId) => ({ parentResourceId })),
      ]) {
        const sent = groupRequest(bench, jane, change);
        const group = expectBody('a new group', await jane.call('POST', GROUPS, sent), 'resource-group');
        expectGroup(bench, 'the new group', group, { ...sent });
        const groupId = textOf(group, 'id');
        const stored = expectBody(
          'a group',
          await jane.call('GET', groupPath({ groupId })),
          'resource-group',
        );
        expectGroup(bench, 'the group', stored, { ...sent });
        ids.push(groupId);
      }
      expectThat(new Set(ids).size === ids.length, 'two groups have one id', {
        expected: `${String(ids.length)} different ids`,
        actual: shorten(ids.join(', ')),
      });
    },
  },
  {
    id: 'server.group.get',
    title:
      'A group is answered to its maker as it was made, as often as it is asked for, and to nobody else.',
    requirements: ['GROUP-02', 'GROUP-03', 'KEY-05', 'MODEL-02'],
    needs: 'groups',
    async run(bench) {
      const { jane } = await people(bench);
      const group = await groupOf(bench);
      const sent = {
        parentResourceId: group.parentResourceId,
        name: group.name,
        encSymmetricKey: group.link,
      };
      for (const what of ['a group', 'a group that is asked for again']) {
        const answer = expectBody(what, await jane.call('GET', groupPath(group)), 'resource-group');
        expectSame(`id of ${what}`, group.groupId, textOf(answer, 'id'));
        expectGroup(bench, what, answer, sent);
      }
      await expectLinks(bench, group, { jane: group.link }, 'to a group that was shared with nobody');
    },
  },
  {
    id: 'server.group.wildcard',
    title: 'An id with a wildcard in it is the id of no group.',
    requirements: ['MODEL-02'],
    needs: 'groups',
    twin: async (bench) => {
      const { jane } = await people(bench);
      expectAccepted('a group', await jane.call('GET', groupPath(await groupOf(bench))));
    },
    async run(bench) {
      const { jane } = await people(bench);
      const { groupId } = await groupOf(bench);
      for (const [what, id] of [
        ['a wildcard for a character', wildcardFor(groupId)],
        ['a wildcard at its end', `${groupId}%`],
        ['nothing but a wildcard', '%'],
      ] as const) {
        const answer = await jane.call('GET', groupPath({ groupId: id }));
        expectRefusal(`a group with ${what} in its id`, answer, [404], 'not-found');
      }
    },
  },
  {
    id: 'server.group.second-device',
    title: 'A group is answered to another session of its maker in the same way.',
    requirements: ['GROUP-03'],
    needs: 'groups',
    async run(bench) {
      const { jane } = await people(bench);
      const group = await groupOf(bench);
      expectSame('the link on one device', group.link, await linkSeen(group, jane));
      const second = await bench.device(jane.account);
      const answer = expectBody('a group', await second.call('GET', groupPath(group)), 'resource-group');
      expectSame('the link on a second device', group.link, textOf(answer, 'encSymmetricKey'));
    },
  },
  {
    id: 'server.group.owner',
    title: 'Who makes a group owns it: they can share it.',
    requirements: ['GROUP-02'],
    needs: 'sharing',
    async run(bench) {
      const { jane, bob, third } = await people(bench);
      for (const [owner, other] of [
        [jane, bob],
        [third, bob],
      ] as const) {
        const group = await makeGroup(bench, owner);
        const whom = await recipients(bench, owner, [other.account]);
        const share = (call: string, body: object) => owner.call('POST', groupPath(group, call), body);
        expectAccepted('share-a of who made the group', await share('share-a', whom));
        const keys = { [idOf(other)]: linkFor(bench, other.account, group.key) };
        expectAccepted('share-b of who made the group', await share('share-b', { ...whom, keys }));
      }
    },
  },
  {
    id: 'server.group.malformed',
    title: 'A request for a group in which a member is missing, unknown or not of its form is refused.',
    requirements: ['HTTP-07'],
    needs: 'groups',
    twin: async (bench) => await makeGroup(bench, (await people(bench)).jane),
    async run(bench) {
      const { jane } = await people(bench);
      const { link } = await groupOf(bench);
      for (const [what, change] of Object.entries(MALFORMED)) {
        const answer = await jane.call('POST', GROUPS, groupRequest(bench, jane, change(link)));
        expectRefusal(`a new group with ${what}`, answer, [400], 'malformed');
      }
    },
  },
];
