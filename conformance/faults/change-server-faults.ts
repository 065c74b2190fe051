/** Servers that are wrong when the passphrase or the names change (7.6). */
import {
  beforeChange,
  besideChange,
  keepingAt,
  refused,
  replacing,
  type ChangeBody,
} from './change-parts.ts';
import type { AccountRecord } from '../../reference/index.ts';
import { inStore, type ServerFault } from './server-parts.ts';

/** The digits or text of a member; empty where it has none. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Kinds of change, by what comes with them. */
const ofNames = (body: ChangeBody): boolean => 'newFirstName' in body || 'newLastName' in body;
const ofAddress = (body: ChangeBody, { email }: AccountRecord): boolean => body['newEmail'] !== email;
const byCode = (body: ChangeBody): boolean => 'code' in body;

/** What an account says of its owner. */
const said = ({ email, firstName, lastName }: AccountRecord): string =>
  [email, firstName, lastName].join('\n');

/** The JSON of a new encSymmetricKey written anew, at some changes. */
const keyRewrittenWhere = (isMeant: (after: AccountRecord, before: AccountRecord) => boolean) =>
  replacing((after, before) =>
    isMeant(after, before)
      ? { ...after, encSymmetricKey: JSON.stringify(JSON.parse(after.encSymmetricKey), null, 1) }
      : after,
  );

/** The verifiers that an account had before, in a change that is right in everything else. */
function formerVerifiersTaken(): ServerFault['create'] {
  const former = new Set<string>();
  return beforeChange((body, { verifier, encSymmetricKey, email }) => {
    const isRight = body['encSymmetricKey'] === encSymmetricKey && body['newEmail'] === email;
    const proves = isRight && former.has(text(body['verifier']));
    former.add(verifier);
    return proves ? { ...body, verifier } : body;
  });
}

