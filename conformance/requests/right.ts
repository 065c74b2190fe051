/** A right body for every call that has one (chapters 7 and 8), to be made wrong. */
import type { ProfileName, Resource, SignupRequest } from '../../reference/index.ts';

/** What the bodies are made of. */
export interface Known {
  readonly profile: ProfileName;
  /** The account that makes the calls. */
  readonly mine: SignupRequest;
  /** Another account. */
  readonly other: Pick<SignupRequest, 'id' | 'email'>;
  /** One that there is none of yet. */
  readonly stranger: SignupRequest;
  /** What is given as the old verifier: with another one than that of `mine` no change comes of it. */
  readonly oldVerifier: string;
  /** 256 bytes as hex, in range for a verifier and for A. */
  readonly element: string;
  /** SYM_Link of the other account. */
  readonly link: string;
  readonly groupId: string;
  /** With whom the group is shared, by `share-a` and by `share-b`. */
  readonly whom: readonly [shareA: object, shareB: object];
  /** One that the server has not seen. */
  readonly resource: Resource;
  /** The version of one that it has. */
  readonly version: string;
}

/** By the name of the call. */
export function rightBodies(known: Known): Readonly<Record<string, unknown>> {
  const { profile, mine, other, stranger, oldVerifier, element, link, groupId, whom, resource } = known;
  const { id, resourceGroupId, removed } = resource;
  const emails = [other.email];
  const { saltKey, saltAuth, saltEnc } = stranger;
  return {
    signup: stranger,
    loginS: { email: mine.email },
    loginA: { email: mine.email, srpA: element },
    loginM1: { sessionStarterId: saltKey, srpM1: saltAuth },
    changePassword: {
      ...{ verifier: oldVerifier, newEmail: stranger.email, encSymmetricKey: mine.encSymmetricKey },
      ...{ newVerifier: element, newEncSymmetricKey: stranger.encSymmetricKey },
      ...{ newFirstName: 'J.', newLastName: 'D.' },
      ...(profile === 'documented' && { newSaltKey: saltKey, newSaltAuth: saltAuth, newSaltEnc: saltEnc }),
    },
    createTeam: { name: 'Gardeners', emails },
    createResourceGroup: { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: link },
    shareA: whom[0],
    shareB: { ...whom[1], keys: { [other.id]: link } },
    unshare: { emails },
    push: [resource, { ...resource, id: `${id}_2`, _id: 'x', dirty: true }],
    pull: {
      resources: [{ id, resourceGroupId, version: known.version, removed }],
      blacklist: [groupId],
    },
    fixDupes: { ids: [groupId] },
  };
}
