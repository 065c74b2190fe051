/**
 * What clients and servers know whenever they compute a value that others see (chapters 4 to 8): a mistake that would take
 * more than that cannot be made there.
 */
import { AT_SERVER, TOLD_BY_SERVER } from '../../spec/diagnose/server.ts';
import { createDerivation, type Derivation, type Mistake, type ProfileName } from '../../spec/index.ts';
import type { Role } from '../verdict.ts';
import { lacking } from './lacking.ts';

/** When somebody computes values that it sends or compares. */
export interface Occasion {
  /** To follow "computes it". */
  readonly when: string;
  /** The values that it sends or compares. */
  readonly shows: readonly string[];
  /** What it knows then; what follows from that it knows too. */
  readonly knows: readonly string[];
  /** The values that it takes for others, each by the name of the other. */
  readonly standIns?: Readonly<Record<string, string>>;
}

/** What is typed and drawn at signup. A device that is logged in has it again, from what was typed and the account. */
const ACCOUNT = [
  ...['email', 'passphrase', 'SLT_Auth_1', 'SLT_Auth_2', 'SLT_Enc', 'SYM_Account', 'PUB_Account'],
  ...['PRV_Account', 'encSymmetricKey.iv', 'encPrivateKey.iv'],
];
const LOGIN_BEGUN = ['email', 'passphrase', 'SLT_Auth_1', 'SLT_Auth_2', 'a'];
/** S is the same number on both sides. */
const LOGIN = [...LOGIN_BEGUN, 'srp.B', 'srp.S_server'];
/** On a device that is logged in and has a group with a document in it, made or opened. */
const SESSION = [
  ...[...ACCOUNT, 'a', 'srp.B', 'srp.S', 'SYM_ResourceGroup', 'SYM_Link.seed', 'M_Resource'],
  'encContent.iv',
];

/** The only one whose values are also shown at signup, before there is all that is known then. */
export const CHANGE: Occasion = {
  when: 'in a change of passphrase or address',
  shows: ['normalized.email', 'SRP_Verifier', 'encSymmetricKey'],
  knows: SESSION,
};

export const LOGIN_AT_SERVER: Occasion = {
  when: 'at login',
  shows: TOLD_BY_SERVER,
  // The address in its normal form is what was typed, as far as a server knows.
  knows: ['normalized.email', 'email', 'SLT_Auth_1', 'SLT_Auth_2', 'SRP_Verifier', 'srp.A', 'b'],
  standIns: AT_SERVER,
};

export const OCCASIONS: Readonly<Record<Role, readonly Occasion[]>> = {
  client: [
    {
      when: 'at signup',
      shows: ['normalized.email', 'SRP_Verifier', 'encSymmetricKey', 'encPrivateKey'],
      knows: ACCOUNT,
    },
    { when: 'at login', shows: ['normalized.email', 'srp.A'], knows: LOGIN_BEGUN },
    { when: 'at login', shows: ['srp.M1', 'session.id', 'srp.M2'], knows: LOGIN },
    { when: 'for a new group or a member', shows: ['SYM_Link'], knows: SESSION },
    { when: 'in a push', shows: ['encContent'], knows: SESSION },
    CHANGE,
  ],
  server: [LOGIN_AT_SERVER],
};

/** The values that others see, each once. */
export const shownBy = (role: Role): string[] => [...new Set(OCCASIONS[role].flatMap(({ shows }) => shows))];

/** What a mistake would take for a value and is not known on an occasion. */
export const lackingOn = (
  { knows, standIns }: Occasion,
  profile: ProfileName,
  mistake: Pick<Mistake, 'nodes'>,
  name: string,
): string[] => lacking(profile, name, mistake, (other) => knows.includes(other), standIns);

/** Whether a mistake makes a value that others see of an occasion. */
export function isMadeOn(occasion: Occasion, profile: ProfileName, mistake: Mistake): boolean {
  const { touches } = derivationOn(occasion, profile);
  return occasion.shows.some(
    (name) => touches(mistake, name) && lackingOn(occasion, profile, mistake, name).length === 0,
  );
}

/** What follows from what is known on an occasion, of which no value is asked for. */
function derivationOn(occasion: Occasion, profile: ProfileName): Derivation {
  const own = derivations.get(occasion) ?? new Map<ProfileName, Derivation>();
  const known = Object.fromEntries(occasion.knows.map((name) => [name, new Uint8Array()]));
  const derivation = own.get(profile) ?? createDerivation(profile, known, undefined, occasion.standIns);
  derivations.set(occasion, own.set(profile, derivation));
  return derivation;
}
const derivations = new WeakMap<Occasion, Map<ProfileName, Derivation>>();