export const changeServerFaults: readonly ServerFault[] = [
  {
    id: 'change-verifier-unchecked',
    title: 'takes any old verifier for a change',
    requirement: 'CHANGE-07',
    create: beforeChange((body, { verifier }) =>
      text(body['verifier']).length === 512 ? { ...body, verifier } : body,
    ),
  },
  {
    id: 'change-verifier-end-unchecked',
    title: 'compares the old verifier but for its last digit',
    requirement: 'CHANGE-07',
    create: beforeChange((body, { verifier }) =>
      text(body['verifier']).slice(0, 511) === verifier.slice(0, 511) ? { ...body, verifier } : body,
    ),
  },
  {
    id: 'change-by-new-verifier',
    title: 'lets a change prove itself by the verifier that it brings',
    requirement: 'CHANGE-07',
    create: beforeChange((body, { verifier }) =>
      body['verifier'] === body['newVerifier'] ? { ...body, verifier } : body,
    ),
  },
  {
    id: 'change-of-who-is-named',
    title: 'changes the account that the verifier belongs to, whose session it may be',
    requirement: 'CHANGE-07',
    create: beforeChange((body, own, store) => {
      const named = store.accountByEmail(text(body['newEmail']));
      if (named === undefined || named.id === own.id || named.verifier !== body['verifier']) return body;
      if (named.encSymmetricKey !== body['encSymmetricKey']) return body;
      const [verifier, encSymmetricKey] = [text(body['newVerifier']), text(body['newEncSymmetricKey'])];
      store.replaceAccount({ ...named, verifier, encSymmetricKey });
      return Response.json({});
    }),
  },
  {
    id: 'change-by-former-verifier',
    title: 'takes a verifier that the account had before its last change',
    requirement: 'CHANGE-07',
    create: (input) => formerVerifiersTaken()(input),
  },
  {
    id: 'change-stale-before-proof',
    title: 'tells that a change is stale to whoever does not know the passphrase',
    requirement: 'CHANGE-07',
    create: beforeChange((body, { encSymmetricKey }) =>
      text(body['encSymmetricKey']).startsWith('{"iv"') && body['encSymmetricKey'] !== encSymmetricKey
        ? refused(409, 'stale')
        : body,
    ),
  },
  {
    id: 'change-stale-taken',
    title: 'does not compare encSymmetricKey',
    requirement: 'CHANGE-08',
    create: beforeChange((body, { encSymmetricKey }) =>
      text(body['encSymmetricKey']).startsWith('{"iv"') ? { ...body, encSymmetricKey } : body,
    ),
  },
  {
    id: 'change-stale-by-iv',
    title: 'compares encSymmetricKey but for its ciphertext',
    requirement: 'CHANGE-08',
    create: beforeChange((body, { encSymmetricKey }) =>
      text(body['encSymmetricKey']).slice(0, 60) === encSymmetricKey.slice(0, 60)
        ? { ...body, encSymmetricKey }
        : body,
    ),
  },
  {
    id: 'verifier-kept-at-change',
    title: 'keeps the old verifier at a change',
    requirement: 'CHANGE-09',
    create: replacing((after, { verifier }) => ({ ...after, verifier })),
  },
  {
    id: 'change-keeps-salt',
    title: 'keeps the old SLT_Enc at a change',
    requirement: 'CHANGE-09',
    // A change of the other profile brings no salts.
    profile: 'documented',
    create: replacing((after, { saltEnc }) => ({ ...after, saltEnc })),
  },
  {
    id: 'change-keeps-names',
    title: 'keeps the old names at a change',
    requirement: 'CHANGE-09',
    create: replacing((after, { firstName, lastName }) => ({ ...after, firstName, lastName })),
  },
  {
    id: 'change-trims-names',
    title: 'trims the new names of a change',
    requirement: 'CHANGE-09',
    create: replacing((after) => ({
      ...after,
      firstName: after.firstName.trim(),
      lastName: after.lastName.trim(),
    })),
  },
  {
    id: 'change-drops-names',
    title: 'forgets a name that a change does not bring',
    requirement: 'CHANGE-09',
    create: beforeChange((body) => ({ newFirstName: '-', newLastName: '-', ...body })),
  },
  {
    id: 'change-stores-before-judging',
    title: 'stores new names before it judges the change',
    requirement: 'HTTP-11',
    create: beforeChange((body, account, store) => {
      if (typeof body['newFirstName'] === 'string')
        store.replaceAccount({ ...account, firstName: body['newFirstName'].slice(0, 200) });
      return body;
    }),
  },
  {
    id: 'change-key-rewritten',
    title: 'writes the JSON of a new encSymmetricKey anew where neither address nor names are new',
    requirement: 'KEY-05',
    create: keyRewrittenWhere(
      (after, before) => before.verifier !== after.verifier && said(before) === said(after),
    ),
  },
  {
    id: 'move-key-rewritten',
    title: 'writes the JSON of a new encSymmetricKey anew where the address is new',
    requirement: 'KEY-05',
    create: keyRewrittenWhere((after, before) => before.email !== after.email),
  },
  {
    id: 'change-last-name-dropped',
    title: 'empties the last name where a change brings a first name alone',
    requirement: 'CHANGE-09',
    create: beforeChange((body) =>
      'newFirstName' in body && !('newLastName' in body) ? { ...body, newLastName: '' } : body,
    ),
  },
  {
    id: 'change-needs-another-verifier',
    title: 'refuses a change that leaves the verifier and the salts as they are',
    requirement: 'CHANGE-16',
    create: beforeChange((body, { verifier, saltKey }) =>
      body['newVerifier'] === verifier && (body['newSaltKey'] ?? saltKey) === saltKey
        ? refused(409, 'stale')
        : body,
    ),
  },
  {
    id: 'change-taken-before-proof',
    title: 'tells that an address is taken to whoever does not know the passphrase',
    requirement: 'CHANGE-07',
    create: beforeChange((body, { id, encSymmetricKey }, store) => {
      const owner = store.accountByEmail(text(body['newEmail']));
      const isFresh = body['encSymmetricKey'] === encSymmetricKey;
      return isFresh && owner !== undefined && owner.id !== id ? refused(409, 'email-taken') : body;
    }),
  },
  {
    id: 'change-touches-links',
    title: 'drops the links to groups of others at a change',
    requirement: 'CHANGE-10',
    create: besideChange(({ id }, own) => {
      for (const { resourceGroupId } of own.linksOfAccount(id))
        if (own.group(resourceGroupId)?.ownerAccountId !== id) own.dropLink(resourceGroupId, id);
    }),
  },
  {
    id: 'change-touches-resources',
    title: 'writes the JSON of encContent anew at a change',
    requirement: 'CHANGE-10',
    create: besideChange(({ id }, own) => {
      for (const { resourceGroupId } of own.linksOfAccount(id))
        for (const resource of own.resourcesOf(resourceGroupId))
          own.putResource({
            ...resource,
            encContent: JSON.stringify(JSON.parse(resource.encContent), null, 1),
          });
    }),
  },
  {
    id: 'change-keeps-sessions',
    title: 'lets the other sessions live on after a change',
    requirement: 'CHANGE-11',
    create: inStore(() => ({ dropSessions: () => undefined })),
  },
  {
    id: 'change-ends-own-session',
    title: 'ends the session that made the change too',
    requirement: 'CHANGE-11',
    create: inStore((own) => ({
      dropSessions: (accountId) => {
        own.dropSessions(accountId);
      },
    })),
  },
  {
    id: 'change-keeps-starters',
    title: 'lets a login that was begun before a change go on',
    requirement: 'CHANGE-12',
    create: inStore(() => ({ dropStarters: () => undefined })),
  },
  {
    id: 'move-keeps-sessions',
    title: 'lets the other sessions live on after a change of address',
    requirement: 'CHANGE-11',
    create: keepingAt('dropSessions', ofAddress),
  },
  {
    id: 'rename-keeps-sessions',
    title: 'lets the other sessions live on after a change that brings names',
    requirement: 'CHANGE-11',
    create: keepingAt('dropSessions', ofNames),
  },
  {
    id: 'code-keeps-sessions',
    title: 'lets the other sessions live on after a change with a code',
    requirement: 'CHANGE-11',
    profile: 'deployed',
    create: keepingAt('dropSessions', byCode),
  },
  {
    id: 'rename-keeps-starters',
    title: 'lets a login that was begun before a change which brings names go on',
    requirement: 'CHANGE-12',
    create: keepingAt('dropStarters', ofNames),
  },
  {
    id: 'code-keeps-starters',
    title: 'lets a login that was begun before a change with a code go on',
    requirement: 'CHANGE-12',
    profile: 'deployed',
    create: keepingAt('dropStarters', byCode),
  },
  {
    id: 'code-outlives-rename',
    title: 'lets a code live on when a change without it brings names',
    requirement: 'CHANGE-12',
    profile: 'deployed',
    create: keepingAt('dropCode', (body) => ofNames(body) && !byCode(body)),
  },
  {
    id: 'code-outlives-move',
    title: 'lets a code live on when the address was changed without it',
    requirement: 'CHANGE-12',
    profile: 'deployed',
    create: keepingAt('dropCode', ofAddress),
  },
  {
    id: 'change-drops-unknown-members',
    title: 'ignores members of a change that it does not know',
    requirement: 'HTTP-07',
    create: beforeChange(({ newId, ...body }) => (newId === undefined ? body : { ...body })),
  },
  {
    id: 'change-verifier-of-one',
    title: 'takes a new verifier of 1',
    requirement: 'SRP-11',
    create: beforeChange((body) =>
      /^0+1$/.test(text(body['newVerifier'])) ? { ...body, newVerifier: '2'.repeat(512) } : body,
    ),
  },
  {
    id: 'change-salt-missing',
    title: 'keeps a salt that a change does not bring',
    requirement: 'CHANGE-13',
    profile: 'documented',
    create: beforeChange((body, { saltKey, saltAuth, saltEnc }) => ({
      ...{ newSaltKey: saltKey, newSaltAuth: saltAuth, newSaltEnc: saltEnc },
      ...body,
    })),
  },
  {
    id: 'change-code-ignored',
    title: 'ignores a code beside the verifier',
    requirement: 'CHANGE-13',
    profile: 'documented',
    create: beforeChange(({ code, ...body }) => ('verifier' in body ? body : { ...body, code })),
  },
  {
    id: 'change-normalises',
    title: 'drops white space around the new address by itself',
    requirement: 'NORM-06',
    profile: 'documented',
    create: beforeChange((body) =>
      typeof body['newEmail'] === 'string' ? { ...body, newEmail: body['newEmail'].trim() } : body,
    ),
  },
  {
    id: 'change-to-taken-address',
    title: 'keeps the old address without a word where the new one is that of a confirmed account',
    requirement: 'EMAIL-02',
    create: beforeChange((body, { email }, store) =>
      store.accountByEmail(text(body['newEmail']))?.isVerified === true ? { ...body, newEmail: email } : body,
    ),
  },
];
