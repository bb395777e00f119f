// The one schema builder. Every type file adds to it; schema.ts makes the schema of it.
import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { type GraphQLResolveInfo, isObjectType } from 'graphql';
import type PrismaTypes from '../generated/pothos-types.ts';
import { getDatamodel } from '../generated/pothos-types.ts';
import { taught } from './bad-input.ts';
import { apiError, type GraphqlContext, notSignedIn } from './context.ts';
import { decodeGlobalId, encodeGlobalId } from './global-id.ts';

/** What an operation may cost: a field costs 1, an action more, and a page multiplies by its size. */
export const COST_LIMITS = { complexity: 60_000, depth: 14, breadth: 400 } as const;

const TOO_MANY_IDS = { zh: '一次最多查询 100 个标识。', en: 'At most 100 ids at a time.' };

const TOO_COSTLY = {
  Complexity: { zh: '一次操作的查询量超过上限。', en: 'The operation costs too much.' },
  Depth: { zh: '一次操作的嵌套层数超过上限。', en: 'The operation is nested too deeply.' },
  Breadth: { zh: '一次操作的字段数超过上限。', en: 'The operation asks for too many fields.' },
} as const;

function isNode(info: GraphQLResolveInfo, typeName: string): boolean {
  const type = info.schema.getType(typeName);
  return isObjectType(type) && type.getInterfaces().some((each) => each.name === 'Node');
}

interface Types {
  Context: GraphqlContext;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: true;
  AuthScopes: { signedIn: boolean; student: boolean; recipient: boolean };
  Scalars: {
    ID: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    YearMonth: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
    File: { Input: File; Output: never };
  };
}

/**
 * The builder: Prisma types in select mode, default-deny authorisation (a root field is for signed-in officers unless
 * it says `skipTypeScopes`), costs per field.
 */
export const builder = new SchemaBuilder<Types>({
  // Authorisation is the outermost wrapper: nothing is counted or loaded for a visitor.
  plugins: [ScopeAuthPlugin, ComplexityPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  prisma: { client: (context) => context.world.db.prisma, dmmf: getDatamodel(), exposeDescriptions: false },
  relay: {
    encodeGlobalID: (typename, id) => encodeGlobalId(typename, String(id)),
    decodeGlobalID: decodeGlobalId,
    nodeQueryOptions: {
      description: 'One thing by its global id; null when there is none that the officer may see.',
      resolve: (_root, args, _context, info, resolveNode) =>
        isNode(info, args.id.typename) ? resolveNode(args.id) : null,
    },
    nodesQueryOptions: {
      description: 'Up to 100 things by their global ids, in the order given.',
      nullable: { list: false, items: true },
      complexity: (args) => ({ field: 1, multiplier: Math.min(101, args.ids.length) }),
      resolve: (_root, args, context, info, resolveNodes) => {
        if (args.ids.length > 100) throw apiError(context, 'BAD_USER_INPUT', TOO_MANY_IDS);
        return resolveNodes(args.ids.filter((id) => isNode(info, id.typename)));
      },
    },
  },
  scopeAuth: {
    // A student is never an officer: what is for the one is closed to the other.
    authScopes: ({ actor, student, recipient }) => ({
      signedIn: actor !== null,
      student: actor === null && Boolean(student),
      recipient: actor === null && Boolean(recipient),
    }),
    unauthorizedError: (_parent, context) => notSignedIn(context),
  },
  complexity: {
    limit: COST_LIMITS,
    defaultComplexity: 1,
    defaultListMultiplier: 5,
    complexityError: (kind, result) =>
      taught('COST_LIMIT', TOO_COSTLY[kind], { found: result, expected: COST_LIMITS, http: { status: 400 } }),
  },
});

builder.queryType({
  authScopes: { signedIn: true },
  description: 'What can be read. Each officer sees what article 4 lets them see.',
});
builder.mutationType({
  authScopes: { signedIn: true },
  description:
    'The actions of the regulation. Each is one procedure: its change, its seal and its log entry happen together or not at all.',
});
