// The thing that an action made or changed, read back with only the asked columns.
import type { GraphQLResolveInfo } from 'graphql';
import type { GraphqlContext } from './context.ts';
import { type ModelName, readOne } from './reads.ts';

/** Reads the thing of an action; null where a simulation left nothing behind. The shape of the row is that of the query. */
export async function loaded(
  context: GraphqlContext,
  info: GraphQLResolveInfo,
  model: ModelName,
  typeName: string,
  key: { institution: string; id: string },
): Promise<never> {
  return (await readOne(context, info, model, typeName, { ...key })) as never;
}
