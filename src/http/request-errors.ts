// What GraphQL itself says of a request, only in English: said in both languages, with the field, what was found and what was expected.
import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isNonNullType,
  Kind,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { hideIdentityNumbers } from '../regulation/record/identity-text.ts';
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
import { isOfLiteral, literalTeller } from './literal-problems.ts';

/** What is told of an error: the sentence in both languages, and what stands beside it. */
export interface Told extends InputProblem {
  readonly code: string;
  /** What the GraphQL library says of a document, in English. */
  readonly detail?: string;
}

type Given = Readonly<Record<string, unknown>>;

const BAD_DOCUMENT = '查询文档不符合接口的定义，详见 detail。';

const OF_VARIABLE = /^Variable "\$\w+" (?:got invalid value |of required type |of non-null type )/;
const LONGEST = 400;

/** Whether an error is about a value that was given, in a variable or in the document, and not about what is asked for. */
export function isOfInput(error: GraphQLError): boolean {
  return isOfVariable(error) || isOfLiteral(error);
}

function isOfVariable({ nodes, message }: GraphQLError): boolean {
  return nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION && OF_VARIABLE.test(message);
}

/**
 * Tells the errors of a request that was not carried out, one for one; what a value held is repeated only where it can be no secret.
 * @param open whether names of the schema may be suggested
 */
export function errorTeller(schema: GraphQLSchema, variables: Given, open: boolean): (error: GraphQLError) => Told {
  const left = new Map<VariableDefinitionNode, InputProblem[]>();
  const ofLiteral = literalTeller(schema);
  return (error) => {
    const [node] = error.nodes ?? [];
    if (node?.kind === Kind.VARIABLE_DEFINITION && isOfVariable(error)) {
      const problems = left.get(node) ?? problemsOf(schema, node, variables);
      left.set(node, problems);
      return { code: 'BAD_USER_INPUT', ...(problems.shift() ?? { sentence: WRONG_TYPE }) };
    }
    const literal = isOfLiteral(error) ? ofLiteral(error) : null;
    if (literal) return { code: 'BAD_USER_INPUT', ...literal };
    const suggested = open ? error.message : error.message.replace(/ Did you mean .*$/s, '');
    const plain = hideIdentityNumbers(suggested.replace(/\p{Cc}/gu, ' '));
    const detail = plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
    const en = `The document does not fit the schema: ${detail.replace(/\.$/, '')}.`;
    return { code: 'GRAPHQL_VALIDATION_FAILED', sentence: { zh: BAD_DOCUMENT, en }, detail };
  };
}

/** What is wrong with the value of a variable, in the order in which the library finds it. */
function problemsOf(schema: GraphQLSchema, node: VariableDefinitionNode, variables: Given): InputProblem[] {
  const name = node.variable.name.value;
  const type = typeFromAST(schema, node.type) as GraphQLInputType | undefined;
  if (!type) return [];
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (value === undefined || (value === null && isNonNullType(type))) {
    return [{ sentence: MISSING, path: name, found: value === null ? 'null' : 'undefined', expected: String(type) }];
  }
  const problems: InputProblem[] = [];
  coerceInputValue(value, type, (path, found, error) => {
    const place = path.reduce<string>((at, key) => at + (typeof key === 'number' ? `[${key}]` : `.${key}`), name);
    problems.push(problemAt(schema, { type, path, place, found, error }));
  });
  return problems;
}

interface At {
  readonly type: GraphQLInputType;
  readonly path: readonly (string | number)[];
  readonly place: string;
  readonly found: unknown;
  readonly error: GraphQLError;
}

function problemAt(schema: GraphQLSchema, { type, path, place, found, error }: At): InputProblem {
  // Of an object the library says which of its fields it means only in a sentence, with names of the schema and of the request.
  const [, required, wanted] =
    /^Field "(\w+)" of required type "([^"]+)" was not provided\.$/.exec(error.message) ?? [];
  if (required) return { sentence: MISSING, path: `${place}.${required}`, found: 'undefined', expected: wanted ?? '' };
  if (/^Field ".*" is not defined by type /s.test(error.message)) {
    const [, field] = /^Field "(\w+)" is not/.exec(error.message) ?? [];
    return {
      sentence: UNKNOWN,
      path: field && isRepeatable(field) ? `${place}.${field}` : place,
      expected: typeNameAt(schema, type, path),
    };
  }
  const { sentence, expected } = taughtBy(error);
  return {
    sentence: found === null || found === undefined ? MISSING : (sentence ?? WRONG_TYPE),
    path: place,
    found: shown(found, place),
    expected: expected ?? typeNameAt(schema, type, path),
  };
}

/** The type at a place of a variable; the values of an enumeration instead of its name. */
function typeNameAt(schema: GraphQLSchema, type: GraphQLInputType, path: readonly (string | number)[]): string {
  let inner = getNamedType(type);
  for (const key of path) {
    if (typeof key === 'number' || !isInputObjectType(inner)) continue;
    const field = inner.getFields()[key];
    if (field) inner = getNamedType(field.type);
  }
  return wantedOf(schema, inner);
}
