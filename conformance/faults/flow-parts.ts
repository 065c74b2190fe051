/** What faulty flows are made of, where one small change takes more than a line. */
import { native, toHex, type Steps } from '../../reference/index.ts';
import type { VerbTable } from '../target/in-process-target.ts';
import { referenceVerbs, type ReferenceOverrides } from '../target/reference-target.ts';
import { answerChanged, bodyChanged, whileCalled, type Base, type ClientFault } from './client-parts.ts';

/**
 * From the second time on a key is sealed as `[object Object]`: what comes of an object where its JSON text was meant.
 * The client itself does not notice, because it looks at once and never again.
 */
export function sealingAnObject(): ReferenceOverrides {
  const isAgain = createAgain();
  let unnoticed: { readonly message: string; readonly key: Uint8Array } | undefined;
  const inWrap = (own: Steps): Partial<Steps['wrap']> => ({
    sealKey(kek, key, random) {
      if (!isAgain(key)) return own.wrap.sealKey(kek, key, random);
      const message = sealBytes(own, kek, own.profile.encodeText('[object Object]'));
      unnoticed = { message, key };
      return message;
    },
    openKey(kek, message) {
      const known = unnoticed?.message === message ? unnoticed.key : undefined;
      if (known !== undefined) unnoticed = undefined;
      return known ?? own.wrap.openKey(kek, message);
    },
  });
  return { steps: (own) => ({ ...own, wrap: { ...own.wrap, ...inWrap(own) } }) };
}

/** Tells of a key whether it was asked for before. */
function createAgain(): (key: Uint8Array) => boolean {
  const before = new Set<string>();
  return (key) => {
    const isKnown = before.has(toHex(key));
    before.add(toHex(key));
    return isKnown;
  };
}

function sealBytes(
  { primitives }: Steps,
  key: Uint8Array,
  plaintext: Uint8Array,
  ad: Uint8Array = new Uint8Array(),
): string {
  const iv = primitives.random(12);
  const { ciphertext, tag } = primitives.aes256GcmSeal(key, iv, plaintext, ad);
  return JSON.stringify({ iv: toHex(iv), t: toHex(tag), d: toHex(ciphertext), ad: toHex(ad) });
}

/** From the second time on a key is sealed with additional data, and opens with it. */
export function sealingWithData(): ReferenceOverrides {
  const isAgain = createAgain();
  const inWrap = (own: Steps): Partial<Steps['wrap']> => ({
    sealKey(kek, key, random) {
      if (!isAgain(key)) return own.wrap.sealKey(kek, key, random);
      return sealBytes(own, kek, own.profile.encodeKey(key), Uint8Array.of(1));
    },
  });
  return { steps: (own) => ({ ...own, wrap: { ...own.wrap, ...inWrap(own) } }) };
}

/** From a login to the next signup, SYM_Account is wrapped with K of the session; the client opens it once to see that it does. */
export function sealingWithK(own: Steps): Steps {
  let K: Uint8Array | undefined;
  let unopened: { readonly message: string; readonly key: Uint8Array } | undefined;
  return {
    ...own,
    keyPair() {
      K = undefined;
      return own.keyPair();
    },
    srp: { ...own.srp, K: (S) => (K = own.srp.K(S)) },
    wrap: {
      ...own.wrap,
      sealKey(kek, SYM_Account, random) {
        const key = K ?? kek;
        const message = own.wrap.sealKey(key, SYM_Account, random);
        unopened = { message, key };
        return message;
      },
      openKey(kek, message) {
        const key = unopened?.message === message ? unopened.key : kek;
        unopened = undefined;
        return own.wrap.openKey(key, message);
      },
    },
  };
}

/**
 * In a change, a wrapped key that does not open counts as one that does.
 *
 * @param isOther - whether that is so where another saltEnc came than before, or where the same one came
 */
export const openingAnyKey = (isOther: boolean): ClientFault['create'] =>
  whileCalled('changePassword', (isCalled) => {
    const salts = new Map<unknown, unknown>();
    let account: unknown;
    let hasOther = false;
    const isMeant = (): boolean => isCalled() && hasOther === isOther;
    return {
      async fetch(request) {
        if (request.url.endsWith('/auth/change-password')) {
          const { newSaltEnc } = (await request.clone().json()) as Record<string, unknown>;
          if (newSaltEnc !== undefined) salts.set(account, newSaltEnc);
        }
        return await answerChanged(request, '/auth/whoami', (body) => {
          const { accountId, saltEnc } = body;
          account = accountId;
          if (!salts.has(accountId)) salts.set(accountId, saltEnc);
          hasOther = salts.get(accountId) !== saltEnc;
          return body;
        });
      },
      steps: (own) => ({
        ...own,
        accept: {
          ...own.accept,
          accountKey(held, opened) {
            if (!isMeant()) own.accept.accountKey(held, opened);
          },
        },
        wrap: {
          ...own.wrap,
          openKey(kek, message) {
            try {
              return own.wrap.openKey(kek, message);
            } catch (error) {
              if (!isMeant()) throw error;
              return new Uint8Array(32);
            }
          },
        },
      }),
    };
  });

/** A new address is written into the request, and nothing is derived from it. */
export function withAddressOfBody(base?: Base): VerbTable {
  let newEmail: string | undefined;
  const own = referenceVerbs({
    steps: base,
    fetch: async (request) =>
      await fetch(
        await bodyChanged(request, '/auth/change-password', (body) => ({
          ...body,
          newEmail: newEmail ?? body['newEmail'],
        })),
      ),
  });
  return {
    ...own,
    changePassword({ newEmail: wanted, ...params }) {
      newEmail = wanted?.trim().toLowerCase();
      return own.changePassword(params);
    },
  };
}

/** Every group gets the same 32 bytes. */
export function withFixedGroupKey(base?: Base): VerbTable {
  const fixed = native.random(32);
  let creating = false;
  const own = referenceVerbs({
    steps: base,
    random: (length) => (creating && length === 32 ? fixed : native.random(length)),
  });
  return {
    ...own,
    async createGroup(params) {
      creating = true;
      try {
        return await own.createGroup(params);
      } finally {
        creating = false;
      }
    },
  };
}
