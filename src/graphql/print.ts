// The API as text: what schema.graphql holds.
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './schema.ts';

/** The schema in SDL, sorted by name, so that a change of the API is a small difference. */
export function printApi(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
