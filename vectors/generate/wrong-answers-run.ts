/** What a named mistake makes of some inputs: the values that it computes otherwise, and the first that is sent or stored. */
import { loadGraph, readGiven, valueToHex, type Expression, type ProfileName } from '../../spec/index.ts';
import { createDerivation, type Derivation } from '../../spec/diagnose/derivation.ts';
import { rightGraph } from '../../spec/mistaken/graph.ts';
import type { Mistake } from '../../spec/mutate.ts';
import { references } from '../../spec/operators.ts';
import { pbkdf2Cache, type Inputs, type Values } from './vector.ts';

/** Inputs, and every value that follows from them, right or wrong. */
export interface Run {
  /** Where they come from: the flag of a vector. */
  readonly flag: string;
  readonly profile: ProfileName;
  readonly inputs: Inputs;
  readonly derivation: Derivation;
}

/** Inputs of which several mistakes are made. */
export function run(profile: ProfileName, flag: string, inputs: Inputs): Run {
  const given = readGiven(loadGraph(profile), inputs);
  return { flag, profile, inputs, derivation: createDerivation(profile, given, pbkdf2Cache) };
}

/** Values that leave the client or the server, in the order in which they do: at signup, at login, with a document. */
const SENT = [
  ...['SRP_Verifier', 'encSymmetricKey', 'encPrivateKey'],
  ...['srp.A', 'srp.B', 'srp.M1', 'srp.M2', 'session.id', 'encContent', 'SYM_Link'],
];

/** The values that come out wrong; none where the mistake does not show with these inputs. */
export function wrongAnswer({ derivation }: Run, mistake: Mistake): Values {
  const wrong = (name: string): readonly [string, string][] => {
    const value = derivation.touches(mistake, name) ? derivation.value(name, [mistake]) : undefined;
    const right = value === undefined ? undefined : derivation.value(name);
    if (value === undefined || right === undefined || valueToHex(value) === valueToHex(right)) return [];
    return [[name, valueToHex(value)]];
  };
  const edited = [...mistake.nodes.keys()].flatMap(wrong);
  if (edited.length === 0) return {};
  for (const name of SENT) {
    const [sent] = wrong(name);
    if (sent !== undefined) return Object.fromEntries([...edited, sent]);
  }
  return Object.fromEntries(edited);
}

/** The inputs that the values are made of, with the mistake or without it. */
export function inputsFor({ profile, inputs }: Run, { nodes }: Mistake, values: Values): Inputs {
  const graph = rightGraph(profile);
  const used = new Set<string>(values['SYM_Link'] === undefined ? [] : ['PRV_Account']);
  const visited = new Set<string>();
  const visit = (name: string): void => {
    if (visited.has(name)) return;
    visited.add(name);
    if (name in inputs) used.add(name);
    else followed(name).flatMap(references).forEach(visit);
  };
  const followed = (name: string): Expression[] =>
    [nodes.get(name), graph.nodes.get(name)?.value].filter((formula) => formula !== undefined);
  Object.keys(values).forEach(visit);
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => used.has(name)));
}
