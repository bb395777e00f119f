// What GraphQL itself says of values written into a document: told like those in variables, with their place, what was found and expected.
import {
  type GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import {
  type InputProblem,
  isRepeatable,
  MISSING,
  shown,
  taughtBy,
  UNKNOWN,
  WRONG_TYPE,
  wantedOf,
} from './input-problem.ts';
import { type Placed, placesIn } from './literal-places.ts';

const VALUES: readonly string[] = [
  ...[Kind.STRING, Kind.INT, Kind.FLOAT, Kind.BOOLEAN, Kind.ENUM],
  ...[Kind.NULL, Kind.LIST, Kind.OBJECT],
];
const ARGUMENT_MISSING = /^Field "\w+" argument "(\w+)" of type "([^"]+)" is required, but it was not provided\.$/;
const ARGUMENT_UNKNOWN = /^Unknown argument "(\w+)" on field "([\w.]+)"\./;
const FIELD_MISSING = /^Field "\w+\.(\w+)" of required type "([^"]+)" was not provided\.$/;

const around = (place: string): string => place.slice(0, place.lastIndexOf('.'));

/** Whether an error is about a value in the document, or about one that is missing there. */
export function isOfLiteral({ nodes, message, path }: GraphQLError): boolean {
  const [node] = nodes ?? [];
  // What has a path in the answer came of carrying the document out.
  if (!node || path !== undefined) return false;
  if (node.kind === Kind.FIELD) return ARGUMENT_MISSING.test(message);
  if (node.kind === Kind.ARGUMENT) return ARGUMENT_UNKNOWN.test(message);
  return node.kind === Kind.OBJECT_FIELD || VALUES.includes(node.kind);
}

/** Tells such errors; null for one whose place cannot be found. The document is gone through once for all of them. */
export function literalTeller(schema: GraphQLSchema): (error: GraphQLError) => InputProblem | null {
  let places: ReturnType<typeof placesIn> | undefined;
  return (error) => {
    const [node] = error.nodes ?? [];
    if (!node?.loc) return null;
    const [, argument, type] = ARGUMENT_MISSING.exec(error.message) ?? [];
    if (argument && type) return { sentence: MISSING, path: argument, found: 'undefined', expected: type };
    const [, unknown, field] = ARGUMENT_UNKNOWN.exec(error.message) ?? [];
    if (unknown && field)
      return { sentence: UNKNOWN, ...(isRepeatable(unknown) ? { path: unknown } : {}), expected: field };
    places ??= placesIn(node.loc.source.body, schema);
    const placed = places(node.loc);
    if (!placed) return null;
    if (node.kind === Kind.OBJECT_FIELD) {
      const expected = placed.parent ? getNamedType(placed.parent).name : undefined;
      const path = isRepeatable(node.name.value) ? placed.place : around(placed.place);
      return { sentence: UNKNOWN, path, ...(expected === undefined ? {} : { expected }) };
    }
    const [, missing, wanted] = FIELD_MISSING.exec(error.message) ?? [];
    if (missing && wanted)
      return { sentence: MISSING, path: `${placed.place}.${missing}`, found: 'undefined', expected: wanted };
    return ofValue(schema, node as ValueNode, placed, error);
  };
}

function ofValue(schema: GraphQLSchema, node: ValueNode, { place, type }: Placed, error: GraphQLError): InputProblem {
  const { sentence, expected = type ? wantedOf(schema, type) : undefined } = taughtBy(error);
  const value: unknown = valueFromASTUntyped(node);
  const found = shown(value, place);
  // The word of an enumeration stands without quotes: with them it would look like what is expected.
  const quoted = node.kind === Kind.STRING && type && isEnumType(getNamedType(type)) && found === node.value;
  return {
    sentence: value === null ? MISSING : (sentence ?? WRONG_TYPE),
    path: place,
    found: quoted ? `"${found}"` : found,
    ...(expected === undefined ? {} : { expected }),
  };
}
