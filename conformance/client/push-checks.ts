/** What a client sends of a document: envelope in plain text, everything else under the key of the group (8.5, 8.8). */
import { isDeepStrictEqual } from 'node:util';
import { toHex, type Resource } from '../../reference/index.ts';
import { expectSame, expectThat, Failure, shorten, type Check } from '../check.ts';
import { callOf, jsonOf } from '../peer/exchange.ts';
import type { ResourceEdit } from '../target/verbs.ts';
import type { ClientBench, Signup } from './bench.ts';
import { doneBefore, expectDone, idOf } from './flows.ts';
import {
  DOCUMENTS,
  grownGarden,
  plantedGarden,
  pushedBy,
  pushesIn,
  readyGarden,
  resourcesOf,
} from './garden.ts';
import { explainWrappedJson } from './explain-message.ts';
import { expectCompactText, opened, openSymmetricKey, plaintextOf } from './opened.ts';

/** A document that is edited and removed, so that those of the garden stay. */
const PASSING = { id: 'req_passing', name: 'Passing', type: 'Request' };

/** Pushes one document and hands back what was sent. @throws Failure */
async function pushOne(
  bench: ClientBench,
  document: unknown,
  { removed = false, id = PASSING.id } = {},
): Promise<Resource> {
  const { session, groupId } = await readyGarden(bench);
  const edit: ResourceEdit = { ...PASSING, id, groupId, document, removed };
  const act = await bench.call('push', { session, edits: [edit] });
  const sent = pushedBy(act).find((resource) => resource.id === id);
  expectThat(sent !== undefined, `the push does not hold ${id}`, {
    expected: id,
    actual: shorten(act.exchanges.map(callOf).join(', ')),
  });
  expectDone(act, 'push');
  return sent;
}

/** The document in `encContent`. @throws Failure */
export function contentOf(bench: ClientBench, { encContent, id }: Resource, key: Uint8Array): unknown {
  const { wrap } = bench.steps;
  const open = () => wrap.openJson(key, encContent);
  return opened('encContent', encContent, 'SYM_ResourceGroup', open, () =>
    explainContent(bench, id, key, encContent),
  );
}

/** The mistake that explains how a document of the garden is sealed or written. */
function explainContent(bench: ClientBench, id: string, key: Uint8Array, message: string) {
  const planted = DOCUMENTS.find(([one]) => one === id);
  const owner = bench.record.signups.find((one) => one.bench === bench)?.signup;
  const beside = { ...(owner && keyOfAccount(bench, owner)), ...(planted && { M_Resource: planted[2] }) };
  return explainWrappedJson(bench.oracle, 'encContent', key, message, beside);
}

