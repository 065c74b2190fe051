/** Clients that are wrong when the passphrase or the address changes (7.6 to 7.8). */
import { referenceVerbs } from '../target/reference-target.ts';
import { LOGIN_S } from '../peer/calls.ts';
import {
  acceptWhile,
  bodyChanged,
  withFetch,
  withOverrides,
  withSteps,
  withVerbs,
  type ClientFault,
} from './client-parts.ts';
import type { HeldResource } from '../target/verbs.ts';
import {
  openingAnyKey,
  sealingAnObject,
  sealingWithData,
  sealingWithK,
  withAddressOfBody,
} from './flow-parts.ts';
import { brought, inUpperCase, text } from './taken.ts';

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
  ...[false, true].map((isByCode) => ({
    id: `change-sends-salts${isByCode ? '-with-code' : ''}`,
    title: `draws new salts for a change ${isByCode ? 'with a mailed code' : 'with the old passphrase'}`,
    requirement: 'CHANGE-02',
    profile: 'deployed' as const,
    create: inChange((body) =>
      'code' in body === isByCode
        ? {
            ...body,
            ...{ newSaltKey: '1'.repeat(64), newSaltAuth: '2'.repeat(64), newSaltEnc: '3'.repeat(64) },
          }
        : body,
    ),
  })),
  {
    id: 'change-one-salt',
    title: 'sends one new salt three times',
    requirement: 'CHANGE-01',
    create: inChange(({ newSaltKey, ...body }) => ({
      ...body,
      ...{ newSaltKey, newSaltAuth: newSaltKey, newSaltEnc: newSaltKey },
    })),
  },
  ...[false, true].map((isOther) => ({
    id: `change-without-check.${isOther ? 'saltEnc' : 'passphrase'}`,
    title: `sends a change although the old passphrase does not open the account${isOther ? ' with the saltEnc that came' : ''}`,
    requirement: 'CHANGE-05',
    create: openingAnyKey(isOther),
  })),
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
    id: 'change-to-NFC',
    title: 'normalises the passphrase to NFC when it changes it, and when it is typed afterwards',
    requirement: 'NORM-03',
    create: (base = (own) => own) => {
      const changed = new Set<string>();
      const own = referenceVerbs({
        steps(given) {
          const steps = base(given);
          return {
            ...steps,
            passphrase: (raw) =>
              changed.has(raw) ? steps.passphrase(raw).normalize('NFC') : steps.passphrase(raw),
          };
        },
      });
      return {
        ...own,
        changePassword(params) {
          changed.add(params.newPassphrase);
          return own.changePassword(params);
        },
      };
    },
  },
  {
    id: 'change-account-unchecked',
    title: 'does not look in a change whose account it is',
    requirement: 'WHOAMI-03',
    create: acceptWhile('changePassword', () => ({ account: (_owner, answer) => answer })),
  },
  {
    id: 'change-salt-upper-case-taken',
    title: 'takes in a change a salt in upper case',
    requirement: 'ENC-02',
    create: brought(
      'changePassword',
      LOGIN_S,
      ({ saltKey }) => inUpperCase(saltKey),
      (answer) => ({ ...answer, saltKey: text(answer['saltKey']).toLowerCase() }),
    ),
  },
  {
    id: 'change-refusal-taken',
    title: 'reports a change as made that the server has refused for its proof',
    requirement: 'HTTP-13',
    create: withFetch(async (request) => {
      const response = await fetch(request);
      const isRefused = new URL(request.url).pathname === CHANGE && [401, 403].includes(response.status);
      return isRefused ? Response.json({}) : response;
    }),
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
