/** npm `@getinsomnia/srp-js`, the vendor's own: password keys and SRP values of `deployed`. */
import { derivingEngine } from './engine.ts';
import { group, toVendor, vendor, type VendorBuffer } from './srp-js-package.ts';

const given = (hex: string): VendorBuffer => toVendor(Buffer.from(hex, 'hex'));
const shown = (value: Uint8Array): string => Buffer.from(value).toString('hex');
const text = (hex: string): string => Buffer.from(hex, 'hex').toString('utf8');

const derived = new Map<string, Promise<string>>();
function passwordKey(passphrase: string, email: string, salt: string): Promise<string> {
  const id = `${passphrase} ${email} ${salt}`;
  const found = derived.get(id) ?? vendor.deriveKey(text(passphrase), text(email), salt);
  derived.set(id, found);
  return found;
}

export const srpJs = derivingEngine(
  '@getinsomnia/srp-js',
  'SEC_PWD, v, A, B, K, M1 and M2 of npm `@getinsomnia/srp-js`',
  async (profile, found) => {
    if (profile !== 'deployed') return;
    for (const [name, salt] of [
      ['SEC_PWD_Auth', 'SLT_Auth_1'],
      ['SEC_PWD_Enc', 'SLT_Enc'],
    ] as const)
      await found.add(name, ['normalized.passphrase', 'normalized.email', salt], (p = '', e = '', s = '') =>
        passwordKey(p, e, s),
      );
    await found.add('SRP_Verifier', ['SLT_Auth_2', 'srp.I', 'srp.P'], (s = '', I = '', P = '') =>
      shown(vendor.computeVerifier(group, given(s), given(I), given(P))),
    );
    const clientOf = (s = '', I = '', P = '', a = '', B = ''): InstanceType<typeof vendor.Client> => {
      const client = new vendor.Client(group, given(s), given(I), given(P), given(a));
      if (B !== '') client.setB(given(B));
      return client;
    };
    const start = ['SLT_Auth_2', 'srp.I', 'srp.P', 'a'];
    await found.add('srp.A', start, (...known) => shown(clientOf(...known).computeA()));
    await found.add('srp.M1', [...start, 'srp.B'], (...known) => shown(clientOf(...known).computeM1()));
    await found.add('srp.K', [...start, 'srp.B'], (...known) => shown(clientOf(...known).computeK()));
    await found.add('srp.B', ['SRP_Verifier', 'b'], (v = '', b = '') =>
      shown(new vendor.Server(group, given(v), given(b)).computeB()),
    );
    await found.add('srp.M2', ['SRP_Verifier', 'b', 'srp.A', 'srp.M1'], (v = '', b = '', A = '', M1 = '') => {
      const server = new vendor.Server(group, given(v), given(b));
      server.setA(given(A));
      return shown(server.checkM1(given(M1)));
    });
  },
);
