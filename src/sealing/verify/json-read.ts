// Reading members out of untrusted JSON: each known and of its type, or the whole is not what it claims to be.
import { fromBase64 } from './bytes.ts';

/** Input is not of the format that is read; the message is for developers. */
export class InputProblem extends Error {
  override readonly name = 'InputProblem';
}

/** Says that the input is not what it should be. @throws {InputProblem} always */
export function fail(what: string): never {
  throw new InputProblem(what);
}

/** The members of an object that has all the required ones and none besides the optional ones. @throws {InputProblem} */
export function members(
  value: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail('an object is missing');
  const object = value as Record<string, unknown>;
  for (const name of required) if (!Object.hasOwn(object, name)) fail(`${name} is missing`);
  for (const name of Object.keys(object)) {
    // A member that no check covers could be changed unseen.
    if (!required.includes(name) && !optional.includes(name)) fail(`${name} is unknown`);
  }
  return object;
}

/** Name and value of each member of an object. @throws {InputProblem} */
export function entries(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail('an object is missing');
  return Object.entries(value);
}

/** A text. @throws {InputProblem} */
export const text = (value: unknown): string => (typeof value === 'string' ? value : fail('a text is missing'));

/** A whole number that is not negative. @throws {InputProblem} */
export const count = (value: unknown): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : fail('a count is missing');

/** A list of at most so many. @throws {InputProblem} */
export const list = (value: unknown, most: number): unknown[] =>
  Array.isArray(value) && value.length <= most ? value : fail('a list is missing or too long');

/** The bytes of a base64 text. @throws {InputProblem} */
export const bytes = (value: unknown): Uint8Array => fromBase64(text(value)) ?? fail('base64 is malformed');
