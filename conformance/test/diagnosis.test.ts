/** A wrong value is explained: the failure names the mistake that yields it. */
import { createHash } from 'node:crypto';
import t from 'tap';
import {
  bodyChanged,
  hidingFailure,
  inWrap,
  other,
  withFetch,
  withSteps,
  type ClientFault,
} from '../faults/client-parts.ts';
import { judgeClient, judgeServer } from '../judge.ts';
import { quickSteps, stretched } from '../kill-matrix/quick-steps.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import { referenceVerbs } from '../target/reference-target.ts';
import {
  createServer,
  createSteps,
  listen,
  native,
  utf8,
  type Mail,
  type ProfileName,
  type Steps,
} from '../../reference/index.ts';
import type { CheckResult } from '../verdict.ts';
import { mailboxOver } from '../target/mailbox.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];
const pair = native.generateRsaKeyPair();
const oneKeyPair = (own: Steps): Steps => ({ ...own, keyPair: () => pair });
const sha256 = (data: Uint8Array): Uint8Array => Uint8Array.from(createHash('sha256').update(data).digest());

interface Wrong {
  readonly does: string;
  readonly profile?: ProfileName;
  readonly client: ClientFault['create'];
  /** The check that names it. */
  readonly check: string;
  readonly diagnosis: RegExp;
}

const inSrp = (change: (own: Steps) => Partial<Steps['srp']>): ClientFault['create'] =>
  withSteps((own) => ({ ...own, srp: { ...own.srp, ...change(own) } }));

const WRONG: readonly Wrong[] = [
  {
    does: 'takes the hex text of the salt as HKDF salt',
    profile: 'documented',
    client: withSteps((own) => ({ ...own, SLT_TMP: createSteps('deployed').SLT_TMP })),
    check: 'client.signup.SRP_Verifier',
    diagnosis:
      /^Your SEC_PWD_Enc and SRP_Verifier are the values one gets with the hex text of the salt as HKDF salt \(§4.2\)/,
  },
  {
    does: 'runs PBKDF2 once',
    client: withSteps((own) => ({
      ...own,
      SEC_PWD: (password, salt) =>
        own.primitives.pbkdf2Sha256({ password: utf8(password), salt, iterations: 1, length: 32 }),
    })),
    check: 'client.signup.encSymmetricKey',
    diagnosis: /^Your SEC_PWD_Enc and SRP_Verifier are the values one gets with .*PBKDF2 \(§4.3\)/,
  },
  {
    does: 'leaves the email as it was typed',
    client: withSteps((own) => ({ ...own, email: (raw) => raw.trim() })),
    check: 'client.signup.request',
    diagnosis:
      /^Your normalized.email, SEC_PWD_Enc and SRP_Verifier are the values one gets with an email that is trimmed but not lower-cased \(§4.1\)/,
  },
  {
    does: 'computes M1 as SHA-256(A | B | K)',
    client: inSrp(() => ({ M1: ({ A, B, K }) => sha256(Uint8Array.from([...A, ...B, ...K])) })),
    check: 'client.login.M1',
    diagnosis: /^Your srp.M1 is the value one gets with /,
  },
  {
    does: 'has S in place of K, of which the proof is made',
    profile: 'documented',
    client: inSrp(() => ({ K: (S) => S })),
    check: 'client.login.M1',
    diagnosis: /^Your srp.M1 is the value one gets with /,
  },
  {
    does: 'wraps the key in the form of the other profile',
    client: inWrap((own) => ({ sealKey: other(own).wrap.sealKey })),
    check: 'client.signup.encSymmetricKey',
    diagnosis:
      /^Your encSymmetricKey is the value one gets with the (JWK|raw bytes) of a symmetric key in place of its/,
  },
];

async function resultOf(results: AsyncIterable<CheckResult>, id: string): Promise<CheckResult | undefined> {
  for await (const result of results) if (result.id === id) return result;
  return undefined;
}

for (const { does, profile, client, check, diagnosis } of WRONG)
  for (const name of PROFILES.filter((one) => (profile ?? one) === one))
    t.test(`${name}: a client that ${does}`, async (test) => {
      const target = createInProcessTarget(does, client(oneKeyPair));
      const result = await resultOf(
        judgeClient(target, { profile: name, seed: 1, only: check, runs: 1 }),
        check,
      );
      test.equal(result?.verdict, 'fail');
      test.match(result?.diagnosis, diagnosis);
    });

t.test('a client that is right is explained nothing', async (test) => {
  const target = createInProcessTarget('right', referenceVerbs({ steps: oneKeyPair }));
  const only = 'client.signup.SRP_Verifier,client.signup.enc*,client.login.M1';
  for await (const { id, verdict, diagnosis } of judgeClient(target, {
    profile: 'documented',
    seed: 1,
    only,
  }))
    test.same([verdict, diagnosis], ['pass', null], id);
});

t.test('a client that is right whenever it is asked again is given no mistake', async (test) => {
  // With B = k·v - g^b, by which a lost sign is found out, a right client proves itself as one that lost it, every second time.
  const check = 'client.login.M1';
  for (const seed of process.env['SLOW'] === '1' ? [1, 2, 3, 4, 5, 6] : [1, 2]) {
    let proofs = 0;
    const client = withFetch(async (request) => {
      const isFirst = request.url.endsWith('/auth/login-m1') && ++proofs === 1;
      const wrong = (body: object): object => ({ ...body, srpM1: '5'.repeat(64) });
      return await fetch(isFirst ? await bodyChanged(request, '/auth/login-m1', wrong) : request);
    });
    const target = createInProcessTarget('wrong once', client(quickSteps));
    const options = { profile: 'documented', seed, only: check, runs: 1, pbkdf2: stretched } as const;
    const result = await resultOf(judgeClient(target, options), check);
    test.same([result?.verdict, result?.diagnosis], ['fail', null]);
    test.ok(proofs > 2, 'it was asked again');
  }
});

t.test('a client that reports every failed login as done has no stage that could be right', async (test) => {
  const target = createInProcessTarget('failure hidden', hidingFailure(oneKeyPair));
  const only = 'client.login.stages.*';
  for await (const { id, verdict, reason } of judgeClient(target, { profile: 'documented', seed: 1, only }))
    test.same([verdict, reason], ['blocked', 'the client refused nothing that it must refuse'], id);
});

t.test('a server whose M2 leaves out A', async (test) => {
  for (const profile of PROFILES) {
    const own = createSteps(profile);
    const steps: Steps = {
      ...own,
      srp: { ...own.srp, M2: (_, M1, K) => sha256(Uint8Array.from([...M1, ...K])) },
    };
    const { url, close } = await listen((request) => server.fetch(request), 0);
    const mails: Mail[] = [];
    const server = createServer({ profile, publicUrl: url, mailer: (mail) => void mails.push(mail), steps });
    const target = { label: 'M2 without A', url, mailbox: mailboxOver(mails) };
    const check = 'server.login.M2';
    const result = await resultOf(judgeServer(target, { profile, seed: 1, only: check }), check);
    await close();
    test.equal(result?.verdict, 'fail');
    test.match(result?.diagnosis, /^Your srp.M2 is the value one gets with .*A/);
  }
});
