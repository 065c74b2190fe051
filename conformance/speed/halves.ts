/** The two halves of a login, without a network between them. */
import { native, utf8, type ProfileName } from '../../reference/index.ts';
import { clientFloor, passwordFloor, serverFloor } from './floor.ts';
import { loginOf, serverHalf } from './login.ts';
import { fastSrpHap, secureRemotePassword, srpJs, tssrp6a } from './peers.ts';
import { processor, race, wall } from './race.ts';
import { row, type Row } from './row.ts';

/** The server half of both profiles against OpenSSL alone. */
export async function serverFloorRows(): Promise<readonly Row[]> {
  const [documented, deployed] = [loginOf('documented'), loginOf('deployed')];
  const { A, b, u } = documented;
  const found = await race(400, processor, {
    documented: () => serverHalf(documented.steps, documented),
    deployed: () => serverHalf(deployed.steps, deployed),
    openSsl: () => {
      serverFloor(A, b, u);
    },
  });
  return (['documented', 'deployed'] as const).map((profile) =>
    row(`server half of a login, ${profile}`, 'ms', found[profile], 'OpenSSL alone', found.openSsl),
  );
}

/** The server half against the packages of others, each held against the profile that is nearer to it. */
export async function serverPeerRows(): Promise<readonly Row[]> {
  const [documented, deployed] = [loginOf('documented'), loginOf('deployed')];
  const found = await race(25, processor, {
    documented: () => serverHalf(documented.steps, documented),
    deployed: () => serverHalf(deployed.steps, deployed),
    'secure-remote-password': secureRemotePassword(documented),
    '@getinsomnia/srp-js': srpJs(deployed),
    'fast-srp-hap': fastSrpHap(documented),
    tssrp6a: await tssrp6a(deployed),
  });
  const against = (profile: ProfileName, peer: keyof typeof found): Row =>
    row(`server half of a login, ${profile}`, 'ms', found[profile], `${peer}, 2048 bits`, found[peer]);
  return [
    against('documented', 'secure-remote-password'),
    against('deployed', '@getinsomnia/srp-js'),
    against('documented', 'fast-srp-hap'),
    against('deployed', 'tssrp6a'),
  ];
}

/**
 * The client half against OpenSSL alone: once with all three salts at hand, as at a change of passphrase, and once as a
 * login has them, where SLT_Enc comes last and the second derivation has to wait for the first.
 */
export async function clientRows(): Promise<readonly Row[]> {
  const { steps, email, s, I, a, x, A, B } = loginOf('documented');
  const { srp } = steps;
  const [SLT_Auth_1, SLT_Enc, sum] = [native.random(32), native.random(32), native.random(64)];
  const passphrase = 'correct horse';
  const password = utf8(passphrase);
  const SEC_PWD = (salt: Uint8Array) => steps.SEC_PWD(passphrase, steps.SLT_TMP(salt, email));
  const proofs = (SEC_PWD_Auth: Uint8Array): void => {
    const x = srp.x(s, I, steps.P(SEC_PWD_Auth));
    const A = srp.A(a);
    const u = srp.u(A, B);
    const S = srp.S({ B, a, u, x });
    const K = srp.K(S);
    srp.M2(A, srp.M1({ I, s, A, B, S, K }), K);
  };
  const found = await race(40, wall, {
    together: async () => {
      const [SEC_PWD_Auth] = await Promise.all([SEC_PWD(SLT_Auth_1), SEC_PWD(SLT_Enc)]);
      proofs(SEC_PWD_Auth);
    },
    togetherFloor: async () => {
      await Promise.all([passwordFloor(password, SLT_Auth_1), passwordFloor(password, SLT_Enc)]);
      clientFloor(A, a, x, sum);
    },
    inTurn: async () => {
      proofs(await SEC_PWD(SLT_Auth_1));
      await SEC_PWD(SLT_Enc);
    },
    inTurnFloor: async () => {
      await passwordFloor(password, SLT_Auth_1);
      clientFloor(A, a, x, sum);
      await passwordFloor(password, SLT_Enc);
    },
  });
  return [
    row('client half, both keys at once', 'ms', found.together, 'OpenSSL alone', found.togetherFloor),
    row('client half, as a login has its salts', 'ms', found.inTurn, 'OpenSSL alone', found.inTurnFloor),
  ];
}
