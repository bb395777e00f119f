// Reading without writing: the models as resolvers may use them, and single rows with only the asked columns.
import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { Reader } from '../store/database/client.ts';
import type { GraphqlContext } from './context.ts';

/** The models of the register by their Prisma name. */
export type ModelName = keyof Reader & string;

interface Delegate {
  findMany(query: object): Promise<object[]>;
  findFirst(query: object): Promise<object | null>;
  count(query: object): Promise<number>;
}

/** A model to read from. Its rows have the shape of the query, which only the schema knows. */
export function reads(context: GraphqlContext, model: ModelName): Delegate {
  const reader: Reader = context.world.db.prisma;
  return reader[model] as unknown as Delegate;
}

/** The reader of everything, for queries whose shape is known where they stand. */
export function reader(context: GraphqlContext): Reader {
  return context.world.db.prisma;
}

/** Reads the one row that a field answers with, only the asked columns; null when there is none. */
export async function readOne<Row>(
  context: GraphqlContext,
  info: GraphQLResolveInfo,
  model: ModelName,
  typeName: string,
  where: object,
): Promise<Row | null> {
  const query = queryFromInfo({ context, info, typeName });
  return (await reads(context, model).findFirst({ ...query, where })) as Row | null;
}
