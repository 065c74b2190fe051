/**
 * The specification as code: the derivation graph and its evaluator.
 *
 * @module e2ee-sync/spec
 */
export { derivedHex, readGiven, valueToHex } from './encode.ts';
export {
  evaluate,
  EvaluationError,
  type Evaluation,
  type Given,
  type Json,
  type Pbkdf2Cache,
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
export type { Source, SourceMap } from './resolve.ts';
export { schemas, type Schema } from './schemas.ts';
