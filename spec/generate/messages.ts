/** What the schemas say of the messages: the call each belongs to, its members, and the values they carry. */
import type { SpecData } from './data.ts';

/** A member of a message. */
export interface Member {
  readonly name: string;
  /** False where some messages do without it. */
  readonly required: boolean;
  readonly description: string;
  /** The form of its value, in the words of the schema: `32 bytes as hex, 64 digits`. */
  readonly form: string;
}

interface MemberSchema {
  readonly description?: string;
  readonly additionalProperties?: MemberSchema;
}

/** The members of a message, in the order of its schema. */
export function membersOf(data: SpecData, message: string): Member[] {
  const schema = data.schemas.get(message);
  if (schema === undefined) throw new Error(`there is no schema ${message}`);
  const required = (schema['required'] ?? []) as readonly string[];
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, MemberSchema>>;
  return Object.entries(properties).map(([name, member]) => ({
    name,
    required: required.includes(name),
    description: member.description ?? '',
    form: formOf(member),
  }));
}

function formOf({ description = '', additionalProperties }: MemberSchema): string {
  if (additionalProperties?.description !== undefined)
    return `for each account id, ${formOf(additionalProperties)}`;
  return /(?:\d+ bytes as hex, \d+ digits|a string holding [^.;]+)/.exec(description)?.[0] ?? 'text';
}

/** Method and path of the call that a message belongs to, as the description of its schema gives them. */
export function callOf(data: SpecData, message: string, method = '[A-Z]+'): string {
  const description = String(data.schemas.get(message)?.['description']);
  const call = new RegExp(`${method} /[\\w/:-]*\\w`).exec(description)?.[0];
  if (call === undefined) throw new Error(`the description of ${message} names no call`);
  return call;
}

/** The header that carries the session id, and its form. */
export function sessionHeader(data: SpecData): { readonly name: string; readonly form: string } {
  const types = data.schemas.get('types')?.['$defs'] as Readonly<Record<string, MemberSchema>> | undefined;
  const description = types?.['sessionId']?.description ?? '';
  const name = /header ([\w-]+)/.exec(description)?.[1];
  if (name === undefined) throw new Error('types.schema.json names no header for sessionId');
  return { name, form: formOf({ description }) };
}
