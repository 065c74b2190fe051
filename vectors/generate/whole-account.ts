/**
 * The family `whole-account`: every value of the graph from one set of inputs, so that one in place of another shows
 * (4 to 6), and the rare events of wrapped keys and of documents that `leading-zeros` does not have.
 */
import type { ProfileName } from '../../spec/index.ts';
import { aes256Gcm } from '../../spec/crypto.ts';
import { jane, seeded } from './accounts.ts';
import { ids, type Family } from './family.ts';
import { ZOE_ACCOUNT } from './people.ts';
import { seededBytes } from './random.ts';
import { KEY_OF, type MessageName } from './seal.ts';
import { derived, valueOf, type Inputs, type Vector } from './vector.ts';

/** One account, one login, one group with a link to its owner, and one document in it. */
export const WHOLE: Inputs = {
  ...ZOE_ACCOUNT.inputs,
  ...seeded('whole-account', ['a', 'b', 'SYM_ResourceGroup', 'SYM_Link.seed', 'encContent.iv']),
  M_Resource: {
    url: "https://example.com/a?b=c d+e:f,~!*'()",
    name: 'Träff "punkt" 😀',
    list: [1, { y: true, x: null }],
  },
};

/** Everything that is sent or stored, and what both sides of a login must reach. */
export const WHOLE_OUTPUTS = [
  ...['SRP_Verifier', 'srp.A', 'srp.B', 'srp.S', 'srp.S_server', 'srp.M1', 'srp.M2', 'session.id'],
  ...['encSymmetricKey', 'encPrivateKey', 'encContent', 'SYM_Link'],
];

/** Where a message has zero bytes. */
interface Rare {
  readonly id: string;
  readonly comment: string;
  readonly message: MessageName;
  readonly inputs: Inputs;
  readonly happens: (iv: Uint8Array, sealed: Uint8Array) => boolean;
  /** The first counter that is tried; found before. */
  readonly from?: number;
}

const KEY = seeded('whole-account/key', ['SEC_PWD_Enc', 'SYM_Account']);
const SECRET = { SYM_Account: KEY['SYM_Account'], PRV_Account: jane.privateKey };

const begins = (bytes: Uint8Array): boolean => bytes[0] === 0;
const inMessage = (message: MessageName, what: string, inputs: Inputs): Rare[] => [
  { id: `${message}.iv`, comment: `the IV of ${what}`, happens: begins, message, inputs },
  {
    ...{ id: `${message}.ciphertext`, comment: `the ciphertext of ${what}`, message, inputs },
    happens: (_, sealed) => begins(sealed),
  },
  {
    ...{ id: `${message}.tag`, comment: `the tag of ${what}`, message, inputs },
    happens: (_, sealed) => begins(sealed.slice(-16)),
  },
];

const RARE: readonly Rare[] = [
  ...inMessage('encSymmetricKey', 'a wrapped symmetric key', KEY),
  ...inMessage('encPrivateKey', 'a wrapped private key', SECRET),
  {
    id: 'encContent.digit',
    comment: 'a document of one digit: all of its ciphertext, and the tag',
    message: 'encContent',
    inputs: { ...seeded('whole-account/digit', ['SYM_ResourceGroup']), M_Resource: 0 },
    happens: (_, sealed) => begins(sealed) && begins(sealed.slice(-16)),
    from: 61_015,
  },
];

function rare(profile: ProfileName, { id, comment, message, inputs, happens, from = 0 }: Rare): Vector {
  const plaintext = Buffer.from(valueOf(profile, inputs, `${message}.plaintext`), 'hex');
  const key = Buffer.from(String(inputs[KEY_OF[message]]), 'hex');
  for (let counter = from; ; counter++) {
    const iv = seededBytes(`whole-account/${id}/${counter}`, 12);
    if (!happens(iv, aes256Gcm(key, iv, plaintext, new Uint8Array()))) continue;
    const given = { ...inputs, [`${message}.iv`]: Buffer.from(iv).toString('hex') };
    return derived(profile, { id, comment, flags: ['leading-zero'] }, given, [message]);
  }
}

export const wholeAccount: Family = {
  family: 'whole-account',
  covers: 'every value of the graph in one vector, wrapped keys with zero bytes in front (4 to 6)',
  requirements: [
    ...[...ids('NORM', 1, 3), ...ids('PWD', 1, 6), ...ids('SRP', 1, 10), 'SRP-13', 'SRP-15', 'SRP-22'],
    ...[...ids('SRP', 24, 29), 'SRP-34', 'ENC-01', 'AES-01', 'AES-03', 'AES-04', ...ids('WRAP', 1, 4)],
    ...['WRAP-07', 'WRAP-08', 'WRAP-09', 'LINK-01', 'JWK-01', 'JWK-02'],
  ],
  notes: {
    'leading-zero': {
      bugType: 'leading zero',
      description: 'A part of a message that begins with a zero byte.',
      effect: 'Where it is dropped, one message in a hundred opens nowhere: an account loses its keys.',
      links: ['https://github.com/cocagne/pysrp/issues/55', 'https://github.com/idlesign/srptools/issues/4'],
    },
  },
  vectors: (profile) => [
    derived(
      profile,
      { id: 'account', comment: 'an account, a login, a group with its link, and a document' },
      WHOLE,
      WHOLE_OUTPUTS,
    ),
    ...RARE.map((event) => rare(profile, event)),
  ],
};
