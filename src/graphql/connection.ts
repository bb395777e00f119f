// Relay connections over keyset pages: the types, and one SQL statement per page that reads only what was asked.
import type { ObjectRef } from '@pothos/core';
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { type Order, type Page, type PageArgs, pageOf, pageQuery } from './keyset.ts';
import { type ModelName, reads } from './reads.ts';

/** The arguments that every connection takes. */
export const PAGE_ARGS = builder.args((t) => ({
  first: t.int({ required: false, description: 'Rows from the beginning, 1 … 100; 20 when nothing is said.' }),
  after: t.string({ required: false, description: 'Begin after this cursor.' }),
  last: t.int({ required: false, description: 'Rows from the end, 1 … 100.' }),
  before: t.string({ required: false, description: 'End before this cursor.' }),
}));

/** A page multiplies the cost of what is selected in it by its size. */
export function pageCost(args: PageArgs): { field: number; multiplier: number } {
  return { field: 1, multiplier: Math.max(1, Math.min(100, args.first ?? args.last ?? 20)) };
}

/** The GraphQL types `XConnection` and `XEdge` of a node type; selections in them count as selections on the node. */
export function connectionType(typeName: string, node: { readonly $inferType: object }) {
  // Rows have the shape of their query; the node's own fields name the columns they need.
  const ref = node as unknown as ObjectRef<typeof builder.$inferSchemaTypes, object>;
  const edge = builder.objectRef<Page<object>['edges'][number]>(`${typeName}Edge`).implement({
    fields: (t) => ({
      node: t.field({ type: ref, resolve: (parent) => parent.node }),
      cursor: t.exposeString('cursor'),
    }),
  });
  return builder.objectRef<Page<object>>(`${typeName}Connection`).implement({
    description: `A page of ${typeName}.`,
    extensions: {
      pothosIndirectInclude: {
        getType: () => typeName,
        paths: [[{ name: 'nodes' }], [{ name: 'edges' }, { name: 'node' }]],
      },
    },
    fields: (t) => ({
      edges: t.field({ type: [edge], complexity: { field: 0, multiplier: 1 }, resolve: (page) => page.edges }),
      nodes: t.field({ type: [ref], complexity: { field: 0, multiplier: 1 }, resolve: (page) => page.nodes }),
      pageInfo: t.field({ type: builder.pageInfoRef(), resolve: (page) => page.pageInfo }),
      totalCount: t.int({
        complexity: 100,
        description: 'How many there are in all: a statement of its own, only when asked.',
        resolve: (page) => page.totalCount(),
      }),
    }),
  });
}

/** Reads one page of a list: one SQL statement with its to-one relations and nested pages, and only the asked columns. */
export async function readPage(
  context: GraphqlContext,
  info: GraphQLResolveInfo,
  model: ModelName,
  list: { where: object; order: Order; args: PageArgs; typeName: string; key?: readonly string[] },
): Promise<Page<object>> {
  const { where, order, args, typeName, key = ['institution', 'id'] } = list;
  const page = pageQuery(args, order);
  const own = { ...Object.fromEntries(key.map((column) => [column, true as const])), ...page.select };
  const paths = [[{ name: 'nodes' }], [{ name: 'edges' }, { name: 'node' }]];
  const query = queryFromInfo({ context, info, typeName, paths, select: own });
  const delegate = reads(context, model);
  const rows = await delegate.findMany({
    ...query,
    where: { AND: [where, page.where] },
    orderBy: page.orderBy,
    take: page.take,
  });
  return pageOf(rows, args, order, () => delegate.count({ where }));
}

/** The query of a page nested in another row: goes into the statement of its parent. */
export function nestedPage(args: PageArgs, order: Order, where: object) {
  const page = pageQuery(args, order);
  return { where: { AND: [where, page.where] }, orderBy: page.orderBy, take: page.take, select: page.select };
}
