/** Clients that are wrong when the passphrase or the address changes (7.6 to 7.8). */
import {
  bodyChanged,
  withFetch,
  withOverrides,
  withSteps,
  withVerbs,
  type ClientFault,
} from './client-parts.ts';
import type { HeldResource } from '../target/verbs.ts';
import {
  opensAnyKey,
  sealingAnObject,
  sealingWithData,
  sealingWithK,
  withAddressOfBody,
} from './flow-parts.ts';

const CHANGE = '/auth/change-password';

/** One member of the change in place of another. */
const inChange = (change: (body: Record<string, unknown>) => object) =>
  withFetch(async (request) => await fetch(await bodyChanged(request, CHANGE, change)));

export const changeFaults: readonly ClientFault[] = [
  {
    id: 'change-keeps-verifier',
    title: 'sends the old verifier as the new one',
    requirement: 'CHANGE-03',
    create: inChange((body) => ({ ...body, newVerifier: body['verifier'] })),
  },
  {
    id: 'change-keeps-wrapped-key',
    title: 'sends the old wrapped key as the new one',
    requirement: 'CHANGE-04',
    create: inChange((body) => ({ ...body, newEncSymmetricKey: body['encSymmetricKey'] })),
  },
  {
    id: 'change-wraps-with-K',
    title: 'wraps the key anew with K of the session in place of SEC_PWD_Enc',
    requirement: 'WRAP-07',
    create: withSteps(sealingWithK),
  },
  {
    id: 'change-wraps-an-object',
    title: 'encrypts an object in place of its JSON text when it wraps the key anew',
    requirement: 'CHANGE-04',
    profile: 'deployed',
    create: withOverrides(sealingAnObject),
  },
  {
    id: 'change-wraps-with-additional-data',
    title: 'wraps the key anew with additional data',
    requirement: 'AES-04',
    profile: 'deployed',
    create: withOverrides(sealingWithData),
  },
  {
    id: 'change-writes-spaces',
    title: 'writes the new wrapped key with white space',
    requirement: 'AES-03',
    create: inChange((body) => ({
      ...body,
      newEncSymmetricKey: JSON.stringify(JSON.parse(String(body['newEncSymmetricKey'])), null, 1),
    })),
  },
  {
    id: 'change-sends-salts',
    title: 'draws new salts for a change',
    requirement: 'CHANGE-02',
    profile: 'deployed',
    create: inChange((body) => ({
      ...body,
      ...{ newSaltKey: '1'.repeat(64), newSaltAuth: '2'.repeat(64), newSaltEnc: '3'.repeat(64) },
    })),
  },
  {
    id: 'change-one-salt',
    title: 'sends one new salt three times',
    requirement: 'CHANGE-01',
    create: inChange(({ newSaltKey, ...body }) => ({
      ...body,
      ...{ newSaltKey, newSaltAuth: newSaltKey, newSaltEnc: newSaltKey },
    })),
  },
  {
    id: 'change-without-check',
    title: 'sends a change although the old passphrase does not open the account',
    requirement: 'CHANGE-05',
    create: withSteps(opensAnyKey),
  },
  {
    id: 'change-writes-key-anew',
    title: 'writes the present encSymmetricKey anew in place of sending it as it came',
    requirement: 'CHANGE-06',
    create: inChange((body) => ({
      ...body,
      encSymmetricKey: JSON.stringify(JSON.parse(String(body['encSymmetricKey'])), null, 1),
    })),
  },
  {
    id: 'change-sends-documents',
    title: 'encrypts every document anew with a change',
    requirement: 'CHANGE-15',
    create: withVerbs((own) => ({
      async changePassword(params) {
        await own.changePassword(params);
        const { session } = params;
        const { resources } = await own.pull({ session });
        const edits = resources.map((resource) => ({ ...resource, removed: false }));
        await own.push({ session, edits });
        return {};
      },
    })),
  },
  {
    id: 'change-sends-what-it-holds',
    title: 'pushes what the device holds of a pull again after a change',
    requirement: 'CHANGE-15',
    create: withVerbs((own) => {
      const held = new Map<string, readonly HeldResource[]>();
      return {
        async pull(params) {
          const pulled = await own.pull(params);
          held.set(params.session, pulled.resources);
          return pulled;
        },
        async changePassword(params) {
          await own.changePassword(params);
          const { session } = params;
          const edits = held.get(session)?.map((resource) => ({ ...resource, removed: false })) ?? [];
          if (edits.length > 0) await own.push({ session, edits });
          return {};
        },
      };
    }),
  },
  {
    id: 'change-of-address-keeps-keys',
    title: 'derives everything from the old address when the address changes',
    requirement: 'EMAIL-01',
    create: withAddressOfBody,
  },
];
