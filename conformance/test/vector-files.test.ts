/** The published vectors are of their schema, have a note for every flag, and are what the reference computes too. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import t from 'tap';
import requirementsFile from '../../spec/requirements.json' with { type: 'json' };
import { findFault } from '../../reference/index.ts';

const folder = dirname(createRequire(import.meta.url).resolve('#vectors/README.md'));
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

interface VectorFile {
  readonly family: string;
  readonly requirements: readonly string[];
  readonly notes: Readonly<Record<string, unknown>>;
  readonly groups: readonly {
    readonly vectors: readonly { readonly id: string; readonly flags: readonly string[] }[];
  }[];
}

t.test('every file is of its schema', (test) => {
  test.not(files.length, 0);
  for (const file of files) {
    const content = JSON.parse(readFileSync(join(folder, file), 'utf8')) as VectorFile;
    test.equal(findFault('vector-file', content), undefined, file);
    test.equal(`${content.family}.json`, file);
    const known = requirementsFile.requirements.map(({ id }) => id);
    test.same(
      content.requirements.filter((id) => !known.includes(id)),
      [],
      'requirements that exist',
    );
  }
  test.end();
});

t.test('every flag has a note, every note a flag, every id one vector', (test) => {
  for (const file of files) {
    const { notes, groups } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as VectorFile;
    const vectors = groups.flatMap((group) => group.vectors);
    const flags = new Set(vectors.flatMap((vector) => vector.flags));
    test.same([...flags].sort(), Object.keys(notes).sort(), file);
    test.equal(new Set(vectors.map(({ id }) => id)).size, vectors.length, file);
  }
  test.end();
});
