/** What values must be, and why they are not: the specification's own evaluator, which computes what is asked for, and PBKDF2 once for a whole run. */
import { toHex, type ProfileName } from '../reference/index.ts';
import { createDerivation } from '../spec/diagnose/derivation.ts';
import { diagnoseInBackground, type Question } from '../spec/diagnose/diagnose.ts';
import { inWords, type Diagnosed } from '../spec/diagnose/explanation.ts';
import { asObserved } from '../spec/diagnose/observed.ts';
import { readGiven } from '../spec/encode.ts';
import { checkGiven, runInBackground, type Given, type Pbkdf2Cache } from '../spec/evaluate.ts';
import { loadGraph } from '../spec/graph.ts';
import type { Mistake } from '../spec/mutate.ts';

/** What is known of an account: raw inputs, salts as hex. */
export interface KnownAccount {
  readonly email: string;
  readonly passphrase: string;
  readonly saltKey: string;
  readonly saltAuth: string;
  readonly saltEnc?: string;
}

/** The values that follow, by symbol; bytes. */
export type Expected = (symbol: string) => Uint8Array;

/** The values that follow, and why others came instead. */
export interface Explained extends Expected {
  /**
   * The known mistakes that explain observed values, and others that come to the same, in words; undefined where none
   * do. Other work goes on meanwhile. Where all pairs of mistakes were tried in vain once in a run, they are not tried
   * for the same values again: that takes seconds, and what is wrong is the same.
   */
  readonly explain: (
    observed: Question['observed'],
    how?: Pick<Question, 'pairs'>,
  ) => Promise<Diagnosed | undefined>;
  /** A value as it comes with a mistake; undefined where nothing does. */
  readonly mistaken: (symbol: string, mistake: Mistake) => Uint8Array | undefined;
  /** Whether a mistake yields observed values, the right ones among them. Other work goes on meanwhile. */
  readonly yields: (observed: Question['observed'], mistake: Mistake) => Promise<boolean>;
}

export interface Oracle {
  readonly profile: ProfileName;
  /** Results of PBKDF2. */
  readonly cache: Pbkdf2Cache;
  /** Whether anybody wants to know why a value is wrong. */
  readonly explains: boolean;
  /** Every account whose values were asked for. */
  readonly accounts: readonly KnownAccount[];
  /** Stretches the passwords of several accounts on all cores, so that their values are there at once. */
  prepare(several: readonly KnownAccount[]): Promise<void>;
  /** Begins to stretch the passwords of an account whose values will be asked for. */
  foresee(known: KnownAccount): void;
  /** What follows from any values. */
  values(given: Given): Explained;
  /** Reads inputs in the form of `readGiven`. */
  read(source: Readonly<Record<string, unknown>>): Given;
  /** What follows from inputs in that form. */
  inputs(source: Readonly<Record<string, unknown>>): Explained;
  /** The derived values of an account. */
  account(known: KnownAccount): Explained;
  /** The values of a login, seen from the server: A as it came, B as it was sent, and b. */
  loginAtServer(known: KnownAccount, seen: { A: Uint8Array; B: Uint8Array; b: Uint8Array }): Explained;
  /** The values of a login, seen from the client: a, and B as it came. */
  loginAtClient(known: KnownAccount, seen: { a: Uint8Array; B?: Uint8Array }): Explained;
}

/**
 * @param cache - results of PBKDF2; by default those of one run
 * @param explains - whether anybody wants to know why a value is wrong
 */
