/**
 * The specification as code: the derivation graph, its evaluator, known mistakes, and their diagnosis.
 *
 * @module e2ee-sync/spec
 */
export { diagnose, diagnoseInBackground, type Diagnosis, type Question } from './diagnose/diagnose.ts';
export type { Tells } from './diagnose/observed.ts';
export { createDerivation, type Derivation } from './diagnose/derivation.ts';
export type { Diagnosed, Explanation } from './diagnose/explanation.ts';
export { derivedHex, readGiven, valueToHex } from './encode.ts';
export {
  evaluate,
  EvaluationError,
  type Evaluation,
  type Given,
  type Json,
  type Pbkdf2Cache,
  type Pbkdf2Run,
  type Step,
  type Value,
} from './evaluate.ts';
export {
  buildGraph,
  GraphError,
  graphSource,
  loadGraph,
  type Argument,
  type Call,
  type Constant,
  type DerivationsSource,
  type Expression,
  type Graph,
  type GraphSource,
  type Node,
  type ProfileName,
  type ProfileSource,
  type Type,
} from './graph.ts';
export type { Edit } from './mistaken/edit.ts';
export { mechanicalMistakes, namedMistakes, type Mistake } from './mutate.ts';
export type { Rules } from './infer.ts';
export type { Operator, OperatorTable } from './operators.ts';
export type { Source, SourceMap } from './resolve.ts';
export { schemas, type Schema } from './schemas.ts';
export { tellingInputs, withLeadingZero, type Inputs, type Random } from './telling.ts';
