// The scalars of the API: civil dates have no time zone, instants are ISO 8601 in UTC.
import { GraphQLError, valueFromASTUntyped } from 'graphql';
import { builder } from './builder.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const YEAR_MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function bad(scalar: string, expected: string): GraphQLError {
  return new GraphQLError(`A ${scalar} was expected, such as ${expected}.`, {
    extensions: { code: 'BAD_USER_INPUT', expected },
  });
}

/** The civil date as it is, or null when there is no such day. */
function civilDate(value: unknown): string | null {
  const [, year, month, day] = typeof value === 'string' ? (DATE.exec(value) ?? []) : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return at.getUTCMonth() + 1 === Number(month) && at.getUTCDate() === Number(day) ? String(value) : null;
}

builder.scalarType('Date', {
  description: 'A civil date in China, `2026-06-30`.',
  serialize: (value) => value,
  parseValue(value) {
    const date = civilDate(value);
    if (date === null) throw bad('Date', '2026-06-30');
    return date;
  },
});

builder.scalarType('YearMonth', {
  description: 'A month, `2022-09`.',
  serialize: (value) => value,
  parseValue(value) {
    if (typeof value !== 'string' || !YEAR_MONTH.test(value)) throw bad('YearMonth', '2022-09');
    return value;
  },
});

builder.scalarType('DateTime', {
  description: 'An instant, ISO 8601 with its offset: `2026-07-01T08:30:00.000Z`.',
  serialize: (value) => value.toISOString(),
  parseValue(value) {
    const at = typeof value === 'string' && DATE_TIME.test(value) ? new Date(value) : null;
    if (!at || Number.isNaN(at.getTime())) throw bad('DateTime', '2026-07-01T08:30:00Z');
    return at;
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

builder.scalarType('File', {
  description: 'An uploaded file (GraphQL multipart request).',
  serialize() {
    throw bad('File', 'an upload; it cannot be an answer');
  },
  parseValue(value) {
    if (value instanceof Blob || isFileLike(value)) return value as File;
    throw bad('File', 'a part of a multipart request');
  },
});

/** The server's fetch implementation has a File of its own. */
function isFileLike(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as File).arrayBuffer === 'function';
}
