/** The reference as an engine: by way of the steps that `vectors verify` takes. */
import type { Primitives } from '../../reference/index.ts';
import type { Engine } from '../../vectors/engines/engine.ts';
import { vectorFiles, type Vector } from '../vectors/files.ts';
import { referenceImplementation } from '../vectors/reference.ts';

export function referenceEngine(name: string, about: string, primitives: Primitives): Engine {
  const implementation = referenceImplementation(primitives);
  const named = [...vectorFiles()].flatMap(([family, { groups }]) =>
    groups.flatMap(({ vectors }) => vectors.map((vector) => [`${family}/${vector.id}`, vector] as const)),
  );
  const byName = new Map<string, Vector>(named);
  return {
    name,
    about,
    async outcome(profile, { id }) {
      const vector = byName.get(id);
      return vector === undefined ? { values: {} } : await implementation(profile, vector);
    },
  };
}
