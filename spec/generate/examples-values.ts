/** The forms of single values in `types.schema.json` that the story has, and what `derive` takes and gives. */
import { derivedHex, valueToHex } from '../encode.ts';
import type { Cases } from './examples.ts';
import type { GivenSource } from './examples-story.ts';
import type { World } from './examples-world.ts';

export const singleValues = ({ story, jane }: World): Cases => {
  const { iv, t } = JSON.parse(jane.text('encSymmetricKey')) as { readonly iv: string; readonly t: string };
  const found: Readonly<Record<string, readonly [summary: string, value: unknown]>> = {
    salt: ['SLT_Auth_1', jane.hex('SLT_Auth_1')],
    sessionId: ['K', jane.hex('session.id')],
    iv: ['The IV of encSymmetricKey', iv],
    tag: ['The tag of encSymmetricKey', t],
    groupElement: ['A', jane.hex('srp.A')],
    wrappedKey: ['SYM_Link', jane.hex('SYM_Link')],
    proof: ['M1', jane.hex('srp.M1')],
    verifier: ['SRP_Verifier', jane.hex('SRP_Verifier')],
    accountId: ['Jane', story.jane.id],
    resourceId: ['The resource', story.resource.id],
    version: ['The first version', story.resource.version],
    entityId: ['The group', story.group.id],
    sessionStarterId: ['The starter', story.login.sessionStarterId],
    email: ['Jane', jane.text('normalized.email')],
    personName: ['Jane', story.jane.firstName],
    timestamp: ['When the account was created', story.jane.created],
    moment: ['When the resource was edited', story.resource.lastEdited],
    hexValues: ['Derived values', { SLT_TMP_1: jane.hex('SLT_TMP_1') }],
  };
  return Object.fromEntries(
    Object.entries(found).map(([name, [summary, value]]) => [
      `types#/$defs/${name}`,
      { story: { summary, value } },
    ]),
  );
};

/** What gives SLT_TMP_1 and little else. */
export function saltInput({ story }: World): GivenSource {
  const { email, SLT_Auth_1 } = story.jane.given;
  return { email, SLT_Auth_1 };
}

/** The values that follow, as `derive` prints them. */
export function derived({ profile, derive }: World, given: GivenSource): object {
  const { graph, evaluation } = derive(given);
  return { profile, values: derivedHex(graph, evaluation) };
}

export const derivations = (world: World): Cases => {
  const { story, jane, derive } = world;
  const typed = ['email', 'passphrase', 'SLT_Auth_1', 'SLT_Auth_2', 'SLT_Enc', 'a', 'b'];
  const login = Object.entries({ ...story.jane.given, ...story.login.given });
  const step = derive(saltInput(world)).evaluation.steps.find(({ path }) => path === 'SLT_TMP_1');
  return {
    'derive-input': {
      login: {
        summary: 'A login',
        value: Object.fromEntries(login.filter(([name]) => typed.includes(name))),
      },
      exchange: {
        summary: 'Derived values, given in place of their computation',
        value: { 'srp.A': jane.hex('srp.A'), 'srp.B': jane.hex('srp.B') },
      },
    },
    'derive-output': {
      values: { summary: 'What follows from an address and a salt', value: derived(world, saltInput(world)) },
    },
    'derive-output#/$defs/step': {
      salt: { summary: 'SLT_TMP_1', value: step && { ...step, value: valueToHex(step.value) } },
    },
  };
};
