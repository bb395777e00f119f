// What is said of a value that is not of its form, wherever it stands: the sentence, the field, what was found and what was expected.
import { type GraphQLError, type GraphQLInputType, type GraphQLSchema, getNamedType, isEnumType } from 'graphql';
import type { Sentence } from './reply.ts';

/** What is wrong with one input. */
export interface InputProblem {
  readonly sentence: Sentence;
  /** The input field, `input.decidedOn`. */
  readonly path?: string;
  readonly found?: string;
  readonly expected?: string;
}

export const WRONG_TYPE: Sentence = {
  zh: '输入的值与要求的类型不符。',
  en: 'The value is not of the type that is expected.',
};
export const MISSING: Sentence = { zh: '缺少必填的输入。', en: 'A required value is missing.' };
export const UNKNOWN: Sentence = { zh: '输入中有未定义的字段。', en: 'The input has a field that is not defined.' };

const SECRET = /password|token|secret|identity|phone|email|name|reason/i;

/** What a scalar of ours said. */
export function taughtBy(error: GraphQLError): { sentence?: Sentence; expected?: string } {
  const { originalError } = error;
  const from = error.extensions.sentence ? error.extensions : (originalError as GraphQLError | undefined)?.extensions;
  return (from ?? {}) as { sentence?: Sentence; expected?: string };
}

/** Whether a name that somebody made up may be repeated: no long one, and none that holds a long number. */
export function isRepeatable(name: string): boolean {
  return name.length <= 60 && !/\d{9}/.test(name.replaceAll('_', ''));
}

/** What is expected of a type: the values of an enumeration, else its name. */
export function wantedOf(schema: GraphQLSchema, type: GraphQLInputType): string {
  const known = schema.getType(getNamedType(type).name);
  if (!isEnumType(known)) return getNamedType(type).name;
  const values = known.getValues().map((value) => value.name);
  return values.join(' / ');
}

/** A value as it may be repeated: short and plain, no long number, nothing of a field that holds secrets; else only of which kind it is. */
export function shown(value: unknown, place: string): string {
  const kind = Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
  if (typeof value === 'object' || value === undefined) return kind;
  const text = String(value);
  const plain = /^[A-Za-z0-9 _:.,+/-]{0,40}$/.test(text) && !/\d{9}/.test(text.replace(/[^A-Za-z0-9]/g, ''));
  if (plain && !SECRET.test(place.slice(place.lastIndexOf('.') + 1))) return text;
  return typeof value === 'string' ? `string, ${text.length}` : kind;
}
