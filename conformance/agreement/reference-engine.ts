/** The reference as an engine: by way of the steps that `vectors verify` takes. */
import { toHex, type Primitives } from '../../reference/index.ts';
import type { Engine } from '../../vectors/engines/engine.ts';
import { vectorFiles, type Vector } from '../vectors/files.ts';
import { referenceImplementation } from '../vectors/reference.ts';
import { faultOf } from '../vectors/verify.ts';

export function referenceEngine(name: string, about: string, primitives: Primitives): Engine {
  const implementation = referenceImplementation(withMemory(primitives));
  const named = [...vectorFiles()].flatMap(([family, { groups }]) =>
    groups.flatMap(({ vectors }) => vectors.map((vector) => [`${family}/${vector.id}`, vector] as const)),
  );
  const byName = new Map<string, Vector>(named);
  return {
    name,
    about,
    async outcome(profile, { id }) {
      const vector = byName.get(id);
      if (vector === undefined) return { values: {} };
      const outcome = await implementation(profile, vector);
      // What it refuses for another reason than the vector's, it has not refused for the vector's.
      const fault = 'refusal' in outcome ? faultOf(vector, outcome) : undefined;
      return fault === undefined ? outcome : { departure: fault.text };
    },
  };
}

/** PBKDF2 once for the same password and salt: in plain JavaScript it takes a tenth of a second. */
function withMemory(primitives: Primitives): Primitives {
  const known = new Map<string, Promise<Uint8Array>>();
  return {
    ...primitives,
    pbkdf2Sha256(input) {
      const id = JSON.stringify([{ ...input, password: toHex(input.password), salt: toHex(input.salt) }]);
      const found = known.get(id) ?? primitives.pbkdf2Sha256(input);
      known.set(id, found);
      return found;
    },
  };
}
