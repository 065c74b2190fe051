/** What happened in a run, on every bench of it: what the checks that come last look back on. */
import type { Params, Verb } from '../target/verbs.ts';
import type { ClientBench, Signup } from './bench.ts';
import type { TimeSpent } from './time-spent.ts';

export interface RunRecord {
  readonly benches: ClientBench[];
  /** Every account that the client created, and the bench whose server keeps it. */
  readonly signups: { readonly bench: ClientBench; readonly signup: Signup }[];
  /** Every passphrase that the client was given. */
  readonly passphrases: Set<string>;
  /** The beginnings of the texts in documents. */
  readonly documents: Set<string>;
  /** Ids and names of resources, which are sent in plain text. */
  readonly envelopes: Set<string>;
  /** What links open to, by link: each is opened once; undefined for one that does not open. */
  readonly groupKeys: Map<string, Uint8Array | undefined>;
  /** Where the time went, of every bench that is closed. */
  readonly times: TimeSpent[];
}

export const createRecord = (): RunRecord => ({
  ...{ benches: [], signups: [], times: [] },
  ...{ passphrases: new Set(), documents: new Set(), envelopes: new Set(), groupKeys: new Map() },
});

/** Keeps what a call entrusts to the client. */
export function keepSecrets<V extends Verb>(record: RunRecord, verb: V, params: Params<V>): void {
  for (const name of ['passphrase', 'oldPassphrase', 'newPassphrase'])
    if (name in params) record.passphrases.add(String((params as Record<string, unknown>)[name]));
  if (verb === 'push') for (const edit of (params as Params<'push'>).edits) keepResource(record, edit);
}

/** Keeps the texts of a resource: what may be sent as it is, and what may not. */
export function keepResource(
  { documents, envelopes }: RunRecord,
  { id, name, document }: { readonly id: string; readonly name: string; readonly document: unknown },
): void {
  envelopes.add(id).add(name);
  keepTexts(documents, document);
}

function keepTexts(documents: Set<string>, document: unknown): void {
  if (typeof document === 'string' && document.length >= SHORTEST_TEXT)
    documents.add(
      Array.from(document.slice(0, 2 * LONGEST_PART))
        .slice(0, LONGEST_PART)
        .join(''),
    );
  if (typeof document !== 'object' || document === null) return;
  for (const member of Object.values(document)) keepTexts(documents, member);
}

/** Characters: shorter ones may well stand elsewhere, such as the name of a resource. */
const SHORTEST_TEXT = 12;
/** Characters: as much of a long text is enough to find it by. */
const LONGEST_PART = 32;
