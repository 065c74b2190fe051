/** Keys as JWKs, AES messages and wrapped keys (chapter 6). */
import type { Cases } from './examples.ts';
import type { World } from './examples-world.ts';

export const keys = ({ jane }: World): Cases => {
  const { ext: _, ...older } = jane.json('PUB_Account') as Readonly<Record<string, unknown>>;
  return {
    'jwk-public': {
      jane: { summary: 'PUB_Account', value: jane.json('PUB_Account') },
      older: { summary: 'As older clients write it', value: older },
    },
    'jwk-private': { jane: { summary: 'PRV_Account', value: jane.json('PRV_Account') } },
    'jwk-symmetric': { account: { summary: 'SYM_Account', value: symmetricJwk(jane.hex('SYM_Account')) } },
    'aes-message': {
      'account-key': {
        summary: 'encSymmetricKey',
        value: JSON.parse(jane.text('encSymmetricKey')) as unknown,
      },
      content: { summary: 'encContent', value: JSON.parse(jane.text('encContent')) as unknown },
    },
    'wrapped-key': { jane: { summary: 'SYM_Link', value: jane.hex('SYM_Link') } },
  };
};

/** 6.6 */
const symmetricJwk = (hex: string): object => ({
  alg: 'A256GCM',
  ext: true,
  k: Buffer.from(hex, 'hex').toString('base64url'),
  key_ops: ['encrypt', 'decrypt'],
  kty: 'oct',
});
