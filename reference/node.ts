/** The reference in Node: everything stands on OpenSSL unless told otherwise, and every schema is at hand. */
import { schemas } from '../spec/schemas.ts';
import { createChecker, type SchemaFault } from './checker.ts';
import { createClientOver, type Client, type ClientOptions } from './client/client.ts';
import { native } from './primitives/native.ts';
import type { Primitives } from './primitives/primitives.ts';
import type { ProfileName } from './profile.ts';
import { createStepsOver, type Steps } from './steps.ts';

/**
 * The steps of a profile over a provider of primitives.
 *
 * @example
 * const steps = createSteps('documented');
 * const SLT_TMP_1 = steps.SLT_TMP(SLT_Auth_1, steps.email(' Jane@Example.com'));
 */
export function createSteps(profileName: ProfileName, primitives: Primitives = native): Steps {
  return createStepsOver(primitives, profileName);
}

/**
 * A client of the server at a URL.
 *
 * @example
 * const client = createClient({ server: 'http://127.0.0.1:8080', profile: 'documented' });
 * await client.signup({ email, passphrase, firstName: 'Jane', lastName: 'Doe' });
 * const session = await client.login({ email, passphrase });
 * const group = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
 * session.edit({ groupId: group.id, id: 'req_1', name: 'Beds', type: 'Request', document: { rows: 4 } });
 * await session.push();
 */
export function createClient(options: ClientOptions): Client {
  return createClientOver(native, options);
}

const checker = createChecker(schemas);

/**
 * Looks for what is wrong with a message, or with anything else that has a schema in `spec/schemas`.
 *
 * @param name - name of a schema, or of a definition in it: `adapter-login#/$defs/params`
 */
export function findFault(name: string, message: unknown): SchemaFault | undefined {
  return checker.findFault(name, message);
}

/**
 * Checks a message, or anything else that has a schema in `spec/schemas`, and hands it back.
 *
 * @throws ProtocolError `schema/message` that names the field and what was expected, never the value
 */
export function checkMessage(name: string, message: unknown): unknown {
  return checker.checkMessage(name, message);
}
