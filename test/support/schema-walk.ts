// Walking the whole schema by introspection: selections some relations deep, arguments and inputs made from their types. What is added
// to the schema is walked by itself.
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** What is selected on a type: its leaves, and what is below it. */
export interface Tree {
  readonly leaves: readonly string[];
  readonly branches: readonly { readonly head: string; readonly tree: Tree }[];
}

const required = ({ type }: GraphQLArgument | GraphQLInputField) => isNonNullType(type);

/** Arguments that a nested field needs: short pages, and some value for what it insists on. */
function nestedArguments(field: Field): string {
  const args = field.args.flatMap((arg) => {
    if (arg.name === 'first') return ['first: 3'];
    if (!required(arg) || arg.defaultValue !== undefined) return [];
    const value = sampleOf(arg.type, arg.name, () => undefined);
    // The word of an enum stands in a query without quotes.
    return [`${arg.name}: ${isEnumType(getNamedType(arg.type)) ? String(value) : literal(value)}`];
  });
  return args.length > 0 ? `(${args.join(', ')})` : '';
}

/** The tree below a type, so many relations deep; each relation is followed once, from where it is nearest. */
export function treeOf(schema: GraphQLSchema, type: GraphQLNamedType, depth: number, seen = new Set<string>()): Tree {
  if (isAbstractType(type)) {
    const branches = schema
      .getPossibleTypes(type)
      .map((each) => ({ head: `... on ${each.name}`, tree: treeOf(schema, each, depth, seen) }));
    return { leaves: ['__typename'], branches };
  }
  if (!isObjectType(type)) return { leaves: [], branches: [] };
  const fields = Object.values(type.getFields());
  const leaves = fields
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map((field) => `${field.name}${nestedArguments(field)}`);
  const open: { head: string; type: GraphQLNamedType; depth: number }[] = [];
  for (const field of fields) {
    const below = getNamedType(field.type);
    if (isLeafType(below) || field.name === 'edges') continue;
    // A page is no relation of its own.
    const page = /Connection$/.test(type.name) || field.name === 'pageInfo';
    const edge = `${type.name}.${field.name}`;
    if ((!page && depth === 0) || (!page && seen.has(edge))) continue;
    if (!page) seen.add(edge);
    open.push({ head: `${field.name}${nestedArguments(field)}`, type: below, depth: page ? depth : depth - 1 });
  }
  const branches = open.map((each) => ({ head: each.head, tree: treeOf(schema, each.type, each.depth, seen) }));
  return { leaves: ['__typename', ...leaves], branches };
}

/** The tree as a selection set. */
export function selection({ leaves, branches }: Tree): string {
  const inner = branches.map(({ head, tree }) => `${head} ${selection(tree)}`);
  const all = [...leaves, ...inner];
  return all.length > 0 ? `{ ${all.join(' ')} }` : '';
}

function sizeOf({ leaves, branches }: Tree): number {
  return branches.reduce((sum, { tree }) => sum + 1 + sizeOf(tree), leaves.length);
}

/** A tree in pieces of at most so many fields, each reaching from the root. */
export function pieces(tree: Tree, most: number): Tree[] {
  if (sizeOf(tree) <= most) return [tree];
  const own: Tree[] = tree.leaves.length > 0 ? [{ leaves: tree.leaves, branches: [] }] : [];
  return [
    ...own,
    ...tree.branches.flatMap(({ head, tree: below }) =>
      pieces(below, most - 1).map((piece) => ({ leaves: ['__typename'], branches: [{ head, tree: piece }] })),
    ),
  ];
}

/** Gives a value for a named input, or undefined: then one is made from its type. */
export type Chosen = (name: string, type: string) => unknown;

const SCALARS: Record<string, unknown> = {
  ...{ Int: 1, Float: 1, Boolean: true, Date: '2026-07-20', YearMonth: '2026-06', JSON: {} },
  ...{ DateTime: '2026-07-20T00:00:00Z', ID: 'bm9uZQ', String: 'x' },
};

/** A value of an input type in which every required field has one, and, unless `bare`, every field that is chosen. */
export function sampleOf(type: GraphQLInputType, name: string, chosen: Chosen, bare = false): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType, name, chosen, bare);
  if (isListType(type)) return [sampleOf(type.ofType, name, chosen, bare)];
  const named = getNamedType(type);
  const given = chosen(name, named.name);
  if (given !== undefined) return given;
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return SCALARS[named.name];
  const entries = Object.values(type.getFields()).flatMap((field): [string, unknown][] => {
    const wanted = required(field) || (!bare && mentions(field.type, field.name, chosen));
    return wanted ? [[field.name, sampleOf(field.type, field.name, chosen, bare)]] : [];
  });
  return Object.fromEntries(entries);
}

/** Whether a value is chosen for the field or for something in it. */
function mentions(type: GraphQLInputType, name: string, chosen: Chosen): boolean {
  const named = getNamedType(type);
  if (chosen(name, named.name) !== undefined) return true;
  if (!isInputObjectType(named)) return false;
  return Object.values(named.getFields()).some((field) => mentions(field.type, field.name, chosen));
}

/** The names of the inputs of a type that hold what `holds` says, as `name` alone. */
export function inputNames(type: GraphQLInputType, holds: (name: string, type: string) => boolean): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  const names = Object.values(named.getFields()).flatMap((field) => [
    ...(holds(field.name, getNamedType(field.type).name) ? [field.name] : []),
    ...inputNames(field.type, holds),
  ]);
  return [...new Set(names)];
}

function literal(value: unknown): string {
  return JSON.stringify(value);
}

/** Every text of an answer, and what its ids, links and tokens say when they are decoded. */
export function textsOf(value: unknown): string[] {
  const texts: string[] = [];
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) each.forEach(visit);
    else if (typeof each === 'object' && each !== null) Object.values(each).forEach(visit);
    else if (typeof each === 'string' || typeof each === 'number') {
      const text = String(each);
      texts.push(text);
      for (const [token] of text.matchAll(/[\w-]{12,}/g)) texts.push(decoded(token));
    }
  };
  visit(value);
  return texts;
}

/** What a token says, whatever else is in it: bytes that are no text stand as U+FFFD beside those that are. */
function decoded(token: string): string {
  return Buffer.from(token, 'base64url').toString('utf8');
}