export function createOracle(profile: ProfileName, cache: Pbkdf2Cache = new Map(), explains = true): Oracle {
  const graph = loadGraph(profile);
  const valuesOf = (given: Given): Expected => {
    checkGiven(graph, given);
    const derivation = createDerivation(profile, given, cache);
    return (symbol) => {
      const value = derivation.value(symbol);
      if (value instanceof Uint8Array) return value;
      if (typeof value === 'string') return new TextEncoder().encode(value);
      throw new Error(`${symbol} does not follow from what was given`);
    };
  };
  /** The values, by name, that no pair of mistakes has explained. */
  const inVain = new Set<string>();
  const explaining = (given: Given, standIns: Question['standIns'] = {}) => ({
    async explain(
      observed: Question['observed'],
      { pairs = true }: Pick<Question, 'pairs'> = {},
    ): Promise<Diagnosed | undefined> {
      if (!explains) return undefined;
      if (Object.values(observed).some((value) => typeof value === 'string' && !HEX.test(value)))
        return undefined;
      const inputs = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, asInput(value)]));
      const names = Object.keys(observed).join(' ');
      const question = { profile, inputs, observed, standIns, cache, pairs: pairs && !inVain.has(names) };
      const { explanations, unexplained } = await diagnoseInBackground(question);
      if (question.pairs && unexplained.length > 0) inVain.add(names);
      return inWords(explanations.filter(({ kind }) => kind !== 'correct'));
    },
    mistaken(symbol: string, mistake: Mistake): Uint8Array | undefined {
      const value = createDerivation(profile, given, cache, standIns).value(symbol, [mistake]);
      return value instanceof Uint8Array ? value : undefined;
    },
    async yields(observed: Question['observed'], mistake: Mistake): Promise<boolean> {
      const { foresee, value } = createDerivation(profile, given, cache, standIns);
      const names = Object.keys(observed);
      const runs = names.flatMap((name) => foresee(name, [[mistake]]));
      await Promise.all(runs.map((run) => runInBackground(run, cache)));
      return names.every((name) => asObserved(observed[name] ?? '').matches(value(name, [mistake])));
    },
  });
  const expect = (given: Given): Explained => Object.assign(valuesOf(given), explaining(given));
  const underWay = new Map<string, Promise<void>>();
  const prepare: Oracle['prepare'] = async (several) => {
    const runs = several.flatMap((known) => {
      const { foresee } = createDerivation(profile, inputs(known), cache);
      return ['SEC_PWD_Auth', 'SEC_PWD_Enc'].flatMap((name) => foresee(name, [[]]));
    });
    const started = runs.map((run) => {
      const going = underWay.get(run.key) ?? runInBackground(run, cache);
      underWay.set(run.key, going);
      return going;
    });
    await Promise.all(started);
  };
  const accounts = new Map<string, { readonly known: KnownAccount; readonly values: Explained }>();
  return {
    profile,
    cache,
    explains,
    get accounts() {
      return [...accounts.values()].map(({ known }) => known);
    },
    prepare,
    foresee(known) {
      // What is no salt has no values, and whoever asks for them is told so.
      prepare([known]).catch(() => undefined);
    },
    values: expect,
    read: (source) => readGiven(graph, source),
    inputs: (source) => expect(readGiven(graph, source)),
    account(known) {
      const name = JSON.stringify(Object.values(known));
      const { values } = accounts.get(name) ?? { values: expect(inputs(known)) };
      accounts.set(name, { known, values });
      return values;
    },
    loginAtServer(known, { A, B, b }) {
      const given = { ...inputs(known), 'srp.A': A, 'srp.B': B, b };
      // Whoever does not know a has the S of the server.
      const values = valuesOf({ ...given, 'srp.S': valuesOf(given)('srp.S_server') });
      return Object.assign(values, explaining(given, { 'srp.S': 'srp.S_server' }));
    },
    loginAtClient: (known, { a, B }) =>
      expect({ ...inputs(known), a, ...(B !== undefined && { 'srp.B': B }) }),
  };
}

function inputs({ email, passphrase, saltKey, saltAuth, saltEnc }: KnownAccount): Given {
  const salts = { SLT_Auth_1: bytes(saltKey), SLT_Auth_2: bytes(saltAuth) };
  return { email, passphrase, ...salts, ...(saltEnc !== undefined && { SLT_Enc: bytes(saltEnc) }) };
}

/** What is no hex text is not the value of anything. */
const HEX = /^[0-9a-f]+$/i;

/** In the form of `readGiven`. */
function asInput(value: Given[string] | undefined): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  return typeof value === 'object' ? value.json : value;
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
