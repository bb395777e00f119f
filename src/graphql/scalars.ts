// The scalars of the API: civil dates have no time zone, instants are ISO 8601 in UTC.
import { GraphQLError, type ValueNode, valueFromASTUntyped } from 'graphql';
import { badInput, unkeepable } from './bad-input.ts';
import { builder } from './builder.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const YEAR_MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
/** Hours to 23, seconds to 59, offsets to 14:00: what a clock on a wall somewhere shows. */
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;

const SCALARS = { Date: '日期', YearMonth: '月份', DateTime: '时间', File: '文件', JSON: 'JSON 对象' } as const;

function bad(scalar: keyof typeof SCALARS, expected: string): GraphQLError {
  const sentence = { zh: `此处应为${SCALARS[scalar]}。`, en: `A value of the type ${scalar} was expected here.` };
  return badInput(sentence, { expected });
}

/** Reads a value that stands in the document as one in a variable; an error says where it stands, for the edge to name the input. */
function literally<Value>(parseValue: (value: unknown) => Value) {
  return (node: ValueNode, variables?: Parameters<typeof valueFromASTUntyped>[1]): Value => {
    try {
      return parseValue(valueFromASTUntyped(node, variables));
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      throw new GraphQLError(error.message, { nodes: node, extensions: error.extensions });
    }
  };
}

/** The civil date as it is, or null when there is no such day. */
function civilDate(value: unknown): string | null {
  const [, year, month, day] = typeof value === 'string' ? (DATE.exec(value) ?? []) : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return at.getUTCMonth() + 1 === Number(month) && at.getUTCDate() === Number(day) ? String(value) : null;
}

/** The instant, or null: `Date` alone would take 30 February for 1 March. */
function instant(value: unknown): Date | null {
  const day = typeof value === 'string' ? DATE_TIME.exec(value)?.[1] : undefined;
  if (typeof value !== 'string' || civilDate(day) === null) return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at;
}

function date(value: unknown): string {
  const day = civilDate(value);
  if (day === null) throw bad('Date', '2026-06-30');
  return day;
}

function yearMonth(value: unknown): string {
  if (typeof value !== 'string' || !YEAR_MONTH.test(value)) throw bad('YearMonth', '2022-09');
  return value;
}

function dateTime(value: unknown): Date {
  const at = instant(value);
  if (!at) throw bad('DateTime', '2026-07-01T08:30:00Z');
  return at;
}

function file(value: unknown): File {
  if (value instanceof Blob || isFileLike(value)) return value as File;
  throw bad('File', 'multipart/form-data');
}

const DEEPEST = 16;

/** The object as it is. @throws GraphQLError for what is none, too deep, or holds what cannot be kept */
function jsonObject(value: unknown): unknown {
  const sound = (inner: unknown, depth: number): boolean => {
    if (typeof inner === 'string') return unkeepable(inner) === null;
    if (typeof inner === 'number') return Number.isFinite(inner);
    if (typeof inner !== 'object' || inner === null) return typeof inner === 'boolean' || inner === null;
    if (depth >= DEEPEST) return false;
    return Object.entries(inner).every(([key, each]) => unkeepable(key) === null && sound(each, depth + 1));
  };
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || !sound(value, 0)) throw bad('JSON', `{…}, ≤ ${DEEPEST}`);
  return value;
}

builder.scalarType('Date', {
  description: 'A civil date in China, `2026-06-30`.',
  serialize: (value) => value,
  parseValue: date,
  parseLiteral: literally(date),
});

builder.scalarType('YearMonth', {
  description: 'A month, `2022-09`.',
  serialize: (value) => value,
  parseValue: yearMonth,
  parseLiteral: literally(yearMonth),
});

builder.scalarType('DateTime', {
  description: 'An instant, ISO 8601 with its offset: `2026-07-01T08:30:00.000Z`.',
  serialize: (value) => value.toISOString(),
  parseValue: dateTime,
  parseLiteral: literally(dateTime),
});

builder.scalarType('JSON', {
  description: 'A JSON object, at most 16 levels deep.',
  serialize: (value) => value,
  parseValue: jsonObject,
  parseLiteral: literally(jsonObject),
});

builder.scalarType('File', {
  description: 'An uploaded file (GraphQL multipart request).',
  serialize() {
    throw bad('File', 'multipart/form-data');
  },
  parseValue: file,
  parseLiteral: literally(file),
});

/** The server's fetch implementation has a File of its own. */
function isFileLike(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as File).arrayBuffer === 'function';
}
