/** `POST /api/resource_groups` and `GET /api/resource_groups/:id` (8.1). */
import t from 'tap';
import { findFault } from '../index.ts';
import { accepted, fakeElement, openWorld, PROFILES, refused } from './server-world.ts';

const GROUPS = '/api/resource_groups';

for (const profile of PROFILES) {
  t.test(`${profile}: a group belongs to its maker`, async (test) => {
    const { call, person, store } = openWorld(test, profile);
    const [jane, bob] = [await person('Jane'), await person('Bob')];
    const body = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: fakeElement() };
    const group = await accepted(test, call(`POST ${GROUPS}`, { by: jane, body }));
    const id = String(group['id']);
    test.same(group, { id, ...body });
    test.same(await accepted(test, call(`GET ${GROUPS}/${id}`, { by: jane })), group);
    test.equal(store.group(id)?.ownerAccountId, jane.account.id);
    test.equal(findFault('record-resource-group', store.group(id)), undefined);
    test.equal(findFault('record-link', store.link(id, jane.account.id)), undefined);
    const foreign = await call(`GET ${GROUPS}/${id}`, { by: bob });
    const unknown = await call(`GET ${GROUPS}/rg_unknown`, { by: bob });
    test.equal(foreign.status, 404);
    test.same(foreign.body, unknown.body, 'a group without a link is answered as one that is not there');
    await refused(test, call(`GET ${GROUPS}/${id}`), 401, 'no-session');
  });

  t.test(`${profile}: two groups for one resource are two`, async (test) => {
    const { call, person } = openWorld(test, profile);
    const jane = await person('Jane');
    const body = { parentResourceId: 'wrk_1', name: '', encSymmetricKey: fakeElement() };
    const one = await accepted(test, call(`POST ${GROUPS}`, { by: jane, body }));
    const other = await accepted(test, call(`POST ${GROUPS}`, { by: jane, body }));
    test.not(one['id'], other['id']);
  });

  t.test(`${profile}: what is refused makes no group`, async (test) => {
    const { call, person, store } = openWorld(test, profile);
    const jane = await person('Jane');
    const right = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: fakeElement() };
    const refusals: readonly (readonly [body: object, field: string])[] = [
      [{ ...right, parentResourceId: '' }, '/parentResourceId'],
      [{ ...right, name: 1 }, '/name'],
      [{ ...right, encSymmetricKey: right.encSymmetricKey.toUpperCase() }, '/encSymmetricKey'],
      [{ ...right, encSymmetricKey: right.encSymmetricKey.slice(2) }, '/encSymmetricKey'],
      [{ ...right, id: 'rg_1' }, '/id'],
      [{ name: 'Garden', encSymmetricKey: right.encSymmetricKey }, '/parentResourceId'],
    ];
    for (const [body, field] of refusals)
      await refused(test, call(`POST ${GROUPS}`, { by: jane, body }), 400, 'malformed', field);
    await refused(test, call(`POST ${GROUPS}`, { body: right }), 401, 'no-session');
    test.same(store.linksOfAccount(jane.account.id), []);
    await accepted(test, call(`POST ${GROUPS}`, { by: jane, body: right }));
  });
}
