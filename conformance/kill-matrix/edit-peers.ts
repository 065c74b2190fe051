/**
 * The edits of the derivation graph as faults: a client or a server that computes a value as an edit has it, and breaks
 * the requirement that says how the value is computed.
 */
import {
  checksOf,
  editsOf,
  judgeEdit,
  KINDS,
  PASSED,
  PROFILES,
  ROLES,
  withoutMistake,
  type Edited,
} from './edits.ts';
import { SEED, type FaultyPeer, type Peer } from './faulty-peer.ts';
import { excuseOf, isChance } from './wire.ts';

const peerAs = (edit: Edited): Peer => ({
  id: edit.id,
  role: edit.role,
  profile: edit.profile,
  // Which mistake it is, is not asked here.
  judge: (only, seed = SEED) => judgeEdit(edit, { only, seed, explains: false }),
});

const editPeer = (edit: Edited): FaultyPeer => ({
  ...peerAs(edit),
  title: `has the values that one gets with ${edit.mistake.title}, in ${edit.profile}`,
  requirement: edit.mistake.requirement,
  seenBy: checksOf(edit),
  // A high bit or a zero byte that a mistake needs is not there in every login.
  tries: 24,
  isChance: () => isChance(edit),
  excusable: { unnoticedBy: PASSED[edit.role], excuse: () => excuseOf(edit) },
  control: peerAs(withoutMistake(edit)),
});

/** All, the named ones and those that are made by rule, of both roles and in both profiles. */
export const editPeers = (): readonly FaultyPeer[] =>
  ROLES.flatMap((role) =>
    KINDS.flatMap((kind) =>
      PROFILES.flatMap((profile) => editsOf(role, profile, kind).map((edit) => editPeer(edit))),
    ),
  );
