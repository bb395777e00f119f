// Where in a document a value is written: by the names of the argument and of the fields around it, as the place of a variable is told.
import {
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  Kind,
  type Location,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** A value or field of an input in a document. */
export interface Placed {
  /** `input.categories[0]`, beginning with the argument, or with the variable that it is the default of. */
  readonly place: string;
  /** What is expected there; null without a schema, and where the schema expects nothing. */
  readonly type: GraphQLInputType | null;
  /** The same of what it stands in. */
  readonly parent: GraphQLInputType | null;
}

type At = Pick<Location, 'start' | 'end'>;

/** Finds what stands from one offset of a document to another; nothing in a document that cannot be read. */
export function placesIn(text: string, schema?: GraphQLSchema): (at: At) => Placed | undefined {
  const places = new Map<string, Placed>();
  const document = read(text);
  if (!document) return () => undefined;
  const types = schema && new TypeInfo(schema);
  const enter = (node: ASTNode, _key: unknown, _parent: unknown, path: readonly (string | number)[]): void => {
    if (!node.loc) return;
    const key = `${node.loc.start} ${node.loc.end}`;
    const place = alongPath(document, path);
    // Of a node and what it consists of, as a variable and its name, the outer one stands for both.
    if (place === '' || places.has(key)) return;
    places.set(key, { place, type: types?.getInputType() ?? null, parent: types?.getParentInputType() ?? null });
  };
  visit(document, types ? visitWithTypeInfo(types, { enter }) : { enter });
  return ({ start, end }) => places.get(`${start} ${end}`);
}

function read(text: string): DocumentNode | null {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

function alongPath(document: DocumentNode, path: readonly (string | number)[]): string {
  let place = '';
  let at: unknown = document;
  let list = false;
  for (const key of path) {
    at = (at as Record<string | number, unknown>)[key];
    if (list) place += `[${key}]`;
    list = key === 'values';
    const node = at as ASTNode;
    if (node.kind === Kind.ARGUMENT) place = node.name.value;
    else if (node.kind === Kind.VARIABLE_DEFINITION) place = node.variable.name.value;
    else if (node.kind === Kind.OBJECT_FIELD) place += `.${node.name.value}`;
  }
  return place;
}