/** The key that a content may be under by mistake; nothing where the account does not open. */
function keyOfAccount(bench: ClientBench, account: Signup) {
  try {
    return { SYM_Account: toHex(openSymmetricKey(bench, account)) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {};
  }
}

export const pushChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.push.request',
    title:
      'A new resource is pushed with every member of the envelope, id and name in plain text, and no version.',
    requirements: ['PUSH-08', 'PUSH-01', 'PUSH-07', 'LEAK-07', 'SESSION-01'],
    needs: 'sync',
    async run(bench) {
      const { act, groupId } = await plantedGarden(bench);
      const resources = pushedBy(act);
      const accountId = idOf(await bench.jane());
      expectSame('number of resources', String(DOCUMENTS.length), String(resources.length));
      for (const [id, name] of DOCUMENTS) {
        const resource = resources.find((candidate) => candidate.id === id);
        expectSame('id', id, resource?.id ?? 'missing');
        const expected = { name, resourceGroupId: groupId, version: '__NO_VERSION__', type: 'Request' };
        const authors = { createdBy: accountId, lastEditedBy: accountId, removed: false };
        for (const [member, value] of Object.entries({ ...expected, ...authors }))
          expectSame(`${member} of ${id}`, String(value), String(resource?.[member as keyof Resource]));
      }
      const { pushed, conflicts } = expectDone(act, 'push');
      const taken = pushed.map(({ id }) => id).sort();
      expectSame('pushed', DOCUMENTS.map(([id]) => id).join(), taken.join());
      expectSame('number of conflicts', '0', String(conflicts.length));
    },
  },
  {
    id: 'client.push.encContent',
    title: 'encContent opens with the key of the group to the document, written as the profile says.',
    requirements: [...['WRAP-09', 'WRAP-01', 'WRAP-02', 'WRAP-03', 'WRAP-04', 'AES-01', 'AES-03', 'AES-04']],
    needs: 'sync',
    async run(bench) {
      const { act, key } = await plantedGarden(bench);
      for (const resource of pushedBy(act)) {
        const [, , document] = DOCUMENTS.find(([id]) => id === resource.id) ?? [];
        const content = contentOf(bench, resource, key);
        expectThat(isDeepStrictEqual(content, document), 'encContent holds another document', {
          expected: JSON.stringify(document),
          actual: JSON.stringify(content),
          explain: () => explainContent(bench, resource.id, key, resource.encContent),
        });
        const { encContent } = resource;
        expectCompactText(bench, 'encContent', plaintextOf(encContent, key), () =>
          explainContent(bench, resource.id, key, encContent),
        );
        expectSame('encContent', JSON.stringify(JSON.parse(encContent)), encContent, {
          explain: () => explainContent(bench, resource.id, key, encContent),
        });
        const message = jsonOf(resource.encContent);
        expectSame('ad of encContent', '', String(message['ad']));
        expectSame('members of encContent', 'ad,d,iv,t', Object.keys(message).sort().join());
      }
    },
  },
  {
    id: 'client.push.fresh-iv',
    title: 'Every push encrypts with a fresh IV, also what has not changed.',
    requirements: ['AES-02'],
    needs: 'sync',
    async run(bench) {
      await grownGarden(bench);
      await pushOne(bench, 'the same', { id: 'req_same' });
      await pushOne(bench, 'the same', { id: 'req_same' });
      const sent = pushesIn(bench.peer.exchanges).flatMap(resourcesOf);
      const ivs = sent.map(({ encContent }) => String(jsonOf(encContent)['iv']));
      if (new Set(ivs).size === ivs.length) return;
      const { key } = await readyGarden(bench);
      const [own] = sent;
      throw new Failure('an IV was used twice', {
        expected: `${String(ivs.length)} different IVs`,
        actual: `${String(new Set(ivs).size)} different IVs`,
        explain: () => own && explainContent(bench, own.id, key, own.encContent),
      });
    },
  },
  {
    id: 'client.push.version',
    title: 'A later edit is pushed with the version that the server gave.',
    requirements: ['PUSH-08'],
    needs: 'sync',
    async run(bench) {
      const { groupId } = await readyGarden(bench);
      await pushOne(bench, 1, { id: 'req_edited' });
      const given = bench.peer.store.resource(groupId, 'req_edited')?.version ?? 'nothing stored';
      expectSame('version', given, (await pushOne(bench, 2, { id: 'req_edited' })).version);
    },
  },
  {
    id: 'client.push.removal',
    title: 'A resource is removed by a push with removed true.',
    requirements: ['SYNC-06'],
    needs: 'sync',
    async run(bench) {
      const { groupId } = await readyGarden(bench);
      await pushOne(bench, 'soon gone');
      const sent = await pushOne(bench, 'soon gone', { removed: true });
      expectSame('removed', 'true', String(sent.removed));
      const kept = bench.peer.store.resource(groupId, PASSING.id);
      expectSame('removed, as stored', 'true', String(kept?.removed));
      const { session } = await readyGarden(bench);
      const { resources } = doneBefore(await bench.call('pull', { session }), 'pull');
      expectThat(!resources.some(({ id }) => id === PASSING.id), 'the client still holds what was removed', {
        expected: `no ${PASSING.id}`,
        actual: resources.map(({ id }) => id).join(', '),
      });
    },
  },
];
