/** The specification as code: the derivation graph and its evaluator. */
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
  type Call,
  type Expression,
  type Graph,
  type GraphSource,
  type Node,
  type ProfileName,
} from './graph.ts';
export { schemas, type Schema } from './schemas.ts';
