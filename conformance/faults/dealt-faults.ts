/** Clients that take one false answer to a share, and refuse every other (8.2): a fault for each row of `share-lies.ts`. */
import { withOverrides, type ClientFault } from './client-parts.ts';
import { PRIVATE_MEMBERS } from '../lies/jwk-answers.ts';
import * as looks from './jwk-looks.ts';
import { sharedKeysChanged } from './share-faults.ts';
import { personLies, teamLies } from '../lies/share-lies.ts';
import { taking } from './taken.ts';

const deals = taking('dealt', [...teamLies, ...personLies]);

function parsed(jwk: string): looks.Jwk | undefined {
  try {
    return JSON.parse(jwk) as looks.Jwk;
  } catch {
    return undefined;
  }
}

/** Shares with the others where a key looks so. */
const leavingOut = (isMeant: (jwk: looks.Jwk | undefined) => boolean): ClientFault['create'] =>
  withOverrides(() => {
    let left = 0;
    return {
      steps: (own) => ({
        ...own,
        accept: {
          ...own.accept,
          accounts(asked, answered) {
            if (left === 0) own.accept.accounts(asked, answered);
          },
        },
      }),
      fetch: sharedKeysChanged((keys) => {
        const taken = keys.filter(([, jwk]) => !isMeant(parsed(jwk)));
        left = keys.length - taken.length;
        return taken;
      }),
    };
  });

const keyLeftOut = (id: string, isMeant: looks.Looks): ClientFault =>
  deals(
    `key-${id}`,
    leavingOut((jwk) => jwk !== undefined && isMeant(jwk)),
    'SHARE-05',
  );

/** Two names for the accounts of a share: the addresses that were asked for, and the ids that keys came for. */
const isAddress = (name: string): boolean => name.includes('@');

/** Takes more accounts than were asked for in one way. @param isTaken - whether it does, by the names asked for and answered */
const takingMore = (
  isTaken: (asked: readonly string[], answered: readonly string[], byAddress: boolean) => boolean,
): ClientFault['create'] =>
  withOverrides(() => {
    let byAddress = false;
    return {
      steps: (own) => ({
        ...own,
        accept: {
          ...own.accept,
          accounts(asked, answered) {
            if (!isTaken(asked, answered, byAddress)) own.accept.accounts(asked, answered);
            byAddress = asked.every(isAddress);
          },
        },
      }),
    };
  });

export const dealtFaults: readonly ClientFault[] = [
  keyLeftOut('alg', looks.forOtherAlgorithm),
  keyLeftOut('kty', looks.ofOtherType),
  keyLeftOut('ops', looks.forOtherOperation('encrypt')),
  keyLeftOut('short', looks.short),
  keyLeftOut('of-1024-bits', looks.ofBits(1024)),
  keyLeftOut('exponent', looks.withExponent(3)),
  keyLeftOut('leading-zero', looks.beginningWithZero('n')),
  keyLeftOut('even', looks.even),
  keyLeftOut('exponent-leading-zero', looks.beginningWithZero('e')),
  keyLeftOut('base64-padding', looks.padded),
  keyLeftOut('base64-alphabet', looks.inOtherAlphabet),
  keyLeftOut('base64-trailing-bits', looks.withTrailingBits),
  ...PRIVATE_MEMBERS.map((name) =>
    keyLeftOut(`private${name === 'd' ? '' : `-${name}`}`, looks.having(name)),
  ),
  deals(
    'key-no-json',
    leavingOut((jwk) => jwk === undefined),
    'SHARE-05',
  ),
  deals(
    'person-stranger',
    takingMore(
      (asked, answered) => answered.every(isAddress) && answered.some((one) => !asked.includes(one)),
    ),
  ),
  deals(
    'person-unnamed',
    takingMore(
      (asked, answered, byAddress) =>
        byAddress && !answered.some(isAddress) && asked.length < answered.length,
    ),
  ),
  deals(
    'person-twice',
    takingMore((asked, answered) => answered.every((one) => isAddress(one) && asked.includes(one))),
  ),
];
