/** What the reference does at each step of a vector. */
import {
  createServer,
  fromHex,
  ProtocolError,
  toHex,
  utf8,
  type RsaPrivateJwk,
  type RsaPublicJwk,
  type Steps,
} from '../../reference/index.ts';
import keysFile from '../../vectors/keys.json' with { type: 'json' };
import { derive, FIRST, opensLink } from './derive.ts';
import type { Values, Vector } from './files.ts';
import { logIn } from './log-in.ts';

type StepRunner<T> = (steps: Steps, vector: T) => Promise<Values> | Values;
/** What a step that accepts or opens is given. */
type Received = Pick<Vector, 'inputs'>;

const text = ({ inputs }: Received, name: string): string => String(inputs[name]);
const bytes = (vector: Received, name: string): Uint8Array => fromHex(text(vector, name), name);
const json = (value: unknown): string => toHex(utf8(JSON.stringify(value)));
const parse = (source: string): unknown => {
  try {
    return JSON.parse(source) as unknown;
  } catch (cause) {
    throw new ProtocolError('encoding/json', 'is not JSON', { cause });
  }
};
const publicKey = ({ accept }: Steps, vector: Received): RsaPublicJwk =>
  accept.publicKey(parse(text(vector, 'publicKey')));

/** The steps that accept or open what was received. */
export const ACCEPTING: Readonly<Record<string, StepRunner<Received>>> = {
  'accept-A': ({ accept }, vector) => ({ 'srp.A': toHex(accept.A(text(vector, 'srpA'))) }),
  'accept-B': ({ accept }, vector) => ({ 'srp.B': toHex(accept.B(text(vector, 'srpB'))) }),
  'accept-M1'({ srp, accept }, vector) {
    const S = bytes(vector, 'srp.S');
    const [I, s] = [bytes(vector, 'srp.I'), bytes(vector, 'SLT_Auth_2')];
    const [A, B] = [bytes(vector, 'srp.A'), bytes(vector, 'srp.B')];
    const M1 = srp.M1({ I, s, A, B, S, K: srp.K(S) });
    if (!accept.M1(M1, fromHex(text(vector, 'srpM1'), 'srpM1', 32)))
      throw new ProtocolError('auth/refused', 'the proof M1 is wrong');
    return { 'srp.M1': toHex(M1) };
  },
  'accept-M2'({ srp, accept }, vector) {
    const M2 = srp.M2(bytes(vector, 'srp.A'), bytes(vector, 'srp.M1'), bytes(vector, 'srp.K'));
    accept.M2(M2, fromHex(text(vector, 'srpM2'), 'srpM2', 32));
    return { 'srp.M2': toHex(M2) };
  },
  'accept-verifier': async (steps, vector) => await signUpWith(steps, text(vector, 'verifier')),
  'open-account-key': ({ wrap }, vector) => ({
    SYM_Account: toHex(wrap.openKey(bytes(vector, 'SEC_PWD_Enc'), text(vector, 'encSymmetricKey'))),
  }),
  'open-private-key': ({ wrap }, vector) => ({
    PRV_Account: json(wrap.openJson(bytes(vector, 'SYM_Account'), text(vector, 'encPrivateKey'))),
  }),
  'open-document': ({ wrap }, vector) => ({
    M_Resource: json(wrap.openJson(bytes(vector, 'SYM_ResourceGroup'), text(vector, 'encContent'))),
  }),
  'open-link': ({ wrap }, vector) => ({
    SYM_ResourceGroup: toHex(
      wrap.openLink(vector.inputs['PRV_Account'] as RsaPrivateJwk, text(vector, 'SYM_Link')),
    ),
  }),
  'accept-public-key': (steps, vector) => ({ PUB_Account: json(publicKey(steps, vector)) }),
  'accept-private-key': ({ accept }, vector) => ({
    PRV_Account: json(accept.privateKey(vector.inputs['PRV_Account'])),
  }),
  'accept-key-pair'(steps, vector) {
    const key = publicKey(steps, vector);
    const secret = steps.accept.privateKey(vector.inputs['PRV_Account']);
    steps.accept.keyPair(key, secret);
    return { PUB_Account: json(key) };
  },
};

/** Every step of a vector. */
export const STEPS: Readonly<Record<string, StepRunner<Vector>>> = {
  async derive(steps, { inputs, intermediates, outputs, result, mistake }) {
    const first = Object.keys(inputs).flatMap((name) => FIRST[name] ?? []);
    const wanted = [...Object.keys(intermediates), ...Object.keys(outputs)];
    const values = await derive(steps, inputs, result === 'valid' || mistake !== undefined ? wanted : first);
    const { SYM_Link } = outputs;
    if (SYM_Link === undefined) return values;
    const opened = opensLink(steps, inputs['PRV_Account'], SYM_Link);
    const right = await derive(steps, inputs, ['SYM_Link.plaintext']);
    return { ...values, ...(opened === right['SYM_Link.plaintext'] && { SYM_Link }) };
  },
  'log-in': logIn,
  ...ACCEPTING,
};

/** The refusal of a server, with its error code. */
export class Refused extends Error {
  readonly error: string;
  constructor(error: string, message: string) {
    super(message);
    this.error = error;
  }
}

/** A verifier is judged by the reference server, at signup. */
async function signUpWith({ profile }: Steps, verifier: string): Promise<Values> {
  const message = JSON.stringify({ iv: '00'.repeat(12), t: '00'.repeat(16), d: '', ad: '' });
  const salt = '00'.repeat(32);
  const account = {
    ...{ id: `act_${salt}`, email: 'jane@example.com', firstName: '', lastName: '', verifier },
    ...{ saltKey: salt, saltAuth: salt, saltEnc: salt, encPrivateKey: message, encSymmetricKey: message },
    publicKey: JSON.stringify(keysFile.keys.jane.publicKey),
  };
  const server = createServer({
    profile: profile.name,
    publicUrl: 'http://127.0.0.1',
    mailer: () => undefined,
  });
  const answer = await server.fetch(
    new Request('http://127.0.0.1/auth/signup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    }),
  );
  if (answer.ok) return { SRP_Verifier: verifier };
  const { error, message: words } = (await answer.json()) as { error: string; message: string };
  throw new Refused(error, words);
}
